// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/sip/sipbinding.h"
#include "sipcaller.h"
#include "sippeer.h"
#include "siptestserver.h"
#include "wire/cpim.h"
#include "wire/imdn.h"

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

const QByteArray phone = "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6";
const QByteArray tablet = "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf7";

PeerRequest registration(const QByteArray &user = "alice", const QByteArray &device = phone, const QByteArray &accept = {})
{
    PeerRequest request;
    request.from = request.to = "<sip:" + user + "@lab.example>";
    request.callId = "call-" + device;
    request.headers = {"Contact: <sip:" + user + "@10.9.8.7:5070>;+sip.instance=\"<" + device + ">\";reg-id=1",
                       "Supported: outbound, gruu"};
    if (!accept.isEmpty())
        request.headers.append("Accept: " + accept);
    return request;
}

/// A MESSAGE to the address that pushes come from.
PeerRequest notification(const QByteArray &body, const QByteArray &type = "message/imdn+xml", const QByteArray &encoding = {})
{
    PeerRequest request;
    request.method = "MESSAGE";
    request.uri = "sip:reveille@lab.example";
    request.to = "<sip:reveille@lab.example>";
    request.callId = "note";
    request.headers = {"Content-Type: " + type};
    if (!encoding.isEmpty())
        request.headers.append("Content-Encoding: " + encoding);
    request.body = body;
    return request;
}

QByteArray imdn(const QByteArray &id, Imdn::About about = Imdn::About::Delivery, Imdn::Status status = Imdn::Status::Done)
{
    return Imdn{QString::fromLatin1(id), about, status}.toBytes("2026-11-28T20:00:00Z");
}

} // namespace

/// What devices say over SIP of the pushes they got, and how they are asked.
class TestSipNotifications : public QObject {
    Q_OBJECT

    /// A push to alice that asks, as it came to the peer, answered 200; its id stands in m_push.
    std::optional<SipMessage> deliver(SipTestServer &server, SipPeer &peer, bool asks = true)
    {
        PushRequest request;
        request.to.user = *PublicUserId::parse(u"sip:alice@lab.example");
        request.body = "wake up";
        request.confirm = asks;
        std::optional<Result<PushId>> answer;
        server.engine().pushes().submit(request, [&](const Result<PushId> &id) { answer = id; });
        const std::optional<SipMessage> message = peer.receive();
        m_push = answer && *answer ? **answer : PushId();
        if (message)
            peer.send(peerAnswer(*message, "200 OK"));
        const bool isDelivered = QTest::qWaitFor([&] { return stateOf(server) == PushState::Delivered; });
        return isDelivered ? message : std::nullopt;
    }
    PushState stateOf(SipTestServer &server) const { return server.engine().pushes().push(m_push)->state; }
    QByteArray id() const { return m_push.text().toUtf8(); }

    PushId m_push;

private Q_SLOTS:
    void aNotificationConfirms_data()
    {
        QTest::addColumn<QByteArray>("form");
        QTest::addColumn<int>("about");
        QTest::addColumn<QByteArray>("reason");
        for (const char *form : {"bare", "deflated", "cpim"}) {
            QTest::addRow("%s, delivered", form) << QByteArray(form) << int(Imdn::About::Delivery) << QByteArray("by-application");
            QTest::addRow("%s, displayed", form) << QByteArray(form) << int(Imdn::About::Display) << QByteArray("by-user");
        }
    }
    void aNotificationConfirms()
    {
        QFETCH(QByteArray, form);
        QFETCH(int, about);
        QFETCH(QByteArray, reason);
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        QCOMPARE(peer.ask(registration().bytes(peer)), 200);
        const std::optional<SipMessage> message = deliver(server, peer);
        QVERIFY(message);
        QCOMPARE(message->header("x-reveille-confirm"), QByteArrayView("yes"));
        QCOMPARE(message->body(), QByteArray("wake up"));

        // Devices that know no imdn.Message-ID name the Call-ID.
        const QByteArray document = imdn(message->callId().toByteArray(), Imdn::About(about));
        PeerRequest request = notification(document);
        if (form == "deflated")
            request = notification(qCompress(document).mid(4), "message/imdn+xml", "deflate");
        if (form == "cpim") {
            Cpim wrapped;
            wrapped.contentType = imdnType;
            wrapped.contentDisposition = "notification";
            wrapped.body = document;
            request = notification(wrapped.toBytes(), cpimType);
        }
        QCOMPARE(peer.ask(request.bytes(peer)), 200);
        QCOMPARE(stateOf(server), PushState::Confirmed);
        QCOMPARE(server.engine().pushes().push(m_push)->deliveries[0].reason, reason);
    }
    void isWrappedForDevicesThatSaySo_data()
    {
        QTest::addColumn<QByteArray>("accept");
        QTest::addColumn<bool>("asks");
        QTest::addColumn<bool>("wrapped");
        QTest::newRow("takes it") << QByteArray("text/plain, Message/CPIM") << true << true;
        QTest::newRow("is not asked") << QByteArray("message/cpim") << false << false;
        QTest::newRow("takes other things") << QByteArray("text/plain") << true << false;
        QTest::newRow("takes anything") << QByteArray("*/*") << true << false;
        QTest::newRow("says nothing") << QByteArray() << true << false;
    }
    void isWrappedForDevicesThatSaySo()
    {
        QFETCH(QByteArray, accept);
        QFETCH(bool, asks);
        QFETCH(bool, wrapped);
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        QCOMPARE(peer.ask(registration("alice", phone, accept).bytes(peer)), 200);
        const std::optional<SipMessage> message = deliver(server, peer, asks);
        QVERIFY(message);
        QCOMPARE(message->header("x-reveille-confirm").isEmpty(), !asks);
        if (!wrapped) {
            QCOMPARE(message->contentType(), QByteArrayView("text/plain"));
            return;
        }
        QCOMPARE(message->contentType(), QByteArrayView("message/cpim"));
        const Result<Cpim> inside = Cpim::parse(message->body());
        QVERIFY(inside.ok());
        QCOMPARE(inside->messageId, id());
        QVERIFY(inside->dispositions.contains("positive-delivery"));
        QCOMPARE(inside->contentType, QByteArray("text/plain"));
        QCOMPARE(inside->body, QByteArray("wake up"));
        QCOMPARE(peer.ask(notification(imdn(id())).bytes(peer)), 200);
        QCOMPARE(stateOf(server), PushState::Confirmed);
    }
    void whatIsTooLargeWrappedGoesAsItIs()
    {
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        QCOMPARE(peer.ask(registration("alice", phone, "message/cpim").bytes(peer)), 200);
        PushRequest request;
        request.to.user = *PublicUserId::parse(u"sip:alice@lab.example");
        request.body = QByteArray(500, 'x');
        request.confirm = true;
        server.engine().pushes().submit(request, [](const Result<PushId> &) {});
        const std::optional<SipMessage> message = peer.receive();
        QVERIFY(message);
        QCOMPARE(message->body(), request.body);
    }
    void whatTakesItIsKnownAfterARestart()
    {
        MemoryStore store;
        {
            SipTestServer server(SipTestServer::openSettings(), &store);
            TcpPeer peer(server.tcpPort());
            QCOMPARE(peer.ask(registration("alice", phone, "message/cpim").bytes(peer)), 200);
        }
        QCOMPARE(store.bindings.size(), size_t(1));
        SipBinding binding;
        QVERIFY(binding.setState(store.bindings.begin()->second.state));
        QVERIFY(binding.takesCpim);
    }
    void whatNobodyAskedForIsTakenAndChangesNothing()
    {
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        QCOMPARE(peer.ask(registration().bytes(peer)), 200);
        const std::optional<SipMessage> message = deliver(server, peer, false);
        QVERIFY(message);
        QCOMPARE(peer.ask(notification(imdn(message->callId().toByteArray())).bytes(peer)), 200);
        QCOMPARE(stateOf(server), PushState::Delivered);
        QCOMPARE(server.journaled(u"confirmation-ignored"_s), 1);
    }
    void lessThanHavingItChangesNothing_data()
    {
        QTest::addColumn<int>("about");
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("rows");
        QTest::newRow("failed") << int(Imdn::About::Delivery) << int(Imdn::Status::Failed) << 1;
        QTest::newRow("processed") << int(Imdn::About::Processing) << int(Imdn::Status::Under) << 0;
    }
    void lessThanHavingItChangesNothing()
    {
        QFETCH(int, about);
        QFETCH(int, status);
        QFETCH(int, rows);
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        QCOMPARE(peer.ask(registration().bytes(peer)), 200);
        QVERIFY(deliver(server, peer));
        QCOMPARE(peer.ask(notification(imdn(id(), Imdn::About(about), Imdn::Status(status))).bytes(peer)), 200);
        QCOMPARE(stateOf(server), PushState::Delivered);
        QCOMPARE(server.journaled(u"confirmation-ignored"_s), rows);
    }
    void nobodySpeaksForAnother()
    {
        SipTestServer server;
        UdpPeer peer(server.udpPort()), mallory(server.udpPort()), stranger(server.udpPort());
        QCOMPARE(peer.ask(registration().bytes(peer)), 200);
        QCOMPARE(mallory.ask(registration("mallory", tablet).bytes(mallory)), 200);
        QVERIFY(deliver(server, peer));
        PeerRequest forged = notification(imdn(id()));
        QCOMPARE(stranger.ask(forged.bytes(stranger)), 403); // alice, over a flow where nobody is registered
        QCOMPARE(mallory.ask(forged.bytes(mallory)), 403);   // alice, over the flow of somebody else
        forged.from = "<sip:mallory@lab.example>";
        QCOMPARE(mallory.ask(forged.bytes(mallory)), 404);   // has no such push
        QCOMPARE(peer.ask(notification(imdn("p-none")).bytes(peer)), 404);
        QCOMPARE(stateOf(server), PushState::Delivered);
    }
    void whoSaysItProvesIt()
    {
        SipTestServer server(SipTestServer::digestSettings());
        server.addUser(u"sip:alice@lab.example"_s, "secret");
        UdpPeer peer(server.udpPort());
        SipCaller caller(peer);
        PeerRequest login = registration();
        QCOMPARE(caller.ask(login), 401);
        QCOMPARE(caller.askWithCredentials(login), 200);
        QVERIFY(deliver(server, peer));
        PeerRequest request = notification(imdn(id()));
        QCOMPARE(caller.ask(request), 401);
        QCOMPARE(stateOf(server), PushState::Delivered);
        QCOMPARE(caller.askWithCredentials(request), 200);
        QCOMPARE(stateOf(server), PushState::Confirmed);
    }
    void whatCannotBeReadIsRefused_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("encoding");
        QTest::addColumn<int>("status");
        const QByteArray bare = "message/imdn+xml", cpim = "message/cpim";
        QTest::newRow("no XML") << QByteArray("hello") << bare << QByteArray() << 400;
        QTest::newRow("not deflated") << imdn("p-1") << bare << QByteArray("deflate") << 400;
        QTest::newRow("bomb") << qCompress(QByteArray(100'000, ' ')).mid(4) << bare << QByteArray("deflate") << 400;
        QTest::newRow("another coding") << imdn("p-1") << bare << QByteArray("gzip") << 415;
        QTest::newRow("broken cpim") << QByteArray("hello") << cpim << QByteArray() << 400;
        Cpim text;
        text.contentType = "text/plain";
        QTest::newRow("cpim of another type") << text.toBytes() << cpim << QByteArray() << 415;
        QTest::newRow("another type") << imdn("p-1") << QByteArray("text/plain") << QByteArray() << 404; // a MESSAGE for nobody
    }
    void whatCannotBeReadIsRefused()
    {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, encoding);
        QFETCH(int, status);
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        QCOMPARE(peer.ask(registration().bytes(peer)), 200);
        QCOMPARE(peer.ask(notification(body, type, encoding).bytes(peer)), status);
    }
    void aWordThatIsFasterThanTheAnswerIsBoth()
    {
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        QCOMPARE(peer.ask(registration().bytes(peer)), 200);
        PushRequest request;
        request.to.user = *PublicUserId::parse(u"sip:alice@lab.example");
        request.confirm = true;
        server.engine().pushes().submit(request, [&](const Result<PushId> &pushId) { m_push = *pushId; });
        const std::optional<SipMessage> message = peer.receive();
        QVERIFY(message);
        QCOMPARE(peer.ask(notification(imdn(message->callId().toByteArray())).bytes(peer)), 200); // as Linphone does
        QCOMPARE(stateOf(server), PushState::Confirmed);
        peer.send(peerAnswer(*message, "200 OK"));
        QTRY_VERIFY(server.registry().livenessOf(server.registry().connectionOf(*DeviceId::parse(QString::fromLatin1(phone)), u"sip/1"_s))->lastProof().isSet());
        QCOMPARE(stateOf(server), PushState::Confirmed);
    }
};

QTEST_GUILESS_MAIN(TestSipNotifications)
#include "tst_sipnotifications.moc"
