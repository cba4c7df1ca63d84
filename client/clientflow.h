// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/flowsecurity.h"
#include "client/pushclientsettings.h"
#include "domain/result.h"
#include "wire/sipframer.h"
#include "wire/sipmessage.h"

#include <QObject>
#include <QSslSocket>
#include <QUdpSocket>

namespace reveille {

/// Where a flow leads.
struct FlowPeer {
    QHostAddress address;
    quint16 port = 5060;
    ClientTransport transport = ClientTransport::Udp;
    friend bool operator==(const FlowPeer &, const FlowPeer &) = default;
};

/// One path to a registrar (RFC 5626: a flow): a bound UDP socket, a TCP or a TLS connection. Hands up whole
/// messages and keep-alive answers; datagrams of anybody else are dropped. Not used again once lost. Lives in
/// its client's thread.
class ClientFlow : public QObject {
    Q_OBJECT
public:
    /// `security` is for TLS only.
    ClientFlow(FlowPeer peer, FlowSecurity security, QObject *parent = nullptr);

    /// UDP: bound and opened() follows at once. TCP, TLS: opened() or lost() follows. Error client-bind
    /// (about: the address).
    Result<Done> open(const QHostAddress &local);
    /// Dropped while silent and before opened().
    void send(const QByteArray &octets);
    /// Nothing comes in and nothing goes out, the socket stays.
    void setSilent(bool silent) { m_silent = silent; }
    bool isSilent() const { return m_silent; }

    const FlowPeer &peer() const { return m_peer; }
    bool isUdp() const { return m_peer.transport == ClientTransport::Udp; }
    const char *viaTransport() const; ///< "UDP", "TCP", "TLS"
    QHostAddress localAddress() const;
    quint16 localPort() const;

    static constexpr int maxPerTurn = 64; ///< datagrams read before the event loop gets its turn

Q_SIGNALS:
    void opened();
    void received(const reveille::SipMessage &message);
    /// A request that cannot be read but can be answered with `status`.
    void unreadable(const reveille::SipAnswerParts &request, int status);
    void stunReceived(const QByteArray &datagram);
    void pongReceived();
    /// "closed-by-peer", "connect-failed", "tls-handshake", "broken-stream" …
    void lost(const QByteArray &reason);

private:
    void onOpened();
    void onError(QAbstractSocket::SocketError error);
    void readDatagrams();
    void readStream();
    void take(const QByteArray &octets);
    void lose(const QByteArray &reason);

    FlowPeer m_peer;
    FlowSecurity m_security;
    QUdpSocket m_udp;
    QSslSocket m_tcp;
    SipFramer m_framer{SipFramer::Role::Client};
    bool m_silent = false;
    bool m_open = false;
    bool m_isLost = false;
};

/// The own address from which `peer` is reached; null if there is no way.
QHostAddress addressTowards(const QHostAddress &peer);

} // namespace reveille
