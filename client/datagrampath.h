// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"

#include <QDtls>
#include <QHostAddress>
#include <QObject>
#include <QUdpSocket>

#include <memory>
#include <optional>

namespace reveille {

/// A UDP socket of a device towards one server, plain or under DTLS 1.2 with a pre-shared key (RFC 4279).
/// Hands up the datagrams of that server only. Not used again once lost. Lives in its client's thread.
class DatagramPath : public QObject {
    Q_OBJECT
public:
    /// Who the device says it is in the handshake.
    struct Identity {
        QByteArray name;
        QByteArray key; ///< pre-shared key, as octets
    };
    /// Without an identity it is plain UDP.
    DatagramPath(const QHostAddress &peer, quint16 port, std::optional<Identity> identity,
                 QObject *parent = nullptr);

    /// opened() or lost() follows. Error client-bind (about: the address).
    Result<Done> open(const QHostAddress &local);
    /// Dropped while silent and before opened().
    void send(const QByteArray &datagram);
    /// Nothing comes in and nothing goes out, the socket stays.
    void setSilent(bool silent) { m_silent = silent; }

    const QHostAddress &peerAddress() const { return m_peer; }
    quint16 peerPort() const { return m_port; }
    QString peerText() const;
    QString localText() const;
    QHostAddress localAddress() const { return m_socket.localAddress(); }

    static constexpr int maxPerTurn = 64; ///< datagrams read before the event loop gets its turn

Q_SIGNALS:
    void opened();
    void received(const QByteArray &datagram);
    /// "dtls-handshake", "closed-by-peer"
    void lost(const QByteArray &reason);

private:
    void read();
    void takeDtls(QByteArray datagram);
    void lose(const QByteArray &reason);

    QHostAddress m_peer;
    quint16 m_port;
    std::optional<Identity> m_identity;
    QUdpSocket m_socket;
    std::unique_ptr<QDtls> m_dtls;
    bool m_open = false;
    bool m_silent = false;
    bool m_isLost = false;
};

} // namespace reveille
