// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/msrp/msrpservice.h"
#include "msrppeer.h"
#include "sippeer.h"
#include "siptestserver.h"
#include "wire/sdp.h"

namespace reveille {

using namespace std::chrono_literals;

inline const QByteArray phone = "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6";

inline PushMessage push(qsizetype size, const char *id = "p-abcdefghijklmnopqrst")
{
    PushMessage message;
    message.push = PushId(QString::fromLatin1(id));
    message.application = QStringLiteral("x-wap-application:mms.ua");
    message.contentType = QStringLiteral("text/plain");
    message.body = QByteArray(size, 'x');
    for (qsizetype i = 0; i < size; ++i)
        message.body[i] = char('a' + i % 26);
    return message;
}

inline MsrpSettings msrpSettings()
{
    MsrpSettings settings;
    settings.tcp.port = 0;
    settings.tls.enabled = false;
    return settings;
}

/// A registered phone, the server behind it, and what became of pushes.
struct InviteStage {
    explicit InviteStage(bool udp = true, const MsrpSettings &settings = msrpSettings(), const SipSettings &sip = SipTestServer::openSettings())
        : server(sip)
        , msrp(settings, server.clock, server.clock)
    {
        if (!msrp.start())
            qFatal("msrp");
        server.sip.setMsrp(&msrp);
        if (udp)
            peer.reset(new UdpPeer(server.udpPort()));
        else
            peer.reset(new TcpPeer(server.tcpPort()));
        PeerRequest request;
        request.headers = {"Contact: <sip:alice@10.9.8.7:5070>;+sip.instance=\"<" + phone + ">\";reg-id=1", "Supported: outbound, gruu"};
        if (peer->ask(request.bytes(*peer)) != 200)
            qFatal("not registered");
        connection = server.registry().usableConnection(*DeviceId::parse(QString::fromLatin1(phone)));
    }
    ~InviteStage()
    {
        server.registry().closeAll(CloseReason::ServerStopping);
        server.clock.advance(0ms); // what ended is put away before the MSRP side goes
    }
    void send(const PushMessage &message)
    {
        connection->send(message, [this](const SendOutcome &outcome) { outcomes.append(outcome); });
        server.clock.advance(10ms);
    }
    /// The next request of a method; others are dropped.
    std::optional<SipMessage> next(const char *method)
    {
        for (int i = 0; i < 20; ++i) {
            const std::optional<SipMessage> message = peer->receive();
            if (!message || message->method() == QByteArrayView(method))
                return message;
        }
        return std::nullopt;
    }
    QByteArray description(const char *setup, const QByteArray &path) const
    {
        SdpMsrp sdp;
        sdp.host = "127.0.0.1";
        sdp.port = 9;
        sdp.path = {path};
        sdp.direction = SdpDirection::RecvOnly;
        sdp.maxSize = maxSize;
        return sdp.bytes() + "a=setup:" + setup + "\r\n";
    }
    static QByteArray withBody(QByteArray message, const QByteArray &headers, const QByteArray &body)
    {
        const qsizetype at = message.indexOf("Content-Length:");
        return message.left(at) + headers + "Content-Type: application/sdp\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
    }
    void accept(const SipMessage &invite, const char *setup = "active", const QByteArray &headers = {})
    {
        peer->send(withBody(peerAnswer(invite, "200 OK", {"Contact: <sip:alice@10.9.8.7:5070>"}), headers, description(setup, device.path)));
    }
    static QByteArray pathIn(const SipMessage &message)
    {
        const auto sdp = SdpMsrp::parse(message.body());
        return sdp ? sdp->path.value(0) : QByteArray();
    }
    QByteArray inDialogue(const SipMessage &invite, const char *method, int cseq, const QByteArrayList &headers = {})
    {
        PeerRequest request;
        request.method = method;
        request.uri = "sip:reveille@127.0.0.1";
        request.callId = invite.callId().toByteArray();
        request.cseq = cseq;
        request.headers = headers;
        request.fromTag = "from1";
        QByteArray bytes = request.bytes(*peer);
        bytes.replace("From: <sip:alice@lab.example>;tag=from1", "From: " + invite.header("to").toByteArray() + ";tag=peer");
        bytes.replace("To: <sip:alice@lab.example>", "To: " + invite.header("from").toByteArray());
        return bytes;
    }

    SipTestServer server;
    MsrpService msrp;
    std::unique_ptr<SipPeer> peer;
    Connection *connection = nullptr;
    MsrpPeer device;
    qint64 maxSize = 0;
    QVector<SendOutcome> outcomes;
};

} // namespace reveille
