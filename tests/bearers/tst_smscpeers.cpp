// SPDX-License-Identifier: GPL-3.0-or-later
#include "bearers/smppbearer.h"
#include "bearers/ussdbearer.h"
#include "engine/timerwheel.h"
#include "support/smscpeer.h"
#include "support/testtls.h"

#include <QJsonArray>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

SmppBearer::Settings settings(quint16 port)
{
    SmppBearer::Settings s;
    s.smsc.name = u"smsc"_s;
    s.smsc.link.host = u"127.0.0.1"_s;
    s.smsc.link.port = port;
    s.smsc.link.bind.systemId = "ppg1";
    s.smsc.link.bind.password = "secret";
    s.smsc.link.responseTime = Milliseconds(2000);
    s.smsc.link.firstPause = Milliseconds(50);
    s.smsc.link.longestPause = Milliseconds(200);
    s.smsc.queue = {10'000, 10, 10'000};
    s.smsc.firstHold = Milliseconds(50);
    s.smsc.longestHold = Milliseconds(200);
    s.source = {5, 0, "2948"};
    return s;
}

WakeMessage wakeOf(const QString &user, const QString &wake, const QString &number = u"491701234567"_s,
                   qsizetype octets = 40)
{
    WakeMessage m;
    m.wake = WakeId(wake);
    m.user = *PublicUserId::parse(user);
    m.route = {u"sms"_s, number, ClientPort(2948), WakeRoute::Source::Provisioned};
    m.sir = QByteArray(octets, '\1');
    return m;
}

const QString alice = u"sip:alice@lab.example"_s;

struct Bench {
    SystemClock clock;
    TimerWheel timers{clock};
    SmscPeer smsc;
    QVector<WakeReceipt> receipts;
    std::unique_ptr<SmppBearer> bearer;

    void start(const SmppBearer::Settings &s) { bearer = std::make_unique<SmppBearer>(s, clock, timers); }
    void send(const WakeMessage &message)
    {
        bearer->send(message, [this](const WakeReceipt &receipt) { receipts.append(receipt); });
    }
    int count(const char *code) const
    {
        return int(std::count_if(receipts.begin(), receipts.end(),
                                 [&](const WakeReceipt &receipt) { return receipt.code == code; }));
    }
};

} // namespace

/// The bearers against an SMSC that others wrote.
class TestSmscPeers : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void receiptsOfEveryKindAreUnderstood_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<int>("received");
        const auto row = [](const char *name, const QStringList &options, int received) {
            QTest::newRow(name) << options << received;
        };
        row("hexadecimal ids", {}, 1);
        row("issued in hexadecimal, told in decimal", {u"--receipt-ids"_s, u"decimal"_s}, 1);
        row("issued in decimal, told in hexadecimal", {u"--ids"_s, u"decimal"_s}, 1);
        row("decimal ids", {u"--ids"_s, u"decimal"_s, u"--receipt-ids"_s, u"decimal"_s}, 1);
        row("before the response", {u"--receipts"_s, u"before"_s}, 1);
        row("twice", {u"--receipts"_s, u"twice"_s}, 1);
        row("in parameters", {u"--receipts"_s, u"tlv"_s}, 1);
        row("for foreign ids", {u"--receipts"_s, u"foreign"_s}, 0);
        row("none", {u"--receipts"_s, u"none"_s}, 0);
    }
    void receiptsOfEveryKindAreUnderstood()
    {
        QFETCH(QStringList, options);
        QFETCH(int, received);
        Bench bench;
        QVERIFY(bench.smsc.open(options));
        bench.start(settings(bench.smsc.port()));
        bench.send(wakeOf(alice, u"w-1"_s));
        QTRY_COMPARE(bench.count("sent"), 1);
        QTRY_COMPARE(bench.count("received"), received);
        std::optional<BearerTest> test; // what was sent before it has come when it is answered
        bench.bearer->test([&](const BearerTest &found) { test = found; });
        QTRY_VERIFY(test && test->ok);
        QCOMPARE(bench.receipts.size(), 1 + received);
        QCOMPARE(bench.bearer->awaited(), 1 - received);
        QCOMPARE(bench.smsc.last("submit").value(u"number"_s).toString(), u"491701234567"_s);
        QCOMPARE(bench.smsc.count("error"), 0);
    }
    void linksOfEveryKindCarry_data()
    {
        QTest::addColumn<bool>("pair");
        QTest::addColumn<bool>("parameters");
        QTest::addColumn<int>("octets");
        QTest::newRow("transceiver") << false << false << 40;
        QTest::newRow("pair") << true << false << 40;
        QTest::newRow("two parts") << false << false << 200;
        QTest::newRow("two parts by parameters") << true << true << 200;
    }
    void linksOfEveryKindCarry()
    {
        QFETCH(bool, pair);
        QFETCH(bool, parameters);
        QFETCH(int, octets);
        Bench bench;
        QVERIFY(bench.smsc.open({u"--terminal"_s, u"491701234567=127.0.0.1:9"_s}));
        SmppBearer::Settings s = settings(bench.smsc.port());
        s.smsc.pair = pair;
        s.portsInParameters = parameters;
        bench.start(s);
        QTRY_COMPARE(bench.smsc.count("bind"), pair ? 2 : 1);
        QTRY_VERIFY(bench.bearer->health().code.isEmpty());
        const WakeMessage message = wakeOf(alice, u"w-1"_s, u"491701234567"_s, octets);
        bench.send(message);
        QTRY_COMPARE(bench.count("received"), 1);
        const QJsonObject arrived = bench.smsc.last("to-terminal");
        QVERIFY(arrived.value(u"octets"_s)
                    .toString()
                    .endsWith(QString(octets * 2, u'x').replace(u"xx"_s, u"01"_s)));
        bench.bearer.reset();
        QTRY_COMPARE(bench.smsc.count("unbind"), pair ? 2 : 1);
    }
    void anSmscThatIsMissingDyingOrSilent()
    {
        Bench bench;
        QVERIFY(bench.smsc.open());
        const quint16 port = bench.smsc.port();
        bench.smsc.kill();
        bench.start(settings(port)); // down at start
        bench.send(wakeOf(alice, u"w-1"_s));
        QTRY_COMPARE(bench.bearer->health().code, "connection-refused"_ba);
        QVERIFY(bench.smsc.open({u"--die-after"_s, u"3"_s}, port));
        QTRY_COMPARE(bench.count("sent"), 1);
        bench.smsc.change(u"silent"_s, u"on"_s);
        QTRY_COMPARE(bench.smsc.count("changed"), 1);
        bench.send(wakeOf(alice, u"w-2"_s)); // not answered
        bench.send(wakeOf(alice, u"w-3"_s)); // and here it dies
        QTRY_COMPARE(bench.count("link-lost"), 2);
        QTRY_VERIFY(bench.bearer->health().healthy);
        bench.send(wakeOf(alice, u"w-4"_s));
        QTRY_COMPARE_WITH_TIMEOUT(bench.count("no-answer"), 1, 10'000);
        QVERIFY(bench.bearer->health().healthy); // it answers enquire_link
        bench.smsc.change(u"silent"_s, u"deaf"_s);
        bench.send(wakeOf(alice, u"w-5"_s));
        QTRY_VERIFY_WITH_TIMEOUT(!bench.bearer->health().healthy, 10'000);
        bench.smsc.change(u"silent"_s, u"off"_s);
        QTRY_VERIFY_WITH_TIMEOUT(bench.bearer->health().healthy, 10'000);
        bench.send(wakeOf(alice, u"w-6"_s));
        QTRY_COMPARE(bench.count("sent"), 2);
        QCOMPARE(bench.smsc.stats().value(u"submits"_s).toInt(), 6);
    }
    void errorsAndWrongPasswordsAreTold()
    {
        Bench bench;
        QVERIFY(bench.smsc.open({u"--status"_s, u"8"_s, u"--fail-first"_s, u"1"_s}));
        SmppBearer::Settings s = settings(bench.smsc.port());
        s.smsc.link.bind.password = "wrong";
        bench.start(s);
        QTRY_COMPARE(bench.bearer->health().code, "bind-password"_ba);
        bench.start(settings(bench.smsc.port()));
        bench.send(wakeOf(alice, u"w-1"_s));
        QTRY_COMPARE(bench.count("smsc-system-error"), 1);
        QCOMPARE(bench.receipts[0].kind, WakeReceipt::Kind::Retry);
        bench.send(wakeOf(alice, u"w-2"_s));
        QTRY_COMPARE(bench.count("sent"), 1);
    }
    void overTlsOnlyWithATrustedCertificate()
    {
        const TestTls tls;
        Bench bench;
        QVERIFY(bench.smsc.open({u"--tls"_s, tls.identity.certificateFile + u',' + tls.identity.keyFile}));
        SmppBearer::Settings s = settings(bench.smsc.port());
        s.smsc.link.tls = true;
        bench.start(s);
        QTRY_COMPARE(bench.bearer->health().code, "tls-failed"_ba);
        s.smsc.link.tlsCaFile = tls.identity.certificateFile;
        bench.start(s);
        bench.send(wakeOf(alice, u"w-1"_s));
        QTRY_COMPARE(bench.count("sent"), 1);
    }
    void ussdIsConfirmedRefusedOrBusy_data()
    {
        QTest::addColumn<QString>("answers");
        QTest::addColumn<QByteArray>("code");
        QTest::newRow("confirm") << u"confirm"_s << "received"_ba;
        QTest::newRow("refuse") << u"refuse"_s << "refused-by-device"_ba;
        QTest::newRow("busy") << u"busy"_s << "ussd-busy"_ba;
    }
    void ussdIsConfirmedRefusedOrBusy()
    {
        QFETCH(QString, answers);
        QFETCH(QByteArray, code);
        Bench bench;
        QVERIFY(bench.smsc.open({u"--ussd"_s, answers}));
        UssdBearer::Settings s;
        s.smsc = settings(bench.smsc.port()).smsc;
        s.operation = UssdBearer::Operation::Request;
        s.sessionInfo = true;
        UssdBearer bearer(s, bench.clock, bench.timers);
        QVector<QByteArray> codes;
        bearer.send(wakeOf(alice, u"w-1"_s), [&](const WakeReceipt &receipt) { codes.append(receipt.code); });
        QTRY_COMPARE(codes, (QVector<QByteArray>{"sent", code}));
        QCOMPARE(bench.smsc.last("submit").value(u"ussd_service_op"_s).toInt(), 2);
        QCOMPARE(bench.smsc.last("submit").value(u"service_type"_s).toString(), u"USSD"_s);
    }
    /// 9,000 wake-ups of one user and 1,000 of a hundred others, to an SMSC that throttles again and again.
    void tenThousandGoThroughAThrottlingSmscInTurn()
    {
        Bench bench;
        QVERIFY(bench.smsc.open({u"--takes"_s, u"400"_s, u"--receipts"_s, u"none"_s, u"--quiet"_s, u"on"_s}));
        SmppBearer::Settings s = settings(bench.smsc.port());
        s.smsc.queue = {5000, 50, 10'000};
        s.smsc.link.window = 50;
        s.smsc.patience = Milliseconds(60'000);
        s.receipts = false;
        bench.start(s);
        for (int i = 0; i < 9000; ++i)
            bench.send(wakeOf(alice, u"a-%1"_s.arg(i), u"49170000000"_s));
        for (int i = 0; i < 1000; ++i)
            bench.send(wakeOf(u"sip:u%1@lab.example"_s.arg(i % 100), u"b-%1"_s.arg(i), u"49171000000"_s));
        QCOMPARE(bench.bearer->health().queued, 10'000);
        bench.send(wakeOf(alice, u"too much"_s));
        QTRY_COMPARE(bench.count("queue-full"), 1);
        QTRY_COMPARE_WITH_TIMEOUT(bench.count("sent"), 10'000, 90'000);
        QCOMPARE(bench.receipts.size(), 10'001);
        QCOMPARE(bench.bearer->health().queued, 0);
        const QJsonObject stats = bench.smsc.stats();
        const int throttled = stats.value(u"answers"_s).toObject().value(u"88"_s).toInt();
        QVERIFY2(throttled >= 2000, qPrintable(QString::number(throttled)));
        QCOMPARE(stats.value(u"submits"_s).toInt(), 10'000 + throttled); // none lost, none twice
        const QJsonArray order = stats.value(u"order"_s).toArray();
        QCOMPARE(order.size(), 10'000);
        int last = 0;
        for (int i = 0; i < order.size(); ++i) {
            if (order[i].toString() == u"49171000000"_s)
                last = i;
        }
        QVERIFY2(last < 1500,
                 qPrintable(QString::number(last))); // the others did not wait behind the nine thousand
    }
};

QTEST_GUILESS_MAIN(TestSmscPeers)
#include "tst_smscpeers.moc"
