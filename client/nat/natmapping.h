// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/nat/natsettings.h"

#include <QMap>

namespace reveille {

/// A port of the NAT on the inside: what devices send there goes to the server, each of them from an outside
/// port of its own.
struct NatPort {
    NatProtocol protocol = NatProtocol::Udp;
    SimulationEndpoint inside;
    SimulationEndpoint server;
    friend bool operator==(const NatPort &, const NatPort &) = default;
};

/// A mapping as it was when asked for. Any thread.
struct NatMapping {
    quint64 id = 0;
    NatProtocol protocol = NatProtocol::Udp;
    SimulationEndpoint inside;  ///< of the device
    SimulationEndpoint outside; ///< what the server sees
    SimulationEndpoint server;
    Milliseconds age{0};
    Milliseconds idle{0}; ///< since a packet kept it alive
    quint64 octetsOut = 0;
    quint64 octetsIn = 0;
};
QJsonObject toJson(const NatMapping &mapping);

enum class NatDirection : quint8 { Outbound, Inbound };

/// What has happened since the start. Of UDP datagrams are counted, of TCP only octets. Any thread.
struct NatCounters {
    quint64 made = 0;
    quint64 closed = 0;
    quint64 rebound = 0;
    int open = 0;
    qint64 queued = 0;                     ///< octets under way now
    quint64 packetsOut = 0, packetsIn = 0; ///< carried
    quint64 octetsOut = 0, octetsIn = 0;   ///< carried
    quint64 duplicated = 0, reordered = 0; ///< datagrams
    QMap<QString, quint64> dropped;        ///< by reason
    quint64 droppedFor(const char *reason) const { return dropped.value(QString::fromLatin1(reason)); }
};
QJsonObject toJson(const NatCounters &counters);

} // namespace reveille

Q_DECLARE_METATYPE(reveille::NatMapping)
Q_DECLARE_METATYPE(reveille::NatCounters)
