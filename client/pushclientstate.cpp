// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/pushclientstate.h"

#include "client/endpoint.h"
#include "client/eventfields.h"
#include "client/siplink.h"

#include <QDateTime>
#include <QPointer>
#include <QRandomGenerator>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace reveille {
namespace {

constexpr int maxRetryFactor = 64;
constexpr Milliseconds endingMargin{1000}; ///< for programs that are killed to be gone

/// Names and sessions of what is installed stand among the others; what is only named has an entry too.
PushClientSettings withInstalled(PushClientSettings settings)
{
    for (const QString &name : std::as_const(settings.applications)) {
        const bool known = std::any_of(settings.installed.begin(), settings.installed.end(),
                                       [&](const ClientApplication &a) { return isSameApplication(a.name, name); });
        if (!known) {
            ClientApplication application;
            application.name = name;
            settings.installed.append(application);
        }
    }
    for (const ClientApplication &application : std::as_const(settings.installed)) {
        const bool known = std::any_of(settings.applications.begin(), settings.applications.end(),
                                       [&](const QString &name) { return isSameApplication(name, application.name); });
        if (!known)
            settings.applications.append(application.name);
        if (!application.session.isEmpty())
            settings.sessions.append({application.session, application.name});
    }
    return settings;
}

QStringList dormantOf(const PushClientSettings &settings)
{
    QStringList names;
    for (const ClientApplication &application : settings.installed) {
        if (application.dormant)
            names.append(application.name);
    }
    return names;
}

} // namespace

PushClient::State::State(PushClient *owner, PushClientSettings given)
    : q(owner)
    , settings(withInstalled(std::move(given)))
    , secret(settings.user.localPart().toUtf8(), settings.password.toUtf8(), settings.realm.toUtf8())
    , inbox({settings.device, settings.user})
    , calls({[this](std::unique_ptr<HttpChannel> channel, const HttpRequest &request) {
                 takeCall(std::move(channel), request);
             },
             [this](const HttpRequest &request, const QString &from) { return takePost(request, from); }})
    , coap([this](const CoapMessage &request, const CoapListener::Peer &peer) { return takeCoap(request, peer); })
    , starter(settings.mostRuns)
    , taker(settings.takerProgram, settings.takerArguments, settings.mostRuns)
    , asleep(dormantOf(settings))
{
    farewell.setSingleShot(true);
    connect(&farewell, &QTimer::timeout, q, [this] { finish(); });
    connect(&wakes, &WakeListener::heard, q,
            [this](const QByteArray &octets, const QString &from) { onDatagram(octets, from); });
    const auto tellOf = [this](const QString &code, const QJsonObject &fields) {
        tell(code.toLatin1().constData(), fields);
    };
    connect(&decisions, &UserDecisions::happened, q, tellOf);
    connect(&starter, &ApplicationStarter::happened, q, tellOf);
    connect(&starter, &ApplicationStarter::informed, q,
            [this](int run, const QJsonObject &said) { takeInformation(run, said); });
    connect(&starter, &ApplicationStarter::ended, q, [this](int run) {
        stopWaitingFor(run);
        if (isEnding && starter.size() == 0)
            conclude();
    });
    connect(&taker, &PushTaker::happened, q, tellOf);
    ending.setSingleShot(true);
    connect(&ending, &QTimer::timeout, q, [this] { conclude(); });
    keepLater.setSingleShot(true);
    connect(&keepLater, &QTimer::timeout, q, [this] { keep(); });
    informationWait.setSingleShot(true);
    connect(&informationWait, &QTimer::timeout, q, [this] { onInformed(); });
    for (int flow = 0; flow < std::max(1, settings.flows); ++flow)
        addLane(flow);
    if (settings.core.address.isNull())
        return;
    core = std::make_unique<WakeCoreLink>(settings, inbox);
    connect(core.get(), &WakeCoreLink::happened, q, tellOf);
    connect(core.get(), &WakeCoreLink::pushReceived, q,
            [this](const ReceivedPush &push) { onPush(push, nullptr); });
    connect(core.get(), &WakeCoreLink::woken, q,
            [this](const Result<WakeDatagram> &wake, const QByteArray &octets, const QString &from) {
                onSipWake(wake, octets, from);
            });
    connect(core.get(), &WakeCoreLink::removed, q, [this] { onRemoved(); });
}

PushClient::State::~State() = default;

void PushClient::State::addLane(int flow)
{
    Lane &lane = *lanes.emplace_back(std::make_unique<Lane>());
    lane.link = makeDeviceLink(settings, secret, inbox, flow);
    lane.link->setAsleep(asleep);
    lane.retry.setSingleShot(true);
    connect(&lane.retry, &QTimer::timeout, q, [this, &lane] { openLane(lane); });
    DeviceLink *link = lane.link.get();
    connect(link, &DeviceLink::registering, q, [this](const QString &server) {
        tell("registering", {{u"registrar"_s, server}});
    });
    connect(link, &DeviceLink::registered, q,
            [this, &lane](const LinkGrant &grant) { onRegistered(lane, grant); });
    connect(link, &DeviceLink::failed, q,
            [this, &lane](int status, const QByteArray &reason, Milliseconds after) {
                onFailed(lane, status, reason, after);
            });
    connect(link, &DeviceLink::lost, q, [this, &lane](const QByteArray &reason) { onLost(lane, reason); });
    connect(link, &DeviceLink::removed, q, [this] { onRemoved(); });
    connect(link, &DeviceLink::memoryChanged, q, [this] { keep(); });
    connect(link, &DeviceLink::pushReceived, q,
            [this, link](const ReceivedPush &push) { onPush(push, link); });
    connect(link, &DeviceLink::confirmed, q, [this](const QString &push, int status) { onConfirmed(push, status); });
    connect(link, &DeviceLink::givenBack, q,
            [this](const QByteArray &kind, int status) { onGivenBack(kind, status); });
    connect(link, &DeviceLink::woken, q,
            [this](const Result<WakeDatagram> &wake, const QByteArray &octets, const QString &from) {
                onSipWake(wake, octets, from);
            });
    connect(link, &DeviceLink::happened, q, [this](const QString &code, const QJsonObject &fields) {
        tell(code.toLatin1().constData(), fields);
    });
}

void PushClient::State::tell(const char *code, QJsonObject fields)
{
    Q_EMIT
    q->happened(
        {Timestamp{QDateTime::currentMSecsSinceEpoch()}, QString::fromLatin1(code), std::move(fields)});
}

bool PushClient::State::isRegistered() const
{
    return std::any_of(lanes.begin(), lanes.end(),
                       [](const auto &lane) { return lane->link->isRegistered(); });
}

bool PushClient::State::isConnected() const
{
    return !silent && std::any_of(lanes.begin(), lanes.end(), [](const auto &lane) {
        return lane->link->isOpen() && lane->link->isRegistered() && lane->link->isProven();
    });
}

bool PushClient::State::isOpen() const
{
    return std::all_of(lanes.begin(), lanes.end(), [](const auto &lane) { return lane->link->isOpen(); });
}

bool PushClient::State::isRetrying() const
{
    return std::any_of(lanes.begin(), lanes.end(), [](const auto &lane) { return lane->retry.isActive(); });
}

void PushClient::State::reconnect(const char *because, const SirGateway &gateway)
{
    waitNoLonger();
    const FlowPeer peer = sipPeerOf(gateway, settings);
    tell("reconnecting", {{u"because"_s, QString::fromLatin1(because)},
                          {u"registrar"_s, endpointText(peer.address, peer.port)}});
    lockout = QDeadlineTimer(settings.sirLockout);
    calledBack = qstrcmp(because, "sir") == 0;
    open(gateway);
}

void PushClient::State::open(const SirGateway &gateway)
{
    wanted = true;
    silent = false;
    for (const auto &lane : lanes) {
        lane->retryFactor = 1;
        openLane(*lane, gateway);
    }
}

void PushClient::State::openLane(Lane &lane, const SirGateway &gateway)
{
    lane.retry.stop();
    if (settings.namesWakeRoute) {
        const quint16 port = settings.wakeBearer == u"http" ? calls.port() : wakes.port();
        const bool bySip = settings.wakeBearer == u"sip";
        lane.link->setWakeRoute({settings.wakeAddress, port, settings.wakeBearer.toLatin1(),
                                 bySip ? core->settings().user.toString().toUtf8() : QByteArray()});
        lane.link->setCallPort(calls.port());
    }
    lane.link->open(gateway);
}

void PushClient::State::closeLinks()
{
    if (std::exchange(opening, std::nullopt))
        informationWait.stop();
    for (const auto &lane : lanes) {
        lane->retry.stop();
        lane->link->close();
    }
}

void PushClient::State::retryLater(Lane &lane, Milliseconds atLeast)
{
    if (!wanted)
        return;
    // Many are told the same time, and are not to come back at the same moment.
    const Milliseconds told(atLeast.count() + QRandomGenerator::global()->bounded(qint64(atLeast.count() / 4) + 1));
    lane.retry.start(std::max(told, settings.retryDelay * lane.retryFactor));
    lane.retryFactor = std::min(lane.retryFactor * 2, maxRetryFactor);
}

void PushClient::State::unregister(int others)
{
    wanted = false;
    removing = others;
    for (const auto &lane : lanes) {
        lane->retry.stop();
        if (lane->link->isOpen())
            ++removing;
    }
    for (const auto &lane : lanes) {
        if (lane->link->isOpen())
            lane->link->unregister();
    }
}

void PushClient::State::finish()
{
    if (!running)
        return;
    running = false;
    wanted = false;
    farewell.stop();
    keep();
    closeLinks();
    if (core)
        core->close();
    wakes.close();
    applicationPorts.clear();
    calls.close();
    coap.close();
    informationWait.stop();
    decisions.clear();
    for (const QPointer<QObject> &one : std::exchange(returns, {})) {
        if (one) {
            one->disconnect(q);
            one->deleteLater();
        }
    }
    file.reset();
    isEnding = true;
    starter.endAll();
    if (starter.size() == 0)
        conclude();
    else
        ending.start(ApplicationRun::endingTime + endingMargin);
}

/// Once the programs have ended, which have had their time for it.
void PushClient::State::conclude()
{
    if (!std::exchange(isEnding, false))
        return;
    ending.stop();
    tell("stopped");
    QMetaObject::invokeMethod(q, &PushClient::stopped, Qt::QueuedConnection);
}

void PushClient::State::onRegistered(Lane &lane, const LinkGrant &grant)
{
    const QString gruuBefore = gruu;
    if (!grant.gruu.isEmpty() || lanes.size() == 1)
        gruu = grant.gruu;
    learnedKeepAlive = grant.keepAlive;
    if (defaultInterval > Milliseconds(0))
        settings.keepAliveInterval = std::exchange(defaultInterval, Milliseconds(0));
    if (gruu != gruuBefore)
        keep();
    else
        keepSoon();
    lane.retryFactor = 1;
    lockout = QDeadlineTimer(0);
    tell("registered", registeredFields(grant));
    if (std::exchange(calledBack, false) && settings.invitesAfterSir)
        lane.link->openSession();
    if (std::exchange(activatesAfter, false))
        activateNamed(ClientApplication::Start::AfterConnecting);
    returnOnceInformed(lane);
}

void PushClient::State::onFailed(Lane &lane, int status, const QByteArray &reason, Milliseconds retryAfter)
{
    retryLater(lane, retryAfter);
    tell("register-failed", {{u"status"_s, status},
                             {u"reason"_s, QString::fromUtf8(reason)},
                             {u"retry_ms"_s, lane.retry.isActive() ? lane.retry.interval() : 0}});
}

void PushClient::State::onLost(Lane &lane, const QByteArray &reason)
{
    retryLater(lane, Milliseconds(0));
    tell("flow-lost", {{u"reason"_s, QString::fromLatin1(reason)},
                       {u"retry_ms"_s, lane.retry.isActive() ? lane.retry.interval() : 0}});
    if (farewell.isActive())
        finish();
}

void PushClient::State::onRemoved()
{
    if (--removing > 0)
        return;
    tell("unregistered");
    if (farewell.isActive())
        finish();
}

/// Told first, then kept; the link confirms it after that.
void PushClient::State::onPush(const ReceivedPush &push, DeviceLink *link)
{
    const QPointer<PushClient> guard(q);
    tell("push-received", pushFields(push));
    if (guard && push.isNew())
        keep();
    if (guard)
        hand(push, link);
}

/// To its application. One that comes again was not confirmed, or in vain: its application may be asked again.
void PushClient::State::hand(const ReceivedPush &push, DeviceLink *link)
{
    const bool isWanted = push.answered == 200 && (!push.duplicate || push.confirm);
    if (isWanted)
        taker.take(push, [this, push, link = QPointer<DeviceLink>(link)] { confirmIfAsked(push, link); });
}

void PushClient::State::confirmIfAsked(const ReceivedPush &push, DeviceLink *link)
{
    if (push.confirm && !push.id.isEmpty() && settings.confirms && link && !link->confirm(push))
        onConfirmed(push.id, 0);
}

void PushClient::State::onConfirmed(const QString &push, int status)
{
    tell("push-confirmed", {{u"push"_s, push}, {u"status"_s, status}});
}

} // namespace reveille
