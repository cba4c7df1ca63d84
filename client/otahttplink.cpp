// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/otahttplink.h"

#include <QNetworkProxy>
#include <QPointer>

#include <algorithm>

#include <utility>

using namespace Qt::StringLiterals;

namespace reveille {
namespace {

/// Without what holds on this machine alone.
QString plainText(QHostAddress address)
{
    address.setScopeId({});
    return address.toString();
}

} // namespace

OtaHttpLink::OtaHttpLink(const PushClientSettings &settings, PushInbox &inbox, QObject *parent)
    : DeviceLink(settings, inbox, parent)
    , m_terminal(settings, inbox)
    , m_security(flowSecurity(settings).valueOr({}))
{
    m_settle.setSingleShot(true);
    m_watch.setSingleShot(true);
    connect(&m_settle, &QTimer::timeout, this, &OtaHttpLink::settle);
    connect(&m_watch, &QTimer::timeout, this, [this] { lose(m_registered ? "keep-alive" : "timeout"); });
}

OtaHttpLink::~OtaHttpLink() = default;

void OtaHttpLink::open(const SirGateway &gateway)
{
    close();
    if (settings().calledOnly) {
        m_waits = true;
        return;
    }
    m_gateway = gateway;
    // A gateway is named by its SIP port; OTA-HTTP has its own there as here.
    const bool own = gateway.host.isEmpty();
    const QHostAddress server = own ? settings().registrar : QHostAddress(gateway.host);
    m_socket = std::make_unique<QSslSocket>();
    QSslSocket *socket = m_socket.get();
    socket->setProxy(QNetworkProxy::NoProxy);
    const auto stands = [this] {
        m_socket->disconnect(this);
        adopt(std::make_unique<HttpChannel>(m_socket.release(),
                                            HttpLimits{.body = OtaHttpTerminal::largestBody(settings())}));
    };
    if (settings().transport == ClientTransport::Tls) {
        socket->setSslConfiguration(m_security.tls);
        socket->setPeerVerifyName(own ? m_security.serverName : gateway.host);
        connect(socket, &QSslSocket::connected, socket, [socket] { socket->startClientEncryption(); });
        connect(socket, &QSslSocket::encrypted, this, stands);
    } else {
        connect(socket, &QSslSocket::connected, this, stands);
    }
    connect(socket, &QSslSocket::errorOccurred, this, [this](QAbstractSocket::SocketError error) {
        lose(error == QAbstractSocket::SslHandshakeFailedError ? "tls-handshake" : "connect-failed");
    });
    m_watch.start(settings().requestTimeout);
    if (!socket->bind(settings().localAddress))
        lose("client-bind");
    else
        socket->connectToHost(server, settings().registrarPort);
}

void OtaHttpLink::close()
{
    m_settle.stop();
    m_watch.stop();
    m_registered = false;
    m_waits = false;
    m_keepAlive = Milliseconds(0);
    m_confirmed.clear();
    if (m_socket) {
        m_socket->disconnect(this);
        m_socket.release()->deleteLater();
    }
    if (m_channel) {
        m_channel->disconnect(this);
        m_channel.release()->deleteLater();
    }
}

void OtaHttpLink::registerNow()
{
    if (!settings().calledOnly)
        open(m_gateway);
}

void OtaHttpLink::unregister()
{
    close();
    Q_EMIT
    removed();
}

void OtaHttpLink::goSilent()
{
    m_settle.stop();
    m_watch.stop();
    if (m_socket)
        m_socket->disconnect(this);
    if (m_channel)
        m_channel->setSilent();
}

bool OtaHttpLink::takeCall(std::unique_ptr<HttpChannel> channel, const HttpRequest &request)
{
    close();
    m_waits = settings().calledOnly;
    adopt(std::move(channel));
    onRequest(request);
    return true;
}

void OtaHttpLink::adopt(std::unique_ptr<HttpChannel> channel)
{
    m_channel = std::move(channel);
    connect(m_channel.get(), &HttpChannel::received, this, &OtaHttpLink::onRequest);
    connect(m_channel.get(), &HttpChannel::lost, this, &OtaHttpLink::lose);
    if (settings().keepAlive != KeepAliveKind::None)
        m_channel->keepAlive(settings().keepAliveInterval, settings().requestTimeout);
    m_watch.start(settings().requestTimeout);
    Q_EMIT
    registering(m_channel->peerText());
    if (m_channel)
        m_channel->start();
}

OtaHttpTerminal::Path OtaHttpLink::path() const
{
    OtaHttpTerminal::Path path;
    path.isTrusted =
        m_channel->isEncrypted() || m_channel->peerAddress().isLoopback() || settings().plainPassword;
    const auto add = [&](const QByteArray &bearer, const QString &prefix, quint16 port) {
        const QHostAddress address = wakeRoute().address.isNull() ? m_channel->localAddress() : wakeRoute().address;
        if (port != 0)
            path.routes.append({QString::fromLatin1(bearer), prefix + plainText(address), ClientPort(port),
                                reveille::WakeRoute::Source::Client});
    };
    add(wakeRoute().bearer, {}, wakeRoute().port);
    add("ota_http", settings().callTls ? u"tls:"_s : QString(), callPort());
    return path;
}

void OtaHttpLink::onRequest(const HttpRequest &request)
{
    noteHeard();
    const OtaHttpTerminal::Outcome outcome = m_terminal.take(request, path());
    if (outcome.kind == OtaHttpTerminal::Kind::Refused) {
        onRefused(outcome);
        return;
    }
    if (outcome.push) {
        const QPointer<HttpChannel> channel(m_channel.get());
        Q_EMIT pushReceived(*outcome.push);
        if (channel && channel != m_channel.get())
            channel->answer(outcome.response, true); // it was closed on being told
        if (!channel || channel != m_channel.get())
            return;
    }
    if (outcome.kind == OtaHttpTerminal::Kind::Told && !m_returned.isEmpty()) {
        HttpResponse response = outcome.response;
        response.status = 200;
        response.headers.set("Content-Type", "application/vnd.reveille.returned+json");
        response.body = m_returned;
        answer(response);
    } else {
        answer(outcome.response);
    }
    if (!m_channel)
        return;
    if (outcome.keepAlive > Milliseconds(0))
        m_keepAlive = outcome.keepAlive;
    watch();
    if (outcome.kind == OtaHttpTerminal::Kind::Told && !m_registered && !m_settle.isActive())
        m_settle.start(settings().t1);
    else if (!m_registered && m_settle.isActive())
        settle();
}

/// With what there is to be said of pushes.
void OtaHttpLink::answer(HttpResponse response)
{
    const QVector<OtaConfirmation> said = std::exchange(m_confirmed, {});
    if (!said.isEmpty())
        response.headers.set("X-Reveille-Confirmed", otaConfirmedValue(said));
    m_channel->answer(response);
    for (const OtaConfirmation &one : said)
        Q_EMIT confirmed(QString::fromUtf8(one.push), 202);
}

bool OtaHttpLink::confirm(const ReceivedPush &push)
{
    if (!m_channel || m_confirmed.size() >= OtaAnswer::maxConfirmed)
        return false;
    m_confirmed.append({push.id.toUtf8(), false});
    return true;
}

void OtaHttpLink::onRefused(const OtaHttpTerminal::Outcome &outcome)
{
    m_channel->answer(outcome.response, true);
    connect(m_channel.get(), &HttpChannel::closed, m_channel.get(), &QObject::deleteLater);
    m_channel->disconnect(this);
    HttpChannel *farewell = m_channel.release();
    QTimer::singleShot(settings().requestTimeout, farewell, &QObject::deleteLater);
    close();
    Q_EMIT
    failed(401, outcome.reason, Milliseconds(0));
}

void OtaHttpLink::settle()
{
    m_settle.stop();
    m_registered = true;
    LinkGrant grant;
    grant.local = m_channel->localText();
    grant.keepAlive = m_keepAlive;
    const bool gaveBack = !std::exchange(m_returned, {}).isEmpty();
    Q_EMIT
    registered(grant);
    if (gaveBack)
        Q_EMIT
    givenBack("returned", 200);
}

bool OtaHttpLink::giveBack(const QByteArray &kind, const QByteArray &body)
{
    if (kind != "returned")
        return false;
    m_returned = body;
    return true;
}

/// The server said how often it will be heard at least.
void OtaHttpLink::watch()
{
    m_watch.stop();
    if (settings().keepAlive != KeepAliveKind::None && m_keepAlive > Milliseconds(0))
        m_watch.start(m_keepAlive + settings().requestTimeout);
}

void OtaHttpLink::lose(const QByteArray &reason)
{
    const bool unsettled = m_settle.isActive() && reason == "closed-by-peer";
    close();
    if (unsettled)
        Q_EMIT
    failed(403, "closed-after-registration", Milliseconds(0));
    else Q_EMIT
    lost(reason);
}

} // namespace reveille
