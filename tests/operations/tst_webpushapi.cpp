// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/ctlfixture.h"
#include "support/vapidsigner.h"

#include <QJsonArray>

using namespace reveille;
using namespace Qt::StringLiterals;

/// Staff makes, lists and removes push resources of Web Push, over HTTP and with reveillectl.
class TestWebPushApi : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        f = std::make_unique<CtlFixture>();
        f->bind(1);
        f->listener->setPushOrigin(u"https://push.example:8443"_s);
    }
    void cleanup() { f.reset(); }

    void makesListsAndRemoves();
    void refuses_data();
    void refuses();
    void refusesWhereNobodyListens();
    void tellsByTheCommandLine();
    void saysOnTheCommandLineWhatIsWrong();

private:
    QByteArray path(const QByteArray &rest = {}) const { return CtlFixture::path(f->deviceId(1), "/webpush" + rest); }
    std::unique_ptr<CtlFixture> f;
};

void TestWebPushApi::makesListsAndRemoves()
{
    const QString key = QString::fromLatin1(toBase64Url(VapidSigner().key()));
    const HttpResponse made = f->ask("POST", path(), R"({"application":"news","name":"shop","vapid_key":")" + key.toLatin1() + R"("})");
    QCOMPARE(made.status, 201);
    const QJsonObject resource = HttpPeer::json(made);
    const QString id = resource.value(u"id").toString(), endpoint = resource.value(u"endpoint").toString();
    QVERIFY2(endpoint.startsWith(u"https://push.example:8443/wpush/"), qPrintable(endpoint));
    QVERIFY(f->engine->pushResources().ofToken(endpoint.section(u'/', -1).toLatin1()));
    QCOMPARE(resource.value(u"application").toString(), u"news"_s);
    QCOMPARE(resource.value(u"vapid_key").toString(), key);
    QCOMPARE(resource.value(u"device").toString(), f->deviceId(1).toString());

    const HttpResponse list = f->ask("GET", path());
    QCOMPARE(list.status, 200);
    QVERIFY(!list.body.contains("endpoint"));
    const QJsonArray items = HttpPeer::json(list).value(u"items").toArray();
    QCOMPARE(items.size(), 1);
    QCOMPARE(items[0].toObject().value(u"id").toString(), id);

    QCOMPARE(f->ask("DELETE", path('/' + id.toLatin1())).status, 204);
    QVERIFY(f->get(path()).value(u"items").toArray().isEmpty());
    const HttpResponse again = f->ask("DELETE", path('/' + id.toLatin1()));
    QCOMPARE(again.status, 404);
    QCOMPARE(HttpPeer::code(again), u"push-resource-unknown"_s);
}

void TestWebPushApi::refuses_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<int>("device");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("code");
    QTest::newRow("another device") << QByteArray("POST") << 7 << QByteArray(R"({"application":"a"})") << 404 << u"device-unknown"_s;
    QTest::newRow("list of another device") << QByteArray("GET") << 7 << QByteArray() << 404 << u"device-unknown"_s;
    QTest::newRow("no application") << QByteArray("POST") << 1 << QByteArray("{}") << 400 << u"json-field-missing"_s;
    QTest::newRow("bad key") << QByteArray("POST") << 1 << QByteArray(R"({"application":"a","vapid_key":"x"})") << 400 << u"push-resource-key"_s;
    QTest::newRow("ended") << QByteArray("POST") << 1 << QByteArray(R"({"application":"a","expires_at":"2001-01-01T00:00:00Z"})") << 400 << u"push-resource-expired"_s;
}

void TestWebPushApi::refuses()
{
    QFETCH(QByteArray, method);
    QFETCH(int, device);
    QFETCH(QByteArray, body);
    const HttpResponse response = f->ask(method, CtlFixture::path(f->deviceId(device), "/webpush"), body);
    QTEST(response.status, "status");
    QTEST(HttpPeer::code(response), "code");
    QCOMPARE(f->engine->pushResources().count(), 0);
}

void TestWebPushApi::refusesWhereNobodyListens()
{
    f->listener->setPushOrigin({});
    const HttpResponse response = f->ask("POST", path(), R"({"application":"news"})");
    QCOMPARE(response.status, 409);
    QCOMPARE(HttpPeer::code(response), u"webpush-off"_s);
}

void TestWebPushApi::tellsByTheCommandLine()
{
    const QString phone = CtlFixture::idOf(1);
    const CtlFixture::Outcome made = f->run({u"webpush"_s, u"add"_s, phone, u"news"_s, u"--name"_s, u"shop"_s, u"--session"_s,
                                             u"n-1"_s, u"--until"_s, u"2099-01-01T00:00:00Z"_s});
    QCOMPARE(made.status, 0);
    QVERIFY2(made.out.contains(u"\nhttps://push.example:8443/wpush/"_s), qPrintable(made.out));
    const PushResource resource = f->engine->pushResources().of(f->deviceId(1)).value(0);
    QCOMPARE(resource.session, u"n-1"_s);
    QCOMPARE(resource.name, u"shop"_s);
    QCOMPARE(resource.expiresAt.toIso(), u"2099-01-01T00:00:00.000Z"_s);

    const CtlFixture::Outcome list = f->run({u"webpush"_s, u"list"_s, phone});
    QCOMPARE(list.status, 0);
    QVERIFY2(list.out.contains(resource.id.text()) && list.out.contains(u"shop"_s), qPrintable(list.out));
    QVERIFY(!list.out.contains(u"/wpush/"_s));

    QCOMPARE(f->run({u"webpush"_s, u"remove"_s, phone, resource.id.text()}).status, 0);
    QCOMPARE(f->engine->pushResources().count(), 0);
}

void TestWebPushApi::saysOnTheCommandLineWhatIsWrong()
{
    const CtlFixture::Outcome unknown = f->run({u"webpush"_s, u"remove"_s, CtlFixture::idOf(1), u"r-none"_s});
    QCOMPARE(unknown.status, 1);
    QVERIFY2(unknown.err.contains(u"r-none"_s), qPrintable(unknown.err));
    QCOMPARE(f->run({u"webpush"_s, u"add"_s, CtlFixture::idOf(1)}).status, 2);
}

QTEST_GUILESS_MAIN(TestWebPushApi)
#include "tst_webpushapi.moc"
