// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/idlerecord.h"
#include "engine/recordindex.h"
#include "engine/recordslabs.h"

#include <array>
#include <functional>
#include <span>

namespace reveille {

/// Idle devices, each as one small record without an allocation of its own, found by device, user, phone number,
/// session and connection, and told of when a deadline of theirs comes (requirement N5: a million on one small machine).
/// What is heard on an idle path is noted in place. Server thread.
class ParkedTable
{
public:
    using Record = quint32; ///< 0 = none

    ParkedTable();

    /// Takes the device in; false where it cannot be kept as a record, then nothing has changed. The caller sees to it
    /// that neither the device nor a session it leads to is there already. `check`: read it back and refuse it where
    /// something would get lost.
    bool add(const IdleDevice &idle, Timestamp now, bool check = true);
    /// Room for so many, without the many small steps of growing.
    void reserve(qint64 devices);
    IdleDevice read(Record record) const { return m_format.unpack(at(record)); }
    void remove(Record record);

    Record ofDevice(const DeviceId &id) const;
    Record ofSession(const QString &session) const;
    Record ofConnection(ConnectionId id) const;
    Record ofMsisdn(const Msisdn &msisdn) const;
    QVector<Record> ofUser(const PublicUserId &id) const; ///< in the order they came
    bool hasUser(const PublicUserId &id) const;

    /// Notes a renewal (`registers`) or another packet. False where it is more than that, and nothing was changed: the path
    /// is not up, ran out, or shows something a record has no place for.
    bool heard(ConnectionId id, const LivenessEvent &event, const LivenessPolicy *policy, Timestamp now);
    /// Fetches what is noted of these paths into the caches, waiting for memory once for all of them.
    void prefetch(std::span<const ConnectionId> ids) const;
    bool isLive(ConnectionId id) const; ///< IdlePath::live
    /// When the path's binding was handed to the store, and the note that it was.
    Timestamp storedAt(ConnectionId id) const;
    void setStoredAt(ConnectionId id, Timestamp at);

    /// Devices with a path whose deadline has come, at most `limit`; the rest comes with the next call. They stay until
    /// they are removed, and are told of again.
    QVector<Record> due(Timestamp now, int limit);

    DeviceId deviceId(Record record) const { return m_format.deviceId(at(record)); }
    PublicUserId userId(Record record) const { return m_format.userId(at(record)); }
    QByteArray deviceText(Record record) const { return m_format.deviceText(at(record)); }
    QByteArray userText(Record record) const { return m_format.userText(at(record)); }
    template <typename Visit>
    void forEach(Visit visit) const
    {
        m_byDevice.forEach(visit);
    }

    /// A tenth of all a call, going on where the last ended.
    template <typename Visit>
    void lookAround(size_t &cursor, Visit visit) const
    {
        m_byDevice.lookAround(cursor, visit);
    }
    Timestamp registeredUntil(Record record) const; ///< the latest of its live paths

    qint64 size() const { return qint64(m_byDevice.size()); }
    size_t memory() const;

    /// Deadlines are noticed to this precision.
    static constexpr Milliseconds slotTime{500};
    static constexpr int slotCount = 2048;

private:
    /// A path of a record in 32 bits: the record's number and the path's place.
    using PathRef = quint32;
    static constexpr int placeBits = 3;

    char *at(Record record) const { return m_slabs.at(record); }
    RecordHead &head(Record record) const { return *reinterpret_cast<RecordHead *>(at(record)); }
    RecordPath &path(PathRef ref) const
    {
        return *reinterpret_cast<RecordPath *>(at(ref >> placeBits) + sizeof(RecordHead)
                                               + (ref & 7) * sizeof(RecordPath));
    }
    quint32 hash(QByteArrayView key) const;
    quint32 deviceHash(Record record) const { return hash(m_format.keys(at(record)).device); }
    quint32 userHash(Record record) const { return hash(m_format.keys(at(record)).user); }
    quint32 msisdnHash(Record record) const { return numberHash(m_format.keys(at(record)).msisdn); }
    quint32 sessionHash(PathRef ref) const { return hash(m_format.session(at(ref >> placeBits), int(ref & 7))); }
    quint32 connectionHash(PathRef ref) const { return numberHash(path(ref).connection); }
    quint32 numberHash(quint64 number) const;
    PathRef pathOfConnection(ConnectionId id) const;

    Timestamp deadline(Record record) const;
    int slotFor(Timestamp deadline) const;
    void link(Record record, int slot);
    void unlink(Record record);

    RecordFormat m_format;
    RecordSlabs m_slabs;
    RecordIndex<placeBits> m_byDevice, m_byUser, m_byMsisdn; ///< records
    RecordIndex<> m_bySession, m_byConnection;               ///< PathRef
    std::array<Record, slotCount + 1> m_slots{};  ///< the last: no deadline
    qint64 m_current = 0;                         ///< the slot looked at next, counted since 1970
    size_t m_seed;
};

} // namespace reveille
