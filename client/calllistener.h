// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/flowsecurity.h"
#include "client/httpchannel.h"
#include "domain/result.h"

#include <QObject>
#include <QTcpServer>

#include <functional>
#include <memory>

namespace reveille {

/// The port a device can be called on over HTTP: by a server that opens an OTA-HTTP connection (PO-TCP), over TLS with
/// the device as TLS client as the standard wants it; and, without TLS, by a bearer that posts a SIR. Judges nothing.
/// Lives in the thread of its client.
class CallListener : public QObject {
    Q_OBJECT
public:
    /// Where the first request of a connection goes. A request for /wappush brings its connection along, which the
    /// receiver keeps; any other is answered with what comes back, and its connection is closed.
    struct Handlers {
        std::function<void(std::unique_ptr<HttpChannel>, const HttpRequest &)> called;
        std::function<HttpResponse(const HttpRequest &, const QString &peer)> posted;
    };
    explicit CallListener(Handlers handlers, QObject *parent = nullptr);
    ~CallListener() override;

    /// Port 0 takes any free one. Error client-bind (about: address and port).
    Result<Done> listen(const QHostAddress &address, quint16 port, const HttpLimits &limits,
                        const std::optional<FlowSecurity> &tls);
    void close();
    quint16 port() const { return m_server.isListening() ? m_server.serverPort() : 0; } ///< 0 while not listening

    /// A deaf listener keeps its port and hangs up on whoever calls.
    void setDeaf(bool deaf) { m_deaf = deaf; }

    static constexpr int maxWaiting = 16; ///< connections whose first request has not come; further ones are closed
    static constexpr Milliseconds firstRequestTime{10000}; ///< for TLS and the first request

private:
    class Server : public QTcpServer {
    public:
        explicit Server(CallListener &owner)
            : m_owner(owner)
        {
        }

    protected:
        void incomingConnection(qintptr descriptor) override { m_owner.take(descriptor); }

    private:
        CallListener &m_owner;
    };
    void take(qintptr descriptor);
    void serve(QSslSocket *socket);
    void onRequest(HttpChannel *channel, const HttpRequest &request);

    Handlers m_handlers;
    Server m_server;
    HttpLimits m_limits;
    std::optional<FlowSecurity> m_tls;
    int m_waiting = 0;
    bool m_deaf = false;
};

} // namespace reveille
