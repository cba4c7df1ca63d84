// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/pushclient.h"

#include "client/clientflow.h"
#include "client/endpoint.h"
#include "client/eventfields.h"
#include "client/flowsecurity.h"
#include "client/otahttpterminal.h"
#include "client/pushclientstate.h"

using namespace Qt::StringLiterals;

namespace reveille {
namespace {

constexpr Milliseconds farewellTime{2000};

const char *wrongApplications(const PushClientSettings &settings)
{
    if (settings.installed.size() > ClientApplication::most || settings.mostRuns < 1)
        return "application";
    for (qsizetype i = 0; i < settings.installed.size(); ++i) {
        const ClientApplication &one = settings.installed.at(i);
        for (qsizetype j = 0; j < i; ++j) {
            const ClientApplication &other = settings.installed.at(j);
            if (isSameApplication(one.name, other.name) || (!one.session.isEmpty() && one.session == other.session))
                return "application";
        }
    }
    return nullptr;
}

Result<Done> check(const PushClientSettings &settings)
{
    const auto wrong = [](const char *field) {
        return Error{"client-settings", QString::fromLatin1(field)};
    };
    if (settings.user.isEmpty())
        return wrong("user");
    if (settings.device.isEmpty())
        return wrong("device");
    if (settings.registrar.isNull() || settings.registrarPort == 0)
        return wrong("registrar");
    if (settings.expires < 1)
        return wrong("expires");
    if (settings.regId < 0)
        return wrong("reg-id");
    if (settings.flows < 1 || settings.flows > PushClientSettings::maxFlows ||
        (settings.flows > 1 && settings.regId == 0))
        return wrong("flows");
    if (settings.keepAliveInterval < Milliseconds(10))
        return wrong("keep-alive-interval");
    if (settings.retryDelay < Milliseconds(1))
        return wrong("retry");
    if (const Result<FlowSecurity> security = flowSecurity(settings); !security)
        return security.error();
    if (settings.calledOnly && (!settings.listensForCalls || settings.connect != ClientConnect::OtaHttp))
        return wrong("called-only");
    const bool namesCore = settings.wakeBearer == u"sip" && settings.connect == ClientConnect::Sip;
    if (namesCore && settings.core.address.isNull())
        return wrong("wake-bearer");
    if (settings.wakeBearer != u"wsp-udp" && !namesCore &&
        (settings.wakeBearer != u"http" || !settings.listensForCalls || settings.callTls))
        return wrong("wake-bearer");
    if (const char *field = wrongApplications(settings))
        return wrong(field);
    for (const QString &gateway : settings.gateways) {
        const std::optional<HostAndPort> place = splitHostAndPort(gateway);
        if (!place || QHostAddress(place->host).isNull())
            return wrong("gateway");
    }
    return Done{};
}

} // namespace

PushClient::PushClient(PushClientSettings settings, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<State>(this, std::move(settings)))
{
}

PushClient::~PushClient() = default;

Result<Done> PushClient::start()
{
    if (const Result<Done> checked = check(d->settings); !checked)
        return checked;
    if (d->settings.localAddress.isNull())
        d->settings.localAddress = addressTowards(d->settings.registrar);
    if (d->settings.localAddress.isNull())
        return Error{"client-settings", u"local"_s};
    if (const Result<Done> recalled = d->recall(); !recalled)
        return recalled;
    if (d->settings.listensForWakeUps) {
        const QHostAddress &address =
            d->settings.wakeAddress.isNull() ? d->settings.localAddress : d->settings.wakeAddress;
        if (const Result<Done> bound = d->listenAt(d->wakes, address, d->settings.clientPort); !bound)
            return bound;
        if (const Result<Done> bound = d->listenForApplications(address); !bound)
            return bound;
    }
    if (d->settings.listensForCalls) {
        const QHostAddress &address =
            d->settings.wakeAddress.isNull() ? d->settings.localAddress : d->settings.wakeAddress;
        const std::optional<FlowSecurity> tls = d->settings.callTls
                                                    ? std::optional(flowSecurity(d->settings).valueOr({}))
                                                    : std::nullopt;
        const HttpLimits limits{.body = OtaHttpTerminal::largestBody(d->settings)};
        if (const Result<Done> bound = d->calls.listen(address, d->settings.callPort, limits, tls); !bound)
            return bound;
    }
    if (d->settings.listensForCoap) {
        const QHostAddress &address =
            d->settings.wakeAddress.isNull() ? d->settings.localAddress : d->settings.wakeAddress;
        if (const Result<Done> bound = d->coap.listen(address, d->settings.coapPort); !bound)
            return bound;
        d->settings.coapPort = d->coap.port();
    }
    d->running = true;
    d->tell("started", startedFields(d->settings, d->wakes.port(), d->calls.port()));
    if (d->core)
        d->core->open();
    d->open();
    return Done{};
}

void PushClient::stop(bool unregister)
{
    if (!d->running || d->farewell.isActive())
        return;
    d->wanted = false;
    const bool server = unregister && !d->silent && d->isRegistered();
    const bool core = unregister && d->core && d->core->isRegistered();
    if (server || core)
        d->farewell.start(farewellTime);
    else
        return d->finish();
    // A link may be rid of its registration at once; the core's still counts then.
    d->removing = int(core);
    if (server)
        d->unregister(int(core));
    if (core && d->running)
        d->core->unregister();
}

void PushClient::goSilent()
{
    if (!d->running || d->silent)
        return;
    d->silent = true;
    for (const auto &lane : d->lanes) {
        lane->retry.stop();
        lane->link->goSilent();
    }
    d->tell("silent");
}

void PushClient::comeBack()
{
    if (!d->running)
        return;
    setDeaf(false);
    d->tell("answering");
    d->reconnect("command");
}

void PushClient::closeFlow()
{
    if (!d->running)
        return;
    d->wanted = false;
    d->silent = false;
    d->closeLinks();
    d->tell("dropped");
}

void PushClient::refuse(int status)
{
    d->inbox.setRefusal(status);
    if (d->running)
        d->tell("refusing", {{u"status"_s, status}});
}

void PushClient::setDeaf(bool deaf)
{
    d->wakes.setDeaf(deaf);
    for (const auto &listener : d->applicationPorts) {
        if (listener)
            listener->setDeaf(deaf);
    }
    d->calls.setDeaf(deaf);
    d->coap.setDeaf(deaf);
    if (d->core)
        d->core->setDeaf(deaf);
}

bool PushClient::decide(const QString &decision, bool allowed)
{
    return d->decisions.decide(decision, allowed);
}

void PushClient::registerNow()
{
    if (!d->running)
        return;
    if (!d->isOpen() || d->silent || d->isRetrying()) {
        d->reconnect("command");
        return;
    }
    for (const auto &lane : d->lanes)
        lane->link->registerNow();
}

void PushClient::unregister()
{
    if (d->running && !d->silent)
        d->unregister();
}

const PushClientSettings &PushClient::settings() const
{
    return d->settings;
}

bool PushClient::isRegistered() const
{
    return d->isRegistered();
}

bool PushClient::isSilent() const
{
    return d->silent;
}

quint16 PushClient::clientPort() const
{
    return d->wakes.port();
}

quint16 PushClient::clientPort(const QString &application) const
{
    for (size_t at = 0; at < d->applicationPorts.size(); ++at) {
        const WakeListener *listener = d->applicationPorts[at].get();
        if (listener && isSameApplication(d->settings.installed.at(qsizetype(at)).name, application))
            return listener->port();
    }
    return 0;
}

quint16 PushClient::coapPort() const
{
    return d->coap.port();
}

quint16 PushClient::callPort() const
{
    return d->calls.port();
}

QString PushClient::gruu() const
{
    return d->gruu;
}

} // namespace reveille
