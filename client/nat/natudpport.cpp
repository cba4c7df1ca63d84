// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/nat/natudpport.h"

#include <QNetworkDatagram>

using namespace Qt::StringLiterals;

namespace reveille {

namespace {

constexpr int datagramsAtOnce = 256;

} // namespace

bool isChosen(const NatMapping &mapping, const NatSelection &selection)
{
    return selection.mapping.value_or(mapping.id) == mapping.id &&
           selection.protocol.value_or(mapping.protocol) == mapping.protocol &&
           selection.inside.value_or(mapping.inside) == mapping.inside;
}

NatUdpPort::NatUdpPort(NatCore &core, NatPort port, QObject *parent)
    : QObject(parent)
    , m_core(core)
    , m_port(std::move(port))
{
    connect(&m_inside, &QUdpSocket::readyRead, this, &NatUdpPort::readInside);
}

NatUdpPort::~NatUdpPort()
{
    for (auto &[id, mapping] : m_mappings)
        m_core.timers().cancel(mapping.expiry);
}

Result<Done> NatUdpPort::listen()
{
    if (!m_inside.bind(m_port.inside.address, m_port.inside.port, QAbstractSocket::DontShareAddress))
        return Error{"listen-failed", m_port.inside.toString() + u' ' + m_inside.errorString()};
    m_port.inside.port = m_inside.localPort();
    return Done{};
}

void NatUdpPort::readInside()
{
    for (int i = 0; i < datagramsAtOnce && m_inside.hasPendingDatagrams(); ++i) {
        const QNetworkDatagram datagram = m_inside.receiveDatagram();
        if (datagram.isValid() && datagram.senderPort() > 0)
            leave({datagram.senderAddress(), quint16(datagram.senderPort())}, datagram.data());
    }
}

/// From a device to the server: the mapping is made and kept alive at the NAT, then the way outside begins.
void NatUdpPort::leave(const SimulationEndpoint &device, const QByteArray &octets)
{
    Mapping *mapping = mappingFor(device, octets.size());
    if (!mapping)
        return;
    if (m_core.settings().udpRefresh != NatRefresh::Inbound)
        mapping->refreshed = m_core.monotonic();
    const NatFate fate = m_core.fateOf(NatDirection::Outbound);
    const quint64 id = mapping->facts.id;
    if (fate.dropped)
        return m_core.drop(NatProtocol::Udp, NatDirection::Outbound, fate.dropped, octets.size(), id);
    if (!m_core.hasRoom(octets.size() * (fate.another ? 2 : 1)))
        return m_core.drop(NatProtocol::Udp, NatDirection::Outbound, "queue_full", octets.size(), id);
    mapping->facts.octetsOut += quint64(octets.size());
    m_core.count(NatDirection::Outbound, octets.size(), true);
    m_core.counters().reordered += fate.late ? 1 : 0;
    m_core.counters().duplicated += fate.another ? 1 : 0;
    const OutsidePtr outside = mapping->outside;
    const auto send = [outside, octets, server = m_port.server] {
        outside->socket.writeDatagram(octets, server.address, server.port);
    };
    m_core.carry(fate.delay, octets.size(), outside->out, fate.late, send);
    if (fate.another)
        m_core.carry(*fate.another, octets.size(), outside->out, false, send);
}

NatUdpPort::Mapping *NatUdpPort::mappingFor(const SimulationEndpoint &device, qsizetype octets)
{
    if (const auto known = m_byDevice.constFind(device); known != m_byDevice.constEnd())
        return &m_mappings.at(*known);
    if (m_core.counters().open >= m_core.settings().maxMappings) {
        m_core.drop(NatProtocol::Udp, NatDirection::Outbound, "mapping_limit", octets, 0);
        return nullptr;
    }
    const quint64 id = m_core.nextId();
    OutsidePtr outside = openOutside(id);
    if (!outside) {
        m_core.drop(NatProtocol::Udp, NatDirection::Outbound, "no_port", octets, 0);
        return nullptr;
    }
    Mapping mapping;
    mapping.facts = {id,
                     NatProtocol::Udp,
                     device,
                     {outside->socket.localAddress(), outside->socket.localPort()},
                     m_port.server};
    mapping.outside = std::move(outside);
    mapping.made = mapping.refreshed = m_core.monotonic();
    mapping.expiry = m_core.timers().start(m_core.settings().udpTimeout, [this, id] { expire(id); });
    m_byDevice.insert(device, id);
    const NatMapping facts = mapping.facts;
    m_mappings.emplace(id, std::move(mapping));
    m_core.tellMade(facts);
    const auto made = m_mappings.find(id); // whoever was told may have ended it
    return made == m_mappings.end() ? nullptr : &made->second;
}

NatUdpPort::OutsidePtr NatUdpPort::openOutside(quint64 mapping)
{
    auto outside = std::make_shared<Outside>();
    if (!outside->socket.bind(m_core.nextOutside(m_port.server.address), 0,
                              QAbstractSocket::DontShareAddress))
        return {};
    outside->mapping = mapping;
    connect(&outside->socket, &QUdpSocket::readyRead, this, [this, weak = std::weak_ptr(outside)] {
        if (const OutsidePtr own = weak.lock())
            readOutside(own);
    });
    return outside;
}

void NatUdpPort::readOutside(const OutsidePtr &outside)
{
    for (int i = 0; i < datagramsAtOnce && outside->socket.hasPendingDatagrams(); ++i) {
        const QNetworkDatagram datagram = outside->socket.receiveDatagram();
        if (!datagram.isValid() || datagram.senderPort() <= 0)
            continue;
        const QByteArray octets = datagram.data();
        const SimulationEndpoint from{datagram.senderAddress(), quint16(datagram.senderPort())};
        const NatFate fate = m_core.fateOf(NatDirection::Inbound);
        const char *dropped = fate.dropped;
        if (!dropped && !m_core.hasRoom(octets.size() * (fate.another ? 2 : 1)))
            dropped = "queue_full";
        if (dropped) {
            m_core.drop(NatProtocol::Udp, NatDirection::Inbound, dropped, octets.size(), outside->mapping);
            continue;
        }
        m_core.counters().reordered += fate.late ? 1 : 0;
        m_core.counters().duplicated += fate.another ? 1 : 0;
        const auto come = [this, outside, octets, from] {
            arrive(outside, octets, from);
        };
        m_core.carry(fate.delay, octets.size(), outside->in, fate.late, come);
        if (fate.another)
            m_core.carry(*fate.another, octets.size(), outside->in, false, come);
    }
}

/// From outside, at the NAT: in where there is a mapping that lets it in.
void NatUdpPort::arrive(const OutsidePtr &outside, const QByteArray &octets, const SimulationEndpoint &from)
{
    const auto found = m_mappings.find(outside->mapping);
    const char *dropped = found == m_mappings.end() ? "no_mapping" : letsIn(from) ? nullptr : "filtered";
    if (dropped)
        return m_core.drop(NatProtocol::Udp, NatDirection::Inbound, dropped, octets.size(), outside->mapping);
    Mapping &mapping = found->second;
    if (m_core.settings().udpRefresh != NatRefresh::Outbound)
        mapping.refreshed = m_core.monotonic();
    mapping.facts.octetsIn += quint64(octets.size());
    m_core.count(NatDirection::Inbound, octets.size(), true);
    m_inside.writeDatagram(octets, mapping.facts.inside.address, mapping.facts.inside.port);
}

bool NatUdpPort::letsIn(const SimulationEndpoint &from) const
{
    switch (m_core.settings().udpFiltering) {
    case NatFiltering::Endpoint:
        return true;
    case NatFiltering::Address:
        return from.address == m_port.server.address;
    case NatFiltering::AddressAndPort:
        break;
    }
    return from == m_port.server;
}

void NatUdpPort::expire(quint64 id)
{
    Mapping &mapping = m_mappings.at(id);
    const Milliseconds left = mapping.refreshed + m_core.settings().udpTimeout - m_core.monotonic();
    mapping.expiry = 0;
    if (left > Milliseconds(0))
        mapping.expiry = m_core.timers().start(left, [this, id] { expire(id); });
    else
        close(id, "idle");
}

void NatUdpPort::reschedule()
{
    for (auto &[id, mapping] : m_mappings) {
        m_core.timers().cancel(mapping.expiry);
        const Milliseconds left = mapping.refreshed + m_core.settings().udpTimeout - m_core.monotonic();
        mapping.expiry = m_core.timers().start(left, [this, id = id] { expire(id); });
    }
}

void NatUdpPort::close(quint64 id, const char *reason)
{
    auto node = m_mappings.extract(id);
    if (node.empty())
        return;
    Mapping &mapping = node.mapped();
    m_core.timers().cancel(mapping.expiry);
    m_byDevice.remove(mapping.facts.inside);
    const NatMapping facts = factsOf(mapping);
    retire(std::move(mapping.outside));
    m_core.tellClosed(facts, reason);
}

void NatUdpPort::retire(OutsidePtr outside)
{
    outside->mapping = 0;
    m_core.rememberForgotten(NatProtocol::Udp, [kept = std::move(outside)]() mutable { kept.reset(); });
}

NatMapping NatUdpPort::factsOf(const Mapping &mapping) const
{
    NatMapping facts = mapping.facts;
    facts.age = m_core.monotonic() - mapping.made;
    facts.idle = m_core.monotonic() - mapping.refreshed;
    return facts;
}

QVector<NatMapping> NatUdpPort::mappings() const
{
    QVector<NatMapping> list;
    for (const auto &[id, mapping] : m_mappings)
        list.append(factsOf(mapping));
    return list;
}

QVector<quint64> NatUdpPort::chosen(const NatSelection &selection) const
{
    QVector<quint64> ids;
    for (const auto &[id, mapping] : m_mappings) {
        if (isChosen(mapping.facts, selection))
            ids.append(id);
    }
    return ids;
}

int NatUdpPort::rebind(const NatSelection &selection, const char *because)
{
    int done = 0;
    for (const quint64 id : chosen(selection)) {
        const auto found = m_mappings.find(id);
        if (found == m_mappings.end())
            continue;
        OutsidePtr fresh = openOutside(id);
        if (!fresh) {
            m_core.tell("rebind-failed", {{u"mapping"_s, qint64(id)}});
            continue;
        }
        Mapping &mapping = found->second;
        const SimulationEndpoint before = mapping.facts.outside;
        mapping.facts.outside = {fresh->socket.localAddress(), fresh->socket.localPort()};
        retire(std::exchange(mapping.outside, std::move(fresh)));
        ++m_core.counters().rebound;
        ++done;
        m_core.tell("mapping-rebound", {{u"mapping"_s, qint64(id)},
                                        {u"protocol"_s, u"udp"_s},
                                        {u"inside"_s, mapping.facts.inside.toString()},
                                        {u"from"_s, before.toString()},
                                        {u"to"_s, mapping.facts.outside.toString()},
                                        {u"because"_s, QLatin1StringView(because)}});
    }
    return done;
}

int NatUdpPort::forget(const NatSelection &selection)
{
    const QVector<quint64> ids = chosen(selection);
    for (const quint64 id : ids)
        close(id, "forgotten");
    return int(ids.size());
}

} // namespace reveille
