// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/sip/sipsettings.h"
#include "domain/result.h"
#include "engine/store.h"

#include <QMap>
#include <QObject>

#include <memory>

namespace reveille {

class Engine;
class MsrpService;
class SipWakeSender;

/// The SIP side of the server: registrar for devices, and the paths by which pushes reach them (RFC 3261,
/// 3428, 5626, 5627, 8599). One object, made when the engine is there. Lives in the server thread.
class SipService : public QObject {
    Q_OBJECT
public:
    /// The engine outlives it. `settings.secret` (32 octets, kept over restarts) keeps temporary GRUUs valid.
    SipService(SipSettings settings, Engine &engine, QObject *parent = nullptr);
    ~SipService() override;

    /// Listens: "sip_udp" -> "127.0.0.1:5060", "sip_tcp", "sip_tls" -> …, only what is enabled. All or
    /// nothing. Errors listen-failed, about = "sip/udp 127.0.0.1:5060: address in use", and those of serverTls().
    Result<QMap<QString, QString>> start();
    /// After start() and before Engine::resume(): gives the registrations of the store their paths back. Over
    /// UDP the peer's address is the path; TCP and TLS connections ended with the server, so theirs come back without
    /// one. Bindings of other kinds are left alone.
    void restore(const QVector<StoredBinding> &bindings);
    /// Before start(): where large pushes go; outlives this. Without one they are refused as too large.
    void setMsrp(MsrpService *service);
    /// Closes every socket. Registry::closeAll() comes first. Idempotent.
    void stop();

    /// "sip:127.0.0.1:5060;transport=udp": where a device is told to come to; empty unless started.
    QString gatewayUri() const;
    /// Sends wake-ups over this SIP side; as long-lived as it.
    SipWakeSender &wakeSender();

private:
    void sweep();

    struct State;
    std::unique_ptr<State> d;
};

} // namespace reveille
