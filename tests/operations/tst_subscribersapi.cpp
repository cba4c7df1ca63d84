// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/operationsfixture.h"

#include "engine/subscriberexport.h"
#include "engine/subscriberimport.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QTest>
#include <QTimer>

using namespace reveille;
using namespace Qt::StringLiterals;

class TestSubscribersApi : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        f = std::make_unique<OperationsFixture>();
        f->peer->setHeader("Content-Type", "text/csv");
    }
    void cleanup() { f.reset(); }

    void saysFirstWhatWouldCome();
    void keepsNothingBackButTheBadRows();
    void refusesAllWhereARowIsBad();
    void namesBadRows();
    void refusesWhatItDoesNotUnderstand_data();
    void refusesWhatItDoesNotUnderstand();
    void letsTheClientsOwnRouteWin();
    void keepsPasswordsAsDigestsOnly();
    void importsItsOwnExportUnchanged();
    void exportsPageByPage();
    void takesLargeBodiesForImportsOnly();
    void importsTenThousandRowsAndStaysAtHand();
    void acknowledgesNothingTheStoreRefused();
    void stopsWhenCancelled();
    void takesAChangeBack();

private:
    HttpResponse import(const QByteArray &csv, const QByteArray &query = {})
    {
        return f->ask("POST", "/v1/subscribers/import" + query, csv);
    }
    static QJsonObject tally(qint64 made, qint64 changed, qint64 unchanged)
    {
        return {{u"made"_s, made}, {u"changed"_s, changed}, {u"unchanged"_s, unchanged}};
    }
    QString exported()
    {
        return QString::fromUtf8(f->ask("GET", "/v1/subscribers/export").body);
    }
    std::unique_ptr<OperationsFixture> f;
};

void TestSubscribersApi::saysFirstWhatWouldCome()
{
    const QByteArray file = "user,user_name,device,msisdn\n"
                            "sip:u{n}@lab.example,User {n},urn:uuid:{uuid},+4917012345{00..09}\n";
    const HttpResponse dry = import(file, "?dry_run=1");
    QCOMPARE(dry.status, 200);
    QCOMPARE(HttpPeer::json(dry).value(u"applied").toBool(), false);
    QCOMPARE(HttpPeer::json(dry).value(u"devices").toObject(), tally(10, 0, 0));
    QCOMPARE(HttpPeer::json(dry).value(u"users").toObject(), tally(10, 0, 0));
    QCOMPARE(f->engine->registry().deviceCount(), 0);

    QVERIFY(HttpPeer::json(import(file)).value(u"applied").toBool());
    QCOMPARE(f->engine->registry().deviceCount(), 10);
    QCOMPARE(f->store->devices.size(), size_t(10)); // durable before it was answered
    QCOMPARE(HttpPeer::json(import(file)).value(u"devices").toObject(), tally(0, 0, 10));

    const HttpResponse renamed = import("user,user_name\nsip:u03@lab.example,Carol\n");
    QCOMPARE(HttpPeer::json(renamed).value(u"users").toObject(), tally(0, 1, 0));
    QCOMPARE(f->engine->registry().viewUser(f->userId(u"u03"_s))->name, u"Carol"_s);
}

void TestSubscribersApi::keepsNothingBackButTheBadRows()
{
    const HttpResponse kept = import("user,device\nsip:a@b.example,mac:1\nsip:a@b.example,mac:00a0c91e6bf6\n", "?keep_good=1");
    QCOMPARE(kept.status, 200);
    QVERIFY(HttpPeer::json(kept).value(u"applied").toBool());
    QCOMPARE(HttpPeer::json(kept).value(u"bad_rows").toInt(), 1);
    QCOMPARE(f->engine->registry().deviceCount(), 1);
}

void TestSubscribersApi::refusesAllWhereARowIsBad()
{
    const HttpResponse refused = import("user,device\nsip:a@b.example,mac:00a0c91e6bf6\nsip:a@b.example,mac:1\n");
    QCOMPARE(refused.status, 422);
    QCOMPARE(refused.headers.value("Content-Type"), QByteArray("application/problem+json"));
    QCOMPARE(HttpPeer::code(refused), u"import-bad-rows"_s);
    const QJsonObject bad = HttpPeer::json(refused).value(u"bad").toArray().at(0).toObject();
    QCOMPARE(bad.value(u"line").toInt(), 3);
    QCOMPARE(bad.value(u"column").toInt(), 2);
    QCOMPARE(bad.value(u"name").toString(), u"device"_s);
    QCOMPARE(bad.value(u"code").toString(), u"device-mac"_s);
    QCOMPARE(f->engine->registry().userCount(), 0);

    const HttpResponse broken = import("user,colour\nsip:a@b.example,red\n", "?keep_good=1");
    QCOMPARE(broken.status, 422);
    QCOMPARE(HttpPeer::code(broken), u"import-unreadable"_s);
    QCOMPARE(HttpPeer::json(broken).value(u"bad").toArray().at(0).toObject().value(u"about").toString(), u"colour"_s);
}

void TestSubscribersApi::namesBadRows()
{
    f->bind(1);
    QByteArray file = "user,user_name,device\n"
                      "sip:mallory@lab.example,,urn:uuid:00000000-0000-4000-8000-000000000001\n"
                      "sip:c@lab.example,C,mac:00a0c91e6bf6\n"
                      "sip:c@lab.example,,mac:00-A0-C9-1E-6B-F6\n"
                      "sip:c@lab.example,D,\n";
    file += "sip:many@lab.example,,mac:00a0c91e6b{10..74}\n";
    const QJsonObject report = HttpPeer::json(import(file, "?dry_run=1"));
    QStringList codes;
    for (const QJsonValue bad : report.value(u"bad").toArray())
        codes.append(QString::number(bad.toObject().value(u"line").toInt()) + u' ' + bad.toObject().value(u"code").toString());
    QCOMPARE(codes, QStringList({u"2 device-belongs-to-other-user"_s, u"4 row-device-twice"_s, u"5 row-user-name-differs"_s,
                                 u"6 devices-too-many"_s}));
}

void TestSubscribersApi::refusesWhatItDoesNotUnderstand_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QString>("code");
    QTest::newRow("flag") << QByteArray("?dry_run=yes") << QByteArray("text/csv") << u"query-flag"_s;
    QTest::newRow("name") << QByteArray("?dryrun=1") << QByteArray("text/csv") << u"query-unknown"_s;
    QTest::newRow("type") << QByteArray() << QByteArray("text/plain") << u"media-type"_s;
}

void TestSubscribersApi::refusesWhatItDoesNotUnderstand()
{
    QFETCH(QByteArray, query);
    QFETCH(QByteArray, type);
    QFETCH(QString, code);
    f->peer->setHeader("Content-Type", type);
    QCOMPARE(HttpPeer::code(import("user\nsip:a@b.example\n", query)), code);
    QCOMPARE(f->engine->registry().userCount(), 0);
}

/// Requirement R3.
void TestSubscribersApi::letsTheClientsOwnRouteWin()
{
    Registration registration = f->registration(1);
    registration.routes = {{u"wsp-udp"_s, u"127.0.0.9"_s, ClientPort(9), WakeRoute::Source::Client}};
    const auto connection = std::make_shared<StubConnection::Log>();
    QVERIFY(f->engine->registry().bind(registration, std::make_unique<StubConnection>(connection, u"127.0.0.1:4012"_s)).ok());
    const QByteArray file = "user,device,routes\nsip:alice@lab.example," + f->deviceId(1).toString().toUtf8()
        + ",wsp-udp:127.0.0.1:2948;sms:+491701234567:2948\n";
    QCOMPARE(import(file).status, 200);
    const Device device = *f->engine->registry().device(f->deviceId(1));
    QCOMPARE(device.provisionedRoutes.size(), 2);
    QCOMPARE(device.wakeRoutes().size(), 2);
    QCOMPARE(device.wakeRoutes().first().address, u"127.0.0.9"_s);
    QCOMPARE(device.wakeRoutes().first().source, WakeRoute::Source::Client);

    // A stale copy of the device does not take the client's words away.
    Device stale = device;
    stale.clientRoutes.clear();
    stale.name = u"phone"_s;
    bool done = false;
    f->engine->registry().putDevice(stale, [&](const Result<Done> &result) { done = result.ok(); });
    QTRY_VERIFY(done);
    QCOMPARE(f->engine->registry().device(f->deviceId(1))->clientRoutes, device.clientRoutes);
    QCOMPARE(f->engine->registry().device(f->deviceId(1))->name, u"phone"_s);
}

void TestSubscribersApi::keepsPasswordsAsDigestsOnly()
{
    QCOMPARE(import("user,password\nsip:a@lab.example,wonderland\n").status, 200);
    const User kept = f->store->users.at(f->userId(u"a"_s));
    QVERIFY(kept.hasPassword());
    QVERIFY(!kept.ha1Sha256.contains("wonderland"));
    QVERIFY(!exported().contains(u"password"));
    QCOMPARE(HttpPeer::json(import("user,password\nsip:a@lab.example,\n")).value(u"users").toObject(), tally(0, 0, 1));
}

void TestSubscribersApi::importsItsOwnExportUnchanged()
{
    QCOMPARE(import("user,user_name,device,device_name,msisdn,routes,applications,quiet_from,quiet_until\n"
                    "sip:a@lab.example,\"=cmd|' /C calc'!A0\",mac:00a0c91e6bf6,@home,+491701234567,"
                    "\"sms:+491701234567:2948;http:<http://x.example/;y>\",mail;mms.ua,22:00,06:00\n"
                    "sip:alone@lab.example,{{n}},,,,,,,\n").status, 200);
    const QString file = exported();
    QVERIFY(file.contains(u"'=cmd"));
    QVERIFY(file.contains(u"'@home"));
    QVERIFY(file.contains(u"'+491701234567"));
    const QJsonObject report = HttpPeer::json(import(file.toUtf8()));
    QCOMPARE(report.value(u"bad_rows").toInt(), 0);
    QCOMPARE(report.value(u"users").toObject(), tally(0, 0, 2));
    QCOMPARE(report.value(u"devices").toObject(), tally(0, 0, 1));
    QCOMPARE(exported(), file);
}

void TestSubscribersApi::exportsPageByPage()
{
    QCOMPARE(import("user,device\nsip:u{00..24}@lab.example,urn:uuid:{uuid}\n").status, 200);
    QByteArray target = "/v1/subscribers/export?limit=10";
    QByteArray all;
    int pages = 0;
    while (!target.isEmpty() && pages < 10) {
        const HttpResponse page = f->ask("GET", target);
        QCOMPARE(page.status, 200);
        all += pages++ == 0 ? page.body : page.body.mid(page.body.indexOf('\n') + 1);
        const QByteArray link = page.headers.value("Link");
        target = link.mid(1, link.indexOf('>') - 1);
    }
    QCOMPARE(pages, 3);
    QCOMPARE(QString::fromUtf8(all), exported());
    QCOMPARE(HttpPeer::code(f->ask("GET", "/v1/subscribers/export?limit=0")), u"query-limit"_s);
}

void TestSubscribersApi::takesLargeBodiesForImportsOnly()
{
    const QByteArray large = "user\nsip:a@lab.example\n" + QByteArray(2 * 1024 * 1024, '\n');
    QCOMPARE(import(large).status, 200);
    const auto refused = [&](const QByteArray &token, const QByteArray &target) {
        auto peer = f->newPeer();
        peer->setHeader("Authorization", "Bearer " + token);
        return peer->ask("POST", target, large).status;
    };
    QCOMPARE(refused("wrong", "/v1/subscribers/import"), 401);
    QCOMPARE(refused(OperationsFixture::token, "/v1/pushes"), 413);
}

void TestSubscribersApi::importsTenThousandRowsAndStaysAtHand()
{
    QByteArray file = "user,device,msisdn\n";
    for (int i = 0; i < 10000; ++i) {
        file += "sip:u" + QByteArray::number(i) + "@lab.example,urn:uuid:00000000-0000-4000-9000-"
            + QByteArray::number(i).rightJustified(12, '0') + ",+49170" + QByteArray::number(i).rightJustified(7, '0') + '\n';
    }
    qint64 longest = 0;
    QElapsedTimer since;
    since.start();
    QTimer beat;
    connect(&beat, &QTimer::timeout, this, [&] { longest = std::max(longest, since.restart()); });
    beat.start(1);
    QElapsedTimer whole;
    whole.start();
    bool ended = false;
    Result<ImportReport> report = ImportReport();
    SubscriberImport::start(*f->engine, u"lab.example"_s, file, {}, {}, {}, [&](const Result<ImportReport> &result) {
        report = result;
        ended = true;
    });
    QTRY_VERIFY_WITH_TIMEOUT(ended, 60000);
    QVERIFY(report.ok() && report->applied);
    QCOMPARE(report->devices.made, 10000);
    QCOMPARE(f->store->devices.size(), size_t(10000));
    qInfo("10,000 rows in %lld ms, the loop away for at most %lld ms", whole.elapsed(), longest);
    QVERIFY2(longest < 500, "the server thread was away too long"); // a machine under load may be slow, not that slow
}

void TestSubscribersApi::acknowledgesNothingTheStoreRefused()
{
    f->store->failNext("store-full");
    const HttpResponse refused = import("user\nsip:a@lab.example\n");
    QCOMPARE(refused.status, 503);
    QCOMPARE(HttpPeer::code(refused), u"store-full"_s);
    QCOMPARE(f->engine->registry().userCount(), 0);
}

void TestSubscribersApi::stopsWhenCancelled()
{
    auto progress = std::make_shared<ImportProgress>();
    progress->cancelled = true;
    bool cancelled = false;
    SubscriberImport::start(*f->engine, {}, "user\nsip:a@lab.example\n", {}, {}, progress,
                            [&](const Result<ImportReport> &report) { cancelled = report.ok() && report->cancelled; });
    QTRY_VERIFY(cancelled);
    QCOMPARE(f->engine->registry().userCount(), 0);
}

void TestSubscribersApi::takesAChangeBack()
{
    QCOMPARE(import("user,user_name,password,device,msisdn\nsip:a@lab.example,A,secret,mac:00a0c91e6bf6,+491701234567\n").status, 200);
    const QString before = exported();
    const User user = f->store->users.at(f->userId(u"a"_s));
    const auto change = [&](const SubscriberChange &order) {
        std::optional<Result<SubscriberChange>> made;
        f->engine->registry().change(order, [&](const Result<SubscriberChange> &back) { made = back; });
        (void)QTest::qWaitFor([&] { return made.has_value(); });
        return made && *made ? **made : SubscriberChange();
    };
    SubscriberChange removal;
    removal.removedUsers = {f->userId(u"a"_s)};
    const SubscriberChange back = change(removal);
    QCOMPARE(f->engine->registry().deviceCount(), 0);
    QVERIFY(f->store->devices.empty());
    const SubscriberChange forth = change(back);
    QCOMPARE(exported(), before);
    QCOMPARE(f->store->users.at(f->userId(u"a"_s)), user); // the password too
    QCOMPARE(forth.removedUsers, removal.removedUsers);
    change(forth);
    QCOMPARE(f->engine->registry().userCount(), 0);
}

QTEST_GUILESS_MAIN(TestSubscribersApi)
#include "tst_subscribersapi.moc"
