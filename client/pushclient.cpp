// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/pushclient.h"

#include "client/endpoint.h"
#include "client/eventfields.h"
#include "client/clientkeepalive.h"
#include "client/messagereceiver.h"
#include "client/clientrefusal.h"
#include "client/clientregistration.h"
#include "client/sirgate.h"
#include "client/wakelistener.h"
#include "wire/sipbuilder.h"

#include <QDateTime>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace reveille {
namespace {

constexpr Milliseconds farewellTime{2000};
constexpr int maxRetryFactor = 64;

Result<Done> check(const PushClientSettings &settings)
{
    const auto wrong = [](const char *field) { return Error{"client-settings", QString::fromLatin1(field)}; };
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
    if (settings.keepAliveInterval < Milliseconds(10))
        return wrong("keep-alive-interval");
    if (settings.retryDelay < Milliseconds(1))
        return wrong("retry");
    for (const QString &gateway : settings.gateways) {
        const std::optional<HostAndPort> place = splitHostAndPort(gateway);
        if (!place || QHostAddress(place->host).isNull())
            return wrong("gateway");
    }
    return Done{};
}

} // namespace

struct PushClient::State {
    State(PushClient *owner, PushClientSettings given);

    void tell(const char *code, QJsonObject fields = {});
    FlowPeer registrar() const { return {settings.registrar, settings.registrarPort, settings.transport}; }
    bool isConnected() const;

    void reconnect(const char *because, const FlowPeer &peer);
    void openFlow(const FlowPeer &peer);
    void closeFlow();
    void retryLater(Milliseconds atLeast);
    void finish();

    void onGranted(const RegistrationGrant &grant, bool refreshed);
    void onFailed(int status, const QByteArray &reason, Milliseconds retryAfter);
    void onLost(const QByteArray &reason);
    void onMessage(const SipMessage &message);
    void onHeard(const QByteArray &octets, const QString &from);
    void judge(const WakeDatagram &wake);
    void refuseSir(const SessionRequest &sir, const FlowPeer &gateway);
    void ignore(const QByteArray &reason);
    SirGate::Rules rules() const;
    FlowPeer peerOf(const SirGateway &gateway) const;

    PushClient *q;
    PushClientSettings settings;
    DigestSecret secret;
    ClientRequester requester;
    ClientRegistration registration;
    ClientKeepAlive keepAlive;
    WakeListener wakes;
    MessageReceiver receiver;
    SirGate gate;
    std::unique_ptr<ClientFlow> flow;
    QTimer retry, farewell;
    int retryFactor = 1;
    bool silent = false;
    bool wanted = false;  ///< it tries to be registered
    bool running = false;
    QDeadlineTimer proven, lockout;
    QString gruu;
};

PushClient::State::State(PushClient *owner, PushClientSettings given)
    : q(owner)
    , settings(std::move(given))
    , secret(settings.user.localPart().toUtf8(), settings.password.toUtf8(), settings.realm.toUtf8())
    , requester(settings.t1, settings.requestTimeout)
    , registration(settings, secret, requester)
    , keepAlive(requester)
{
    retry.setSingleShot(true);
    farewell.setSingleShot(true);
    connect(&retry, &QTimer::timeout, q, [this] { openFlow(registrar()); });
    connect(&farewell, &QTimer::timeout, q, [this] { finish(); });
    connect(&registration, &ClientRegistration::granted, q,
            [this](const RegistrationGrant &grant, bool refreshed) { onGranted(grant, refreshed); });
    connect(&registration, &ClientRegistration::failed, q,
            [this](int status, const QByteArray &reason, Milliseconds after) { onFailed(status, reason, after); });
    connect(&registration, &ClientRegistration::removed, q, [this] {
        tell("unregistered");
        if (farewell.isActive())
            finish();
    });
    connect(&keepAlive, &ClientKeepAlive::lost, q, [this] { onLost("keep-alive"); });
    connect(&keepAlive, &ClientKeepAlive::mappedAddressChanged, q, [this] {
        tell("reconnecting", {{u"because"_s, u"mapped-address"_s}});
        registration.registerOver(flow.get(), wakes.port());
    });
    connect(&wakes, &WakeListener::heard, q,
            [this](const QByteArray &octets, const QString &from) { onHeard(octets, from); });
}

void PushClient::State::tell(const char *code, QJsonObject fields)
{
    Q_EMIT q->happened({Timestamp{QDateTime::currentMSecsSinceEpoch()}, QString::fromLatin1(code), std::move(fields)});
}

bool PushClient::State::isConnected() const
{
    return flow && !silent && registration.isRegistered() && !proven.hasExpired();
}

void PushClient::State::reconnect(const char *because, const FlowPeer &peer)
{
    tell("reconnecting", {{u"because"_s, QString::fromLatin1(because)},
                          {u"registrar"_s, endpointText(peer.address, peer.port)}});
    lockout = QDeadlineTimer(settings.sirLockout);
    retryFactor = 1;
    openFlow(peer);
}

void PushClient::State::openFlow(const FlowPeer &peer)
{
    closeFlow();
    wanted = true;
    silent = false;
    flow = std::make_unique<ClientFlow>(peer);
    ClientFlow *opened = flow.get();
    connect(opened, &ClientFlow::opened, q, [this, opened] {
        tell("registering", {{u"registrar"_s, endpointText(opened->peer().address, opened->peer().port)}});
        registration.registerOver(opened, wakes.port());
    });
    connect(opened, &ClientFlow::received, q, [this](const SipMessage &message) { onMessage(message); });
    connect(opened, &ClientFlow::unreadable, q, [opened](const SipAnswerParts &request, int status) {
        opened->send(SipResponse(request, status).toTag(newSipTag()).bytes());
    });
    connect(opened, &ClientFlow::stunReceived, q, [this](const QByteArray &datagram) {
        proven = QDeadlineTimer(settings.provenFor);
        keepAlive.takeStun(datagram);
    });
    connect(opened, &ClientFlow::pongReceived, q, [this] {
        proven = QDeadlineTimer(settings.provenFor);
        keepAlive.takePong();
    });
    connect(opened, &ClientFlow::lost, q, [this](const QByteArray &reason) { onLost(reason); });
    if (const Result<Done> bound = flow->open(settings.localAddress); !bound)
        onLost(bound.error().code);
}

void PushClient::State::closeFlow()
{
    retry.stop();
    requester.abandon();
    keepAlive.stop();
    registration.forget();
    if (flow) {
        flow->disconnect(q);
        flow.release()->deleteLater();
    }
}

void PushClient::State::retryLater(Milliseconds atLeast)
{
    if (!wanted)
        return;
    retry.start(std::max(atLeast, settings.retryDelay * retryFactor));
    retryFactor = std::min(retryFactor * 2, maxRetryFactor);
}

void PushClient::State::finish()
{
    if (!running)
        return;
    running = false;
    wanted = false;
    farewell.stop();
    closeFlow();
    wakes.close();
    tell("stopped");
    QMetaObject::invokeMethod(q, &PushClient::stopped, Qt::QueuedConnection);
}

void PushClient::State::onGranted(const RegistrationGrant &grant, bool refreshed)
{
    gruu = grant.gruu;
    retryFactor = 1;
    lockout = QDeadlineTimer(0);
    const Milliseconds interval = grant.flowTimer > 0 ? Milliseconds(1000 * qint64(grant.flowTimer))
                                                      : settings.keepAliveInterval;
    keepAlive.start(flow.get(), settings.keepAlive, interval, settings.user);
    tell("registered", registeredFields(grant, refreshed, endpointText(flow->localAddress(), flow->localPort())));
}

void PushClient::State::onFailed(int status, const QByteArray &reason, Milliseconds retryAfter)
{
    keepAlive.stop();
    retryLater(retryAfter);
    tell("register-failed", {{u"status"_s, status},
                             {u"reason"_s, QString::fromUtf8(reason)},
                             {u"retry_ms"_s, retry.isActive() ? retry.interval() : 0}});
}

void PushClient::State::onLost(const QByteArray &reason)
{
    closeFlow();
    retryLater(Milliseconds(0));
    tell("flow-lost", {{u"reason"_s, QString::fromLatin1(reason)},
                       {u"retry_ms"_s, retry.isActive() ? retry.interval() : 0}});
    if (farewell.isActive())
        finish();
}

void PushClient::State::onMessage(const SipMessage &message)
{
    proven = QDeadlineTimer(settings.provenFor);
    if (message.isResponse()) {
        requester.take(message);
        return;
    }
    const MessageReceiver::Outcome outcome = receiver.take(message);
    if (!outcome.answer.isEmpty())
        flow->send(outcome.answer);
    if (outcome.push)
        tell("push-received", pushFields(*outcome.push));
}

void PushClient::State::onHeard(const QByteArray &octets, const QString &from)
{
    const Result<WakeDatagram> wake = readWakeDatagram(octets);
    if (!wake) {
        tell("sir-ignored", {{u"reason"_s, u"malformed-"_s + QString::fromLatin1(wake.error().code)},
                             {u"peer"_s, from},
                             {u"bytes"_s, QString::fromLatin1(octets.toBase64())}});
        return;
    }
    if (!wake->empty) {
        tell("sir-received", sirFields(*wake, from));
        judge(*wake);
        return;
    }
    tell("wake-received", {{u"peer"_s, from}, {u"bytes"_s, QString::fromLatin1(octets.toBase64())}});
    if (isConnected())
        ignore("already-connected");
    else if (!lockout.hasExpired())
        ignore("locked-out");
    else if (receiver.refusal() != 0)
        refuseSir({}, registrar());
    else
        reconnect("wake", registrar());
}

void PushClient::State::judge(const WakeDatagram &wake)
{
    gate.setRules(rules());
    const SirGate::Verdict verdict =
        gate.judge(wake, isConnected(), Timestamp{QDateTime::currentMSecsSinceEpoch()});
    if (verdict.answer != SirGate::Answer::Connect)
        ignore(verdict.reason);
    else if (!lockout.hasExpired())
        ignore("locked-out");
    else if (receiver.refusal() != 0)
        refuseSir(wake.sir, peerOf(verdict.gateway));
    else
        reconnect("sir", peerOf(verdict.gateway));
}

void PushClient::State::refuseSir(const SessionRequest &sir, const FlowPeer &gateway)
{
    const bool asked = sir.requests.testFlag(SirRequest::Refusal);
    tell("sir-refused", {{u"asked"_s, asked}, {u"status"_s, receiver.refusal()}});
    if (!asked)
        return;
    auto *refusal = new ClientRefusal(settings, gateway, sir, receiver.refusal(), q);
    connect(refusal, &ClientRefusal::answered, q, [this](int status) { tell("refusal-answered", {{u"status"_s, status}}); });
    refusal->send(settings.localAddress);
}

void PushClient::State::ignore(const QByteArray &reason)
{
    tell("sir-ignored", {{u"reason"_s, QString::fromLatin1(reason)}});
}

SirGate::Rules PushClient::State::rules() const
{
    SirGate::Rules rules;
    rules.me = {settings.device, settings.user};
    rules.key = secret.sirKeyFor(settings.user.host().toUtf8());
    rules.acceptsUnsigned = settings.acceptsUnsigned;
    rules.ownGateways = {settings.registrar.toString()};
    if (!settings.registrarName.isEmpty())
        rules.ownGateways.append(settings.registrarName);
    rules.gateways = settings.gateways;
    rules.window = settings.sirWindow;
    return rules;
}

FlowPeer PushClient::State::peerOf(const SirGateway &gateway) const
{
    if (gateway.host.isEmpty())
        return registrar();
    return {QHostAddress(gateway.host), gateway.port ? gateway.port : quint16(5060),
            clientTransportFromText(gateway.transport).value_or(settings.transport)};
}

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
    if (d->settings.listensForWakeUps) {
        if (const Result<Done> bound = d->wakes.listen(d->settings.localAddress, d->settings.clientPort); !bound)
            return bound;
    }
    d->running = true;
    d->tell("started", startedFields(d->settings, d->wakes.port()));
    d->openFlow(d->registrar());
    return Done{};
}

void PushClient::stop(bool unregister)
{
    if (!d->running || d->farewell.isActive())
        return;
    d->wanted = false;
    d->retry.stop();
    if (unregister && d->flow && !d->silent && d->registration.isRegistered()) {
        d->keepAlive.stop();
        d->farewell.start(farewellTime);
        d->registration.removeOver(d->flow.get());
    } else {
        d->finish();
    }
}

void PushClient::goSilent()
{
    if (!d->running || d->silent)
        return;
    d->silent = true;
    d->retry.stop();
    d->requester.abandon();
    d->keepAlive.stop();
    d->registration.pause();
    if (d->flow)
        d->flow->setSilent(true);
    d->tell("silent");
}

void PushClient::comeBack()
{
    if (!d->running)
        return;
    setDeaf(false);
    d->tell("answering");
    d->reconnect("command", d->registrar());
}

void PushClient::closeFlow()
{
    if (!d->running)
        return;
    d->wanted = false;
    d->silent = false;
    d->closeFlow();
    d->tell("dropped");
}

void PushClient::refuse(int status)
{
    d->receiver.setRefusal(status);
    if (d->running)
        d->tell("refusing", {{u"status"_s, status}});
}

void PushClient::setDeaf(bool deaf)
{
    d->wakes.setDeaf(deaf);
}

void PushClient::registerNow()
{
    if (!d->running)
        return;
    if (!d->flow || d->silent || d->retry.isActive())
        d->reconnect("command", d->registrar());
    else
        d->registration.registerOver(d->flow.get(), d->wakes.port());
}

void PushClient::unregister()
{
    if (!d->running || !d->flow || d->silent)
        return;
    d->wanted = false;
    d->keepAlive.stop();
    d->registration.removeOver(d->flow.get());
}

const PushClientSettings &PushClient::settings() const
{
    return d->settings;
}

bool PushClient::isRegistered() const
{
    return d->registration.isRegistered();
}

bool PushClient::isSilent() const
{
    return d->silent;
}

quint16 PushClient::clientPort() const
{
    return d->wakes.port();
}

QString PushClient::gruu() const
{
    return d->gruu;
}

} // namespace reveille
