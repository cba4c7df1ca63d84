// SPDX-License-Identifier: GPL-3.0-or-later
#include "bearers/smpplink.h"
#include "engine/timerwheel.h"
#include "support/scriptedsmsc.h"

#include <QSignalSpy>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

SmppLink::Settings settings(quint16 port)
{
    SmppLink::Settings s;
    s.host = u"127.0.0.1"_s;
    s.port = port;
    s.bind.systemId = "ppg1";
    s.bind.password = "secret";
    s.responseTime = Milliseconds(400);
    s.enquireEvery = Milliseconds(60'000);
    s.firstPause = Milliseconds(20);
    s.longestPause = Milliseconds(80);
    return s;
}

SmppPdu message(const QByteArray &number = "491701234567")
{
    SmppPdu pdu;
    pdu.command = SmppCommand::SubmitSm;
    pdu.message = SmppShortMessage();
    pdu.message->destination = {1, 1, number};
    pdu.message->text = "octets";
    return pdu;
}

struct Bench {
    SystemClock clock;
    TimerWheel timers{clock};
    ScriptedSmsc smsc;
    quint16 port = smsc.open();
};

} // namespace

class TestSmppLink : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void bindsAsItsRoleAndUnbindsAtTheEnd_data()
    {
        QTest::addColumn<SmppLink::Role>("role");
        QTest::addColumn<SmppCommand>("command");
        QTest::newRow("transceiver") << SmppLink::Role::Transceiver << SmppCommand::BindTransceiver;
        QTest::newRow("transmitter") << SmppLink::Role::Transmitter << SmppCommand::BindTransmitter;
        QTest::newRow("receiver") << SmppLink::Role::Receiver << SmppCommand::BindReceiver;
    }
    void bindsAsItsRoleAndUnbindsAtTheEnd()
    {
        QFETCH(SmppLink::Role, role);
        QFETCH(SmppCommand, command);
        Bench bench;
        SmppLink::Settings s = settings(bench.port);
        s.role = role;
        {
            SmppLink link(s, bench.clock, bench.timers);
            QCOMPARE(link.code(), "connecting"_ba);
            link.start();
            QTRY_VERIFY(link.isBound());
            QCOMPARE(link.detail(), u"scripted"_s);
            QCOMPARE(link.code(), QByteArray());
            QCOMPARE(bench.smsc.all(command).value(0).bind->systemId, "ppg1"_ba);
            QCOMPARE(bench.smsc.all(command).value(0).bind->password, "secret"_ba);
        }
        QTRY_COMPARE(bench.smsc.count(SmppCommand::Unbind), 1);
    }
    void aRefusedBindIsTriedAgain_data()
    {
        QTest::addColumn<quint32>("status");
        QTest::addColumn<QByteArray>("code");
        QTest::newRow("password") << 0x0eu << "bind-password"_ba;
        QTest::newRow("system id") << 0x0fu << "bind-system-id"_ba;
        QTest::newRow("other") << 0x08u << "bind-refused"_ba;
    }
    void aRefusedBindIsTriedAgain()
    {
        QFETCH(quint32, status);
        QFETCH(QByteArray, code);
        Bench bench;
        int binds = 0;
        bench.smsc.script = [&](const SmppPdu &pdu) {
            return pdu.bind && ++binds <= 2 ? QVector<SmppPdu>{ScriptedSmsc::response(pdu, status)}
                                            : bench.smsc.usual(pdu);
        };
        SmppLink link(settings(bench.port), bench.clock, bench.timers);
        QSignalSpy changed(&link, &SmppLink::stateChanged);
        QVector<QByteArray> codes;
        connect(&link, &SmppLink::stateChanged, this, [&] { codes.append(link.code()); });
        link.start();
        QTRY_VERIFY(link.isBound());
        QCOMPARE(binds, 3);
        QCOMPARE(codes.count(code), 2);
    }
    void aMissingSmscIsTriedUntilItIsThere()
    {
        Bench bench;
        bench.smsc.close();
        SmppLink link(settings(bench.port), bench.clock, bench.timers);
        link.start();
        QTRY_COMPARE(link.code(), "connection-refused"_ba);
        QVERIFY(!link.isBound());
        QCOMPARE(bench.smsc.open(bench.port), bench.port);
        QTRY_VERIFY(link.isBound());
    }
    void pausesGrowAndStayBelowTheLongest()
    {
        Bench bench;
        bench.smsc.close();
        SmppLink::Settings s = settings(bench.port);
        s.firstPause = Milliseconds(40);
        s.longestPause = Milliseconds(200);
        SmppLink link(s, bench.clock, bench.timers);
        QVector<qint64> at;
        connect(&link, &SmppLink::stateChanged, this, [&] { at.append(bench.clock.monotonic().count()); });
        link.start();
        QTRY_VERIFY(at.size() >= 7);
        for (qsizetype i = 4; i < 7; ++i)
            QVERIFY2(at[i] - at[i - 1] >= 100,
                     qPrintable(QString::number(at[i] - at[i - 1]))); // half of the longest
    }
    void retryNowDoesNotWaitForThePause()
    {
        Bench bench;
        bench.smsc.close();
        SmppLink::Settings s = settings(bench.port);
        s.firstPause = s.longestPause = Milliseconds(3'600'000);
        SmppLink link(s, bench.clock, bench.timers);
        link.start();
        QTRY_COMPARE(link.code(), "connection-refused"_ba);
        bench.smsc.open(bench.port);
        link.retryNow();
        QTRY_VERIFY(link.isBound());
    }
    void asksWhetherTheOtherSideIsThere()
    {
        Bench bench;
        SmppLink::Settings s = settings(bench.port);
        s.enquireEvery = Milliseconds(50);
        SmppLink link(s, bench.clock, bench.timers);
        link.start();
        QTRY_VERIFY(bench.smsc.count(SmppCommand::EnquireLink) >= 3);
        QVERIFY(link.isBound());
        QCOMPARE(bench.smsc.connections(), 1);
        bool answered = false;
        link.enquire([&](bool ok) { answered = ok; });
        QTRY_VERIFY(answered);
    }
    void aSilentSmscLosesTheLink()
    {
        Bench bench;
        bench.smsc.script = [&](const SmppPdu &pdu) {
            return pdu.command == SmppCommand::EnquireLink ? QVector<SmppPdu>() : bench.smsc.usual(pdu);
        };
        SmppLink::Settings s = settings(bench.port);
        s.enquireEvery = Milliseconds(50);
        SmppLink link(s, bench.clock, bench.timers);
        QVector<QByteArray> codes;
        connect(&link, &SmppLink::stateChanged, this, [&] { codes.append(link.code()); });
        link.start();
        QTRY_VERIFY(codes.contains("no-answer"));
        QTRY_VERIFY(bench.smsc.connections() >= 2);
    }
    void answersWhatItIsAsked()
    {
        Bench bench;
        SmppLink link(settings(bench.port), bench.clock, bench.timers);
        QVector<SmppPdu> got;
        connect(&link, &SmppLink::messageDelivered, this, [&](const SmppPdu &pdu) { got.append(pdu); });
        link.start();
        QTRY_VERIFY(link.isBound());
        SmppPdu deliver = message("12345");
        deliver.command = SmppCommand::DeliverSm;
        deliver.sequence = 77;
        bench.smsc.say(deliver);
        SmppPdu enquire;
        enquire.command = SmppCommand::EnquireLink;
        enquire.sequence = 78;
        bench.smsc.say(enquire);
        QTRY_COMPARE(bench.smsc.all(SmppCommand::EnquireLinkResp).value(0).sequence, 78u);
        QCOMPARE(bench.smsc.all(SmppCommand::DeliverSmResp).value(0).sequence, 77u);
        QCOMPARE(got, QVector<SmppPdu>{deliver});
    }
    void whatTheSmscSaysOfAMessageIsTold()
    {
        Bench bench;
        bench.smsc.script = [&](const SmppPdu &pdu) {
            return pdu.message && pdu.message->destination.digits == "1"
                       ? QVector<SmppPdu>{ScriptedSmsc::response(pdu, 0x58)}
                       : bench.smsc.usual(pdu);
        };
        SmppLink link(settings(bench.port), bench.clock, bench.timers);
        link.start();
        QTRY_VERIFY(link.isBound());
        QVector<SmppLink::Answer> answers;
        bool within = true;
        link.submit(message(), [&](const SmppLink::Answer &answer) {
            QVERIFY(!within);
            answers.append(answer);
        });
        link.submit(message("1"), [&](const SmppLink::Answer &answer) { answers.append(answer); });
        within = false;
        QTRY_COMPARE(answers.size(), 2);
        QCOMPARE(answers[0].status, std::optional<quint32>(0));
        QCOMPARE(answers[0].id, "1001"_ba);
        QCOMPARE(answers[1].status, std::optional<quint32>(0x58));
    }
    void noMoreThanTheWindowIsUnanswered()
    {
        Bench bench;
        QVector<SmppPdu> kept;
        bench.smsc.script = [&](const SmppPdu &pdu) {
            if (pdu.command != SmppCommand::SubmitSm)
                return bench.smsc.usual(pdu);
            kept.append(pdu);
            return QVector<SmppPdu>();
        };
        SmppLink::Settings s = settings(bench.port);
        s.window = 3;
        s.responseTime = Milliseconds(60'000);
        SmppLink link(s, bench.clock, bench.timers);
        link.start();
        QTRY_VERIFY(link.isBound());
        int answered = 0;
        for (int i = 0; i < 10; ++i)
            link.submit(message(), [&](const SmppLink::Answer &) { ++answered; });
        QTRY_COMPARE(kept.size(), 3);
        QCOMPARE(link.inFlight(), 3);
        bool asked = false;
        link.enquire([&](bool) { asked = true; }); // behind it nothing more can be on its way
        QTRY_VERIFY(asked);
        QCOMPARE(kept.size(), 3);
        while (answered < 10) {
            for (const SmppPdu &pdu : std::exchange(kept, {}))
                bench.smsc.say(ScriptedSmsc::response(pdu, 0, "1"));
            const int before = answered;
            QTRY_VERIFY(answered > before);
        }
        QCOMPARE(bench.smsc.count(SmppCommand::SubmitSm), 10);
    }
    void aLostLinkLeavesNoRequestUnanswered()
    {
        Bench bench;
        bench.smsc.script = [&](const SmppPdu &pdu) {
            if (pdu.command != SmppCommand::SubmitSm)
                return bench.smsc.usual(pdu);
            if (bench.smsc.count(SmppCommand::SubmitSm) == 3)
                QMetaObject::invokeMethod(
                    &bench.smsc, [&] { bench.smsc.drop(); }, Qt::QueuedConnection);
            return QVector<SmppPdu>();
        };
        SmppLink::Settings s = settings(bench.port);
        s.window = 3;
        SmppLink link(s, bench.clock, bench.timers);
        link.start();
        QTRY_VERIFY(link.isBound());
        QVector<QByteArray> codes;
        for (int i = 0; i < 5; ++i)
            link.submit(message(), [&](const SmppLink::Answer &answer) { codes.append(answer.code); });
        QTRY_COMPARE(codes.size(), 5);
        QCOMPARE(codes.count("link-lost"), 5);
        QTRY_VERIFY(link.isBound());
        QCOMPARE(bench.smsc.count(SmppCommand::SubmitSm), 3); // nothing is sent twice
    }
    void aMissingResponseIsToldInTime()
    {
        Bench bench;
        bench.smsc.script = [&](const SmppPdu &pdu) {
            return pdu.command == SmppCommand::SubmitSm ? QVector<SmppPdu>() : bench.smsc.usual(pdu);
        };
        SmppLink link(settings(bench.port), bench.clock, bench.timers);
        link.start();
        QTRY_VERIFY(link.isBound());
        QVector<SmppLink::Answer> answers;
        link.submit(message(), [&](const SmppLink::Answer &answer) { answers.append(answer); });
        QTRY_COMPARE(answers.size(), 1);
        QVERIFY(!answers[0].status);
        QCOMPARE(answers[0].code, "no-answer"_ba);
        QTRY_COMPARE(bench.smsc.count(SmppCommand::EnquireLink), 1);
        QVERIFY(link.isBound()); // it answers that
        bench.smsc.say(ScriptedSmsc::response(bench.smsc.all(SmppCommand::SubmitSm).value(0), 0, "late"));
        bool asked = false;
        link.enquire([&](bool ok) { asked = ok; });
        QTRY_VERIFY(asked);
        QCOMPARE(answers.size(), 1);
    }
    void responsesToNothingChangeNothing()
    {
        Bench bench;
        QVector<SmppPdu> kept;
        bench.smsc.script = [&](const SmppPdu &pdu) {
            if (pdu.command != SmppCommand::SubmitSm)
                return bench.smsc.usual(pdu);
            kept.append(pdu);
            return QVector<SmppPdu>();
        };
        SmppLink link(settings(bench.port), bench.clock, bench.timers);
        link.start();
        QTRY_VERIFY(link.isBound());
        QVector<SmppLink::Answer> answers;
        link.submit(message(), [&](const SmppLink::Answer &answer) { answers.append(answer); });
        QTRY_COMPARE(kept.size(), 1);
        SmppPdu wrong = ScriptedSmsc::response(kept[0], 0, "9");
        wrong.sequence += 1000;
        bench.smsc.say(wrong); // a sequence number that was not sent
        wrong = ScriptedSmsc::response(kept[0], 0, "9");
        wrong.command = SmppCommand::BindTransceiverResp;
        bench.smsc.say(wrong); // the response of another command
        bench.smsc.say(ScriptedSmsc::response(kept[0], 0, "7"));
        bench.smsc.say(ScriptedSmsc::response(kept[0], 0x08, "8")); // once more
        bool asked = false;
        link.enquire([&](bool ok) { asked = ok; });
        QTRY_VERIFY(asked);
        QCOMPARE(answers.size(), 1);
        QCOMPARE(answers[0].id, "7"_ba);
    }
    void hostileOctetsEndTheLinkOrAreRefused_data()
    {
        QTest::addColumn<QByteArray>("octets");
        QTest::addColumn<bool>("ends");
        QTest::newRow("length 15") << QByteArray::fromHex("0000000f800000040000000000000001") << true;
        QTest::newRow("length 0") << QByteArray(16, '\0') << true;
        QTest::newRow("4 GB") << QByteArray(16, '\xff') << true;
        QTest::newRow("text") << "HTTP/1.1 400 Bad Request\r\n\r\n"_ba << true;
        QTest::newRow("unknown command") << QByteArray::fromHex("00000010000001030000000000000005") << false;
        QTest::newRow("broken deliver_sm")
            << QByteArray::fromHex("0000001400000005000000000000000541414141") << false;
        QTest::newRow("unbind") << QByteArray::fromHex("00000010000000060000000000000005") << true;
    }
    void hostileOctetsEndTheLinkOrAreRefused()
    {
        QFETCH(QByteArray, octets);
        QFETCH(bool, ends);
        Bench bench;
        SmppLink link(settings(bench.port), bench.clock, bench.timers);
        link.start();
        QTRY_VERIFY(link.isBound());
        bench.smsc.say(octets);
        if (ends)
            QTRY_COMPARE(bench.smsc.connections(), 2);
        else
            QTRY_VERIFY(bench.smsc.count(SmppCommand::GenericNack) +
                            bench.smsc.count(SmppCommand::DeliverSmResp) ==
                        1);
        QTRY_VERIFY(link.isBound());
    }
    void nothingIsDeliveredBeforeTheBind()
    {
        Bench bench;
        bench.smsc.script = [&](const SmppPdu &pdu) {
            return pdu.bind ? QVector<SmppPdu>() : bench.smsc.usual(pdu);
        };
        SmppLink link(settings(bench.port), bench.clock, bench.timers);
        QSignalSpy delivered(&link, &SmppLink::messageDelivered);
        link.start();
        QTRY_COMPARE(bench.smsc.count(SmppCommand::BindTransceiver), 1);
        SmppPdu deliver = message("12345");
        deliver.command = SmppCommand::DeliverSm;
        deliver.sequence = 1;
        bench.smsc.say(deliver);
        QTRY_COMPARE(bench.smsc.all(SmppCommand::DeliverSmResp).value(0).status, 0x04u);
        QCOMPARE(delivered.size(), 0);
    }
};

QTEST_GUILESS_MAIN(TestSmppLink)
#include "tst_smpplink.moc"
