// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/blockassembly.h"
#include "client/digestsecret.h"
#include "client/endpoint.h"
#include "client/pushdatagram.h"
#include "client/siplink.h"
#include "wire/sipbuilder.h"
#include "wire/sir.h"
#include "wire/wsp.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

SipMessage response(int status, const QByteArray &header = {}, const QByteArray &value = {})
{
    SipRequest request("REGISTER", "sip:lab.example");
    request.via("UDP", "127.0.0.1", 5060, "z9hG4bK1").from("sip:alice@lab.example", "a").to("sip:alice@lab.example").callId("c1").cseq(1);
    const Result<SipMessage, SipRejection> asked = SipMessage::parse(request.bytes());
    SipResponse made(*asked, status);
    made.toTag("b");
    if (!header.isEmpty())
        made.header(header, value);
    return *SipMessage::parse(made.bytes());
}

SipMessage challenge(const QByteArray &nonce, const QByteArray &more = {}, int status = 401)
{
    return response(status, status == 407 ? "Proxy-Authenticate" : "WWW-Authenticate",
                    "Digest realm=\"lab\",nonce=\"" + nonce + "\",qop=\"auth\",algorithm=SHA-256" + more);
}

} // namespace

/// Small parts of the client that hold no socket.
class TestClientParts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void splitsHostAndPort_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("host"); // empty: refused
        QTest::addColumn<int>("port");
        QTest::newRow("address") << u"192.0.2.1"_s << u"192.0.2.1"_s << 0;
        QTest::newRow("with port") << u"192.0.2.1:5060"_s << u"192.0.2.1"_s << 5060;
        QTest::newRow("bare v6") << u"2001:db8::1"_s << u"2001:db8::1"_s << 0;
        QTest::newRow("v6 with port") << u"[2001:db8::1]:5060"_s << u"2001:db8::1"_s << 5060;
        QTest::newRow("v6 in brackets") << u"[2001:db8::1]"_s << u"2001:db8::1"_s << 0;
        for (const char *wrong : {"", ":5060", "a:", "a:0", "a:65536", "a:x", "[]:1", "[a", "[a]1", "[a]:"})
            QTest::newRow(wrong) << QString::fromLatin1(wrong) << QString() << 0;
    }
    void splitsHostAndPort()
    {
        QFETCH(QString, text);
        QFETCH(QString, host);
        QFETCH(int, port);
        const std::optional<HostAndPort> place = splitHostAndPort(text);
        QCOMPARE(place.has_value(), !host.isEmpty());
        if (place) {
            QCOMPARE(place->host, host);
            QCOMPARE(int(place->port), port);
        }
    }

    void goesWhereASirSays()
    {
        PushClientSettings settings;
        settings.registrar = QHostAddress(u"192.0.2.1"_s);
        settings.registrarPort = 5070;
        settings.transport = ClientTransport::Tcp;
        const auto peer = [&](const SirGateway &gateway) {
            const FlowPeer found = sipPeerOf(gateway, settings);
            return endpointText(found.address, found.port) + u' ' + QString::fromLatin1(toText(found.transport));
        };
        QCOMPARE(peer({}), u"192.0.2.1:5070 tcp"_s);
        QCOMPARE(peer({u"192.0.2.9"_s, 0, {}}), u"192.0.2.9:5060 tcp"_s);
        QCOMPARE(peer({u"192.0.2.9"_s, 0, u"tls"_s}), u"192.0.2.9:5061 tls"_s);
        QCOMPARE(peer({u"192.0.2.9"_s, 5080, u"udp"_s}), u"192.0.2.9:5080 udp"_s);
        QCOMPARE(peer({u"192.0.2.9"_s, 0, u"dtls"_s}), u"192.0.2.9:5060 udp"_s);
    }

    void putsBlocksTogether()
    {
        BlockAssembly blocks;
        const QByteArray full(16, 'x');
        using State = BlockAssembly::State;
        QCOMPARE(blocks.take("a", {0, true, 0}, full).state, State::Continue);
        QCOMPARE(blocks.take("b", {0, true, 0}, full).state, State::Continue);
        const BlockAssembly::Result whole = blocks.take("a", {1, false, 0}, QByteArray("end"));
        QCOMPARE(whole.state, State::Complete);
        QCOMPARE(whole.body, full + "end");
        QCOMPARE(blocks.take("a", {1, false, 0}, QByteArray("end")).state, State::Incomplete); // over
        QCOMPARE(blocks.take("b", {2, true, 0}, full).state, State::Incomplete);               // one is missing
        QCOMPARE(blocks.take("c", {0, true, 0}, QByteArray("short")).state, State::Incomplete);
    }

    void holdsNoMoreBodiesAndOctetsThanItsLimits()
    {
        BlockAssembly blocks;
        const QByteArray kilobyte(1024, 'x');
        for (size_t i = 0; i <= BlockAssembly::maxBodies; ++i)
            blocks.take(QByteArray::number(qulonglong(i)), {0, true, 6}, kilobyte);
        QCOMPARE(blocks.take("0", {1, false, 6}, QByteArray()).state, BlockAssembly::State::Incomplete);
        QCOMPARE(blocks.take("1", {1, false, 6}, QByteArray()).state, BlockAssembly::State::Complete);
        quint32 taken = 0;
        while (blocks.take("large", {taken, true, 6}, kilobyte).state == BlockAssembly::State::Continue)
            ++taken;
        QCOMPARE(qsizetype(taken) * kilobyte.size(), BlockAssembly::maxBody);
        QCOMPARE(blocks.take("large", {taken + 1, true, 6}, kilobyte).state, BlockAssembly::State::Incomplete);
    }

    void answersAChallengeOnceAndCounts()
    {
        DigestSecret secret("alice", "secret", {});
        QVERIFY(secret.credentials("REGISTER", "sip:lab").first.isEmpty());
        QVERIFY(secret.take(challenge("n1")));
        QCOMPARE(secret.realm(), "lab");
        QCOMPARE(secret.credentials("REGISTER", "sip:lab").first, "Authorization");
        QVERIFY(secret.credentials("REGISTER", "sip:lab").second.contains("nc=00000002"));
        QVERIFY(!secret.take(challenge("n2")));                // the password is wrong
        QVERIFY(secret.take(challenge("n3")));                 // a new beginning
        QVERIFY(secret.take(challenge("n4", ",stale=true"))); // only the nonce was old
        QVERIFY(secret.credentials("REGISTER", "sip:lab").second.contains("nc=00000001"));
        secret.accept(response(200, "Authentication-Info", "nextnonce=\"n5\""));
        QVERIFY(secret.credentials("REGISTER", "sip:lab").second.contains("\"n5\""));
        QVERIFY(secret.take(challenge("n6", {}, 407)));
        QCOMPARE(secret.credentials("REGISTER", "sip:lab").first, "Proxy-Authorization");
        QVERIFY(!secret.credentials("REGISTER", "sip:lab").second.contains("secret"));
    }

    void saysNoPasswordWhereItHasNoneOrIsForOthers()
    {
        QVERIFY(!DigestSecret("alice", {}, {}).take(challenge("n1")));
        QVERIFY(!DigestSecret("alice", "secret", "elsewhere").take(challenge("n1")));
        QVERIFY(DigestSecret("alice", {}, {}).sirKeyFor("lab").isEmpty());
        DigestSecret secret("alice", "secret", {});
        const QByteArray before = secret.sirKeyFor("lab");
        QVERIFY(!before.isEmpty());
        QVERIFY(secret.take(challenge("n1")));
        QCOMPARE(secret.sirKeyFor("other"), before); // what was challenged for counts
    }

    void readsAPushOutOfADatagram()
    {
        WspPush push;
        QVERIFY(!readPushDatagram({}).has_value());
        QVERIFY(!readPushDatagram("noise").has_value());
        QVERIFY(!readPushDatagram(encodeWspPush(push)).has_value()); // a wake-up: nothing in it
        push.data = encodeSir({});
        QVERIFY(!readPushDatagram(encodeWspPush(push)).has_value());
        push.contentType = u"text/vnd.wap.si"_s;
        push.contentTypeParameters = {{u"charset"_s, u"utf-8"_s}};
        push.applicationUri = u"x-own:mail"_s;
        push.addHeader(u"X-Reveille-Push"_s, u"p-1"_s);
        const std::optional<ReceivedPush> read = readPushDatagram(encodeWspPush(push));
        QVERIFY(read.has_value());
        QCOMPARE(read->id, QString()); // anybody could say it
        QCOMPARE(read->contentType, u"text/vnd.wap.si;charset=utf-8"_s);
        QCOMPARE(read->application, u"x-own:mail"_s);
        QCOMPARE(read->over, u"wsp"_s);
        push.applicationUri.clear();
        push.applicationId = 0x9999;
        QCOMPARE(readPushDatagram(encodeWspPush(push))->application, QString::number(0x9999));
    }

    void remembersTheNewestPushes()
    {
        PushInbox inbox;
        int kept = 0;
        const auto take = [&](int number) {
            ReceivedPush push;
            push.id = QString::number(number);
            inbox.take(push);
            kept += push.isNew();
            return push.duplicate;
        };
        for (int i = 0; i <= PushInbox::maxPushes; ++i)
            QVERIFY(!take(i));
        QCOMPARE(kept, PushInbox::maxPushes + 1);
        QVERIFY(take(1));
        QCOMPARE(kept, PushInbox::maxPushes + 1);
        PushInbox next;
        next.restore(inbox.known());
        ReceivedPush push;
        push.id = u"1"_s;
        next.take(push);
        QVERIFY(push.duplicate);
        QVERIFY(!take(0)); // forgotten
    }
};

QTEST_GUILESS_MAIN(TestClientParts)
#include "tst_clientparts.moc"
