// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/sipframer.h"
#include "wire/sipmessage.h"

#include <QQueue>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTcpSocket>
#include <QTest>
#include <QUdpSocket>

#include <memory>
#include <optional>

namespace reveille {

/// A phone played by a test: sends what it is told, octet by octet, and shows what came.
class SipPeer {
public:
    virtual ~SipPeer() = default;
    virtual void send(const QByteArray &bytes) = 0;
    virtual QByteArray transport() const = 0; ///< "UDP"
    virtual quint16 port() const = 0;
    /// The next thing that comes, as it came; empty when nothing does.
    QByteArray receiveBytes(int wait = 3000)
    {
        if (!QTest::qWaitFor([this] { return !m_received.isEmpty(); }, wait))
            return {};
        return m_received.dequeue();
    }
    /// The next message; not set when nothing came or it cannot be read.
    std::optional<SipMessage> receive(int wait = 3000)
    {
        const Result<SipMessage, SipRejection> message = SipMessage::parse(receiveBytes(wait));
        return message ? std::optional(*message) : std::nullopt;
    }
    /// Sends and returns the status of what comes back; 0 for nothing.
    int ask(const QByteArray &bytes)
    {
        send(bytes);
        m_last = receive();
        return m_last ? m_last->statusCode() : 0;
    }
    const std::optional<SipMessage> &last() const { return m_last; }
    bool hasNothing() const { return m_received.isEmpty(); }

protected:
    QQueue<QByteArray> m_received;
    std::optional<SipMessage> m_last;
};

class UdpPeer : public QObject, public SipPeer {
public:
    explicit UdpPeer(quint16 server)
        : m_server(server)
    {
        m_socket.bind(QHostAddress::LocalHost, 0);
        connect(&m_socket, &QUdpSocket::readyRead, this, [this] {
            while (m_socket.hasPendingDatagrams()) {
                QByteArray datagram(m_socket.pendingDatagramSize(), Qt::Uninitialized);
                m_socket.readDatagram(datagram.data(), datagram.size());
                m_received.enqueue(datagram);
            }
        });
    }
    void send(const QByteArray &bytes) override
    {
        m_socket.writeDatagram(bytes, QHostAddress::LocalHost, m_server);
    }
    QByteArray transport() const override { return "UDP"; }
    quint16 port() const override { return m_socket.localPort(); }
    void close() { m_socket.close(); }

private:
    quint16 m_server;
    QUdpSocket m_socket;
};

/// Over a connection of its own.
class StreamPeer : public QObject, public SipPeer {
public:
    void send(const QByteArray &bytes) override
    {
        m_socket->write(bytes);
        m_socket->flush();
    }
    quint16 port() const override { return m_socket->localPort(); }
    QTcpSocket &socket() { return *m_socket; }
    bool isOpen() const { return m_socket->state() == QAbstractSocket::ConnectedState; }

protected:
    explicit StreamPeer(std::unique_ptr<QTcpSocket> socket)
        : m_socket(std::move(socket))
    {
        connect(m_socket.get(), &QTcpSocket::readyRead, this, [this] {
            m_framer.append(m_socket->readAll());
            for (SipFramer::Item item = m_framer.next(); item.event != SipFramer::Event::Incomplete;
                 item = m_framer.next()) {
                if (item.event == SipFramer::Event::Failed)
                    return;
                m_received.enqueue(item.event == SipFramer::Event::Message ? item.bytes : QByteArray("\r\n"));
            }
        });
    }

private:
    std::unique_ptr<QTcpSocket> m_socket;
    SipFramer m_framer{SipFramer::Role::Client};
};

class TcpPeer : public StreamPeer {
public:
    explicit TcpPeer(quint16 server)
        : StreamPeer(std::make_unique<QTcpSocket>())
    {
        socket().connectToHost(QHostAddress(QHostAddress::LocalHost), server);
        socket().waitForConnected(3000);
    }
    QByteArray transport() const override { return "TCP"; }
};

/// Believes any certificate.
class TlsPeer : public StreamPeer {
public:
    explicit TlsPeer(quint16 server, QSsl::SslProtocol protocol = QSsl::TlsV1_2OrLater)
        : StreamPeer(std::make_unique<QSslSocket>())
    {
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
        configuration.setProtocol(protocol);
        tls().setSslConfiguration(configuration);
        tls().connectToHostEncrypted(QStringLiteral("127.0.0.1"), server);
        (void)QTest::qWaitFor([this] { return isEncrypted() || socket().error() != QAbstractSocket::UnknownSocketError; },
                              3000);
    }
    QByteArray transport() const override { return "TLS"; }
    QSslSocket &tls() { return static_cast<QSslSocket &>(socket()); }
    bool isEncrypted() { return isOpen() && tls().isEncrypted(); }
};

/// What goes into a request of a peer. Everything can be set; what is not takes part in nothing.
struct PeerRequest {
    QByteArray method = "REGISTER";
    QByteArray uri = "sip:lab.example";
    QByteArray from = "<sip:alice@lab.example>";
    QByteArray to = "<sip:alice@lab.example>";
    QByteArray callId = "call-1";
    int cseq = 1;
    QByteArray branch{};      ///< empty = a new one
    QByteArray fromTag{};     ///< the same
    QByteArrayList headers{}; ///< whole lines
    QByteArray body{};
    bool rport = true;

    QByteArray bytes(const SipPeer &peer) const
    {
        static int count = 0;
        const QByteArray number = QByteArray::number(++count);
        const QByteArray used = branch.isEmpty() ? "z9hG4bKpeer" + number : branch;
        QByteArray text = method + ' ' + uri + " SIP/2.0\r\nVia: SIP/2.0/" + peer.transport() +
                          " 127.0.0.1:" + QByteArray::number(peer.port()) + ";branch=" + used +
                          (rport ? ";rport" : "") + "\r\nMax-Forwards: 70\r\nFrom: " + from +
                          ";tag=" + (fromTag.isEmpty() ? "from" + number : fromTag) + "\r\nTo: " + to + "\r\nCall-ID: " + callId +
                          "\r\nCSeq: " + QByteArray::number(cseq) + ' ' + method + "\r\n";
        for (const QByteArray &line : headers)
            text += line + "\r\n";
        return text + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
    }
};

/// An answer of a peer to a request it got.
inline QByteArray peerAnswer(const SipMessage &request, const QByteArray &status,
                             const QByteArrayList &headers = {})
{
    QByteArray text = "SIP/2.0 " + status + "\r\n";
    const QVector<QByteArrayView> vias = request.lines("via");
    for (const QByteArrayView via : vias)
        text.append("Via: ").append(via).append("\r\n");
    text.append("From: ").append(request.header("from")).append("\r\nTo: ").append(request.header("to"));
    text.append(";tag=peer\r\nCall-ID: ")
        .append(request.callId())
        .append("\r\nCSeq: ")
        .append(request.header("cseq"));
    text += "\r\n";
    for (const QByteArray &line : headers)
        text += line + "\r\n";
    return text + "Content-Length: 0\r\n\r\n";
}

} // namespace reveille
