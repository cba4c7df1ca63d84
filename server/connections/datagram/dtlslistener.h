// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/datagram/datagramsettings.h"
#include "connections/datagram/datagramtransport.h"
#include "connections/datagram/dtlsentry.h"
#include "domain/publicuserid.h"
#include "domain/result.h"
#include "engine/clock.h"
#include "engine/limitlog.h"

#include <QDtls>
#include <QHash>
#include <QSslConfiguration>
#include <QUdpSocket>

#include <functional>
#include <memory>
#include <optional>

namespace reveille {

/// CoAP over DTLS 1.2 with pre-shared keys (RFC 7252 section 9.1.3.1): one socket, one session for each peer address.
/// Nothing is kept of a peer before it has returned the cookie (RFC 6347 section 4.2.1). Handshakes that dawdle and
/// sessions that are idle without a registration are closed; at the limit no more are taken. DtlsEntry decides, this does.
/// Server thread.
class DtlsListener : public QObject, public DatagramSender
{
    Q_OBJECT
public:
    /// Whose identity it is, and the key. Nothing where nobody has it.
    struct Credentials {
        PublicUserId user;
        QByteArray key;
    };
    struct Callbacks {
        std::function<std::optional<Credentials>(const QByteArray &identity)> credentials;
        std::function<bool(const DatagramPeer &)> isRegistered;
        std::function<void(const DatagramPeer &, const QString &why)> closed; ///< after a handshake that was done
    };
    DtlsListener(const DatagramSettings &settings, DatagramReceiver &receiver, Clock &clock, Timers &timers,
                 Callbacks callbacks, QObject *parent = nullptr);
    ~DtlsListener() override;

    /// Errors listen-failed, tls-unsupported.
    Result<Done> listen();
    void close();
    bool send(const DatagramPeer &peer, const QByteArray &datagram) override;
    /// nullptr before the handshake is done.
    const PublicUserId *userOf(const DatagramPeer &peer) const;
    QString local() const;
    qsizetype sessions() const { return m_entry.sessions(); }

    static constexpr int batch = 64; ///< datagrams read before other sockets get their turn

private:
    struct Session {
        std::shared_ptr<QDtls> dtls;
        PublicUserId user;
    };
    void readBatch();
    void take(const DatagramPeer &peer, const QHostAddress &address, quint16 port, const QByteArray &datagram);
    void greet(const DatagramPeer &peer, const QHostAddress &address, quint16 port, const QByteArray &datagram);
    void decrypt(const DatagramPeer &peer, const QByteArray &datagram);
    void shake(const DatagramPeer &peer, const QByteArray &datagram);
    void identify(const DatagramPeer &peer, QSslPreSharedKeyAuthenticator *authenticator);
    /// Says which limit leaves no room.
    void tellFull(const DatagramPeer &peer);
    void drop(const DatagramPeer &peer, bool says, const QString &why);
    void sweep();

    const DatagramSettings &m_settings;
    DatagramReceiver &m_receiver;
    Clock &m_clock;
    Timers &m_timers;
    Callbacks m_callbacks;
    QUdpSocket m_socket;
    QDtlsClientVerifier m_verifier;
    QSslConfiguration m_configuration;
    DtlsEntry m_entry;
    QHash<DatagramPeer, Session> m_sessions; ///< of every peer that m_entry keeps
    LimitLog m_fullLog, m_shakingLog, m_slowLog, m_idleLog;
    LogGate m_failed;
    TimerId m_sweep = 0;
};

} // namespace reveille
