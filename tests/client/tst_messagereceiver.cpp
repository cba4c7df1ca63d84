// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/messagereceiver.h"
#include "wire/sipbuilder.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

SipMessage request(const QByteArray &method, const QByteArray &branch, const QByteArray &push = {},
                   const QByteArray &body = "hello")
{
    SipRequest made(method, "sip:alice@127.0.0.1:4012;ob");
    made.via("UDP", "127.0.0.1", 5060, branch)
        .from("sip:push@lab.example", "a")
        .to("sip:alice@lab.example")
        .callId("c1");
    if (!push.isEmpty())
        made.header("X-Reveille-Push", push);
    if (method == "MESSAGE")
        made.body("text/plain;charset=utf-8", body);
    return *SipMessage::parse(made.bytes());
}

int statusOf(const QByteArray &octets)
{
    return SipMessage::parse(octets)->statusCode();
}

} // namespace

class TestMessageReceiver : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void confirmsAPush()
    {
        PushInbox inbox;
        MessageReceiver receiver(inbox);
        const auto outcome = receiver.take(request("MESSAGE", "z9hG4bK1", "p-1"));
        QCOMPARE(statusOf(outcome.answer), 200);
        QVERIFY(outcome.push.has_value());
        QCOMPARE(outcome.push->id, u"p-1"_s);
        QCOMPARE(outcome.push->contentType, u"text/plain;charset=utf-8"_s);
        QCOMPARE(outcome.push->body, "hello");
        QVERIFY(!outcome.push->duplicate);
    }

    void repeatsItsAnswerToARetransmission()
    {
        PushInbox inbox;
        MessageReceiver receiver(inbox);
        const auto first = receiver.take(request("MESSAGE", "z9hG4bK1", "p-1"));
        const auto second = receiver.take(request("MESSAGE", "z9hG4bK1", "p-1"));
        QCOMPARE(second.answer, first.answer);
        QVERIFY(!second.push.has_value());
    }

    void marksAPushDeliveredBefore()
    {
        PushInbox inbox;
        MessageReceiver receiver(inbox);
        receiver.take(request("MESSAGE", "z9hG4bK1", "p-1"));
        const auto again = receiver.take(request("MESSAGE", "z9hG4bK2", "p-1"));
        QCOMPARE(statusOf(again.answer), 200);
        QVERIFY(again.push->duplicate);
        QVERIFY(!receiver.take(request("MESSAGE", "z9hG4bK3", "p-2")).push->duplicate);
    }

    void messagesWithoutAPushIdAreNeverDuplicates()
    {
        PushInbox inbox;
        MessageReceiver receiver(inbox);
        QVERIFY(!receiver.take(request("MESSAGE", "z9hG4bK1")).push->duplicate);
        QVERIFY(!receiver.take(request("MESSAGE", "z9hG4bK2")).push->duplicate);
    }

    void aRefusedPushMayComeAgain()
    {
        PushInbox inbox;
        MessageReceiver receiver(inbox);
        inbox.setRefusal(486);
        const auto refused = receiver.take(request("MESSAGE", "z9hG4bK1", "p-1"));
        QCOMPARE(statusOf(refused.answer), 486);
        QCOMPARE(refused.push->answered, 486);
        inbox.setRefusal(0);
        const auto taken = receiver.take(request("MESSAGE", "z9hG4bK2", "p-1"));
        QCOMPARE(statusOf(taken.answer), 200);
        QVERIFY(!taken.push->duplicate);
    }

    void answersOtherMethods_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<int>("status");
        QTest::newRow("options") << QByteArray("OPTIONS") << 200;
        QTest::newRow("invite") << QByteArray("INVITE") << 405;
        QTest::newRow("cancel") << QByteArray("CANCEL") << 481;
        QTest::newRow("unknown") << QByteArray("WHATEVER") << 405;
    }
    void answersOtherMethods()
    {
        QFETCH(QByteArray, method);
        QFETCH(int, status);
        PushInbox inbox;
        MessageReceiver receiver(inbox);
        const auto outcome = receiver.take(request(method, "z9hG4bK1"));
        QCOMPARE(statusOf(outcome.answer), status);
        QVERIFY(!outcome.push.has_value());
        QCOMPARE(SipMessage::parse(outcome.answer)->hasToken("allow", "MESSAGE"),
                 status == 405 || status == 200);
    }

    void neverAnswersAnAck()
    {
        PushInbox inbox;
        MessageReceiver receiver(inbox);
        QVERIFY(receiver.take(request("ACK", "z9hG4bK1")).answer.isEmpty());
    }

    void itsMemoryIsBounded()
    {
        PushInbox inbox;
        MessageReceiver receiver(inbox);
        for (int i = 0; i < PushInbox::maxPushes + 1; ++i)
            receiver.take(
                request("MESSAGE", "z9hG4bK" + QByteArray::number(i), "p-" + QByteArray::number(i)));
        QVERIFY(!receiver.take(request("MESSAGE", "z9hG4bKa", "p-0")).push->duplicate);
        QVERIFY(receiver.take(request("MESSAGE", "z9hG4bKb", "p-1024")).push->duplicate);
    }
};

QTEST_GUILESS_MAIN(TestMessageReceiver)
#include "tst_messagereceiver.moc"
