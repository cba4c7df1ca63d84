// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/datagramlink.h"

#include "client/datagramreturn.h"
#include "client/coapregistration.h"
#include "client/endpoint.h"
#include "wire/sipdigest.h"

#include <QDateTime>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace reveille {

DatagramLink::DatagramLink(const PushClientSettings &settings, PushInbox &inbox, QObject *parent)
    : DeviceLink(settings, inbox, parent)
{
    for (const ClientSession &session : settings.sessions)
        m_instances.push_back({session, {}, {}, {}, false});
    if (m_instances.empty())
        m_instances.push_back(
            {{settings.device.toString(), settings.applications.value(0)}, {}, {}, Milliseconds(0), true});
    m_refresh.setSingleShot(true);
    connect(&m_refresh, &QTimer::timeout, this, &DatagramLink::refresh);
}

DatagramLink::~DatagramLink() = default;

void DatagramLink::open(const SirGateway &gateway)
{
    close();
    const bool own = gateway.host.isEmpty();
    m_isAway = !own;
    // A gateway is named by its SIP port; CoAP has its own there as here.
    const QHostAddress server = own ? settings().registrar : QHostAddress(gateway.host);
    m_path = std::make_unique<DatagramPath>(server, settings().registrarPort, datagramIdentity(settings()));
    const CoapChannel::Times times{settings().t1 * 4, settings().requestTimeout};
    m_channel = std::make_unique<CoapChannel>(
        *m_path, times, [this](const CoapMessage &request) { return takeRequest(request); });
    connect(m_path.get(), &DatagramPath::opened, this, [this] {
        Q_EMIT
        registering(m_path->peerText());
        registerNow();
    });
    connect(m_path.get(), &DatagramPath::lost, this, &DatagramLink::lose);
    connect(m_channel.get(), &CoapChannel::heard, this, [this] { noteHeard(); });
    if (const Result<Done> bound = m_path->open(settings().localAddress); !bound)
        lose(bound.error().code);
}

void DatagramLink::close()
{
    m_refresh.stop();
    m_tester.reset();
    m_pushes = {};
    for (Instance &instance : m_instances)
        instance.location.clear();
    if (m_channel) {
        m_channel->abandon();
        m_channel->disconnect(this);
        m_channel->disconnect(m_path.get());
        m_channel.release()->deleteLater();
    }
    if (m_path) {
        m_path->disconnect();
        m_path.release()->deleteLater();
    }
}

void DatagramLink::registerNow()
{
    for (size_t at = 0; at < m_instances.size(); ++at) {
        if (!isAsleep(m_instances[at]) && !resumeInstance(at))
            registerInstance(at);
    }
}

LinkMemory DatagramLink::memory() const
{
    LinkMemory memory;
    for (const Instance &instance : m_instances) {
        if (!instance.location.isEmpty() && !m_isAway)
            memory.registrations.append({instance.session.name, instance.location, clientPortOf(instance.session),
                                         Timestamp{QDateTime::currentMSecsSinceEpoch() + instance.until.remainingTime()}});
        else if (const LinkMemory::Registration *known = resumable(instance))
            memory.registrations.append(*known);
    }
    return memory;
}

/// What stood of it before a restart, where the server can still know it.
const LinkMemory::Registration *DatagramLink::resumable(const Instance &instance) const
{
    const Timestamp now{QDateTime::currentMSecsSinceEpoch()};
    const auto known = std::find_if(m_resumed.begin(), m_resumed.end(), [&](const LinkMemory::Registration &one) {
        return one.session == instance.session.name && one.until > now;
    });
    return known == m_resumed.end() ? nullptr : &*known;
}

/// Refreshes what stood before a restart, where the server knows all that it would be told.
bool DatagramLink::resumeInstance(size_t at)
{
    const Instance &instance = m_instances[at];
    const LinkMemory::Registration *known = resumable(instance);
    if (!known || m_isAway || takesPushesElsewhere() || known->port != clientPortOf(instance.session))
        return false;
    m_channel->request(
        CoapCode::Post, [&](CoapBuilder &builder) { builder.path(known->location); },
        [this, at, before = *known](const CoapMessage *answer) {
            if (!m_path)
                return;
            if (!answer)
                return lose("timeout");
            m_resumed.removeOne(before);
            if (coapClass(answer->code()) != 2)
                return registerInstance(at);
            m_instances[at].location = before.location;
            onRefreshed(at, answer);
            testPinhole();
        });
    return true;
}

void DatagramLink::unregister()
{
    m_refresh.stop();
    m_tester.reset();
    m_channel->abandon();
    m_removing = 0;
    for (Instance &instance : m_instances) {
        if (instance.location.isEmpty())
            continue;
        ++m_removing;
        m_channel->request(
            CoapCode::Delete, [&](CoapBuilder &builder) { builder.path(instance.location); },
            [this](const CoapMessage *) {
                if (--m_removing == 0)
                    Q_EMIT
                removed();
            });
        instance.location.clear();
    }
    if (m_removing == 0)
        Q_EMIT
    removed();
}

void DatagramLink::goSilent()
{
    m_refresh.stop();
    m_tester.reset();
    if (m_channel)
        m_channel->abandon();
    if (m_path)
        m_path->setSilent(true);
}

bool DatagramLink::giveBack(const QByteArray &kind, const QByteArray &body)
{
    if (!m_channel || m_channel->underWay() >= mostUnderWay)
        return false;
    m_channel->request(
        CoapCode::Post,
        [&](CoapBuilder &builder) { writeReturned(builder, kind, body); },
        [this, kind](const CoapMessage *answer) {
            Q_EMIT
            givenBack(kind, answer ? coapStatus(answer->code()) : 0);
        });
    return true;
}

/// Not before the answer to the push itself, which the caller still owes.
bool DatagramLink::confirm(const ReceivedPush &push)
{
    if (!m_channel || m_channel->underWay() >= mostUnderWay)
        return false;
    QTimer::singleShot(0, m_channel.get(), [this, id = push.id, session = push.session] { sendConfirmation(id, session); });
    return true;
}

void DatagramLink::sendConfirmation(const QString &push, const QString &session)
{
    const auto instance = std::find_if(m_instances.begin(), m_instances.end(), [&](const Instance &one) {
        return one.session.name == session && !one.location.isEmpty();
    });
    if (instance == m_instances.end())
        return Q_EMIT confirmed(push, 0);
    m_channel->request(
        CoapCode::Post,
        [&](CoapBuilder &builder) { builder.path(instance->location + "/confirm").query("id", push.toUtf8()); },
        [this, push](const CoapMessage *answer) { Q_EMIT confirmed(push, answer ? coapStatus(answer->code()) : 0); });
}

bool DatagramLink::isRegistered() const
{
    return std::any_of(m_instances.begin(), m_instances.end(), [](const Instance &instance) {
        return !instance.location.isEmpty() && !instance.until.hasExpired();
    });
}

bool DatagramLink::isAsleep(const Instance &instance) const
{
    return !instance.isOfDevice && !instance.session.application.isEmpty() && asleep().contains(instance.session.application);
}

/// What it is registered for: what sleeps is not named.
QByteArray DatagramLink::applicationOf(const Instance &instance) const
{
    const QString &application = instance.session.application;
    return asleep().contains(application) ? QByteArray() : application.toUtf8();
}

/// Of the application where it has one, else of the device; 0 where none can be told.
quint16 DatagramLink::clientPortOf(const ClientSession &session) const
{
    if (wakeRoute().port == 0 || !wakeRoute().address.isNull() || wakeRoute().bearer != "wsp-udp")
        return 0;
    for (const ClientApplication &application : settings().installed) {
        if (application.session == session.name && application.port.value_or(0) != 0)
            return *application.port;
    }
    return wakeRoute().port;
}

/// The server takes another address over plain CoAP only.
bool DatagramLink::takesPushesElsewhere() const
{
    return settings().coapPort != 0 && settings().transport == ClientTransport::Udp;
}

void DatagramLink::registerInstance(size_t at)
{
    const Instance &instance = m_instances[at];
    const CoapRegistration registration{settings().device.toString().toUtf8(),
                                        settings().user.toString().toUtf8(),
                                        instance.session.name.toUtf8(),
                                        applicationOf(instance),
                                        settings().expires,
                                        settings().deviceName.toUtf8(),
                                        clientPortOf(instance.session),
                                        takesPushesElsewhere() ? endpointText(m_path->localAddress(), settings().coapPort).toLatin1()
                                                               : QByteArray()};
    m_channel->request(
        CoapCode::Post,
        [&](CoapBuilder &builder) { registration.write(builder); },
        [this, at](const CoapMessage *answer) { onRegistered(at, answer); });
}

void DatagramLink::onRegistered(size_t at, const CoapMessage *answer)
{
    if (!m_path)
        return;
    if (!answer) {
        lose("timeout");
        return;
    }
    if (coapClass(answer->code()) != 2) {
        refuse(*answer);
        return;
    }
    Instance &instance = m_instances[at];
    const bool refreshed = !instance.location.isEmpty();
    instance.location = answer->path(CoapOptionNumber::LocationPath);
    m_resumed.removeIf([&](const LinkMemory::Registration &one) { return one.session == instance.session.name; });
    grant(instance, *answer, refreshed);
    testPinhole();
}

void DatagramLink::grant(Instance &instance, const CoapMessage &answer, bool refreshed)
{
    const CoapRegistrationAnswer said =
        CoapRegistrationAnswer::parse(answer.payload()).valueOr(CoapRegistrationAnswer{});
    const quint32 lifetime = said.lifetime ? said.lifetime : quint32(settings().expires);
    LinkGrant grant;
    grant.expires = int(std::min(lifetime, quint32(86400 * 7)));
    grant.session = instance.session.name;
    grant.local = m_path->localText();
    grant.keepAlive = Milliseconds(1000 * qint64(said.keepAlive));
    grant.refresh = refreshed;
    const Milliseconds granted(1000 * qint64(grant.expires));
    const Milliseconds interval = said.keepAlive > 0 ? grant.keepAlive : settings().keepAliveInterval;
    const bool changed = instance.refreshAfter != std::min(interval, granted * refreshPercent / 100);
    instance.until = QDeadlineTimer(granted);
    instance.refreshAfter = std::min(interval, granted * refreshPercent / 100);
    scheduleRefresh();
    if (!refreshed || changed)
        Q_EMIT
    registered(grant);
}

void DatagramLink::refuse(const CoapMessage &answer)
{
    m_refresh.stop();
    for (Instance &instance : m_instances)
        instance.location.clear();
    const quint32 wait = std::min(answer.number(CoapOptionNumber::MaxAge).value_or(0), 86400U);
    const bool busy =
        answer.code() == CoapCode::ServiceUnavailable || answer.code() == CoapCode::TooManyRequests;
    Q_EMIT
    failed(coapStatus(answer.code()), answer.payload().toByteArray().left(64),
           Milliseconds(busy ? 1000 * qint64(wait) : 0));
}

void DatagramLink::scheduleRefresh()
{
    Milliseconds soonest{0};
    for (const Instance &instance : m_instances) {
        const bool sooner = soonest == Milliseconds(0) || instance.refreshAfter < soonest;
        if (!instance.location.isEmpty() && sooner)
            soonest = instance.refreshAfter;
    }
    if (soonest > Milliseconds(0) && settings().keepAlive != KeepAliveKind::None)
        m_refresh.start(soonest);
}

void DatagramLink::refresh()
{
    for (size_t at = 0; at < m_instances.size(); ++at) {
        if (isAsleep(m_instances[at]))
            continue;
        if (m_instances[at].location.isEmpty()) {
            registerInstance(at);
            continue;
        }
        m_channel->request(
            CoapCode::Post, [&](CoapBuilder &builder) { builder.path(m_instances[at].location); },
            [this, at](const CoapMessage *answer) { onRefreshed(at, answer); });
    }
}

void DatagramLink::onRefreshed(size_t at, const CoapMessage *answer)
{
    if (!m_path)
        return;
    if (!answer) {
        lose("keep-alive");
    } else if (answer->code() == CoapCode::NotFound || answer->code() == CoapCode::MethodNotAllowed) {
        m_instances[at].location.clear();
        registerInstance(at);
    } else if (coapClass(answer->code()) != 2) {
        refuse(*answer);
    } else {
        grant(m_instances[at], *answer, true);
    }
}

void DatagramLink::testPinhole()
{
    if (!settings().testsPinholes || m_tester || settings().transport != ClientTransport::Udp)
        return;
    const CoapChannel::Times times{settings().t1 * 4, settings().requestTimeout};
    m_tester = std::make_unique<PinholeTester>(m_path->peerAddress(), m_path->peerPort(),
                                               settings().localAddress, times);
    connect(m_tester.get(), &PinholeTester::tested, this, [this](Milliseconds silence, bool open) {
        Q_EMIT
        happened(u"pinhole-tested"_s, {{u"silence_ms"_s, qint64(silence.count())}, {u"open"_s, open}});
    });
    m_tester->start();
}

void DatagramLink::lose(const QByteArray &reason)
{
    close();
    Q_EMIT
    lost(reason);
}

CoapChannel::Reply DatagramLink::takeRequest(const CoapMessage &request)
{
    CoapPushReader::Outcome outcome = m_pushes.read(request);
    if (!outcome.push)
        return outcome.reply;
    ReceivedPush &push = *outcome.push;
    const bool known = std::any_of(m_instances.begin(), m_instances.end(), [&](const Instance &instance) {
        return instance.session.name == push.session && !isAsleep(instance);
    });
    if (!known)
        return {CoapCode::NotFound};
    inbox().take(push);
    Q_EMIT pushReceived(push);
    return CoapPushReader::answerTo(push, outcome);
}

std::optional<DatagramPath::Identity> datagramIdentity(const PushClientSettings &settings)
{
    if (settings.transport != ClientTransport::Dtls)
        return std::nullopt;
    const QByteArray realm = (settings.realm.isEmpty() ? settings.user.host() : settings.realm).toUtf8();
    return DatagramPath::Identity{settings.user.toString().toUtf8(),
                                  sipDigestHa1(SipDigestAlgorithm::Sha256, settings.user.localPart().toUtf8(),
                                               realm, settings.password.toUtf8())};
}

int coapStatus(quint8 code)
{
    return coapClass(code) * 100 + (code & 0x1f);
}

} // namespace reveille
