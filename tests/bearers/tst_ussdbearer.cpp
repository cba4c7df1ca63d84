// SPDX-License-Identifier: GPL-3.0-or-later
#include "bearers/sirpush.h"
#include "bearers/ussdbearer.h"
#include "engine/timerwheel.h"
#include "support/scriptedsmsc.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

constexpr char terminal[] = "491701234567";

UssdBearer::Settings settings()
{
    UssdBearer::Settings s;
    s.smsc.name = u"ussd"_s;
    s.smsc.link.host = u"127.0.0.1"_s;
    s.smsc.link.firstPause = s.smsc.link.longestPause = Milliseconds(20);
    s.smsc.queue = {1000, 10, 100};
    s.answerTime = Milliseconds(60'000);
    return s;
}

WakeMessage messageTo(const QString &wake = u"w-1"_s, qsizetype octets = 40)
{
    WakeMessage m;
    m.wake = WakeId(wake);
    m.user = *PublicUserId::parse(u"sip:alice@lab.example"_s);
    m.route = {u"ussd"_s, QString::fromLatin1(terminal), ClientPort(), WakeRoute::Source::Provisioned};
    m.sir = QByteArray(octets, '\1');
    return m;
}

SmppPdu answer(quint16 operation, const QByteArray &text = {}, const QByteArray &number = terminal)
{
    SmppPdu pdu;
    pdu.command = SmppCommand::DeliverSm;
    pdu.sequence = 500;
    pdu.message = SmppShortMessage();
    pdu.message->serviceType = "USSD";
    pdu.message->source = {1, 1, number};
    pdu.message->text = text;
    pdu.addNumber(SmppTag::ussdServiceOp, 1, operation);
    return pdu;
}

struct Bench {
    SystemClock clock;
    TimerWheel timers{clock};
    ScriptedSmsc smsc;
    QVector<WakeReceipt> receipts;
    std::unique_ptr<UssdBearer> bearer;

    explicit Bench(UssdBearer::Settings s = settings())
    {
        s.smsc.link.port = smsc.open();
        bearer = std::make_unique<UssdBearer>(s, clock, timers);
    }
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
    bool settled()
    {
        SmppPdu enquire;
        enquire.command = SmppCommand::EnquireLink;
        enquire.sequence = 9000;
        smsc.say(enquire);
        const int before = smsc.count(SmppCommand::EnquireLinkResp);
        return QTest::qWaitFor([&] { return smsc.count(SmppCommand::EnquireLinkResp) > before; });
    }
};

} // namespace

class TestUssdBearer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void putsTheWakeUpIntoAString_data()
    {
        QTest::addColumn<UssdForm>("form");
        QTest::addColumn<UssdBearer::Operation>("operation");
        QTest::addColumn<QByteArray>("front");
        QTest::newRow("base64") << UssdForm::Base64 << UssdBearer::Operation::Notify << "SIR:"_ba;
        QTest::newRow("hex") << UssdForm::Hex << UssdBearer::Operation::Request << "SIR;"_ba;
        QTest::newRow("binary") << UssdForm::Binary << UssdBearer::Operation::Request << QByteArray();
    }
    void putsTheWakeUpIntoAString()
    {
        QFETCH(UssdForm, form);
        QFETCH(UssdBearer::Operation, operation);
        QFETCH(QByteArray, front);
        UssdBearer::Settings s = settings();
        s.form = form;
        s.operation = operation;
        Bench bench(s);
        const WakeMessage message = messageTo();
        bench.send(message);
        QTRY_COMPARE(bench.codes(), QStringList{u"sent"_s});
        const SmppPdu pdu = bench.smsc.all(SmppCommand::SubmitSm).value(0);
        QCOMPARE(pdu.message->serviceType, "USSD"_ba);
        QCOMPARE(pdu.message->destination, (SmppAddress{1, 1, terminal}));
        QCOMPARE(pdu.message->dataCoding, quint8(0x0f));
        QCOMPARE(pdu.number(SmppTag::ussdServiceOp, 1), std::optional<quint16>(quint16(operation)));
        QCOMPARE(pdu.tlv(SmppTag::itsSessionInfo), std::nullopt);
        QVERIFY(pdu.message->text.startsWith(front));
        QCOMPARE(pdu.message->text, bench.bearer->encode(message));
        QCOMPARE(*decodeUssdPush(pdu.message->text), encodeSirPush(message));
    }
    void whatDoesNotFitFails()
    {
        Bench bench;
        const WakeMessage message = messageTo(u"w"_s, 140);
        const WakeBudget budget = bench.bearer->budget(message);
        QCOMPARE(budget.limit, ussdTextLimit);
        QVERIFY(budget.octets > budget.limit);
        bench.send(message);
        QTRY_COMPARE(bench.codes(), QStringList{u"ussd-too-long"_s});
        QCOMPARE(bench.receipts[0].kind, WakeReceipt::Kind::Failed);
        QCOMPARE(bench.smsc.count(SmppCommand::SubmitSm), 0);
        QVERIFY(bench.bearer->budget(messageTo(u"w"_s, 120)).octets <= ussdTextLimit);
    }
    void theAnswerSaysWhatBecameOfIt_data()
    {
        QTest::addColumn<SmppPdu>("said");
        QTest::addColumn<WakeReceipt::Kind>("kind");
        QTest::addColumn<QString>("code"); // empty: nothing
        QTest::newRow("confirmed") << answer(18, "OK") << WakeReceipt::Kind::Received << u"received"_s;
        QTest::newRow("notification confirmed") << answer(19) << WakeReceipt::Kind::Received << u"received"_s;
        QTest::newRow("refused") << answer(18, " no, thanks") << WakeReceipt::Kind::Refused
                                 << u"refused-by-device"_s;
        SmppPdu busy = answer(18);
        busy.tlvs.append({SmppTag::networkErrorCode, QByteArray("\3\0\x48", 3)});
        QTest::newRow("busy") << busy << WakeReceipt::Kind::Retry << u"ussd-busy"_s;
        SmppPdu failed = answer(19);
        failed.tlvs.append({SmppTag::networkErrorCode, QByteArray("\3\0\x1b", 3)});
        QTest::newRow("absent") << failed << WakeReceipt::Kind::Failed << u"ussd-failed"_s;
        QTest::newRow("of another terminal")
            << answer(18, "OK", "4930999999") << WakeReceipt::Kind::Failed << QString();
        QTest::newRow("a terminal that asks") << answer(1, "*100#") << WakeReceipt::Kind::Failed << QString();
    }
    void theAnswerSaysWhatBecameOfIt()
    {
        QFETCH(SmppPdu, said);
        QFETCH(WakeReceipt::Kind, kind);
        QFETCH(QString, code);
        Bench bench;
        bench.send(messageTo());
        QTRY_COMPARE(bench.codes(), QStringList{u"sent"_s});
        QCOMPARE(bench.bearer->dialogues(), 1);
        bench.smsc.say(said);
        bench.smsc.say(said); // again changes nothing
        QVERIFY(bench.settled());
        QCOMPARE(bench.codes().mid(1).join(u' '), code);
        QCOMPARE(bench.bearer->dialogues(), code.isEmpty() ? 1 : 0);
        if (!code.isEmpty())
            QCOMPARE(bench.receipts.last().kind, kind);
    }
    void anAnswerMayComeBeforeTheResponse()
    {
        Bench bench;
        bench.smsc.script = [&](const SmppPdu &pdu) {
            if (!pdu.message || pdu.command != SmppCommand::SubmitSm)
                return bench.smsc.usual(pdu);
            return QVector<SmppPdu>{answer(19), ScriptedSmsc::response(pdu, 0, "7")};
        };
        bench.send(messageTo());
        QTRY_COMPARE(bench.codes(), (QStringList{u"sent"_s, u"received"_s}));
        QCOMPARE(bench.receipts[1].carrierId, u"7"_s);
    }
    void oneDialoguePerTerminal()
    {
        Bench bench;
        bench.send(messageTo(u"w-1"_s));
        bench.send(messageTo(u"w-2"_s));
        QTRY_COMPARE(bench.receipts.size(), 2);
        QCOMPARE(bench.codes().count(u"ussd-busy"_s), 1);
        QCOMPARE(bench.smsc.count(SmppCommand::SubmitSm), 1);
        bench.smsc.say(answer(19));
        QTRY_COMPARE(bench.bearer->dialogues(), 0);
        bench.send(messageTo(u"w-3"_s));
        QTRY_COMPARE(bench.smsc.count(SmppCommand::SubmitSm), 2);
    }
    void aCopyTakesNothingFromTheFirst()
    {
        Bench bench;
        bench.send(messageTo());
        QTRY_COMPARE(bench.codes(), QStringList{u"sent"_s});
        QStringList copy;
        bench.bearer->send(messageTo(), [&](const WakeReceipt &receipt) { copy += QString::fromLatin1(receipt.code); });
        QTRY_COMPARE(copy, QStringList{u"ussd-busy"_s});
        QCOMPARE(bench.bearer->dialogues(), 1);
        QCOMPARE(bench.smsc.count(SmppCommand::SubmitSm), 1);
        bench.smsc.say(answer(19));
        QTRY_COMPARE(bench.codes(), (QStringList{u"sent"_s, u"received"_s}));
        QCOMPARE(copy.size(), 1);
    }
    void aCopyThatNeverLeftTakesNothingFromTheFirst()
    {
        UssdBearer::Settings s = settings();
        s.smsc.patience = Milliseconds(50);
        s.smsc.link.firstPause = s.smsc.link.longestPause = Milliseconds(60'000);
        Bench bench(s);
        bench.send(messageTo());
        QTRY_COMPARE(bench.codes(), QStringList{u"sent"_s});
        bench.smsc.drop();
        QTRY_VERIFY(!bench.bearer->health().healthy);
        QStringList copy;
        bench.bearer->send(messageTo(), [&](const WakeReceipt &receipt) { copy += QString::fromLatin1(receipt.code); });
        QTRY_COMPARE(copy.size(), 1);
        QCOMPARE(bench.bearer->dialogues(), 1);
    }
    void aThrottledOneGoesOutLater()
    {
        UssdBearer::Settings s = settings();
        s.smsc.firstHold = s.smsc.longestHold = Milliseconds(20);
        Bench bench(s);
        bench.smsc.script = [&](const SmppPdu &pdu) {
            return pdu.message && bench.smsc.count(SmppCommand::SubmitSm) == 1
                ? QVector<SmppPdu>{ScriptedSmsc::response(pdu, 0x58)}
                : bench.smsc.usual(pdu);
        };
        bench.send(messageTo());
        QTRY_COMPARE(bench.codes(), QStringList{u"sent"_s});
        QCOMPARE(bench.smsc.count(SmppCommand::SubmitSm), 2);
        QCOMPARE(bench.bearer->dialogues(), 1);
    }
    void dialoguesAreBounded()
    {
        UssdBearer::Settings s = settings();
        s.smsc.queue.limit = 1;
        Bench bench(s);
        bench.send(messageTo(u"w-1"_s));
        QTRY_COMPARE(bench.codes(), QStringList{u"sent"_s});
        WakeMessage other = messageTo(u"w-2"_s);
        other.route.address = u"491707654321"_s;
        bench.send(other);
        QTRY_COMPARE(bench.codes().last(), u"queue-full"_s);
        QCOMPARE(bench.receipts.last().kind, WakeReceipt::Kind::Retry);
        QCOMPARE(bench.bearer->dialogues(), 1);
    }
    void aRefusedOneFreesTheTerminal()
    {
        Bench bench;
        bench.smsc.script = [&](const SmppPdu &pdu) {
            return pdu.message ? QVector<SmppPdu>{ScriptedSmsc::response(pdu, 0x0b)} : bench.smsc.usual(pdu);
        };
        bench.send(messageTo());
        QTRY_COMPARE(bench.codes(), QStringList{u"number-refused"_s});
        QCOMPARE(bench.bearer->dialogues(), 0);
    }
    void noAnswerIsToldInTime()
    {
        UssdBearer::Settings s = settings();
        s.answerTime = Milliseconds(100);
        Bench bench(s);
        bench.send(messageTo());
        QTRY_COMPARE(bench.codes(), (QStringList{u"sent"_s, u"ussd-unanswered"_s}));
        QCOMPARE(bench.receipts[1].kind, WakeReceipt::Kind::Failed);
        QCOMPARE(bench.bearer->dialogues(), 0);
    }
    void sessionsAreToldApartAndEnded()
    {
        UssdBearer::Settings s = settings();
        s.operation = UssdBearer::Operation::Request;
        s.sessionInfo = s.endSessions = true;
        Bench bench(s);
        bench.send(messageTo());
        QTRY_COMPARE(bench.codes(), QStringList{u"sent"_s});
        const quint16 info =
            bench.smsc.all(SmppCommand::SubmitSm).value(0).number(SmppTag::itsSessionInfo, 2).value_or(0);
        SmppPdu other = answer(18, "OK");
        other.addNumber(SmppTag::itsSessionInfo, 2, quint16(info + 0x0100));
        bench.smsc.say(other);
        QVERIFY(bench.settled());
        QCOMPARE(bench.receipts.size(), 1);
        SmppPdu ours = answer(18, "OK");
        ours.addNumber(SmppTag::itsSessionInfo, 2, quint16(info + 2));
        bench.smsc.say(ours);
        QTRY_COMPARE(bench.codes().last(), u"received"_s);
        QTRY_COMPARE(bench.smsc.count(SmppCommand::SubmitSm), 2);
        const SmppPdu end = bench.smsc.all(SmppCommand::SubmitSm).value(1);
        QCOMPARE(end.number(SmppTag::ussdServiceOp, 1), std::optional<quint16>(17));
        QCOMPARE(end.number(SmppTag::itsSessionInfo, 2),
                 std::optional<quint16>(quint16((info & 0xff00) | 1)));
    }
};

QTEST_GUILESS_MAIN(TestUssdBearer)
#include "tst_ussdbearer.moc"
