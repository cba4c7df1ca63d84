// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/otahttp/otahttpsettings.h"
#include "domain/result.h"
#include "engine/store.h"

#include <QMap>
#include <QObject>

#include <functional>
#include <memory>

class QTcpSocket;

namespace reveille {

class Bearer;
class Engine;
class OtaHttpSession;

/// The OTA-HTTP side of the server (WAP-235-PushOTA): terminals connect here, or are connected to where they listen, and
/// in both cases the server is the HTTP client. One object, made when the engine is there. Lives in the server thread.
class OtaHttpService : public QObject
{
    Q_OBJECT
public:
    /// The engine outlives it.
    OtaHttpService(OtaHttpSettings settings, Engine &engine, QObject *parent = nullptr);
    ~OtaHttpService() override;

    /// Listens: "ota_http_tcp" -> "127.0.0.1:4035", "ota_http_tls" -> …, only what is enabled. All or nothing. Errors
    /// listen-failed, tls-certificate, tls-key, tls-unsupported.
    Result<QMap<QString, QString>> start();
    /// After start() and before Engine::resume(): the registrations of the store come back without a path, since their
    /// connections ended with the server. Bindings of other kinds are left alone.
    void restore(const QVector<StoredBinding> &bindings);
    /// Closes every socket. Registry::closeAll() comes first. Idempotent.
    void stop();

    /// Where a listening terminal may be called: inside allowed_networks. Errors address-not-ip, network-not-allowed.
    Result<Done> mayCall(const QString &address) const;
    /// Connects to a terminal that listens and has it register; `connected` is told when the connection stands,
    /// `registered` what became of it. `address` as in a wake route: "192.0.2.7", or "tls:192.0.2.7"; port 0 is the
    /// registered one. Errors of mayCall(), of OtaHttpCalls::call() and of OtaHttpSession::start(), all later.
    void call(const QString &address, quint16 port, std::function<void()> connected,
              std::function<void(Result<Done>)> registered);
    /// A bearer "ota_http" over which such terminals are woken, for WakeService; it may outlive the service.
    std::unique_ptr<Bearer> makeBearer();

    int sessions() const;

private:
    OtaHttpSession *adopt(QTcpSocket *socket, bool tls);

    struct State;
    std::unique_ptr<State> d;
};

} // namespace reveille
