// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/shared/streamlistener.h"

#include "connections/shared/listenerror.h"

#include <QLoggingCategory>
#include <QPointer>
#include <QSslSocket>
#include <QtEndian>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace reveille {

Q_LOGGING_CATEGORY(streamLog, "reveille.stream")

namespace {

QString peerOf(int descriptor)
{
    sockaddr_storage name{};
    socklen_t length = sizeof name;
    auto *raw = reinterpret_cast<sockaddr *>(&name);
    if (::getpeername(descriptor, raw, &length) != 0)
        return QStringLiteral("somebody gone");
    const quint16 port = name.ss_family == AF_INET6 ? reinterpret_cast<const sockaddr_in6 *>(&name)->sin6_port
                                                    : reinterpret_cast<const sockaddr_in *>(&name)->sin_port;
    return peerText(QHostAddress(raw), qFromBigEndian(port));
}

} // namespace

StreamListener::StreamListener(Settings settings, Timers &timers, std::function<bool()> mayAccept, QObject *parent)
    : QTcpServer(parent)
    , m_settings(std::move(settings))
    , m_timers(timers)
    , m_mayAccept(std::move(mayAccept))
    , m_fullLog(streamLog, m_settings.limit)
    , m_shakingLog(streamLog, "maxHandshakes")
    , m_slowLog(streamLog, "handshakeTime", QtInfoMsg)
{
    connect(this, &QTcpServer::acceptError, this, [this](QAbstractSocket::SocketError error) {
        // Out of descriptors: without a pause the listener would be readable, and fail, for ever.
        qCWarning(streamLog) << m_settings.name << "accept failed" << error;
        pauseAccepting();
        m_timers.start(Milliseconds(1000), [guard = QPointer<StreamListener>(this)] {
            if (guard)
                guard->resumeAccepting();
        });
    });
}

StreamListener::~StreamListener()
{
    stop();
}

Result<Done> StreamListener::start()
{
    setListenBacklogSize(1024);
    if (!listen(m_settings.endpoint.address, m_settings.endpoint.port))
        return listenError(m_settings.name, m_settings.endpoint, serverError());
    return Done{};
}

void StreamListener::stop()
{
    close();
    while (!m_shaking.isEmpty())
        giveUp(m_shaking.begin().key());
}

void StreamListener::incomingConnection(qintptr descriptor)
{
    if (!m_mayAccept()) {
        m_fullLog.reached([&] { return m_settings.name + u' ' + peerOf(int(descriptor)); });
        ::close(int(descriptor));
        return;
    }
    if (m_settings.tls)
        return shake(descriptor);
    if (m_settings.isRaw)
        return Q_EMIT acceptedRaw(int(descriptor));
    auto *socket = new QTcpSocket(this);
    if (socket->setSocketDescriptor(descriptor)) {
        Q_EMIT accepted(socket);
    } else {
        ::close(int(descriptor));
        delete socket;
    }
}

void StreamListener::shake(qintptr descriptor)
{
    const bool isFull = m_shaking.size() >= m_settings.maxHandshakes;
    if (isFull)
        m_shakingLog.reached([&] { return m_settings.name + u' ' + peerOf(int(descriptor)); });
    if (isFull && !m_dawdlers.isEmpty())
        giveUp(m_dawdlers.first());
    if (m_shaking.size() >= m_settings.maxHandshakes) {
        ::close(int(descriptor));
        return;
    }
    auto *socket = new QSslSocket(this);
    if (!socket->setSocketDescriptor(descriptor)) {
        ::close(int(descriptor));
        delete socket;
        return;
    }
    socket->setSslConfiguration(*m_settings.tls);
    m_shaking.insert(socket, m_timers.start(m_settings.handshakeTime / 5, [this, socket] { dawdles(socket); }));
    connect(socket, &QSslSocket::encrypted, this, [this, socket] {
        endShaking(socket);
        socket->disconnect(this);
        Q_EMIT accepted(socket);
    });
    connect(socket, &QAbstractSocket::errorOccurred, this, [this, socket] {
        if (const auto more = m_failedLog.pass())
            qCInfo(streamLog) << "handshake failed" << nameOf(socket) << socket->errorString() << "and" << *more << "before";
        giveUp(socket);
    });
    connect(socket, &QAbstractSocket::disconnected, this, [this, socket] { giveUp(socket); });
    socket->startServerEncryption();
}

void StreamListener::dawdles(QTcpSocket *socket)
{
    m_dawdlers.append(socket);
    m_shaking[socket] = m_timers.start(m_settings.handshakeTime - m_settings.handshakeTime / 5, [this, socket] {
        m_shaking[socket] = 0;
        m_slowLog.reached([&] { return nameOf(socket); });
        giveUp(socket);
    });
}

QString StreamListener::nameOf(const QTcpSocket *socket) const
{
    return m_settings.name + u' ' + peerText(socket->peerAddress(), socket->peerPort());
}

void StreamListener::endShaking(QTcpSocket *socket)
{
    TimerId timer = m_shaking.take(socket);
    m_timers.cancel(timer);
    m_dawdlers.removeOne(socket);
}

void StreamListener::giveUp(QTcpSocket *socket)
{
    if (!m_shaking.contains(socket))
        return;
    endShaking(socket);
    socket->disconnect(this);
    socket->abort();
    socket->deleteLater();
}

} // namespace reveille
