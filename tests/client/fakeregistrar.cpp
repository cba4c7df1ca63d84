// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/fakeregistrar.h"

#include "wire/sipbuilder.h"
#include "wire/stun.h"

#include <QNetworkDatagram>

namespace reveille {

FakeRegistrar::FakeRegistrar(QObject *parent)
    : QObject(parent)
{
    m_udp.bind(QHostAddress::LocalHost, 0);
    m_tcp.listen(QHostAddress::LocalHost, 0);
    connect(&m_udp, &QUdpSocket::readyRead, this, &FakeRegistrar::readDatagrams);
    connect(&m_tcp, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *socket = m_tcp.nextPendingConnection()) {
            ++connections;
            m_framers.emplace(socket, SipFramer(SipFramer::Role::Server));
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { readStream(socket); });
            connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
                ++disconnections;
                m_framers.erase(socket);
                if (m_last.socket == socket)
                    m_last = {};
                socket->deleteLater();
                Q_EMIT
                heard();
            });
        }
    });
}

FakeRegistrar::~FakeRegistrar()
{
    for (const auto &[socket, framer] : m_framers)
        socket->disconnect(this);
}

void FakeRegistrar::readDatagrams()
{
    while (m_udp.hasPendingDatagrams()) {
        const QNetworkDatagram datagram = m_udp.receiveDatagram();
        const Origin origin{datagram.senderAddress(), quint16(datagram.senderPort()), nullptr};
        if (isStun(datagram.data())) {
            ++stunRequests;
            const Result<QByteArray> transaction = parseStunRequest(datagram.data());
            const quint16 port = script.movesMappedAddress ? quint16(20000 + ++m_mapped) : origin.port;
            if (transaction && !script.mute)
                reply(origin, encodeStunResponse(*transaction,
                                                 IpAddress::fromBytes(QByteArray("\x7f\0\0\x01", 4)), port));
            Q_EMIT
            heard();
        } else {
            take(datagram.data(), origin);
        }
    }
}

void FakeRegistrar::readStream(QTcpSocket *socket)
{
    SipFramer &framer = m_framers.at(socket);
    framer.append(socket->readAll());
    for (SipFramer::Item item = framer.next(); item.event != SipFramer::Event::Incomplete;
         item = framer.next()) {
        if (item.event == SipFramer::Event::Failed)
            return;
        if (item.event == SipFramer::Event::Message) {
            take(item.bytes, {socket->peerAddress(), socket->peerPort(), socket});
        } else if (item.event == SipFramer::Event::Ping) {
            ++pings;
            if (!script.mute)
                socket->write("\r\n");
            Q_EMIT
            heard();
        }
    }
}

void FakeRegistrar::take(const QByteArray &octets, const Origin &origin)
{
    const Result<SipMessage, SipRejection> message = SipMessage::parse(octets);
    if (!message)
        return;
    if (message->isResponse()) {
        responses.append(*message);
    } else if (message->method() != "REGISTER") {
        requests.append(*message);
        if (!script.mute)
            reply(origin, SipResponse(*message, 200).toTag("fake").bytes());
    } else {
        registers.append(*message);
        sources.append(origin.port);
        m_last = origin;
        if (script.ignoreFirst > 0)
            --script.ignoreFirst;
        else if (!script.mute)
            reply(origin, answerRegister(*message));
    }
    Q_EMIT
    heard();
}

void FakeRegistrar::reply(const Origin &origin, const QByteArray &octets)
{
    if (origin.socket)
        origin.socket->write(octets);
    else if (origin.port != 0)
        m_udp.writeDatagram(octets, origin.address, origin.port);
}

QByteArray FakeRegistrar::answerRegister(const SipMessage &request)
{
    if (!script.password.isEmpty()) {
        if (const std::optional<QByteArray> refusal = checkCredentials(request))
            return *refusal;
    }
    if (!script.statuses.isEmpty()) {
        const int status = script.statuses.takeFirst();
        SipResponse response(request, status);
        response.toTag("fake");
        if (status == 503)
            response.header("Retry-After", "1");
        return response.bytes();
    }
    const int asked = int(request.expires().value_or(3600));
    if (asked != 0 && asked < script.minExpires)
        return SipResponse(request, 423)
            .toTag("fake")
            .header("Min-Expires", QByteArray::number(script.minExpires))
            .bytes();

    SipResponse response(request, 200);
    response.toTag("fake");
    if (asked != 0) {
        const QByteArray instance = request.contacts().first().instance();
        response.header("Contact", "<sip:other@192.0.2.1>;+sip.instance=\"<urn:uuid:11111111-1111-4111-8111-"
                                   "111111111111>\";expires=7");
        response.header("Contact", '<' + request.contacts().first().uriText() +
                                       ">;reg-id=1;+sip.instance=\"<" + instance +
                                       ">\";pub-gruu=\"sip:alice@lab.example;gr=" + instance +
                                       "\";temp-gruu=\"sip:tgruu.1@lab.example;gr\";expires=" +
                                       QByteArray::number(script.grant ? script.grant : asked));
        if (script.flowTimer != 0)
            response.header("Flow-Timer", QByteArray::number(script.flowTimer));
    }
    if (script.nextNonce) {
        m_nonce = "nonce" + QByteArray::number(++m_nonces);
        response.header("Authentication-Info", "nextnonce=\"" + m_nonce + '"');
    }
    return response.bytes();
}

QByteArray FakeRegistrar::challenge(const SipMessage &request, bool stale)
{
    m_nonce = "nonce" + QByteArray::number(++m_nonces);
    SipResponse response(request, 401);
    response.toTag("fake");
    for (const SipDigestAlgorithm algorithm : script.algorithms) {
        SipDigestChallenge offer;
        offer.realm = script.realm;
        offer.nonce = m_nonce;
        offer.algorithm = algorithm;
        offer.stale = stale;
        response.header("WWW-Authenticate", offer.toHeaderValue());
    }
    return response.bytes();
}

std::optional<QByteArray> FakeRegistrar::checkCredentials(const SipMessage &request)
{
    if (!request.hasHeader("authorization"))
        return challenge(request, false);
    const Result<SipDigestCredentials> given = SipDigestCredentials::parse(request.header("authorization"));
    if (!given)
        return challenge(request, false);
    if (given->nonce != m_nonce)
        return challenge(request, true);
    const QByteArray ha1 = sipDigestHa1(given->algorithm, "alice", script.realm, script.password);
    if (!verifySipDigest(*given, ha1, "REGISTER"))
        return challenge(request, false);
    return std::nullopt;
}

QByteArray FakeRegistrar::request(const QByteArray &method, const QByteArray &branch) const
{
    SipRequest request(method, registers.last().contacts().first().uriText());
    request.via(m_last.socket ? "TCP" : "UDP", "127.0.0.1", m_last.socket ? tcpPort() : udpPort(), branch)
        .from("sip:push@lab.example", "srv")
        .to("sip:alice@lab.example")
        .callId("call-" + branch);
    return request.bytes();
}

QByteArray FakeRegistrar::sendMessage(const QByteArray &push, const QByteArray &body,
                                      const QByteArray &contentType, const QByteArray &branch)
{
    const QByteArray used = branch.isEmpty() ? newSipBranch() : branch;
    SipRequest request("MESSAGE", registers.last().contacts().first().uriText());
    request.via(m_last.socket ? "TCP" : "UDP", "127.0.0.1", m_last.socket ? tcpPort() : udpPort(), used)
        .from("sip:push@lab.example", "srv")
        .to("sip:alice@lab.example")
        .callId("call-" + used)
        .header("X-Reveille-Push", push)
        .body(contentType, body);
    sendRequest(request.bytes());
    return used;
}

QByteArray FakeRegistrar::sendSir(const QByteArray &sir, const QByteArray &device)
{
    const QByteArray branch = newSipBranch();
    SipRequest request("MESSAGE", registers.last().contacts().first().uriText());
    request.via(m_last.socket ? "TCP" : "UDP", "127.0.0.1", m_last.socket ? tcpPort() : udpPort(), branch)
        .from("sip:reveille@lab.example", "srv")
        .to("sip:alice@lab.example")
        .callId("call-" + branch)
        .header("X-Wap-Application-Id", "x-wap-application:push.sia");
    if (!device.isEmpty())
        request.header("Accept-Contact", "*;+sip.instance=\"<" + device + ">\";require;explicit");
    request.body("application/vnd.wap.sia", sir);
    sendRequest(request.bytes());
    return branch;
}

void FakeRegistrar::sendRequest(const QByteArray &octets)
{
    reply(m_last, octets);
}

void FakeRegistrar::closeConnections()
{
    QVector<QTcpSocket *> open;
    for (const auto &[socket, framer] : m_framers)
        open.append(socket);
    for (QTcpSocket *socket : open)
        socket->abort();
}

} // namespace reveille
