// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/sip/sipclienttransactions.h"
#include "connections/sip/sipservertransactions.h"
#include "support/fakeclock.h"
#include "wire/sipbuilder.h"

#include <QElapsedTimer>
#include <QTest>

using namespace reveille;
using namespace std::chrono_literals;
using Taken = SipServerTransactions::Taken;

namespace {

const SipFlow udp = SipFlow::of(SipTransport::Udp, QHostAddress(QStringLiteral("192.0.2.7")), 40000);
const SipFlow tcp = SipFlow::of(SipTransport::Tcp, QHostAddress(QStringLiteral("192.0.2.7")), 40000, 1);

SipMessage message(const QByteArray &text)
{
    const Result<SipMessage, SipRejection> parsed = SipMessage::parse(text);
    if (!parsed)
        qFatal("%s", parsed.error().error.code);
    return *parsed;
}

SipMessage request(const QByteArray &method, const QByteArray &branch = "z9hG4bKone",
                   const QByteArray &via = ";rport", const QByteArray &cseqMethod = {})
{
    return message(
        method + " sip:lab.example SIP/2.0\r\nVia: SIP/2.0/UDP 10.0.0.1:5099;branch=" + branch + via +
        "\r\nMax-Forwards: 70\r\nFrom: <sip:alice@lab.example>;tag=a\r\nTo: <sip:alice@lab.example>\r\n"
        "Call-ID: c\r\nCSeq: 1 " +
        (cseqMethod.isEmpty() ? method : cseqMethod) + "\r\nContent-Length: 0\r\n\r\n");
}

SipMessage answer(int status, const QByteArray &branch, const QByteArray &method)
{
    return message("SIP/2.0 " + QByteArray::number(status) + " X\r\nVia: SIP/2.0/UDP 127.0.0.1:5060;branch=" +
                   branch + "\r\nFrom: <sip:a@b>;tag=a\r\nTo: <sip:c@d>;tag=b\r\nCall-ID: c\r\nCSeq: 1 " +
                   method + "\r\nContent-Length: 0\r\n\r\n");
}

/// Timers that never fire, cheap in any number.
struct NoTimers final : Timers {
    TimerId start(Milliseconds, std::function<void()>) override { return ++last; }
    void cancel(TimerId &timer) override { timer = 0; }
    TimerId last = 0;
};

} // namespace

class TestSipTransactions : public QObject {
    Q_OBJECT
    FakeClock m_clock;
    SipSettings m_settings;
    QVector<std::pair<SipFlow, QByteArray>> m_sent;
    bool m_sendWorks = true;
    QVector<SipClientAnswer> m_answers;
    QVector<int> m_heard;

    SipServerTransactions::Send server()
    {
        return [this](const SipFlow &to, const QByteArray &bytes) {
            m_sent.append({to, bytes});
        };
    }
    SipClientTransactions::Send client()
    {
        return [this](const SipFlow &to, const QByteArray &bytes) {
            if (m_sendWorks)
                m_sent.append({to, bytes});
            return m_sendWorks;
        };
    }
    quint64 start(SipClientTransactions &transactions, const SipFlow &flow,
                  const QByteArray &branch = "z9hG4bKours")
    {
        return transactions.start(
            flow, branch, "MESSAGE", "bytes", [this](int status) { m_heard.append(status); },
            [this](quint64, const SipClientAnswer &a) { m_answers.append(a); });
    }

private Q_SLOTS:
    void init()
    {
        m_settings = {};
        m_settings.requestTimeout = 60s;
        m_sent.clear();
        m_answers.clear();
        m_heard.clear();
        m_sendWorks = true;
    }

    // --- server
    void aRepeatedRequestGetsTheStoredAnswer()
    {
        SipServerTransactions transactions(m_settings, m_clock, server());
        const SipMessage options = request("OPTIONS");
        QCOMPARE(transactions.take(options, udp), Taken::New);
        QCOMPARE(transactions.take(options, udp), Taken::Repeated);
        QVERIFY(m_sent.isEmpty()); // nothing to repeat yet
        transactions.respond(SipServerTransactions::keyOf(options), 200, "answer");
        QCOMPARE(m_sent.size(), 1);
        QCOMPARE(transactions.take(options, udp), Taken::Repeated);
        QCOMPARE(m_sent.size(), 2);
        QCOMPARE(m_sent[1].second, QByteArray("answer"));
    }
    void timerJEndsItOnUdp()
    {
        SipServerTransactions transactions(m_settings, m_clock, server());
        const SipMessage options = request("OPTIONS");
        transactions.take(options, udp);
        transactions.respond(SipServerTransactions::keyOf(options), 200, "answer");
        m_clock.advance(31999ms);
        QCOMPARE(transactions.size(), 1);
        m_clock.advance(1ms);
        QCOMPARE(transactions.size(), 0);
        QCOMPARE(transactions.take(options, udp), Taken::New);
    }
    void onTcpItEndsWithTheAnswer()
    {
        SipServerTransactions transactions(m_settings, m_clock, server());
        const SipMessage options = request("OPTIONS");
        transactions.take(options, tcp);
        transactions.respond(SipServerTransactions::keyOf(options), 200, "answer");
        QCOMPARE(m_sent.size(), 1);
        QCOMPARE(transactions.size(), 0);
        QCOMPARE(m_clock.pending(), 0);
    }
    void refusalOfAnInviteIsRepeatedByTimerGUntilTimerH()
    {
        SipServerTransactions transactions(m_settings, m_clock, server());
        const SipMessage invite = request("INVITE");
        transactions.take(invite, udp);
        transactions.respond(SipServerTransactions::keyOf(invite), 405, "no");
        const QVector<Milliseconds> gaps{500ms, 1000ms, 2000ms, 4000ms, 4000ms, 4000ms};
        for (int i = 0; i < gaps.size(); ++i) {
            m_clock.advance(gaps[i] - 1ms);
            QCOMPARE(m_sent.size(), i + 1);
            m_clock.advance(1ms);
            QCOMPARE(m_sent.size(), i + 2);
        }
        m_clock.advance(32s);
        QCOMPARE(transactions.size(), 0);
        QCOMPARE(m_clock.pending(), 0);
    }
    void anAckEndsTheRepetitionAndTimerIAbsorbsTheRest()
    {
        SipServerTransactions transactions(m_settings, m_clock, server());
        const SipMessage invite = request("INVITE");
        transactions.take(invite, udp);
        transactions.respond(SipServerTransactions::keyOf(invite), 405, "no");
        transactions.acknowledge(request("ACK"));
        m_clock.advance(4999ms);
        QCOMPARE(m_sent.size(), 1);
        QCOMPARE(transactions.take(invite, udp), Taken::Repeated);
        QCOMPARE(m_sent.size(), 1); // confirmed: nothing more to say
        m_clock.advance(1ms);
        QCOMPARE(transactions.size(), 0);
    }
    void onTcpAnInviteIsNotRepeatedAndItsAckEndsIt()
    {
        SipServerTransactions transactions(m_settings, m_clock, server());
        const SipMessage invite = request("INVITE");
        transactions.take(invite, tcp);
        transactions.respond(SipServerTransactions::keyOf(invite), 405, "no");
        m_clock.advance(10s);
        QCOMPARE(m_sent.size(), 1);
        transactions.acknowledge(request("ACK"));
        QCOMPARE(transactions.size(), 0);
    }
    void aCancelFindsItsInvite()
    {
        SipServerTransactions transactions(m_settings, m_clock, server());
        QVERIFY(!transactions.hasInviteOf(request("CANCEL")));
        transactions.take(request("INVITE"), udp);
        QVERIFY(transactions.hasInviteOf(request("CANCEL")));
        QVERIFY(!transactions.hasInviteOf(request("CANCEL", "z9hG4bKother")));
    }
    void theSameRequestByAnotherWayIsMerged()
    {
        SipServerTransactions transactions(m_settings, m_clock, server());
        const SipMessage first = request("OPTIONS", "z9hG4bK1"), second = request("OPTIONS", "z9hG4bK2");
        QCOMPARE(transactions.take(first, udp), Taken::New);
        QCOMPARE(transactions.take(second, udp), Taken::Merged);
        QCOMPARE(transactions.take(second, udp), Taken::Repeated);
        transactions.respond(SipServerTransactions::keyOf(first), 200, "200");
        transactions.respond(SipServerTransactions::keyOf(second), 482, "482");
        m_clock.advance(64 * m_settings.t1);
        QCOMPARE(transactions.size(), 0);
        QCOMPARE(transactions.take(second, udp), Taken::New); // nothing is left of it
    }
    void theTableIsBounded()
    {
        m_settings.maxTransactions = 2;
        SipServerTransactions transactions(m_settings, m_clock, server());
        QCOMPARE(transactions.take(request("OPTIONS", "z9hG4bK1"), udp), Taken::New);
        QCOMPARE(transactions.take(request("REGISTER", "z9hG4bK2"), udp), Taken::New);
        QCOMPARE(transactions.take(request("MESSAGE", "z9hG4bK3"), udp), Taken::Full);
        QCOMPARE(transactions.take(request("OPTIONS", "z9hG4bK1"), udp), Taken::Repeated);
    }
    void requestsOfOldPeersAreToldApartWithoutTheCookie()
    {
        SipServerTransactions transactions(m_settings, m_clock, server());
        QCOMPARE(transactions.take(request("OPTIONS", "1"), udp), Taken::New);
        QCOMPARE(transactions.take(request("OPTIONS", "1"), udp), Taken::Repeated);
        QCOMPARE(transactions.take(request("REGISTER", "1"), udp), Taken::New);
    }
    void answersGoWhereTheRequestCameFrom_data()
    {
        QTest::addColumn<QByteArray>("via");
        QTest::addColumn<int>("port");
        QTest::newRow("rport") << QByteArray(";rport") << 40000;
        QTest::newRow("sent-by") << QByteArray() << 5099;
        QTest::newRow("never maddr") << QByteArray(";maddr=203.0.113.9") << 5099;
        QTest::newRow("never received") << QByteArray(";received=203.0.113.9;rport") << 40000;
    }
    void answersGoWhereTheRequestCameFrom()
    {
        QFETCH(QByteArray, via);
        QFETCH(int, port);
        const SipFlow to = SipServerTransactions::answerFlow(request("OPTIONS", "z9hG4bKv", via), udp);
        QCOMPARE(to.host(), QStringLiteral("192.0.2.7"));
        QCOMPARE(int(to.port), port);
    }

    // --- client
    void timerERepeatsUntilTimerF()
    {
        SipClientTransactions transactions(m_settings, m_clock, client());
        start(transactions, udp);
        QVector<Milliseconds> gaps{500ms,  1000ms, 2000ms, 4000ms, 4000ms,
                                   4000ms, 4000ms, 4000ms, 4000ms, 4000ms};
        int expected = 1;
        for (const Milliseconds gap : gaps) {
            m_clock.advance(gap - 1ms);
            QCOMPARE(m_sent.size(), expected);
            m_clock.advance(1ms);
            QCOMPARE(m_sent.size(), ++expected);
        }
        QVERIFY(m_answers.isEmpty());
        m_clock.advance(500ms); // 31.5 s are over
        QCOMPARE(m_answers.size(), 1);
        QCOMPARE(m_answers[0].kind, SipClientAnswer::Kind::Timeout);
        QCOMPARE(m_answers[0].code, QByteArray("timeout"));
        QCOMPARE(m_clock.pending(), 0);
    }
    void theRequestTimeoutCapsTimerF()
    {
        m_settings.requestTimeout = 8s;
        SipClientTransactions transactions(m_settings, m_clock, client());
        start(transactions, udp);
        m_clock.advance(7999ms);
        QVERIFY(m_answers.isEmpty());
        m_clock.advance(1ms);
        QCOMPARE(m_answers.size(), 1);
    }
    void onTcpNothingIsRepeated()
    {
        SipClientTransactions transactions(m_settings, m_clock, client());
        start(transactions, tcp);
        m_clock.advance(31999ms);
        QCOMPARE(m_sent.size(), 1);
        m_clock.advance(1ms);
        QCOMPARE(m_answers.size(), 1);
    }
    void aProvisionalAnswerSlowsTheRepetitionToT2()
    {
        SipClientTransactions transactions(m_settings, m_clock, client());
        start(transactions, udp);
        QVERIFY(transactions.take(answer(100, "z9hG4bKours", "MESSAGE")));
        m_clock.advance(500ms);
        QCOMPARE(m_sent.size(), 2);
        m_clock.advance(3999ms);
        QCOMPARE(m_sent.size(), 2);
        m_clock.advance(1ms);
        QCOMPARE(m_sent.size(), 3);
        QVERIFY(m_answers.isEmpty());
    }
    void aFinalAnswerEndsItOnce()
    {
        SipClientTransactions transactions(m_settings, m_clock, client());
        start(transactions, udp);
        QVERIFY(transactions.take(answer(200, "z9hG4bKours", "MESSAGE")));
        QVERIFY(!transactions.take(answer(200, "z9hG4bKours", "MESSAGE")));
        QCOMPARE(m_answers.size(), 1);
        QCOMPARE(m_answers[0].status, 200);
        QCOMPARE(m_heard, QVector<int>{200});
        m_clock.advance(60s);
        QCOMPARE(m_sent.size(), 1);
        QCOMPARE(m_answers.size(), 1);
    }
    void answersToOthersAreNotTaken()
    {
        SipClientTransactions transactions(m_settings, m_clock, client());
        start(transactions, udp);
        QVERIFY(!transactions.take(answer(200, "z9hG4bKother", "MESSAGE")));
        QVERIFY(!transactions.take(answer(200, "z9hG4bKours", "OPTIONS")));
        QVERIFY(m_answers.isEmpty());
    }
    void aFailedSendIsAnsweredLater()
    {
        m_sendWorks = false;
        SipClientTransactions transactions(m_settings, m_clock, client());
        start(transactions, tcp);
        QVERIFY(m_answers.isEmpty());
        m_clock.advance(0ms);
        QCOMPARE(m_answers.size(), 1);
        QCOMPARE(m_answers[0].kind, SipClientAnswer::Kind::Failed);
    }
    void aDelayedRequestIsSentAndTimedFromThen()
    {
        SipClientTransactions transactions(m_settings, m_clock, client());
        transactions.start(
            udp, "z9hG4bKlater", "OPTIONS", "bytes", {},
            [this](quint64, const SipClientAnswer &a) { m_answers.append(a); }, 1000ms);
        m_clock.advance(999ms);
        QVERIFY(m_sent.isEmpty());
        m_clock.advance(1ms);
        QCOMPARE(m_sent.size(), 1);
        m_clock.advance(500ms);
        QCOMPARE(m_sent.size(), 2);
        m_clock.advance(31499ms);
        QVERIFY(m_answers.isEmpty());
        m_clock.advance(1ms);
        QCOMPARE(m_answers.size(), 1);
    }
    void manyOnOneFlowFailInNoTime()
    {
        NoTimers none;
        SipClientTransactions transactions(m_settings, none, client());
        for (int i = 0; i < 20000; ++i)
            start(transactions, tcp, "z9hG4bK" + QByteArray::number(i));
        QElapsedTimer timer;
        timer.start();
        transactions.failFlow(tcp, "reset");
        QCOMPARE(m_answers.size(), 20000);
        QCOMPARE(transactions.size(), 0);
        QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
    }
    void aLostFlowFailsItsOwnOnly()
    {
        SipClientTransactions transactions(m_settings, m_clock, client());
        start(transactions, tcp, "z9hG4bKa");
        start(transactions, tcp, "z9hG4bKb");
        start(transactions, udp, "z9hG4bKc");
        transactions.failFlow(tcp, "reset");
        QCOMPARE(m_answers.size(), 2);
        QCOMPARE(m_answers[1].code, QByteArray("reset"));
        QCOMPARE(transactions.size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestSipTransactions)
#include "tst_siptransactions.moc"
