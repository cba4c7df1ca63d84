// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/sip/sipsettings.h"
#include "connections/sip/siptransportlistener.h"
#include "domain/result.h"

#include <QObject>
#include <QUdpSocket>

namespace reveille {

/// SIP over UDP (RFC 3261 section 18): one socket for every peer. Answers STUN itself, takes CRLF for a
/// keep-alive, reads in bounded batches, and tells which peers the network calls unreachable. Server thread.
class SipUdpTransport : public QObject {
    Q_OBJECT
public:
    explicit SipUdpTransport(SipTransportListener &listener, QObject *parent = nullptr);

    /// Error listen-failed, about = "sip/udp 127.0.0.1:5060: address in use".
    Result<Done> listen(const Endpoint &endpoint);
    void close();
    /// False when the system did not take it.
    bool send(const SipFlow &flow, const QByteArray &bytes);
    bool isListening() const { return m_socket.state() == QAbstractSocket::BoundState; }
    QHostAddress localAddress() const { return m_socket.localAddress(); }
    quint16 localPort() const { return m_socket.localPort(); }

    static constexpr int batch = 64; ///< datagrams read before other sockets get their turn

private:
    void readBatch();
    void takeErrors();
    void take(const QHostAddress &address, quint16 port, const QByteArray &datagram);

    SipTransportListener &m_listener;
    QUdpSocket m_socket;
    QByteArray m_buffer;
};

} // namespace reveille
