// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/ctlfixture.h"

#include <QJsonArray>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

const QString alice = u"sip:alice@lab.example"_s;

} // namespace

/// How it is called and what it says of itself, of the server, and of what the server knows.
class TestReveillectl : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { f = std::make_unique<CtlFixture>(); }
    void cleanup() { f.reset(); }

    void helps_data();
    void helps();
    void tellsItsVersion();
    void refusesWrongUse_data();
    void refusesWrongUse();
    void saysWhyItCannotTalkToTheServer();
    void takesAddressAndTokenFromTheEnvironment();
    void showsTheStatus();
    void listsUsersAndDevices();
    void listsAndForgetsNetworks();
    void addsAndRemovesUsersAndDevices();
    void readsAPasswordFromStandardInput();
    void givesAVerdictOnADevice();
    void readsTheJournal();
    void watchesUntilInterrupted();
    void answersUnknownThingsWithASentence_data();
    void answersUnknownThingsWithASentence();

private:
    std::unique_ptr<CtlFixture> f;
};

void TestReveillectl::helps_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("text");
    QTest::newRow("whole") << QStringList{u"--help"_s} << u"Commands:"_s;
    for (const char *command :
         {"status", "users", "devices", "push", "wake", "journal", "explain", "watch", "user add",
          "user remove", "device show", "initiator add", "cancel", "show", "metrics"}) {
        QTest::newRow(command) << QString::fromLatin1(command).split(u' ') + QStringList{u"--help"_s}
                               << u"Usage: reveillectl "_s + QLatin1StringView(command);
    }
}

void TestReveillectl::helps()
{
    QFETCH(QStringList, words);
    QFETCH(QString, text);
    const CtlFixture::Outcome outcome = f->run(words);
    QCOMPARE(outcome.status, 0);
    QVERIFY2(outcome.out.contains(text), qPrintable(outcome.out));
    QVERIFY(outcome.out.contains(u"--json"_s));
    QCOMPARE(outcome.err, QString());
}

void TestReveillectl::tellsItsVersion()
{
    const CtlFixture::Outcome outcome = f->run({u"--version"_s});
    QCOMPARE(outcome.status, 0);
    QCOMPARE(outcome.out, u"reveillectl %1\n"_s.arg(QLatin1StringView(REVEILLE_VERSION)));
}

void TestReveillectl::refusesWrongUse_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::newRow("nothing") << QStringList{};
    QTest::newRow("unknown command") << QStringList{u"dance"_s};
    QTest::newRow("half a command") << QStringList{u"user"_s};
    QTest::newRow("unknown option") << QStringList{u"status"_s, u"--loud"_s};
    QTest::newRow("option of another command") << QStringList{u"status"_s, u"--ttl"_s, u"5"_s};
    QTest::newRow("argument missing") << QStringList{u"push"_s};
    QTest::newRow("argument too many") << QStringList{u"status"_s, u"now"_s};
    QTest::newRow("value missing") << QStringList{u"status"_s, u"--url"_s};
    QTest::newRow("no URL") << QStringList{u"status"_s, u"--url"_s, u"ftp://x"_s};
    QTest::newRow("bad route") << QStringList{u"device"_s, u"add"_s, u"mac:00a0c91e6bf6"_s, u"--route"_s,
                                              u"wsp"_s};
    QTest::newRow("bad port") << QStringList{u"device"_s, u"add"_s, u"mac:00a0c91e6bf6"_s, u"--port"_s,
                                             u"x"_s};
}

void TestReveillectl::refusesWrongUse()
{
    QFETCH(QStringList, words);
    const CtlFixture::Outcome outcome = words.isEmpty() ? f->finish(*f->start({u"--data-dir"_s, f->dataDir()})) : f->run(words);
    QCOMPARE(outcome.status, 2);
    QVERIFY2(outcome.err.startsWith(u"reveillectl: "_s), qPrintable(outcome.err));
    QCOMPARE(outcome.out, QString());
}

void TestReveillectl::saysWhyItCannotTalkToTheServer()
{
    const CtlFixture::Outcome noToken = f->run({u"status"_s, u"--data-dir"_s, f->dataFile(u"missing"_s)});
    QCOMPARE(noToken.status, 1);
    QVERIFY(noToken.err.contains(f->dataFile(u"missing/operations.token"_s)));

    const CtlFixture::Outcome wrongToken = f->finish(*f->start({u"status"_s}, {{u"REVEILLE_TOKEN"_s, u"wrong"_s}}));
    QCOMPARE(wrongToken.status, 1);
    QVERIFY(wrongToken.err.contains(u"does not take this token"_s));

    const CtlFixture::Outcome nobody = f->run({u"status"_s, u"--url"_s, u"http://127.0.0.1:1"_s});
    QCOMPARE(nobody.status, 1);
    QVERIFY(nobody.err.contains(u"no server answers at 127.0.0.1:1"_s));

    f->listener->stop();
    QCOMPARE(f->run({u"status"_s}).status, 1);
}

void TestReveillectl::takesAddressAndTokenFromTheEnvironment()
{
    const CtlFixture::Outcome outcome =
        f->finish(*f->start({u"status"_s}, {{u"REVEILLE_TOKEN"_s, QString::fromLatin1(OperationsFixture::token)}}));
    QCOMPARE(outcome.err, QString());
    QCOMPARE(outcome.status, 0);
}

void TestReveillectl::showsTheStatus()
{
    f->bind(1);
    f->listener->setBoundAddresses({{u"sip_udp"_s, u"127.0.0.1:5060"_s}});
    const CtlFixture::Outcome outcome = f->run({u"status"_s});
    QCOMPARE(outcome.status, 0);
    QVERIFY2(outcome.out.contains(u"1: 1 up, 0 suspect"_s), qPrintable(outcome.out));
    QVERIFY(outcome.out.contains(u"sip_udp   127.0.0.1:5060"_s));
    QVERIFY(outcome.out.contains(u"Store    well"_s));
    const CtlFixture::Outcome json = f->run({u"--json"_s, u"status"_s});
    QCOMPARE(QJsonDocument::fromJson(json.out.toUtf8()).object().value(u"state").toString(), u"running"_s);
    QVERIFY(f->run({u"metrics"_s}).out.contains(u"reveille_users 1\n"_s));
}

void TestReveillectl::listsUsersAndDevices()
{
    f->bind(1);
    f->bind(2, u"bob"_s);
    const CtlFixture::Outcome users = f->run({u"users"_s});
    QCOMPARE(users.out.count(u'\n'), 3);
    QVERIFY(users.out.contains(alice));
    QCOMPARE(f->run({u"users"_s, u"bob"_s}).out.count(u'\n'), 2);
    const CtlFixture::Outcome devices = f->run({u"devices"_s});
    QCOMPARE(devices.out.count(u'\n'), 3);
    QVERIFY(devices.out.contains(u"udp 127.0.0.1:40001"_s));
    QCOMPARE(f->run({u"devices"_s, u"--user"_s, alice}).out.count(u'\n'), 2);
    QVERIFY(f->run({u"user"_s, u"show"_s, alice}).out.contains(u"Reachable now over sip/udp 127.0.0.1:40001"_s));
}

void TestReveillectl::listsAndForgetsNetworks()
{
    f->engine->pinholes().sample(*IpAddress::parse(u"203.0.113.7"), PathTransport::Udp, Milliseconds(90000), false,
                                 PinholeSample::Source::Missed);
    const CtlFixture::Outcome networks = f->run({u"networks"_s});
    QCOMPARE(networks.out.count(u'\n'), 2);
    QVERIFY(networks.out.contains(u"203.0.113.0/24"_s));
    QVERIFY(networks.out.contains(u"90 s"_s));
    QCOMPARE(f->run({u"network"_s, u"forget"_s, u"203.0.113.0/24"_s, u"udp"_s}).status, 0);
    QCOMPARE(f->run({u"networks"_s}).out.count(u'\n'), 1);
    const CtlFixture::Outcome again = f->run({u"network"_s, u"forget"_s, u"203.0.113.0/24"_s, u"udp"_s});
    QCOMPARE(again.status, 1);
}

void TestReveillectl::addsAndRemovesUsersAndDevices()
{
    QCOMPARE(f->run({u"user"_s, u"add"_s, u"carol@lab.example"_s, u"--name"_s, u"Carol"_s}).status, 0);
    QCOMPARE(f->store->users.at(f->userId(u"carol"_s)).name, u"Carol"_s);
    const CtlFixture::Outcome made =
        f->run({u"device"_s, u"add"_s, u"mac:00a0c91e6bf6"_s, u"--user"_s, u"carol@lab.example"_s, u"--msisdn"_s,
             u"+491701234567"_s, u"--port"_s, u"2948"_s, u"--route"_s, u"wsp-udp,127.0.0.1,2948"_s});
    QCOMPARE(made.err, QString());
    QCOMPARE(made.status, 0);
    const Device device = f->store->devices.begin()->second;
    QCOMPARE(device.msisdn.toString(), u"+491701234567"_s);
    QCOMPARE(device.provisionedRoutes.size(), 1);
    QCOMPARE(device.provisionedRoutes.first().port.number(), 2948);
    QCOMPARE(f->run({u"device"_s, u"remove"_s, u"mac:00a0c91e6bf6"_s}).status, 0);
    QCOMPARE(f->run({u"user"_s, u"remove"_s, u"carol@lab.example"_s}).status, 0);
    QVERIFY(f->store->users.empty());
}

void TestReveillectl::readsAPasswordFromStandardInput()
{
    const auto process = f->start({u"user"_s, u"add"_s, u"carol@lab.example"_s, u"--password-stdin"_s});
    process->write("open sesame\n");
    process->closeWriteChannel();
    QCOMPARE(f->finish(*process).status, 0);
    User expected = f->store->users.at(f->userId(u"carol"_s));
    QVERIFY(expected.hasPassword());
    QCOMPARE(expected.ha1Md5, QByteArray("bec9f2fa682e6b4ce1646ee910941a23"));
}

void TestReveillectl::givesAVerdictOnADevice()
{
    f->bind(1);
    const CtlFixture::Outcome up = f->run({u"device"_s, u"show"_s, CtlFixture::idOf(1)});
    QVERIFY2(up.out.startsWith(u"Reachable now over sip/udp 127.0.0.1:40001"_s), qPrintable(up.out));
    QVERIFY(up.out.contains(u"wake-up over wsp-udp to 127.0.0.1 is ready."_s));
    f->lose(1);
    const CtlFixture::Outcome lost = f->run({u"device"_s, u"show"_s, CtlFixture::idOf(1)});
    QVERIFY2(lost.out.startsWith(u"Not reachable: "_s), qPrintable(lost.out));
    QCOMPARE(f->run({u"wake"_s, CtlFixture::idOf(1)}).status, 0);
    QVERIFY(f->run({u"device"_s, u"show"_s, CtlFixture::idOf(1)}).out.startsWith(u"Being woken (w-"_s));
}

void TestReveillectl::readsTheJournal()
{
    f->bind(1);
    f->bind(2, u"bob"_s);
    const CtlFixture::Outcome all = f->run({u"journal"_s});
    QCOMPARE(all.status, 0);
    QVERIFY(all.out.indexOf(CtlFixture::idOf(1)) < all.out.indexOf(CtlFixture::idOf(2)));
    const CtlFixture::Outcome bobs = f->run({u"journal"_s, u"--user"_s, u"bob@lab.example"_s, u"--kind"_s, u"connection"_s});
    QVERIFY(!bobs.out.contains(CtlFixture::idOf(1)));
    QVERIFY(bobs.out.contains(CtlFixture::idOf(2)));
    const CtlFixture::Outcome wrong = f->run({u"journal"_s, u"--kind"_s, u"gossip"_s});
    QCOMPARE(wrong.status, 1);
    QVERIFY(wrong.err.contains(u"query-kind: gossip"_s));
}

void TestReveillectl::watchesUntilInterrupted()
{
    const auto process = f->start({u"watch"_s, u"--json"_s, u"--after"_s, u"0"_s});
    f->bind(1);
    QByteArray out;
    QTRY_VERIFY((out += process->readAllStandardOutput()).contains("\"event\":\"journal\""));
    f->lose(1);
    f->clock->advance(EventFeed::interval);
    QTRY_VERIFY((out += process->readAllStandardOutput()).contains("\"event\":\"device\""));
    for (const QByteArray &line : out.split('\n'))
        QVERIFY(line.isEmpty() || QJsonDocument::fromJson(line).isObject());
    f->listener->stop();
    const CtlFixture::Outcome ended = f->finish(*process);
    QCOMPARE(ended.status, 1);
    QVERIFY(ended.err.contains(u"ended"_s));
}

void TestReveillectl::answersUnknownThingsWithASentence_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("user") << QStringList{u"user"_s, u"show"_s, u"nobody@lab.example"_s}
                          << u"there is no user sip:nobody@lab.example"_s;
    QTest::newRow("device") << QStringList{u"device"_s, u"show"_s, u"mac:00a0c91e6bf6"_s}
                            << u"there is no device mac:00a0c91e6bf6"_s;
    QTest::newRow("push") << QStringList{u"show"_s, u"p-1"_s} << u"there is no push p-1"_s;
    QTest::newRow("wake") << QStringList{u"cancel"_s, u"w-1"_s} << u"there is no wake-up w-1"_s;
    QTest::newRow("target") << QStringList{u"push"_s, u"nobody@lab.example"_s, u"x"_s}
                            << u"there is no user sip:nobody@lab.example"_s;
    QTest::newRow("identity") << QStringList{u"device"_s, u"show"_s, u"imei:12"_s} << u"device-imei"_s;
}

void TestReveillectl::answersUnknownThingsWithASentence()
{
    QFETCH(QStringList, words);
    QFETCH(QString, sentence);
    const CtlFixture::Outcome outcome = f->run(words);
    QCOMPARE(outcome.status, 1);
    QVERIFY2(outcome.err.contains(sentence), qPrintable(outcome.err));
    QCOMPARE(outcome.err.count(u'\n'), 1);
}

QTEST_GUILESS_MAIN(TestReveillectl)
#include "tst_reveillectl.moc"
