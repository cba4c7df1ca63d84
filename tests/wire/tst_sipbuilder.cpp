// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/sipbuilder.h"

#include <QSet>
#include <QTest>

using namespace reveille;

class TestSipBuilder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answersWithWhatTheRequestSaid();
    void marksTheTopViaOnly();
    void replacesForgedMarks();
    void addsAToTagOnlyWhereThereIsNone();
    void valuesCannotStartHeaders();
    void requestsReadBack();
    void requestsCannotBeInjected();
    void acknowledgesInTheTransaction();
    void randomNamesDiffer();
    void reasonsHaveNames();
};

namespace {

SipMessage request(const QByteArray &vias = "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1;rport\r\n",
                   const QByteArray &toTag = {}, const QByteArray &method = "INVITE")
{
    auto message =
        SipMessage::parse(method + " sip:b@lab.example SIP/2.0\r\n" + vias +
                          "Record-Route: <sip:p1;lr>, <sip:p2;lr>\r\nRoute: <sip:p1;lr>\r\n"
                          "From: \"A, a\" <sip:a@lab.example> ;tag=1\r\nTo: <sip:b@lab.example>" +
                          toTag + "\r\nCall-ID: c1\r\nCSeq: 7 " + method + "\r\nContent-Length: 0\r\n\r\n");
    return message ? std::move(message).value() : SipMessage();
}

} // namespace

void TestSipBuilder::answersWithWhatTheRequestSaid()
{
    const QByteArray answer = SipResponse(request(), 200)
                                  .source("203.0.113.7", 4012)
                                  .toTag("t9")
                                  .recordRoutes()
                                  .header("Contact", "<sip:b@192.0.2.2>")
                                  .body("text/plain", "hello")
                                  .bytes();
    QCOMPARE(answer,
             QByteArray("SIP/2.0 200 OK\r\n"
                        "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1;received=203.0.113.7;rport=4012\r\n"
                        "From: \"A, a\" <sip:a@lab.example> ;tag=1\r\n"
                        "To: <sip:b@lab.example>;tag=t9\r\n"
                        "Call-ID: c1\r\n"
                        "CSeq: 7 INVITE\r\n"
                        "Record-Route: <sip:p1;lr>, <sip:p2;lr>\r\n"
                        "Contact: <sip:b@192.0.2.2>\r\n"
                        "Content-Type: text/plain\r\n"
                        "Content-Length: 5\r\n"
                        "\r\n"
                        "hello"));
}

void TestSipBuilder::marksTheTopViaOnly()
{
    const SipMessage message =
        request("Via: SIP/2.0/UDP a.example ; branch=z9hG4bK1, SIP/2.0/UDP b.example;rport\r\n"
                "v: SIP/2.0/TCP c.example;rport\r\n");
    const QByteArray answer = SipResponse(message, 404).source("203.0.113.7", 4012).bytes();
    QVERIFY(answer.contains(
        "Via: SIP/2.0/UDP a.example ; branch=z9hG4bK1;received=203.0.113.7, SIP/2.0/UDP b.example;rport\r\n"
        "Via: SIP/2.0/TCP c.example;rport\r\n"));
    QVERIFY(SipResponse(message, 404).bytes().contains("Via: SIP/2.0/UDP a.example ; branch=z9hG4bK1, SIP"));
}

void TestSipBuilder::replacesForgedMarks()
{
    const SipMessage message =
        request("Via: SIP/2.0/UDP a.example;received=192.0.2.66;rport=66;branch=z9hG4bK1\r\n");
    const QByteArray answer = SipResponse(message, 200).source("2001:db8::1", 4012).bytes();
    QVERIFY(
        answer.contains("Via: SIP/2.0/UDP a.example;branch=z9hG4bK1;received=2001:db8::1;rport=4012\r\n"));
}

void TestSipBuilder::addsAToTagOnlyWhereThereIsNone()
{
    const SipMessage tagged = request("Via: SIP/2.0/UDP a.example;branch=z9hG4bK1\r\n", ";tag=own");
    QVERIFY(SipResponse(tagged, 200).toTag("new").bytes().contains("To: <sip:b@lab.example>;tag=own\r\n"));
    QVERIFY(SipResponse(request(), 100).toTag("new").bytes().contains("To: <sip:b@lab.example>\r\n"));
}

void TestSipBuilder::valuesCannotStartHeaders()
{
    const QByteArray answer = SipResponse(request(), 200, "OK\r\nEvil: 1")
                                  .toTag("t\r\nEvil: 2")
                                  .header("X\r\nEvil", "a\r\nEvil: 3")
                                  .header("Y", QByteArrayView("a\0b", 3))
                                  .source("1.2.3.4\r\nEvil: 4", 1)
                                  .body("text/plain\r\nEvil: 5", {})
                                  .bytes();
    QVERIFY(!answer.contains("\nEvil"));
    QVERIFY(!answer.contains('\0'));
    QCOMPARE(answer.count("\r\n\r\n"), 1);
}

void TestSipBuilder::requestsReadBack()
{
    const QByteArray octets =
        SipRequest("MESSAGE", "sip:b@lab.example;gr=urn:uuid:1")
            .via("TCP", "2001:db8::1", 5060, newSipBranch())
            .from("sip:a@lab.example", "f1")
            .to("sip:b@lab.example")
            .callId("c2")
            .cseq(9)
            .header("Accept-Contact", "*;+sip.instance=\"<urn:uuid:1>\";require;explicit")
            .body("application/vnd.wap.sia", QByteArrayView("\0\r\n\1", 4))
            .bytes();
    const auto message = SipMessage::parse(octets);
    QVERIFY2(message.ok(), message.ok() ? "" : message.error().error.code);
    QCOMPARE(message->method(), QByteArrayView("MESSAGE"));
    QVERIFY(message->requestUri().isGruu());
    QCOMPARE(message->topVia().host, QByteArray("2001:db8::1"));
    QVERIFY(message->topVia().wantsRport);
    QVERIFY(message->isFromRfc3261Branch());
    QCOMPARE(message->maxForwards(), 70);
    QCOMPARE(message->fromTag(), QByteArray("f1"));
    QVERIFY(message->toTag().isEmpty());
    QCOMPARE(message->cseq(), 9u);
    QCOMPARE(message->body(), QByteArray("\0\r\n\1", 4));
}

void TestSipBuilder::requestsCannotBeInjected()
{
    const QByteArray evil = "x\r\nEvil: 1";
    const QByteArray octets = SipRequest("OPTIONS\r\nEvil:", "sip:b@c SIP/2.0\r\nEvil: 1")
                                  .via("UDP\r\nEvil: 1", evil, 1, evil)
                                  .from(evil, evil)
                                  .to(evil, evil)
                                  .callId(evil)
                                  .header("Evil: 1\r\nEvil", evil)
                                  .body(evil, "b")
                                  .bytes();
    QCOMPARE(octets.count("\r\nEvil:"), 0);
    QCOMPARE(octets.first(octets.indexOf('\r')).count(' '), 2);
}

void TestSipBuilder::acknowledgesInTheTransaction()
{
    const SipMessage invite =
        request("Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK7\r\nVia: SIP/2.0/UDP other;branch=z9hG4bK8\r\n");
    const auto answer = SipMessage::parse(SipResponse(invite, 486).toTag("busy").bytes());
    QVERIFY(answer.ok());
    const auto ack = SipMessage::parse(sipAckFor(invite, *answer));
    QVERIFY(ack.ok());
    QCOMPARE(ack->method(), QByteArrayView("ACK"));
    QCOMPARE(ack->topVia().branch, QByteArray("z9hG4bK7"));
    QCOMPARE(ack->lines("via").size(), 1);
    QCOMPARE(ack->toTag(), QByteArray("busy"));
    QCOMPARE(ack->cseq(), 7u);
    QCOMPARE(ack->header("route"), QByteArrayView("<sip:p1;lr>"));
}

void TestSipBuilder::randomNamesDiffer()
{
    QSet<QByteArray> names;
    for (int i = 0; i < 1000; ++i)
        names << newSipBranch() << newSipTag() << newSipCallId();
    QCOMPARE(names.size(), 3000);
    QVERIFY(newSipBranch().startsWith("z9hG4bK"));
}

void TestSipBuilder::reasonsHaveNames()
{
    QCOMPARE(sipReason(200), QByteArray("OK"));
    QCOMPARE(sipReason(555), QByteArray("Push Notification Service Not Supported"));
    QCOMPARE(sipReason(299), QByteArray("Unknown"));
}

QTEST_GUILESS_MAIN(TestSipBuilder)
#include "tst_sipbuilder.moc"
