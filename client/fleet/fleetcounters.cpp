// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/fleet/fleetcounters.h"

using namespace Qt::StringLiterals;

namespace reveille {

QJsonObject FleetCounters::toJson() const
{
    const auto in = [&](FleetPhase phase) { return qint64(phases[size_t(phase)]); };
    return {{u"devices"_s, qint64(devices)},
            {u"registered"_s, qint64(registered)},
            {u"up"_s, in(FleetPhase::Up)},
            {u"registering"_s, in(FleetPhase::Registering)},
            {u"waiting"_s, in(FleetPhase::Waiting)},
            {u"silent"_s, in(FleetPhase::Silent)},
            {u"off"_s, in(FleetPhase::Off)},
            {u"waking"_s, qint64(waking)},
            {u"registrations"_s, qint64(registrations)},
            {u"refused"_s, qint64(refused)},
            {u"timeouts"_s, qint64(timeouts)},
            {u"keep_alives"_s, qint64(keepAlives)},
            {u"pushes"_s, qint64(pushes)},
            {u"duplicates"_s, qint64(duplicates)},
            {u"repeated"_s, qint64(repeated)},
            {u"wake_ups"_s, qint64(wakeUps)},
            {u"wakes"_s, qint64(wakes)},
            {u"wakes_ignored"_s, qint64(wakesIgnored)},
            {u"wakes_unclear"_s, qint64(wakesUnclear)},
            {u"moves"_s, qint64(moves)},
            {u"restarts"_s, qint64(restarts)},
            {u"retransmissions"_s, qint64(retransmissions)},
            {u"lost"_s, qint64(lost)},
            {u"strays"_s, qint64(strays)},
            {u"sent"_s, qint64(sent)},
            {u"sent_octets"_s, qint64(sentOctets)},
            {u"received"_s, qint64(received)},
            {u"received_octets"_s, qint64(receivedOctets)}};
}

} // namespace reveille
