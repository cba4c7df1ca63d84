// SPDX-License-Identifier: GPL-3.0-or-later
#include "bearers/fakemodem.h"
#include "bearers/gammubearer.h"
#include "bearers/sirpush.h"
#include "bearers/smssubmit.h"
#include "engine/timerwheel.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace reveille;
using Kind = WakeReceipt::Kind;

namespace {

constexpr int patience = 30000; ///< libGammu gives a modem time between its commands

WakeMessage messageTo(const QString &number, const QByteArray &sir = QByteArray::fromHex("0102b2820008c40b0fc3c000020a"))
{
    WakeMessage message;
    message.wake = WakeId(QStringLiteral("w-1"));
    message.user = *PublicUserId::parse(QStringLiteral("sip:alice@lab.example"));
    message.route = {QStringLiteral("sms"), number, ClientPort(2948), WakeRoute::Source::Client};
    message.sir = sir;
    return message;
}

struct Bench {
    SystemClock clock;
    TimerWheel timers{clock};
    std::unique_ptr<GammuBearer> bearer;
    QVector<WakeReceipt> receipts;

    explicit Bench(const QString &device, const QString &connection = QStringLiteral("at115200"),
                   const QString &model = {})
    {
        GammuBearer::Settings settings;
        settings.name = QStringLiteral("modem");
        settings.phone = {device, connection, model, Milliseconds(3000)};
        settings.backoff = Backoff(Milliseconds(100), Milliseconds(200));
        settings.queue = {1000, 1, 100};
        bearer = std::make_unique<GammuBearer>(settings, clock, timers);
    }
    void send(const WakeMessage &message)
    {
        bearer->send(message, [this](const WakeReceipt &receipt) { receipts.append(receipt); });
    }
};

} // namespace

class TestGammuBearer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theModemIsGivenTheOctetsOfThePush()
    {
        FakeModem modem;
        Bench bench(modem.device);
        const WakeMessage message = messageTo(QStringLiteral("491701234567"));
        bench.send(message);
        QVERIFY(bench.receipts.isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(!bench.receipts.isEmpty(), patience);
        QCOMPARE(bench.receipts.constFirst().code, QByteArray("phone-sent"));
        QCOMPARE(bench.receipts.constFirst().kind, Kind::Accepted);
        QCOMPARE(bench.receipts.constFirst().carrierId, QStringLiteral("7"));
        QCOMPARE(modem.pdus.size(), 1);
        const SmsSubmit submit = submitOf(modem.pdus.constFirst());
        QCOMPARE(submit.recipient, QByteArray("491701234567"));
        QCOMPARE(submit.coding & 0x04, 0x04);
        QCOMPARE(submit.first & 0x43, 0x41);
        QCOMPARE(submit.userData, bench.bearer->encode(message));
        const Result<SmsUserData> data = decodeSmsUserData(submit.userData);
        QVERIFY(data.ok());
        QCOMPARE(data->ports->destination, quint16(2948));
        QCOMPARE(data->payload, encodeSirPush(message));
        QCOMPARE(bench.bearer->health().sent, quint64(1));
        QVERIFY(bench.bearer->health().healthy);
        QCOMPARE(bench.bearer->health().code, QByteArray());
    }
    void aLargePushGoesInParts()
    {
        FakeModem modem;
        Bench bench(modem.device);
        const WakeMessage message = messageTo(QStringLiteral("491701234567"), QByteArray(300, 'x'));
        QCOMPARE(bench.bearer->budget(message).parts, 3);
        bench.send(message);
        QTRY_VERIFY_WITH_TIMEOUT(!bench.receipts.isEmpty(), patience);
        QCOMPARE(bench.receipts.constFirst().carrierId, QStringLiteral("7,7,7"));
        QByteArray payload, all;
        for (const QByteArray &pdu : std::as_const(modem.pdus)) {
            const QByteArray userData = submitOf(pdu).userData;
            QVERIFY(userData.size() <= 140);
            all += userData;
            payload += decodeSmsUserData(userData)->payload;
        }
        QCOMPARE(all, bench.bearer->encode(message));
        QCOMPARE(payload, encodeSirPush(message));
        bench.send(messageTo(QStringLiteral("491701234567"), QByteArray(2000, 'x')));
        QTRY_COMPARE(bench.receipts.constLast().code, QByteArray("sms-too-long"));
        QCOMPARE(bench.receipts.constLast().kind, Kind::Failed);
    }
    void whatTheNetworkRefusesIsFailed()
    {
        FakeModem modem;
        modem.sendAnswer = "+CMS ERROR: 38";
        Bench bench(modem.device);
        bench.send(messageTo(QStringLiteral("491701234567")));
        QTRY_VERIFY_WITH_TIMEOUT(!bench.receipts.isEmpty(), patience);
        QCOMPARE(bench.receipts.constFirst().code, QByteArray("phone-refused"));
        QCOMPARE(bench.receipts.constFirst().kind, Kind::Failed);
        QCOMPARE(bench.bearer->health().failed, quint64(1));
        QVERIFY(bench.bearer->health().healthy);
    }
    void aPhoneThatIsNotThereIsLookedForAgain()
    {
        Bench bench(QStringLiteral("/dev/there-is-no-such-modem"));
        int changes = 0;
        bench.bearer->setHealthObserver([&] { ++changes; });
        bench.send(messageTo(QStringLiteral("491701234567")));
        QTRY_VERIFY_WITH_TIMEOUT(!bench.receipts.isEmpty(), patience);
        QCOMPARE(bench.receipts.constFirst().kind, Kind::Retry);
        QCOMPARE(bench.receipts.constFirst().code, QByteArray("phone-missing"));
        QVERIFY(!bench.bearer->facts().healthy);
        QCOMPARE(changes, 1);
        bench.send(messageTo(QStringLiteral("491701234567")));
        QTRY_COMPARE(bench.receipts.size(), 2);
        QCOMPARE(bench.receipts.constLast().code, QByteArray("phone-missing"));
    }
    void aPhoneThatCameBackIsUsed()
    {
        QTemporaryDir dir;
        const QString link = dir.filePath(QStringLiteral("modem"));
        Bench bench(link);
        QTRY_COMPARE_WITH_TIMEOUT(bench.bearer->health().code, QByteArray("phone-missing"), patience);
        FakeModem modem;
        QVERIFY(QFile::link(modem.device, link));
        QTRY_VERIFY_WITH_TIMEOUT(bench.bearer->health().healthy, patience);
        bench.send(messageTo(QStringLiteral("491701234567")));
        QTRY_VERIFY_WITH_TIMEOUT(!bench.receipts.isEmpty(), patience);
        QCOMPARE(bench.receipts.constFirst().kind, Kind::Accepted);
    }
    void wrongSettingsAreNamed()
    {
        Bench bench(QStringLiteral("/dev/null"), QStringLiteral("pigeon"));
        QTRY_COMPARE_WITH_TIMEOUT(bench.bearer->health().code, QByteArray("phone-settings"), patience);
        QVERIFY(!bench.bearer->health().detail.isEmpty());
    }
    void whatIsNoNumberIsNamed_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QByteArray>("code");
        QTest::newRow("address") << QStringLiteral("192.0.2.1") << QByteArray("msisdn-characters");
        QTest::newRow("national") << QStringLiteral("01701234567") << QByteArray("msisdn-national");
        QTest::newRow("command") << QStringLiteral("4917012345\rATZ") << QByteArray("msisdn-characters");
        QTest::newRow("empty") << QString() << QByteArray("msisdn-empty");
    }
    void whatIsNoNumberIsNamed()
    {
        QFETCH(QString, address);
        QFETCH(QByteArray, code);
        QTemporaryDir folder;
        Bench bench(folder.path(), QStringLiteral("none"), QStringLiteral("dummy"));
        bench.send(messageTo(address));
        QTRY_VERIFY(!bench.receipts.isEmpty());
        QCOMPARE(bench.receipts.constFirst().code, code);
        QCOMPARE(bench.receipts.constFirst().kind, Kind::Failed);
    }
    void aTestTellsWhatThePhoneIs()
    {
        FakeModem modem;
        Bench bench(modem.device);
        std::optional<BearerTest> test;
        bench.bearer->test([&](const BearerTest &done) { test = done; });
        QVERIFY(!test.has_value());
        QTRY_VERIFY_WITH_TIMEOUT(test.has_value(), patience);
        QVERIFY2(test->ok, test->code.constData());
        QCOMPARE(test->code, QByteArray("phone-answers"));
        QVERIFY2(test->detail.contains(QStringLiteral("Testmodem")), qPrintable(test->detail));
        QVERIFY2(test->detail.contains(QStringLiteral(" %")), qPrintable(test->detail));
        QVERIFY(modem.pdus.isEmpty());
    }
    void theDummyPhoneOfGammuTakesIt()
    {
        QTemporaryDir folder;
        Bench bench(folder.path(), QStringLiteral("none"), QStringLiteral("dummy"));
        bench.send(messageTo(QStringLiteral("491701234567")));
        QTRY_VERIFY(!bench.receipts.isEmpty());
        QCOMPARE(bench.receipts.constFirst().code, QByteArray("phone-sent"));
        QCOMPARE(bench.receipts.constFirst().carrierId, QStringLiteral("255"));
        std::optional<BearerTest> test;
        bench.bearer->test([&](const BearerTest &done) { test = done; });
        QTRY_VERIFY(test.has_value());
        QVERIFY2(test->detail.contains(QStringLiteral("Gammu")), qPrintable(test->detail));
    }
    void manyWaitTheirTurnAndEndWithTheBearer()
    {
        QTemporaryDir folder;
        QVector<QByteArray> codes;
        {
            Bench bench(folder.path(), QStringLiteral("none"), QStringLiteral("dummy"));
            for (int i = 0; i < 120; ++i)
                bench.bearer->send(messageTo(QStringLiteral("491701234567")), [&](const WakeReceipt &r) { codes.append(r.code); });
            QTRY_VERIFY(codes.size() >= 30);
            QVERIFY(bench.bearer->health().inFlight <= 1);
        }
        QCOMPARE(codes.count("queue-full"), 20);
        QVERIFY(codes.count("phone-sent") >= 10);
    }
};

QTEST_GUILESS_MAIN(TestGammuBearer)
#include "tst_gammubearer.moc"
