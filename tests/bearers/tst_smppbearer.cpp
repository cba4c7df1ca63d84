// SPDX-License-Identifier: GPL-3.0-or-later
#include "bearers/sirpush.h"
#include "bearers/smppbearer.h"
#include "engine/timerwheel.h"
#include "support/scriptedsmsc.h"
#include "wire/smsassembler.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

constexpr char terminal[] = "491701234567";
constexpr char ourName[] = "2948";

SmppBearer::Settings settings(quint16 port)
{
    SmppBearer::Settings s;
    s.smsc.name = u"smsc"_s;
    s.smsc.link.host = u"127.0.0.1"_s;
    s.smsc.link.port = port;
    s.smsc.link.bind.systemId = "ppg1";
    s.smsc.link.responseTime = Milliseconds(500);
    s.smsc.link.firstPause = Milliseconds(20);
    s.smsc.link.longestPause = Milliseconds(50);
    s.smsc.queue = {1000, 10, 100};
    s.smsc.firstHold = Milliseconds(20);
    s.smsc.longestHold = Milliseconds(100);
    s.source = {5, 0, ourName};
    return s;
}

WakeMessage messageTo(const QString &number = QString::fromLatin1(terminal), qsizetype octets = 20)
{
    WakeMessage m;
    m.wake = WakeId(u"w-1"_s);
    m.user = *PublicUserId::parse(u"sip:alice@lab.example"_s);
    m.route = {u"sms"_s, number, ClientPort(2948), WakeRoute::Source::Provisioned};
    m.sir = QByteArray(octets, '\1');
    return m;
}

SmppPdu receiptPdu(const QByteArray &text, const QByteArray &number = terminal)
{
    SmppPdu pdu;
    pdu.command = SmppCommand::DeliverSm;
    pdu.sequence = 500;
    pdu.message = SmppShortMessage();
    pdu.message->source = {1, 1, number};
    pdu.message->destination = {5, 0, ourName};
    pdu.message->esmClass = smppEsmReceipt;
    pdu.message->text = text;
    return pdu;
}

struct Bench {
    SystemClock clock;
    TimerWheel timers{clock};
    ScriptedSmsc smsc;
    quint16 port = smsc.open();
    QVector<WakeReceipt> receipts;
    std::unique_ptr<SmppBearer> bearer;

    void start(SmppBearer::Settings s)
    {
        s.smsc.link.port = port;
        bearer = std::make_unique<SmppBearer>(s, clock, timers);
    }
    void start() { start(settings(port)); }
    bool isBound() const { return bearer->health().healthy; }
    void send(const WakeMessage &message)
    {
        bearer->send(message, [this](const WakeReceipt &receipt) { receipts.append(receipt); });
    }
    QStringList codes() const
    {
        QStringList codes;
        for (const WakeReceipt &receipt : receipts)
            codes.append(QString::fromLatin1(receipt.code));
        return codes;
    }
    /// Everything said before is read when this is true.
    bool settled()
    {
        SmppPdu enquire;
        enquire.command = SmppCommand::EnquireLink;
        enquire.sequence = ++m_marks + 9000;
        smsc.say(enquire);
        return QTest::qWaitFor([&] { return smsc.count(SmppCommand::EnquireLinkResp) == m_marks; });
    }

private:
    int m_marks = 0;
};

} // namespace

class TestSmppBearer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sendsTheUserDataToTheClientPort()
    {
        Bench bench;
        bench.start();
        const WakeMessage message = messageTo();
        bench.send(message);
        QVERIFY(bench.receipts.isEmpty());
        QTRY_COMPARE(bench.codes(), QStringList{u"sent"_s});
        QCOMPARE(bench.receipts[0].kind, WakeReceipt::Kind::Accepted);
        QCOMPARE(bench.receipts[0].carrierId, u"1001"_s);
        const SmppPdu pdu = bench.smsc.all(SmppCommand::SubmitSm).value(0);
        QCOMPARE(pdu.message->destination, (SmppAddress{1, 1, terminal}));
        QCOMPARE(pdu.message->source, (SmppAddress{5, 0, ourName}));
        QCOMPARE(pdu.message->esmClass, smppEsmUserDataHeader);
        QCOMPARE(pdu.message->dataCoding, quint8(0xf5));
        QCOMPARE(pdu.message->registeredDelivery, quint8(1));
        QCOMPARE(pdu.message->validity, "000000010000000R"_ba);
        QCOMPARE(pdu.message->text, bench.bearer->encode(message));
        const auto userData = decodeSmsUserData(pdu.message->text);
        QVERIFY(userData.ok());
        QCOMPARE(*userData->ports, (SmsPorts{2948, 9200}));
        QCOMPARE(userData->payload, encodeSirPush(message));
        QCOMPARE(bench.bearer->health().sent, quint64(1));
        QCOMPARE(bench.bearer->budget(message), (WakeBudget{int(pdu.message->text.size()), 1, 140}));
    }
    void splitsWhatOneMessageDoesNotHold_data()
    {
        QTest::addColumn<bool>("wide");
        QTest::addColumn<bool>("parameters");
        QTest::newRow("8-bit reference") << false << false;
        QTest::newRow("16-bit reference") << true << false;
        QTest::newRow("parameters") << false << true;
    }
    void splitsWhatOneMessageDoesNotHold()
    {
        QFETCH(bool, wide);
        QFETCH(bool, parameters);
        Bench bench;
        SmppBearer::Settings s = settings(0);
        s.form.wideReference = wide;
        s.portsInParameters = parameters;
        bench.start(s);
        const WakeMessage message = messageTo(QString::fromLatin1(terminal), 300);
        QCOMPARE(bench.bearer->budget(message).parts, 3);
        bench.send(message);
        QTRY_COMPARE(bench.codes(), QStringList{u"sent"_s});
        QCOMPARE(bench.receipts[0].carrierId, u"1001,1002,1003"_s);
        SmsAssembler assembler({});
        QByteArray whole;
        for (const SmppPdu &pdu : bench.smsc.all(SmppCommand::SubmitSm)) {
            SmsUserData part;
            if (parameters) {
                QCOMPARE(pdu.message->esmClass, quint8(0));
                part.ports =
                    SmsPorts{*pdu.number(SmppTag::destinationPort, 2), *pdu.number(SmppTag::sourcePort, 2)};
                part.concatenation = SmsConcatenation{*pdu.number(SmppTag::sarReference, 2), false,
                                                      quint8(*pdu.number(SmppTag::sarTotal, 1)),
                                                      quint8(*pdu.number(SmppTag::sarSequence, 1))};
                part.payload = pdu.message->text;
            } else {
                part = *decodeSmsUserData(pdu.message->text);
            }
            QCOMPARE(part.ports->destination, quint16(2948));
            if (const auto put = assembler.take(u"us"_s, part, Milliseconds(0)))
                whole = put->payload;
        }
        QCOMPARE(whole, encodeSirPush(message));
        bench.smsc.say(receiptPdu("id:1001 stat:DELIVRD"));
        bench.smsc.say(receiptPdu("id:1002 stat:DELIVRD"));
        QVERIFY(bench.settled());
        QCOMPARE(bench.receipts.size(), 1); // not before the last part
        bench.smsc.say(receiptPdu("id:1003 stat:DELIVRD"));
        QTRY_COMPARE(bench.codes().last(), u"received"_s);
    }
    void whatIsTooLongFails()
    {
        Bench bench;
        SmppBearer::Settings s = settings(0);
        s.form.mostParts = 2;
        bench.start(s);
        const WakeMessage message = messageTo(QString::fromLatin1(terminal), 300);
        QCOMPARE(bench.bearer->budget(message).parts, 3);
        bench.send(message);
        QTRY_COMPARE(bench.codes(), QStringList{u"sms-too-long"_s});
        QCOMPARE(bench.receipts[0].kind, WakeReceipt::Kind::Failed);
    }
    void onlyNumbersCanBeReached()
    {
        Bench bench;
        bench.start();
        QCOMPARE(bench.bearer->canReach(messageTo(u"127.0.0.1"_s).route).error().code, "msisdn-characters");
        QVERIFY(bench.bearer->canReach(messageTo(u"+49 170 1234567"_s).route).ok());
        bench.send(messageTo(u"sip:alice@lab.example"_s));
        QTRY_COMPARE(bench.codes(), QStringList{u"msisdn-characters"_s});
    }
    void aReceiptTellsWhatBecameOfIt_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("number");
        QTest::addColumn<QString>("code"); // empty: none is told
        const QByteArray number = terminal;
        QTest::newRow("delivered") << "id:1001 sub:001 stat:DELIVRD err:000"_ba << number << u"received"_s;
        QTest::newRow("id in decimal") << "id:0000004097 stat:DELIVRD"_ba << number << u"received"_s;
        QTest::newRow("zeros in front") << "id:00001001 stat:DELIVRD"_ba << number << u"received"_s;
        QTest::newRow("number with +") << "id:4097 stat:DELIVRD"_ba
                                       << "+491701234567"_ba << u"received"_s;
        QTest::newRow("national number") << "id:4097 stat:DELIVRD"_ba
                                         << "01701234567"_ba << u"received"_s;
        QTest::newRow("id as issued, another number") << "id:1001 stat:DELIVRD"_ba
                                                      << "4930999999"_ba << u"received"_s;
        QTest::newRow("expired") << "id:1001 stat:EXPIRED"_ba << number << u"sms-expired"_s;
        QTest::newRow("undeliverable") << "id:1001 stat:UNDELIV"_ba << number << u"sms-undeliverable"_s;
        QTest::newRow("rejected") << "id:1001 stat:REJECTD"_ba << number << u"sms-rejected"_s;
        QTest::newRow("deleted") << "id:1001 stat:DELETED"_ba << number << u"sms-deleted"_s;
        QTest::newRow("unknown") << "id:1001 stat:UNKNOWN"_ba << number << u"sms-state-unknown"_s;
        QTest::newRow("on its way") << "id:1001 stat:ENROUTE"_ba << number << QString();
        QTest::newRow("of another message") << "id:999 stat:DELIVRD"_ba << number << QString();
        QTest::newRow("in the other base for another number") << "id:4097 stat:DELIVRD"_ba
                                                              << "4930999999"_ba << QString();
        QTest::newRow("nonsense") << "id:* stat:DELIVRD"_ba << number << QString();
    }
    void aReceiptTellsWhatBecameOfIt()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, number);
        QFETCH(QString, code);
        Bench bench;
        bench.start();
        bench.send(messageTo());
        QTRY_COMPARE(bench.codes(), QStringList{u"sent"_s});
        bench.smsc.say(receiptPdu(text, number));
        QVERIFY(bench.settled());
        QCOMPARE(bench.codes().mid(1).join(u' '), code);
        QCOMPARE(bench.smsc.count(SmppCommand::DeliverSmResp), 1);
        QCOMPARE(bench.bearer->awaited(), code.isEmpty() ? 1 : 0);
        QCOMPARE(bench.bearer->health().received, quint64(code == u"received"_s ? 1 : 0));
    }
    void aReceiptCountsOnce()
    {
        Bench bench;
        bench.start();
        bench.send(messageTo());
        QTRY_COMPARE(bench.receipts.size(), 1);
        bench.smsc.say(receiptPdu("id:1001 stat:DELIVRD"));
        bench.smsc.say(receiptPdu("id:1001 stat:DELIVRD"));
        bench.smsc.say(receiptPdu("id:1001 stat:EXPIRED"));
        QVERIFY(bench.settled());
        QCOMPARE(bench.codes(), (QStringList{u"sent"_s, u"received"_s}));
    }
    void aReceiptMayComeBeforeTheResponse()
    {
        Bench bench;
        bench.smsc.script = [&](const SmppPdu &pdu) {
            if (pdu.command != SmppCommand::SubmitSm)
                return bench.smsc.usual(pdu);
            return QVector<SmppPdu>{receiptPdu("id:1001 stat:DELIVRD"), receiptPdu("id:77 stat:DELIVRD"),
                                    ScriptedSmsc::response(pdu, 0, "1001")};
        };
        bench.start();
        bench.send(messageTo());
        QTRY_COMPARE(bench.codes(), (QStringList{u"sent"_s, u"received"_s}));
    }
    void awaitedReceiptsAreBounded()
    {
        Bench bench;
        SmppBearer::Settings s = settings(0);
        s.receiptLimit = 5;
        bench.start(s);
        for (int i = 0; i < 20; ++i)
            bench.send(messageTo());
        QTRY_COMPARE(bench.receipts.size(), 20);
        QCOMPARE(bench.bearer->awaited(), 5);
    }
    void answeredReceiptsMakeNoneForgotten()
    {
        Bench bench;
        SmppBearer::Settings s = settings(0);
        s.receiptLimit = 5;
        bench.start(s);
        bench.send(messageTo());
        QTRY_COMPARE(bench.codes(), QStringList{u"sent"_s});
        for (int i = 2; i <= 15; ++i) {
            bench.send(messageTo());
            QTRY_COMPARE(bench.codes().count(u"sent"_s), i);
            bench.smsc.say(receiptPdu("id:" + QByteArray::number(0x1000 + i, 16) + " stat:DELIVRD"));
            QTRY_COMPARE(bench.codes().count(u"received"_s), i - 1);
        }
        bench.smsc.say(receiptPdu("id:1001 stat:DELIVRD"));
        QTRY_COMPARE(bench.codes().count(u"received"_s), 15);
    }
    void statusesAreTold_data()
    {
        QTest::addColumn<quint32>("status");
        QTest::addColumn<WakeReceipt::Kind>("kind");
        QTest::addColumn<QString>("code");
        QTest::newRow("system error") << 0x08u << WakeReceipt::Kind::Retry << u"smsc-system-error"_s;
        QTest::newRow("number") << 0x0bu << WakeReceipt::Kind::Failed << u"number-refused"_s;
        QTest::newRow("source") << 0x0au << WakeReceipt::Kind::Failed << u"source-refused"_s;
        QTest::newRow("own") << 0x0410u << WakeReceipt::Kind::Retry << u"smsc-own-error"_s;
        QTest::newRow("not bound") << 0x04u << WakeReceipt::Kind::Retry << u"smsc-not-bound"_s;
    }
    void statusesAreTold()
    {
        QFETCH(quint32, status);
        QFETCH(WakeReceipt::Kind, kind);
        QFETCH(QString, code);
        Bench bench;
        bench.smsc.script = [&](const SmppPdu &pdu) {
            return pdu.message ? QVector<SmppPdu>{ScriptedSmsc::response(pdu, status)}
                               : bench.smsc.usual(pdu);
        };
        bench.start();
        bench.send(messageTo());
        QTRY_COMPARE(bench.codes(), QStringList{code});
        QCOMPARE(bench.receipts[0].kind, kind);
        QCOMPARE(bench.bearer->health().failed, quint64(1));
        QTRY_VERIFY(bench.isBound()); // bound again where the session was not what it seemed
    }
    void aThrottlingSmscGetsItAgain()
    {
        Bench bench;
        int refusals = 0;
        bench.smsc.script = [&](const SmppPdu &pdu) {
            return pdu.message && ++refusals <= 3 ? QVector<SmppPdu>{ScriptedSmsc::response(pdu, 0x58)}
                                                  : bench.smsc.usual(pdu);
        };
        bench.start();
        bench.send(messageTo());
        QTRY_COMPARE(bench.bearer->health().code, "throttled"_ba);
        QVERIFY(bench.isBound());
        QTRY_COMPARE(bench.codes(), QStringList{u"sent"_s});
        QCOMPARE(bench.smsc.count(SmppCommand::SubmitSm), 4);
        QCOMPARE(bench.bearer->health().code, QByteArray());
    }
    void whoThrottlesTooLongLosesItsWakeUps()
    {
        Bench bench;
        bool throttle = true;
        bench.smsc.script = [&](const SmppPdu &pdu) {
            return pdu.message && throttle ? QVector<SmppPdu>{ScriptedSmsc::response(pdu, 0x14)}
                                           : bench.smsc.usual(pdu);
        };
        SmppBearer::Settings s = settings(0);
        s.smsc.patience = Milliseconds(150);
        bench.start(s);
        QTRY_VERIFY(bench.isBound());
        for (int i = 0; i < 3; ++i)
            bench.send(messageTo());
        QTRY_COMPARE(bench.receipts.size(), 3);
        QCOMPARE(bench.receipts[0].kind, WakeReceipt::Kind::Retry);
        QCOMPARE(bench.codes()[0], u"smsc-queue-full"_s);
        throttle = false;
        QTRY_VERIFY(bench.bearer->health().healthy); // after a pause it is tried again
        bench.send(messageTo());
        QTRY_COMPARE(bench.codes().last(), u"sent"_s);
    }
    void wakeUpsWaitForTheLink()
    {
        Bench bench;
        bench.smsc.close();
        bench.start();
        bench.send(messageTo());
        QTRY_COMPARE(bench.bearer->health().code, "connection-refused"_ba);
        QCOMPARE(bench.bearer->health().queued, 1);
        QVERIFY(bench.receipts.isEmpty());
        bench.smsc.open(bench.port);
        QTRY_COMPARE(bench.codes(), QStringList{u"sent"_s});
    }
    void theyDoNotWaitForEver()
    {
        Bench bench;
        bench.smsc.close();
        SmppBearer::Settings s = settings(0);
        s.smsc.patience = Milliseconds(100);
        bench.start(s);
        bench.send(messageTo());
        QTRY_COMPARE(bench.codes(), QStringList{u"connection-refused"_s});
        QCOMPARE(bench.receipts[0].kind, WakeReceipt::Kind::Retry);
        bench.send(messageTo());
        QTRY_COMPARE(bench.receipts.size(), 2); // at once, for nobody has come
        bench.smsc.open(bench.port);
        QTRY_VERIFY(bench.isBound());
        bench.send(messageTo());
        QTRY_COMPARE(bench.codes().last(), u"sent"_s);
    }
    void aDyingSmscGetsNothingTwice()
    {
        Bench bench;
        int seen = 0;
        bench.smsc.script = [&](const SmppPdu &pdu) {
            if (pdu.message && ++seen == 3) {
                QMetaObject::invokeMethod(
                    &bench.smsc, [&] { bench.smsc.drop(); }, Qt::QueuedConnection);
                return QVector<SmppPdu>();
            }
            return pdu.message && seen < 3 ? QVector<SmppPdu>() : bench.smsc.usual(pdu);
        };
        SmppBearer::Settings s = settings(0);
        s.smsc.queue.window = s.smsc.link.window = 3;
        bench.start(s);
        for (int i = 0; i < 8; ++i) {
            WakeMessage message = messageTo();
            message.wake = WakeId(QString::number(i));
            bench.send(message);
        }
        QTRY_COMPARE(bench.receipts.size(), 8);
        QCOMPARE(bench.codes().count(u"link-lost"_s), 3);
        QCOMPARE(bench.codes().count(u"sent"_s), 5);
        QCOMPARE(bench.smsc.count(SmppCommand::SubmitSm), 8);
    }
    void aTestAsksTheSmscOnly()
    {
        Bench bench;
        bench.start();
        QTRY_VERIFY(bench.isBound());
        std::optional<BearerTest> found;
        bench.bearer->test([&](const BearerTest &test) { found = test; });
        QVERIFY(!found);
        QTRY_VERIFY(found.has_value());
        QVERIFY(found->ok);
        QCOMPARE(found->code, "link-answers"_ba);
        QCOMPARE(found->detail, u"scripted"_s);
        QCOMPARE(bench.smsc.count(SmppCommand::SubmitSm), 0);
        QCOMPARE(bench.smsc.count(SmppCommand::EnquireLink), 1);
    }
    void aTestOfALinkThatIsDownTriesIt()
    {
        Bench bench;
        bench.smsc.close();
        SmppBearer::Settings s = settings(0);
        s.smsc.link.firstPause = s.smsc.link.longestPause = Milliseconds(3'600'000);
        bench.start(s);
        QTRY_COMPARE(bench.bearer->health().code, "connection-refused"_ba);
        std::optional<BearerTest> found;
        bench.bearer->test([&](const BearerTest &test) { found = test; });
        QTRY_VERIFY(found.has_value());
        QVERIFY(!found->ok);
        QCOMPARE(found->code, "connection-refused"_ba);
        bench.smsc.open(bench.port);
        found.reset();
        bench.bearer->test([&](const BearerTest &test) { found = test; });
        QTRY_VERIFY(found.has_value());
        QVERIFY(found->ok);
    }
    void aPairSendsOnOneAndHearsOnTheOther()
    {
        Bench bench;
        SmppBearer::Settings s = settings(0);
        s.smsc.pair = true;
        bench.start(s);
        QTRY_COMPARE(bench.smsc.count(SmppCommand::BindReceiver), 1);
        QTRY_COMPARE(bench.smsc.count(SmppCommand::BindTransmitter), 1);
        QCOMPARE(bench.smsc.count(SmppCommand::BindTransceiver), 0);
        bench.send(messageTo());
        QTRY_COMPARE(bench.codes(), QStringList{u"sent"_s});
        bench.bearer.reset();
        QTRY_COMPARE(bench.smsc.count(SmppCommand::Unbind), 2);
    }
    void manyLinksEndInTheTimeOfOne()
    {
        constexpr int bearers = 4;
        std::vector<std::unique_ptr<Bench>> benches;
        for (int i = 0; i < bearers; ++i) {
            benches.push_back(std::make_unique<Bench>());
            SmppBearer::Settings s = settings(0);
            s.smsc.pair = true;
            benches.back()->start(s);
            QTRY_COMPARE(benches.back()->smsc.count(SmppCommand::BindReceiver), 1);
            QTRY_VERIFY(benches.back()->bearer->health().code.isEmpty());
        }
        QElapsedTimer took; // the SMSCs, in this thread, answer no unbind meanwhile
        took.start();
        for (const auto &bench : benches)
            bench->bearer->leave();
        for (const auto &bench : benches)
            bench->bearer.reset();
        QVERIFY2(took.elapsed() < 300 * bearers, qPrintable(QString::number(took.elapsed())));
        for (const auto &bench : benches)
            QTRY_COMPARE(bench->smsc.count(SmppCommand::Unbind), 2);
    }
    void tellsWhenItsHealthChanges()
    {
        Bench bench;
        bench.smsc.close();
        bench.start();
        QVector<QByteArray> told;
        bench.bearer->setHealthObserver([&] { told.append(bench.bearer->health().code); });
        QTRY_VERIFY(told.contains("connection-refused"));
        bench.smsc.open(bench.port);
        QTRY_VERIFY(told.contains(QByteArray()));
        QVERIFY(bench.bearer->facts().healthy);
        QCOMPARE(bench.bearer->health().peer, u"127.0.0.1:%1"_s.arg(bench.port));
        QVERIFY(bench.bearer->health().since.isSet());
        bench.smsc.drop();
        QTRY_VERIFY(told.contains("link-lost"));
    }
    void endsWithWakeUpsUnderWay()
    {
        Bench bench;
        bench.smsc.script = [&](const SmppPdu &pdu) {
            return pdu.message ? QVector<SmppPdu>() : bench.smsc.usual(pdu);
        };
        bench.start();
        for (int i = 0; i < 30; ++i)
            bench.send(messageTo());
        QTRY_COMPARE(bench.bearer->health().inFlight, 10);
        bench.bearer.reset();
        QTRY_COMPARE(bench.smsc.count(SmppCommand::Unbind), 1);
        QVERIFY(bench.receipts.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestSmppBearer)
#include "tst_smppbearer.moc"
