// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/snapshots.h"

#include <QByteArray>

#include <vector>

namespace reveille {

/// A DeviceSnapshot in a few hundred octets, for a million of them: liveness as it is, identifiers as UTF-8 that can be
/// searched in one go, the rest packed. GUI thread.
class DeviceRecord
{
public:
    DeviceRecord() = default;
    explicit DeviceRecord(const DeviceSnapshot &snapshot);
    /// Everything back. The user is not part of the record.
    DeviceSnapshot unpack(const PublicUserId &user) const;

    /// The identifiers, each ended by a zero octet, in this order: id, name, number, GRUU, then transport, peer and address
    /// of every connection.
    QByteArrayView text() const { return m_text; }
    enum Identifier : int { Id, Name, Number, Gruu, FirstConnection };
    static constexpr int perConnection = 3;
    QByteArrayView identifier(int which) const; ///< empty beyond the last

    DeviceId deviceId() const;
    QString name() const { return QString::fromUtf8(identifier(Name)); }
    const Liveness &liveness() const { return m_livenesses.front(); }
    bool wasRegistered() const { return m_registered; } ///< false: there is no state to show
    int pending() const { return m_pending; }
    WakeId activeWake() const;

    int connectionCount() const { return int(m_connections.size()); }
    ConnectionId connectionId(int place) const { return m_connections[std::size_t(place)]; }
    int placeOf(ConnectionId id) const; ///< -1 if it is gone
    QVector<ConnectionSnapshot> connections() const;
    /// Of a connection, without unpacking the rest.
    const Liveness &connectionLiveness(int place) const;

private:
    QByteArray m_text;
    QByteArray m_rest;
    std::vector<Liveness> m_livenesses; ///< of the device, then of each connection unless the first is the same
    std::vector<ConnectionId> m_connections;
    int m_pending = 0;
    DeviceId::Kind m_kind = DeviceId::Kind::None;
    bool m_registered = false;
    bool m_firstShared = false;
};

} // namespace reveille
