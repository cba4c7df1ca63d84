// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/pushclientstate.h"

#include "client/endpoint.h"
#include "client/eventfields.h"
#include "wire/sipbuilder.h"

#include <QDateTime>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace reveille {
namespace {

constexpr int maxRetryFactor = 64;

} // namespace

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
            [this](int status, const QByteArray &reason, Milliseconds after) {
                onFailed(status, reason, after);
            });
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
    Q_EMIT
    q->happened(
        {Timestamp{QDateTime::currentMSecsSinceEpoch()}, QString::fromLatin1(code), std::move(fields)});
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
    const Milliseconds interval =
        grant.flowTimer > 0 ? Milliseconds(1000 * qint64(grant.flowTimer)) : settings.keepAliveInterval;
    keepAlive.start(flow.get(), settings.keepAlive, interval, settings.user);
    tell("registered",
         registeredFields(grant, refreshed, endpointText(flow->localAddress(), flow->localPort())));
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

} // namespace reveille
