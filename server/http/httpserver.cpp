// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/httpserver.h"

#include "engine/limitlog.h"
#include "http/addresscount.h"
#include "http/httpconnection.h"
#include "http/problem.h"

#include <QHostAddress>
#include <QLoggingCategory>
#include <QSslSocket>

namespace reveille {

namespace {

Q_LOGGING_CATEGORY(log, "reveille.http")

constexpr Milliseconds acceptPause{1000};

LimitLog maxConnections{log, "maxConnections"}, maxPerAddress{log, "maxPerAddress"};

QString listenTrouble(QAbstractSocket::SocketError error)
{
    switch (error) {
    case QAbstractSocket::AddressInUseError:
        return QStringLiteral("address in use");
    case QAbstractSocket::SocketAccessError:
        return QStringLiteral("not permitted");
    case QAbstractSocket::SocketAddressNotAvailableError:
        return QStringLiteral("address not available");
    case QAbstractSocket::SocketResourceError:
        return QStringLiteral("too many open files");
    default:
        return QStringLiteral("failed");
    }
}

QString endpoint(const QHostAddress &address, quint16 port)
{
    const QString host = address.toString();
    const bool v6 = address.protocol() == QAbstractSocket::IPv6Protocol;
    return (v6 ? u'[' + host + u']' : host) + u':' + QString::number(port);
}

} // namespace

/// Hands over descriptors instead of queueing sockets, so that nothing waits unseen.
class HttpServer::Listener : public QTcpServer {
public:
    explicit Listener(HttpServer &server)
        : m_server(server)
    {
    }

protected:
    void incomingConnection(qintptr descriptor) override { m_server.take(descriptor); }

private:
    HttpServer &m_server;
};

HttpServer::HttpServer(HttpSettings settings, Clock &clock, Timers &timers, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
    , m_clock(clock)
    , m_timers(timers)
    , m_bodies(settings.maxBodies, settings.limits.body)
    , m_addresses(std::make_unique<AddressCount>(settings.maxPerAddress))
{
}

HttpServer::~HttpServer()
{
    stop();
    // Those that have closed and wait to be deleted give back their room, which is ours.
    const QList<HttpConnection *> closed = findChildren<HttpConnection *>(Qt::FindDirectChildrenOnly);
    qDeleteAll(closed);
}

Result<QString> HttpServer::start(const QString &name, const IpAddress &address, quint16 port,
                                  const std::optional<QSslConfiguration> &tls)
{
    stop();
    m_tls = tls;
    m_listener = std::make_unique<Listener>(*this);
    connect(m_listener.get(), &QTcpServer::acceptError, this, &HttpServer::pauseAfterFailure);
    const QHostAddress host(address.toString());
    if (!m_listener->listen(host, port)) {
        const QString why = listenTrouble(m_listener->serverError());
        m_listener.reset();
        return Error{"listen-failed", name + u' ' + endpoint(host, port) + QStringLiteral(": ") + why};
    }
    return endpoint(m_listener->serverAddress(), m_listener->serverPort());
}

void HttpServer::stop()
{
    m_timers.cancel(m_resume);
    m_listener.reset();
    const QList<QSslSocket *> handshakes = m_handshakes.keys();
    for (QSslSocket *socket : handshakes)
        endHandshake(socket);
    const QSet<HttpConnection *> connections = std::exchange(m_connections, {});
    for (HttpConnection *connection : connections) {
        connection->stop();
        delete connection;
    }
}

bool HttpServer::hasRoom(const QTcpSocket &socket) const
{
    const auto peer = [&socket] { return endpoint(socket.peerAddress(), socket.peerPort()); };
    if (m_connections.size() + m_handshakes.size() >= m_settings.maxConnections) {
        maxConnections.reached(peer);
        return false;
    }
    if (!m_addresses->hasRoom(socket.peerAddress())) {
        maxPerAddress.reached(peer);
        return false;
    }
    return true;
}

void HttpServer::take(qintptr descriptor)
{
    if (m_tls)
        return takeSecure(descriptor);
    auto *socket = new QTcpSocket(this);
    if (!socket->setSocketDescriptor(descriptor)) {
        delete socket;
        return;
    }
    if (!hasRoom(*socket)) {
        socket->write(serialise(problem({"connections-too-many", {}}), {.keepAlive = false}));
        socket->flush();
        delete socket;
        return;
    }
    m_addresses->add(socket->peerAddress(), socket);
    serve(socket);
}

/// One that is too many learns it by the end of its connection: an answer would cost a handshake.
void HttpServer::takeSecure(qintptr descriptor)
{
    auto *socket = new QSslSocket(this);
    if (!socket->setSocketDescriptor(descriptor) || !hasRoom(*socket)) {
        delete socket;
        return;
    }
    m_addresses->add(socket->peerAddress(), socket);
    socket->setSslConfiguration(*m_tls);
    m_handshakes.insert(socket, m_timers.start(m_settings.headerTime, [this, socket] { endHandshake(socket); }));
    connect(socket, &QSslSocket::disconnected, this, [this, socket] { endHandshake(socket); });
    connect(socket, &QSslSocket::encrypted, this, [this, socket] {
        m_timers.cancel(m_handshakes[socket]);
        m_handshakes.remove(socket);
        socket->disconnect(this);
        serve(socket);
    });
    socket->startServerEncryption();
}

void HttpServer::endHandshake(QSslSocket *socket)
{
    const auto found = m_handshakes.find(socket);
    if (found == m_handshakes.end())
        return;
    m_timers.cancel(*found);
    m_handshakes.erase(found);
    socket->disconnect(this);
    socket->abort();
    socket->deleteLater();
}

void HttpServer::serve(QTcpSocket *socket)
{
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    auto *connection = new HttpConnection(socket, m_router, m_bodies, m_settings, m_clock, m_timers, this);
    m_connections.insert(connection);
    connect(connection, &HttpConnection::closed, this, [this](HttpConnection *gone) {
        if (m_connections.remove(gone))
            gone->deleteLater();
    });
}

/// Out of descriptors: QTcpServer has stopped accepting; it may again after a pause, so that the loop does
/// not spin.
void HttpServer::pauseAfterFailure()
{
    qCWarning(log) << "accept-failed" << (m_listener ? m_listener->errorString() : QString());
    m_timers.cancel(m_resume);
    m_resume = m_timers.start(acceptPause, [this] {
        m_resume = 0;
        if (m_listener)
            m_listener->resumeAccepting();
    });
}

} // namespace reveille
