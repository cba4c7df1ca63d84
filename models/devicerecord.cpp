// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/devicerecord.h"

#include <QDataStream>
#include <QIODevice>

#include <algorithm>

namespace reveille {

namespace {

void append(QByteArray *text, const QString &identifier)
{
    const qsizetype start = text->size();
    text->append(identifier.toUtf8());
    std::replace(text->begin() + start, text->end(), '\0', ' ');
    text->append('\0');
}

void put(QDataStream &out, const QString &text)
{
    out << text.toUtf8();
}

QString take(QDataStream &in)
{
    QByteArray text;
    in >> text;
    return QString::fromUtf8(text);
}

void put(QDataStream &out, const QVector<WakeRoute> &routes)
{
    out << quint16(routes.size());
    for (const WakeRoute &route : routes) {
        put(out, route.bearer);
        put(out, route.address);
        out << route.port.number() << quint8(route.source);
    }
}

QVector<WakeRoute> takeRoutes(QDataStream &in)
{
    quint16 count = 0;
    in >> count;
    QVector<WakeRoute> routes;
    for (int i = 0; i < count; ++i) {
        WakeRoute route;
        route.bearer = take(in);
        route.address = take(in);
        quint16 port = 0;
        quint8 source = 0;
        in >> port >> source;
        route.port = ClientPort(port);
        route.source = WakeRoute::Source(source);
        routes.append(route);
    }
    return routes;
}

bool same(const Liveness &a, const Liveness &b)
{
    return a.state() == b.state() && a.reason() == b.reason() && a.evidence() == b.evidence()
        && a.registeredUntil() == b.registeredUntil() && a.lastPacket() == b.lastPacket()
        && a.lastProof() == b.lastProof() && a.policy() == b.policy();
}

} // namespace

DeviceRecord::DeviceRecord(const DeviceSnapshot &snapshot)
    : m_pending(snapshot.pendingPushes), m_kind(snapshot.device.id.kind())
{
    const Device &device = snapshot.device;
    m_registered = !snapshot.connections.isEmpty() || snapshot.liveness.reason() != LossReason::None
        || snapshot.liveness.evidence().rule != EvidenceRule::None;
    append(&m_text, device.id.toString());
    append(&m_text, device.name);
    append(&m_text, device.msisdn.digits());
    append(&m_text, device.gruu);

    QDataStream out(&m_rest, QIODevice::WriteOnly);
    put(out, snapshot.activeWake.text());
    out << device.clientPort.number();
    put(out, device.provisionedRoutes);
    put(out, device.clientRoutes);
    put(out, snapshot.readyRoutes);
    out << device.capabilities.contentTypes << device.capabilities.maxMessageSize << device.capabilities.sirVersion;
    out << device.preferences.acceptsPushes << device.preferences.preferred << device.preferences.quietFrom
        << device.preferences.quietUntil << device.preferences.order << device.preferences.zone << quint8(device.wakeRule);
    out << device.subscriptions << device.createdAt.ms << device.lastSeen.ms;
    out << quint8(device.returned.size());
    for (const Returned &told : device.returned) {
        out << quint8(told.what) << told.at.ms;
        put(out, told.value);
        put(out, told.wake.text());
        put(out, told.over);
    }

    out << quint16(snapshot.pushResources.size());
    for (const PushResource &resource : snapshot.pushResources) {
        put(out, resource.id.text());
        put(out, resource.application);
        put(out, resource.session);
        put(out, resource.name);
        out << resource.vapidKey << resource.createdAt.ms << resource.expiresAt.ms;
    }

    m_livenesses.push_back(snapshot.liveness);
    m_firstShared = !snapshot.connections.isEmpty() && same(snapshot.connections.first().liveness, snapshot.liveness);
    for (const ConnectionSnapshot &connection : snapshot.connections) {
        append(&m_text, connection.facts.transport);
        append(&m_text, connection.facts.peer);
        append(&m_text, connection.facts.address);
        put(out, connection.flow);
        put(out, connection.facts.kind);
        put(out, connection.facts.local);
        put(out, connection.facts.session);
        put(out, connection.facts.application);
        out << connection.live << connection.probesLost;
        if (!(m_firstShared && m_connections.empty()))
            m_livenesses.push_back(connection.liveness);
        m_connections.push_back(connection.id);
    }
    m_text.squeeze();
    m_rest.squeeze();
    m_livenesses.shrink_to_fit();
    m_connections.shrink_to_fit();
}

QByteArrayView DeviceRecord::identifier(int which) const
{
    qsizetype start = 0;
    for (; which > 0 && start < m_text.size(); --which)
        start = m_text.indexOf('\0', start) + 1;
    const qsizetype end = m_text.indexOf('\0', start);
    return end < 0 ? QByteArrayView() : QByteArrayView(m_text).sliced(start, end - start);
}

DeviceId DeviceRecord::deviceId() const
{
    return DeviceId::parse(m_kind, QString::fromUtf8(identifier(Id))).valueOr({});
}

WakeId DeviceRecord::activeWake() const
{
    QDataStream in(m_rest);
    return WakeId(take(in));
}

int DeviceRecord::placeOf(ConnectionId id) const
{
    const auto found = std::find(m_connections.begin(), m_connections.end(), id);
    return found == m_connections.end() ? -1 : int(found - m_connections.begin());
}

const Liveness &DeviceRecord::connectionLiveness(int place) const
{
    return m_livenesses[std::size_t(m_firstShared ? place : place + 1)];
}

QVector<ConnectionSnapshot> DeviceRecord::connections() const
{
    return unpack({}).connections;
}

DeviceSnapshot DeviceRecord::unpack(const PublicUserId &user) const
{
    DeviceSnapshot snapshot;
    Device &device = snapshot.device;
    device.id = deviceId();
    device.user = user;
    device.name = name();
    device.msisdn = Msisdn::parse(QString::fromUtf8(identifier(Number))).valueOr({});
    device.gruu = QString::fromUtf8(identifier(Gruu));

    QDataStream in(m_rest);
    snapshot.activeWake = WakeId(take(in));
    quint16 port = 0;
    in >> port;
    device.clientPort = ClientPort(port);
    device.provisionedRoutes = takeRoutes(in);
    device.clientRoutes = takeRoutes(in);
    snapshot.readyRoutes = takeRoutes(in);
    in >> device.capabilities.contentTypes >> device.capabilities.maxMessageSize >> device.capabilities.sirVersion;
    in >> device.preferences.acceptsPushes >> device.preferences.preferred >> device.preferences.quietFrom
        >> device.preferences.quietUntil >> device.preferences.order >> device.preferences.zone;
    quint8 rule = 0;
    in >> rule;
    device.wakeRule = WakeRule(rule);
    in >> device.subscriptions >> device.createdAt.ms >> device.lastSeen.ms;
    quint8 told = 0;
    in >> told;
    for (int i = 0; i < told; ++i) {
        Returned returned;
        quint8 what = 0;
        in >> what >> returned.at.ms;
        returned.what = SirRequest(what);
        returned.value = take(in);
        returned.wake = WakeId(take(in));
        returned.over = take(in);
        device.returned.append(returned);
    }

    quint16 resources = 0;
    in >> resources;
    for (int i = 0; i < resources; ++i) {
        PushResource resource;
        resource.id = PushResourceId(take(in));
        resource.device = device.id;
        resource.application = take(in);
        resource.session = take(in);
        resource.name = take(in);
        in >> resource.vapidKey >> resource.createdAt.ms >> resource.expiresAt.ms;
        snapshot.pushResources.append(resource);
    }

    snapshot.liveness = liveness();
    snapshot.pendingPushes = m_pending;
    for (int place = 0; place < connectionCount(); ++place) {
        ConnectionSnapshot connection;
        connection.id = connectionId(place);
        connection.flow = take(in);
        connection.facts.kind = take(in);
        connection.facts.local = take(in);
        connection.facts.session = take(in);
        connection.facts.application = take(in);
        in >> connection.live >> connection.probesLost;
        const int first = FirstConnection + place * perConnection;
        connection.facts.transport = QString::fromUtf8(identifier(first));
        connection.facts.peer = QString::fromUtf8(identifier(first + 1));
        connection.facts.address = QString::fromUtf8(identifier(first + 2));
        connection.liveness = connectionLiveness(place);
        snapshot.connections.append(connection);
    }
    return snapshot;
}

} // namespace reveille
