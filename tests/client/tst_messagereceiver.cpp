// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/messagereceiver.h"
#include "wire/sipbuilder.h"
#include "wire/sir.h"

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

const DeviceId own = *DeviceId::parse(u"urn:uuid:f81d4fae-7dec-41d0-a765-00a0c91e6bf6");
const QByteArray other = "urn:uuid:f81d4fae-7dec-41d0-a765-00a0c91e6bff";
const SirRecipient owner{own, *PublicUserId::parse(u"sip:alice@lab.example")};

SipMessage wakeUp(const QByteArray &uri = "sip:alice@127.0.0.1:4012", const QByteArray &header = {},
                  const QByteArray &value = {}, const QByteArray &body = encodeSir({}, {}),
                  const QByteArray &type = "application/vnd.wap.sia", const QByteArray &branch = "z9hG4bKs")
{
    SipRequest made("MESSAGE", uri);
    made.via("UDP", "127.0.0.1", 5060, branch)
        .from("sip:reveille@lab.example", "a")
        .to("sip:alice@lab.example")
        .callId("c1")
        .header("X-Wap-Application-Id", "x-wap-application:push.sia");
    if (!header.isEmpty())
        made.header(header, value);
    made.body(type, body);
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
        QCOMPARE(outcome.push->contentEncoding, QString());
    }

    void takesEncodedContentAsItIs()
    {
        PushInbox inbox;
        MessageReceiver receiver(inbox);
        const QByteArray octets("\0\xff\r\n", 4);
        const auto outcome = receiver.take(wakeUp("sip:alice@127.0.0.1:4012", "Content-Encoding", "aes128gcm", octets,
                                                  "application/octet-stream", "z9hG4bK1"));
        QCOMPARE(statusOf(outcome.answer), 200);
        QVERIFY(outcome.push.has_value());
        QCOMPARE(outcome.push->contentEncoding, u"aes128gcm"_s);
        QCOMPARE(outcome.push->body, octets);
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

    void aSirIsNoPush()
    {
        PushInbox inbox(owner);
        MessageReceiver receiver(inbox);
        SessionRequest sir;
        sir.version = 2;
        sir.device = own;
        const QByteArray body = encodeSir(sir, {});
        const auto outcome = receiver.take(wakeUp("sip:alice@127.0.0.1:4012", {}, {}, body));
        QCOMPARE(statusOf(outcome.answer), 200);
        QVERIFY(!outcome.push.has_value());
        QVERIFY(outcome.wake.has_value() && outcome.wake->ok());
        QCOMPARE((*outcome.wake)->sir.device, own);
        QCOMPARE((*outcome.wake)->sirOctets, body);
        QVERIFY(!(*outcome.wake)->empty);
        const auto again = receiver.take(wakeUp("sip:alice@127.0.0.1:4012", {}, {}, body));
        QCOMPARE(again.answer, outcome.answer);
        QVERIFY(!again.wake.has_value());
    }

    void theIdentityOfASirMayStandInEveryPlace_data()
    {
        QTest::addColumn<QByteArray>("uri");
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("type");
        const QByteArray plain = "sip:alice@127.0.0.1:4012", sia = "application/vnd.wap.sia";
        QTest::newRow("GRUU") << QByteArray("sip:alice@lab.example;gr=%1") << QByteArray() << QByteArray() << sia;
        QTest::newRow("Accept-Contact") << plain << QByteArray("Accept-Contact")
                                        << QByteArray("*;+sip.instance=\"<%1>\";require;explicit") << sia;
        QTest::newRow("second of Accept-Contact")
            << plain << QByteArray("Accept-Contact") << QByteArray("*;audio, *;+sip.instance=\"<%1>\";require") << sia;
        QTest::newRow("header of its own") << plain << QByteArray("X-Reveille-Device") << QByteArray("%1") << sia;
        QTest::newRow("content type") << plain << QByteArray() << QByteArray() << sia + ";device=\"%1\"";
        QTest::newRow("content type, sip.instance")
            << plain << QByteArray() << QByteArray() << sia + ";+sip.instance=\"%1\"";
    }
    void theIdentityOfASirMayStandInEveryPlace()
    {
        QFETCH(QByteArray, uri);
        QFETCH(QByteArray, header);
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, type);
        const auto with = [&](QByteArray text, const QByteArray &device) { return text.replace("%1", device); };
        PushInbox inbox(owner);
        MessageReceiver receiver(inbox);
        const QByteArray me = own.toString().toUtf8();
        for (const QByteArray &body : {encodeSir({}, {}), QByteArray()}) {
            const QByteArray branch = "z9hG4bK" + QByteArray::number(body.size());
            const auto mine = receiver.take(
                wakeUp(with(uri, me), header, with(value, me), body, with(type, me), branch + "mine"));
            QCOMPARE(statusOf(mine.answer), 200);
            QCOMPARE((*mine.wake)->sir.device, own);
            QCOMPARE((*mine.wake)->empty, body.isEmpty());
            const auto foreign = receiver.take(
                wakeUp(with(uri, other), header, with(value, other), body, with(type, other), branch + "other"));
            QCOMPARE(statusOf(foreign.answer), 480);
            QCOMPARE((*foreign.wake)->sir.device.toString().toUtf8(), other);
        }
    }

    void aSirThatNamesTwoDevicesIsRefused()
    {
        PushInbox inbox(owner);
        MessageReceiver receiver(inbox);
        const auto outcome = receiver.take(wakeUp("sip:alice@lab.example;gr=" + own.toString().toUtf8(),
                                                  "Accept-Contact", "*;+sip.instance=\"<" + other + ">\""));
        QCOMPARE(statusOf(outcome.answer), 400);
        QVERIFY((*outcome.wake)->contradictory);
    }

    void anOpaqueGruuNamesNobody()
    {
        PushInbox inbox(owner);
        MessageReceiver receiver(inbox);
        const auto outcome = receiver.take(wakeUp("sip:tgruu.7@lab.example;gr=kjh29x97us97d"));
        QCOMPARE(statusOf(outcome.answer), 200);
        QVERIFY((*outcome.wake)->sir.device.isEmpty());
    }

    void aSirThatCannotBeReadIsNoPushEither()
    {
        PushInbox inbox(owner);
        MessageReceiver receiver(inbox);
        const auto outcome = receiver.take(wakeUp("sip:alice@127.0.0.1", {}, {}, "\x01\x7f"));
        QCOMPARE(statusOf(outcome.answer), 400);
        QVERIFY(outcome.wake.has_value() && !outcome.wake->ok());
        QVERIFY(!outcome.push.has_value());
    }

    void aSirMeetsTheRefusalToo()
    {
        PushInbox inbox(owner);
        inbox.setRefusal(603);
        MessageReceiver receiver(inbox);
        QCOMPARE(statusOf(receiver.take(wakeUp()).answer), 603);
    }

    void aSirForAnotherIsAcceptedWhereItIsHandedOn()
    {
        PushInbox inbox(owner);
        MessageReceiver receiver(inbox);
        receiver.setHandsOn(true);
        QCOMPARE(statusOf(receiver.take(wakeUp("sip:a@127.0.0.1", "X-Reveille-Device", other)).answer), 202);
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

    void datagramsPushNothingOutOfItsMemory()
    {
        PushInbox inbox;
        const auto isKnown = [&](const QString &id, PushInbox::Way way) {
            ReceivedPush push;
            push.id = id;
            inbox.take(push, way);
            return push.duplicate;
        };
        QVERIFY(!isKnown(u"link"_s, PushInbox::Way::Link));
        for (int i = 0; i < 3 * PushInbox::maxPushes; ++i)
            isKnown(QString::number(i), PushInbox::Way::Datagram);
        QCOMPARE(inbox.known(PushInbox::Way::Datagram).size(), PushInbox::maxDatagramPushes);
        QVERIFY(isKnown(u"link"_s, PushInbox::Way::Datagram));
        QVERIFY(isKnown(QString::number(3 * PushInbox::maxPushes - 1), PushInbox::Way::Link));
        QCOMPARE(inbox.known().size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestMessageReceiver)
#include "tst_messagereceiver.moc"
