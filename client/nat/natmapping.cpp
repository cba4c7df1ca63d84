// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/nat/natmapping.h"

using namespace Qt::StringLiterals;

namespace reveille {

QJsonObject toJson(const NatMapping &mapping)
{
    return {{u"mapping"_s, qint64(mapping.id)},
            {u"protocol"_s, QLatin1StringView(natProtocolText(mapping.protocol))},
            {u"inside"_s, mapping.inside.toString()},
            {u"outside"_s, mapping.outside.toString()},
            {u"server"_s, mapping.server.toString()},
            {u"age_ms"_s, qint64(mapping.age.count())},
            {u"idle_ms"_s, qint64(mapping.idle.count())},
            {u"octets_out"_s, qint64(mapping.octetsOut)},
            {u"octets_in"_s, qint64(mapping.octetsIn)}};
}

QJsonObject toJson(const NatCounters &counters)
{
    QJsonObject dropped;
    for (auto reason = counters.dropped.begin(); reason != counters.dropped.end(); ++reason)
        dropped.insert(reason.key(), qint64(reason.value()));
    return {{u"made"_s, qint64(counters.made)},
            {u"closed"_s, qint64(counters.closed)},
            {u"rebound"_s, qint64(counters.rebound)},
            {u"open"_s, counters.open},
            {u"queued"_s, counters.queued},
            {u"packets_out"_s, qint64(counters.packetsOut)},
            {u"packets_in"_s, qint64(counters.packetsIn)},
            {u"octets_out"_s, qint64(counters.octetsOut)},
            {u"octets_in"_s, qint64(counters.octetsIn)},
            {u"duplicated"_s, qint64(counters.duplicated)},
            {u"reordered"_s, qint64(counters.reordered)},
            {u"dropped"_s, dropped}};
}

} // namespace reveille
