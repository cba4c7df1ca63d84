// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testpaths.h"
#include "wire/sipmessage.h"

#include <QFile>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

class TestSipMessage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsARegistration();
    void readsAnAnswer();
    void readsABinaryBody();
    void readsWakeRoutesOfAContact();
    void findsHeadersByAnyName();
    void joinsValuesOfSeveralLines();
    void refuses_data();
    void refuses();
    void keepsBounds();
    void expiresThatCannotBeReadCountsAsMissing();
    void pairsOnlyRfc3261Branches();
    void dropsBadAnswersAndAcks();
};

namespace {

QByteArray vector(const QString &name)
{
    QFile file(testData(u"vectors/%1.msg").arg(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

const QByteArray head = "REGISTER sip:lab.example SIP/2.0\r\n"
                        "Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1;rport\r\n"
                        "From: <sip:a@lab.example>;tag=1\r\n"
                        "To: <sip:a@lab.example>\r\n"
                        "Call-ID: c1\r\n"
                        "CSeq: 7 REGISTER\r\n";

SipMessage parsed(const QByteArray &octets)
{
    auto message = SipMessage::parse(octets);
    return message ? std::move(message).value() : SipMessage();
}

} // namespace

void TestSipMessage::readsARegistration()
{
    const SipMessage message = parsed(vector(u"sip-register-auth"_s));
    QVERIFY(message.isRequest());
    QCOMPARE(message.method(), QByteArrayView("REGISTER"));
    QCOMPARE(message.requestUri().host, QByteArray("sip.example.net"));
    QCOMPARE(message.cseq(), 2u);
    QCOMPARE(message.callId(), QByteArrayView("c0ffee@192.0.2.50"));
    QCOMPARE(message.expires(), std::optional<quint32>(3600));
    QCOMPARE(message.topVia().transport, QByteArray("TCP"));
    QCOMPARE(message.topVia().port, quint16(49152));
    QVERIFY(message.topVia().wantsRport);
    QVERIFY(message.supports("gruu"));
    QVERIFY(message.supports("OUTBOUND"));
    QVERIFY(!message.supports("100rel"));
    QCOMPARE(message.contacts().size(), 1);
    const SipContact &contact = message.contacts().first();
    QCOMPARE(contact.uriText(), QByteArray("sip:push1@192.0.2.50:49152;transport=tcp;ob"));
    QCOMPARE(contact.instance(), QByteArray("urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"));
    QCOMPARE(contact.regId(), 1u);
    QCOMPARE(contact.pushApplications(), (QList<QByteArray>{"push.sia", "mms.ua"}));
    QVERIFY(contact.uriParameters().contains("ob"));
    QVERIFY(message.header("authorization").startsWith("Digest "));
}

void TestSipMessage::readsAnAnswer()
{
    const SipMessage message = parsed(vector(u"sip-423"_s));
    QVERIFY(message.isResponse());
    QCOMPARE(message.statusCode(), 423);
    QCOMPARE(message.reason(), QByteArrayView("Interval Too Brief"));
    QCOMPARE(message.method(), QByteArrayView("REGISTER"));
    QCOMPARE(message.minExpires(), std::optional<quint32>(1800));
    QCOMPARE(message.toTag(), QByteArray("srv9"));
    QCOMPARE(parsed(vector(u"sip-401"_s)).lines("www-authenticate").size(), 2);
    const SipMessage registered = parsed(vector(u"sip-200-register"_s));
    QCOMPARE(registered.contacts().first().expires, std::optional<quint32>(3600));
    QCOMPARE(registered.contacts().first().parameters().value("pub-gruu"),
             QByteArray("sip:push1@example.net;gr=urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"));
    QCOMPARE(registered.number("flow-timer"), std::optional<quint32>(120));
}

void TestSipMessage::readsABinaryBody()
{
    const SipMessage message = parsed(vector(u"sip-message-sir"_s));
    QCOMPARE(message.contentType(), QByteArrayView("application/vnd.wap.sia"));
    QCOMPARE(message.body().toHex(), QByteArray("0102b2820008c4000fc3c000020a01000000"));
    QVERIFY(message.requestUri().isGruu());
}

void TestSipMessage::readsWakeRoutesOfAContact()
{
    const SipMessage vendor = parsed(vector(u"sip-register-pn"_s));
    QVERIFY(!wakeRoutesOf(vendor.contacts().first().address.uri)); // pn-param is no port
    const auto routes =
        wakeRoutesOf(*SipUri::parse("sip:a@192.0.2.1;pn-provider=sms;pn-prid=%2B49170123456;pn-param=2948"));
    QVERIFY(routes.ok());
    QCOMPARE(routes->size(), 1);
    QCOMPARE(routes->first().bearer, u"sms"_s);
    QCOMPARE(routes->first().address, u"49170123456"_s);
    QCOMPARE(routes->first().port.number(), quint16(2948));
    QVERIFY(routes->first().source == WakeRoute::Source::Client);
    QVERIFY(wakeRoutesOf(*SipUri::parse("sip:a@192.0.2.1;pn-provider"))->isEmpty());
    QVERIFY(wakeRoutesOf(*SipUri::parse("sip:a@192.0.2.1;pn-provider=sms")).error().is("sip-pn-prid"));
    QCOMPARE(wakeRoutesOf(*SipUri::parse("sip:a@192.0.2.1;pn-provider=wsp-udp;pn-prid=[2001:db8::1]"))
                 ->first()
                 .address,
             u"[2001:db8::1]"_s);
}

void TestSipMessage::findsHeadersByAnyName()
{
    const SipMessage message = parsed(head + "k: path\r\ns: compact\r\nX-Other:v\r\nL: 0\r\n\r\n");
    QVERIFY(message.isRequest());
    QCOMPARE(message.header("Subject"), QByteArrayView("compact"));
    QCOMPARE(message.header("x-oTHER"), QByteArrayView("v"));
    QVERIFY(message.supports("path"));
    QVERIFY(message.header("route").isEmpty());
    QVERIFY(!message.hasHeader("route"));
}

void TestSipMessage::joinsValuesOfSeveralLines()
{
    const SipMessage message =
        parsed(head + "Path: <sip:one;lr>, \"a, b\" <sip:two,x;lr>\r\nPATH: <sip:three>\r\n"
                      "Contact: <sip:a@192.0.2.1>;q=0.5, <sip:a@192.0.2.2>;expires=60\r\n"
                      "m: \"x\" <sip:a@192.0.2.3>\r\n\r\n");
    QCOMPARE(message.path().size(), 3);
    QCOMPARE(message.path().at(1), QByteArrayView("\"a, b\" <sip:two,x;lr>"));
    QCOMPARE(message.contacts().size(), 3);
    QCOMPARE(message.contacts().at(0).q, 500);
    QCOMPARE(message.contacts().at(1).expires, std::optional<quint32>(60));
    QCOMPARE(message.contacts().at(2).address.displayName, QByteArray("x"));
}

void TestSipMessage::refuses_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<QByteArray>("code");
    const QByteArray end = "\r\n";
    const auto with = [&](const char *line) {
        return head + line + "\r\n\r\n";
    };
    const auto replaced = [&](const char *before, const char *after) {
        return QByteArray(head).replace(before, after) + "\r\n";
    };
    QTest::newRow("nothing") << QByteArray() << QByteArray("sip-empty");
    QTest::newRow("line breaks only") << QByteArray("\r\n\r\n") << QByteArray("sip-empty");
    QTest::newRow("no end of headers") << head << QByteArray("sip-truncated");
    QTest::newRow("STUN") << QByteArray(20, '\0') << QByteArray("sip-not-sip");
    QTest::newRow("bare line feeds") << QByteArray(head + end).replace("\r\n", "\n")
                                     << QByteArray("sip-truncated");
    QTest::newRow("bare line feed in a value")
        << with("X: a\nEvil: b") << QByteArray("sip-header-characters");
    QTest::newRow("bare carriage return") << with("X: a\rEvil: b") << QByteArray("sip-header-characters");
    QTest::newRow("no colon") << with("Nonsense") << QByteArray("sip-header-line");
    QTest::newRow("no name") << with(": x") << QByteArray("sip-header-line");
    QTest::newRow("Content-Length with a sign")
        << with("Content-Length: +0") << QByteArray("sip-content-length");
    QTest::newRow("Content-Length that wraps")
        << with("Content-Length: 4294967296") << QByteArray("sip-content-length");
    QTest::newRow("Max-Forwards 256") << with("Max-Forwards: 256") << QByteArray("sip-max-forwards");
    QTest::newRow("q above one") << with("Contact: <sip:a@b>;q=1.1") << QByteArray("sip-contact-q");
    QTest::newRow("empty Contact") << with("Contact: ") << QByteArray("sip-uri-empty");
    QTest::newRow("Contact without host") << with("Contact: <sip:a@>") << QByteArray("sip-uri-syntax");
    QTest::newRow("Contact with port 0") << with("Contact: <sip:a@b:0>") << QByteArray("sip-uri-port");
    QTest::newRow("Contact with port 65536")
        << with("Contact: <sip:a@b:65536>") << QByteArray("sip-uri-port");
    QTest::newRow("half an escape") << with("Contact: <sip:a%4@b>") << QByteArray("sip-uri-escape");
    QTest::newRow("open bracket") << with("Contact: <sip:a@b") << QByteArray("sip-address-syntax");
    QTest::newRow("open quote in a parameter")
        << with("Contact: <sip:a@b>;x=\"y") << QByteArray("sip-address-syntax");
    QTest::newRow("Via without branch value")
        << replaced("branch=z9hG4bK1", "branch=") << QByteArray("sip-via-syntax");
    QTest::newRow("Via without host") << replaced("192.0.2.1:5060", "") << QByteArray("sip-via-syntax");
    QTest::newRow("Via with two hosts") << replaced("192.0.2.1:5060", "a b") << QByteArray("sip-via-host");
    QTest::newRow("Via of another version")
        << replaced("SIP/2.0/UDP", "SIP/3.0/UDP") << QByteArray("sip-via-version");
    QTest::newRow("Via port") << replaced(":5060", ":70000") << QByteArray("sip-via-port");
    QTest::newRow("CSeq without method") << replaced("7 REGISTER\r\n", "7\r\n") << QByteArray("sip-cseq");
    QTest::newRow("CSeq beyond 31 bits")
        << replaced("7 REGISTER\r\n", "2147483648 REGISTER\r\n") << QByteArray("sip-cseq");
    QTest::newRow("empty Call-ID") << replaced("Call-ID: c1", "Call-ID:") << QByteArray("sip-call-id");
    QTest::newRow("missing From") << replaced("From: <sip:a@lab.example>;tag=1\r\n", "")
                                  << QByteArray("sip-missing-header");
    QTest::newRow("missing Via") << replaced("Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1;rport\r\n", "")
                                 << QByteArray("sip-missing-header");
}

void TestSipMessage::refuses()
{
    QFETCH(QByteArray, octets);
    QFETCH(QByteArray, code);
    const auto message = SipMessage::parse(octets);
    QVERIFY(!message);
    QCOMPARE(QByteArray(message.error().error.code), code);
}

void TestSipMessage::keepsBounds()
{
    const QByteArray line = "X: y\r\n";
    QVERIFY(SipMessage::parse(head + line.repeated(SipLimit::headers - 5) + "\r\n").ok());
    QVERIFY(SipMessage::parse(head + line.repeated(SipLimit::headers - 4) + "\r\n")
                .error()
                .error.is("sip-header-count"));
    const QByteArray most = head + "\r\n";
    QVERIFY(SipMessage::parse(most + QByteArray(SipLimit::message - most.size(), 'x')).ok());
    QVERIFY(SipMessage::parse(most + QByteArray(SipLimit::message - most.size() + 1, 'x'))
                .error()
                .error.is("sip-too-long"));
    const QByteArray contact = "Contact: <sip:a@b>\r\n";
    QVERIFY(SipMessage::parse(head + contact.repeated(SipLimit::values) + "\r\n").ok());
    QVERIFY(SipMessage::parse(head + contact.repeated(SipLimit::values + 1) + "\r\n")
                .error()
                .error.is("sip-contact-count"));
}

void TestSipMessage::expiresThatCannotBeReadCountsAsMissing()
{
    QVERIFY(!parsed(head + "Expires: soon\r\n\r\n").expires());
    QVERIFY(!parsed(head + "Expires: -1\r\n\r\n").expires());
    QCOMPARE(parsed(head + "Expires: 99999999999999\r\n\r\n").expires(), std::optional<quint32>(0xffffffff));
    QVERIFY(!parsed(head + "Contact: <sip:a@b>;expires=x\r\n\r\n").contacts().first().expires);
}

void TestSipMessage::pairsOnlyRfc3261Branches()
{
    QVERIFY(parsed(head + "\r\n").isFromRfc3261Branch());
    QVERIFY(!parsed(QByteArray(head).replace("z9hG4bK1", "1") + "\r\n").isFromRfc3261Branch());
}

void TestSipMessage::dropsBadAnswersAndAcks()
{
    const auto ack =
        SipMessage::parse(QByteArray(head).replace("REGISTER", "ACK").replace("7 ACK", "7 BYE") + "\r\n");
    QVERIFY(!ack);
    QVERIFY(!ack.error().request.answerable);
    QCOMPARE(ack.error().status, 0);
    const auto answer =
        SipMessage::parse("SIP/2.0 99 Low\r\n" + head.sliced(head.indexOf('\n') + 1) + "\r\n");
    QVERIFY(!answer);
    QCOMPARE(answer.error().status, 0);
}

QTEST_GUILESS_MAIN(TestSipMessage)
#include "tst_sipmessage.moc"
