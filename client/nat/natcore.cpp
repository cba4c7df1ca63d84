// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/nat/natcore.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace reveille {

NatCore::NatCore(const NatSettings &settings, QVector<QHostAddress> outside, quint64 seed,
                 const SimulationClock &clock, SimulationTimers &timers, Tell tell)
    : m_settings(settings)
    , m_outside(std::move(outside))
    , m_clock(clock)
    , m_timers(timers)
    , m_tell(std::move(tell))
    , m_outbound(seed, 1)
    , m_inbound(seed, 2)
    , m_streams(seed, 3)
{
}

NatFate NatCore::fateOf(NatDirection direction)
{
    return direction == NatDirection::Outbound ? m_outbound.next(m_settings.outbound)
                                               : m_inbound.next(m_settings.inbound);
}

Milliseconds NatCore::streamDelay(NatDirection direction)
{
    const NatImpairment &on = way(direction);
    return on.delay + Milliseconds(m_streams.below(on.jitter.count() + 1));
}

QHostAddress NatCore::nextOutside(const QHostAddress &server)
{
    if (!m_outside.isEmpty())
        return m_outside.at(m_nextOutside++ % m_outside.size());
    const bool v6 = server.protocol() == QAbstractSocket::IPv6Protocol;
    if (server.isLoopback())
        return QHostAddress(v6 ? QHostAddress::LocalHostIPv6 : QHostAddress::LocalHost);
    return QHostAddress(v6 ? QHostAddress::AnyIPv6 : QHostAddress::AnyIPv4);
}

void NatCore::carry(Milliseconds delay, qsizetype octets, NatWay &way, bool late,
                    std::function<void()> arrive)
{
    const Milliseconds now = monotonic();
    Milliseconds due = now + delay;
    if (!late) {
        due = std::max(due, way.last);
        way.last = due;
    }
    if (due <= now && *way.waiting == 0) // what is due may still be in the timers
        return arrive();
    m_counters.queued += octets;
    const std::shared_ptr<int> waiting = late ? nullptr : way.waiting;
    if (waiting)
        ++*waiting;
    m_timers.startAt(due,
                     [this, octets, waiting, alive = std::weak_ptr(m_alive), arrive = std::move(arrive)] {
                         if (alive.expired())
                             return;
                         m_counters.queued -= octets;
                         arrive();
                         if (waiting)
                             --*waiting;
                     });
}

quint64 NatCore::rememberForgotten(NatProtocol protocol, std::function<void()> discard)
{
    std::deque<Forgotten> &all = forgotten(protocol);
    const quint64 id = ++m_lastForgotten;
    all.push_back({id, std::move(discard), 0});
    all.back().timer = m_timers.start(m_settings.forgottenFor, [this, id] { releaseForgotten(id); });
    while (qsizetype(all.size()) > m_settings.maxForgotten)
        releaseForgotten(all.front().id);
    return id;
}

void NatCore::releaseForgotten(quint64 id)
{
    for (std::deque<Forgotten> *all : {&m_forgottenUdp, &m_forgottenTcp}) {
        const auto found = std::find_if(all->begin(), all->end(),
                                        [id](const Forgotten &forgotten) { return forgotten.id == id; });
        if (found == all->end())
            continue;
        m_timers.cancel(found->timer);
        const std::function<void()> discard = std::move(found->discard);
        all->erase(found);
        return discard();
    }
}

void NatCore::discardForgotten()
{
    for (std::deque<Forgotten> *all : {&m_forgottenUdp, &m_forgottenTcp}) {
        while (!all->empty())
            releaseForgotten(all->front().id);
    }
}

void NatCore::tell(const char *code, QJsonObject fields)
{
    m_tell(ClientEvent{m_clock.now(), QString::fromLatin1(code), std::move(fields)});
}

void NatCore::tellMade(const NatMapping &mapping)
{
    ++m_counters.made;
    ++m_counters.open;
    QJsonObject fields = toJson(mapping);
    for (const QString &field : {u"age_ms"_s, u"idle_ms"_s, u"octets_out"_s, u"octets_in"_s})
        fields.remove(field);
    tell("mapping-made", fields);
}

void NatCore::tellClosed(const NatMapping &mapping, const char *reason)
{
    ++m_counters.closed;
    --m_counters.open;
    QJsonObject fields = toJson(mapping);
    fields.insert(u"reason"_s, QLatin1StringView(reason));
    tell("mapping-closed", fields);
}

void NatCore::drop(NatProtocol protocol, NatDirection direction, const char *reason, qsizetype octets,
                   quint64 mapping)
{
    ++m_counters.dropped[QString::fromLatin1(reason)];
    tell("packet-dropped",
         {{u"protocol"_s, QLatin1StringView(natProtocolText(protocol))},
          {u"direction"_s, direction == NatDirection::Outbound ? u"outbound"_s : u"inbound"_s},
          {u"reason"_s, QLatin1StringView(reason)},
          {u"octets"_s, qint64(octets)},
          {u"mapping"_s, mapping ? QJsonValue(qint64(mapping)) : QJsonValue()}});
}

void NatCore::count(NatDirection direction, qsizetype octets, bool packet)
{
    const bool out = direction == NatDirection::Outbound;
    (out ? m_counters.octetsOut : m_counters.octetsIn) += quint64(octets);
    (out ? m_counters.packetsOut : m_counters.packetsIn) += packet ? 1 : 0;
}

} // namespace reveille
