// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/calllistener.h"

#include "client/endpoint.h"
#include "wire/otahttp.h"

#include <QNetworkProxy>
#include <QTimer>

namespace reveille {
namespace {

bool isForTerminal(const HttpRequest &request)
{
    const QByteArray type = request.headers.value("Content-Type").toLower();
    return request.target == otaHttpPath && (request.method == "OPTIONS" || type.startsWith("application/http"));
}

} // namespace

CallListener::CallListener(Handlers handlers, QObject *parent)
    : QObject(parent)
    , m_handlers(std::move(handlers))
    , m_server(*this)
{
    m_server.setProxy(QNetworkProxy::NoProxy);
}

CallListener::~CallListener() = default;

Result<Done> CallListener::listen(const QHostAddress &address, quint16 port, const HttpLimits &limits,
                                  const std::optional<FlowSecurity> &tls)
{
    m_limits = limits;
    m_tls = tls;
    if (!m_server.listen(address, port))
        return Error{"client-bind", endpointText(address, port)};
    return Done{};
}

void CallListener::close()
{
    m_server.close();
    const QObjectList waiting = children();
    for (QObject *one : waiting)
        one->deleteLater();
}

void CallListener::take(qintptr descriptor)
{
    auto *socket = new QSslSocket(this);
    socket->setProxy(QNetworkProxy::NoProxy);
    if (!socket->setSocketDescriptor(descriptor) || m_deaf || m_waiting >= maxWaiting) {
        socket->abort();
        socket->deleteLater();
        return;
    }
    ++m_waiting;
    connect(socket, &QObject::destroyed, this, [this] { --m_waiting; });
    if (!m_tls) {
        serve(socket);
        return;
    }
    socket->setSslConfiguration(m_tls->tls);
    socket->setPeerVerifyName(m_tls->serverName);
    connect(socket, &QSslSocket::encrypted, this, [this, socket] { serve(socket); });
    connect(socket, &QSslSocket::disconnected, socket, &QObject::deleteLater);
    QTimer::singleShot(firstRequestTime, socket, [socket] {
        if (!socket->isEncrypted())
            socket->abort();
    });
    socket->startClientEncryption();
}

void CallListener::serve(QSslSocket *socket)
{
    socket->disconnect(socket);
    socket->disconnect(this);
    auto *channel = new HttpChannel(socket, m_limits, this);
    connect(channel, &QObject::destroyed, this, [this] { --m_waiting; });
    connect(channel, &HttpChannel::closed, channel, &QObject::deleteLater);
    connect(channel, &HttpChannel::received, this,
            [this, channel](const HttpRequest &request) { onRequest(channel, request); });
    // Gone with the channel, and with the receiver's change of its parent.
    QTimer::singleShot(firstRequestTime, channel, [this, channel] {
        if (channel->parent() == this)
            channel->deleteLater();
    });
    channel->start();
}

void CallListener::onRequest(HttpChannel *channel, const HttpRequest &request)
{
    if (!isForTerminal(request)) {
        channel->answer(m_handlers.posted(request, channel->peerText()), true);
        return;
    }
    channel->disconnect(this);
    channel->disconnect(channel);
    --m_waiting;
    channel->setParent(nullptr);
    m_handlers.called(std::unique_ptr<HttpChannel>(channel), request);
}

} // namespace reveille
