// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/sip/sipservice.h"

#include "connections/sip/sipconnection.h"
#include "connections/sip/sipcore.h"
#include "connections/sip/siplog.h"

#include <QRandomGenerator>
#include <QThread>

namespace reveille {

namespace {

constexpr Milliseconds sweepInterval{60000};

QByteArray randomKey()
{
    QByteArray key(32, Qt::Uninitialized);
    QRandomGenerator::system()->generate(key.begin(), key.end());
    return key;
}

std::optional<SipFlow> udpFlow(const QString &peer)
{
    QHostAddress address;
    quint16 port = 0;
    if (!peerFromText(peer, &address, &port))
        return std::nullopt;
    return SipFlow::of(SipTransport::Udp, address, port);
}

} // namespace

struct SipService::State {
    State(SipSettings s, Engine &e)
        : settings(std::move(s))
        , engine(e)
        , core(settings, e, settings.secret.isEmpty() ? randomKey() : settings.secret)
    {
    }
    SipSettings settings;
    Engine &engine;
    SipCore core;
    TimerId sweep = 0;
};

SipService::SipService(SipSettings settings, Engine &engine, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<State>(std::move(settings), engine))
{
}

SipService::~SipService()
{
    stop();
}

Result<QMap<QString, QString>> SipService::start()
{
    Q_ASSERT(QThread::currentThread() == thread());
    const Result<QMap<QString, QString>> bound = d->core.transports().listen();
    if (bound)
        sweep();
    return bound;
}

void SipService::setMsrp(MsrpService *service)
{
    d->core.setMsrp(service);
}

void SipService::sweep()
{
    d->core.bindings().forgetExpired(d->engine.clock().now());
    d->sweep = d->engine.timers().start(sweepInterval, [this] { sweep(); });
}

void SipService::restore(const QVector<StoredBinding> &bindings)
{
    Q_ASSERT(QThread::currentThread() == thread());
    Registry &registry = d->engine.registry();
    for (const StoredBinding &stored : bindings) {
        if (stored.kind != u"sip")
            continue;
        SipBinding binding;
        const std::optional<SipFlow> flow = stored.transport == u"udp" ? udpFlow(stored.peer) : std::nullopt;
        const bool readable = binding.setState(stored.state);
        if (!readable)
            qCWarning(sipLog) << "stored registration cannot be read" << stored.device.toString()
                              << stored.flow;
        const Result<SipUri> uri = SipUri::parse(stored.address.toUtf8());
        if (flow && readable && uri) {
            binding.uri = uri->text;
            binding.uriKey = SipBinding::keyOf(*uri);
            binding.until = stored.until;
            binding.device = stored.device;
            binding.flowKey = stored.flow;
            binding.flow = *flow;
            auto connection = std::make_unique<SipConnection>(d->core.outbox(), stored.user, binding);
            SipConnection *raw = connection.get();
            binding.connection =
                registry.restore(stored, d->core.registrar().policyFor(binding), std::move(connection));
            if (registry.connection(binding.connection) == raw) {
                raw->setId(binding.connection);
                d->core.bindings().put(stored.user, binding);
            }
            continue;
        }
        binding.flow.transport = stored.transport == u"tls"   ? SipTransport::Tls
                                 : stored.transport == u"tcp" ? SipTransport::Tcp
                                                              : SipTransport::Udp;
        registry.restore(stored, d->core.registrar().policyFor(binding), nullptr);
    }
}

void SipService::stop()
{
    d->engine.timers().cancel(d->sweep);
    d->core.transports().close();
}

SipWakeSender &SipService::wakeSender()
{
    return d->core.wakeSender();
}

QString SipService::gatewayUri() const
{
    return d->core.transports().uri();
}

} // namespace reveille
