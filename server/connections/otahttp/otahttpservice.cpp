// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/otahttp/otahttpservice.h"

#include "connections/otahttp/otahttpbearer.h"
#include "connections/otahttp/otahttpcalls.h"
#include "connections/otahttp/otahttplog.h"
#include "connections/otahttp/otahttpsession.h"
#include "connections/shared/streamlistener.h"
#include "wire/otahttp.h"

#include <QPointer>
#include <QSet>
#include <QThread>

namespace reveille {

namespace {

/// "tls:192.0.2.7" taken apart.
struct CallAddress {
    QString host;
    bool tls = false;
};

CallAddress callAddress(const QString &address)
{
    const QLatin1StringView prefix("tls:");
    const bool tls = address.startsWith(prefix, Qt::CaseInsensitive);
    return {tls ? address.mid(prefix.size()) : address, tls};
}

} // namespace

struct OtaHttpService::State {
    State(OtaHttpSettings s, Engine &engine) : core(std::move(s), engine) {}

    OtaHttpCore core;
    std::unique_ptr<StreamListener> tcp;
    std::unique_ptr<StreamListener> tls;
    std::unique_ptr<OtaHttpCalls> calls;
    QSet<OtaHttpSession *> sessions;

    bool mayAccept() const
    {
        const qsizetype others = (tls ? tls->handshakes() : 0) + (calls ? calls->underWay() : 0);
        return sessions.size() + others < core.settings.maxConnections;
    }
};

OtaHttpService::OtaHttpService(OtaHttpSettings settings, Engine &engine, QObject *parent)
    : QObject(parent), d(std::make_unique<State>(std::move(settings), engine))
{
}

OtaHttpService::~OtaHttpService()
{
    stop();
    // Those that wait for deleteLater() use what is in d.
    qDeleteAll(findChildren<OtaHttpSession *>(Qt::FindDirectChildrenOnly));
}

Result<QMap<QString, QString>> OtaHttpService::start()
{
    Q_ASSERT(QThread::currentThread() == thread());
    const OtaHttpSettings &settings = d->core.settings;
    Timers &timers = d->core.engine.timers();
    std::optional<QSslConfiguration> tls;
    if (settings.tls.enabled) {
        const Result<QSslConfiguration> made = serverTls(settings.identity);
        if (!made)
            return made.error();
        tls = *made;
    }
    d->calls = std::make_unique<OtaHttpCalls>(settings, timers, tls);

    QMap<QString, QString> bound;
    const auto listen = [&](std::unique_ptr<StreamListener> &listener, const char *name, const Endpoint &endpoint) {
        const bool secure = &listener == &d->tls;
        StreamListener::Settings wanted;
        wanted.name = QStringLiteral("ota_http/") + QLatin1StringView(name);
        wanted.endpoint = endpoint;
        if (secure)
            wanted.tls = tls;
        wanted.maxHandshakes = settings.maxHandshakes;
        wanted.handshakeTime = settings.handshakeTime;
        listener = std::make_unique<StreamListener>(wanted, timers, [this] { return d->mayAccept(); });
        connect(listener.get(), &StreamListener::accepted, this, [this, secure](QTcpSocket *socket) {
            if (OtaHttpSession *session = adopt(socket, secure))
                session->start();
        });
        const Result<Done> done = listener->start();
        if (done)
            bound.insert(QStringLiteral("ota_http_") + QLatin1StringView(name),
                         peerText(listener->serverAddress(), listener->serverPort()));
        return done;
    };
    Result<Done> done = settings.tcp.enabled ? listen(d->tcp, "tcp", settings.tcp) : Done{};
    if (done && settings.tls.enabled)
        done = listen(d->tls, "tls", settings.tls);
    if (!done) {
        stop();
        return done.error();
    }
    return bound;
}

void OtaHttpService::restore(const QVector<StoredBinding> &bindings)
{
    LivenessPolicy policy;
    policy.silenceMeans = LossReason::Interrupted;
    for (const StoredBinding &stored : bindings) {
        if (stored.kind == u"ota_http")
            d->core.engine.registry().restore(stored, policy, nullptr);
    }
}

OtaHttpSession *OtaHttpService::adopt(QTcpSocket *socket, bool tls)
{
    if (socket->state() != QAbstractSocket::ConnectedState || !d->mayAccept()) {
        if (socket->state() == QAbstractSocket::ConnectedState)
            d->core.logs.maxConnections.reached([&] { return peerText(socket->peerAddress(), socket->peerPort()); });
        socket->abort();
        socket->deleteLater();
        return nullptr;
    }
    auto *session = new OtaHttpSession(d->core, socket, tls, this);
    d->sessions.insert(session);
    connect(session, &OtaHttpSession::finished, this, [this, session] {
        if (d->sessions.remove(session))
            session->deleteLater();
    });
    return session;
}

void OtaHttpService::stop()
{
    for (auto *listener : {&d->tcp, &d->tls}) {
        if (*listener)
            (*listener)->stop();
        listener->reset();
    }
    d->calls.reset();
    const auto sessions = std::exchange(d->sessions, {});
    qDeleteAll(sessions);
}

Result<Done> OtaHttpService::mayCall(const QString &address) const
{
    const Result<IpAddress> ip = IpAddress::parse(callAddress(address).host);
    if (!ip)
        return Error{"address-not-ip", address.left(64)};
    if (!anyContains(d->core.settings.allowedNetworks, *ip))
        return Error{"network-not-allowed", ip->toString()};
    return Done{};
}

void OtaHttpService::call(const QString &address, quint16 port, std::function<void()> connected,
                          std::function<void(Result<Done>)> registered)
{
    const Result<Done> allowed = mayCall(address);
    const bool full = !d->calls || !d->mayAccept();
    if (allowed && full && d->calls)
        d->core.logs.maxConnections.reached(address);
    if (!allowed || full) {
        const Error error = allowed ? Error{"queue-full", address} : allowed.error();
        d->core.engine.timers().start(Milliseconds(0), [registered = std::move(registered), error] { registered(error); });
        return;
    }
    const CallAddress to = callAddress(address);
    const bool tls = to.tls || port == otaHttpTlsPort;
    const quint16 where = port != 0 ? port : tls ? otaHttpTlsPort : otaHttpPort;
    d->calls->call(QHostAddress(IpAddress::parse(to.host)->toString()), where, tls,
                   [this, guard = QPointer<OtaHttpService>(this), tls, connected = std::move(connected),
                    registered = std::move(registered)](const Result<QTcpSocket *> &socket) {
                       if (!guard)
                           return;
                       if (!socket)
                           return registered(socket.error());
                       OtaHttpSession *session = adopt(*socket, tls);
                       if (!session)
                           return registered(Error{"queue-full", {}});
                       connected();
                       session->start(registered);
                   });
}

std::unique_ptr<Bearer> OtaHttpService::makeBearer()
{
    return std::make_unique<OtaHttpBearer>(*this, d->core.engine.clock(), d->core.engine.timers());
}

int OtaHttpService::sessions() const
{
    return int(d->sessions.size());
}

} // namespace reveille
