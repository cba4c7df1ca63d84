// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/idledevice.h"
#include "engine/packing.h"

#include <QtEndian>

#include <optional>

namespace reveille {

/// One device as it lies in memory while it is idle: a fixed head, one fixed part a path, then packed bytes.
/// Times are 6 bytes of milliseconds since 1970. Server thread.
#pragma pack(push, 1)
struct RecordHead {
    quint32 next, prev;      ///< in the list of its deadline's slot
    quint16 slot;
    quint16 size;            ///< of all
    quint8 paths;
    quint8 flags;
    enum Flag : quint8 {
        SeenWithPacket = 1,  ///< Device::lastSeen is that of the newest packet; otherwise packed
    };
};

struct RecordPath {
    quint32 connection;
    quint32 storedAt;        ///< seconds since 1970
    quint16 policy;          ///< number of the shared policy
    quint8 state;
    quint8 rule;
    quint8 subject;          ///< number of the evidence's subject
    quint8 flags;
    uchar until[6];
    uchar lastPacket[6];
    enum Flag : quint8 {
        Live = 1,
        NamesSession = 2,
        OddPacked = 4,       ///< the packed part tells more of the liveness …
        OddHolds = 8,        ///< … and nothing was heard since
        Expired = 16,        ///< LossReason::Expired: no deadline
    };
    Timestamp untilTime() const { return read(until); }
    Timestamp lastPacketTime() const { return read(lastPacket); }
    static Timestamp read(const uchar *at)
    {
        quint64 ms = 0;
        std::memcpy(&ms, at, 6);
        return {qint64(qFromLittleEndian(ms))};
    }
    static void write(uchar *at, Timestamp time)
    {
        const quint64 ms = qToLittleEndian(quint64(time.ms));
        std::memcpy(at, &ms, 6);
    }
};
#pragma pack(pop)

/// A policy many paths have, with the silence it allows worked out.
struct SharedPolicy {
    LivenessPolicy policy;
    Milliseconds silence{0}; ///< 0 = no rule limits it
};

/// Turns idle devices into records and back. Server thread.
class RecordFormat
{
public:
    static constexpr int maxPolicies = 4096;
    static constexpr int maxSubjects = 256;

    /// Not set where the device cannot be kept as a record.
    std::optional<QByteArray> pack(const IdleDevice &idle);
    IdleDevice unpack(const char *record) const;

    /// When the liveness of the record's path is to be looked at; not set = never.
    Timestamp deadline(const RecordPath &path) const;
    int policyNumber(const LivenessPolicy &policy);   ///< -1: too many
    int subjectNumber(const QString &subject);        ///< same
    const SharedPolicy &policy(int number) const { return m_policies[size_t(number)]; }

    // The keys a record is found by, as packed bytes; the views point into the record.
    QByteArray deviceKey(const DeviceId &id) const;
    QByteArray userKey(const PublicUserId &id) const;
    QByteArray sessionKey(const QString &session) const;
    struct Keys {
        QByteArrayView device, user;
        quint64 msisdn = 0; ///< digits, 0 = none
    };
    Keys keys(const char *record) const;
    QByteArrayView session(const char *record, int path) const;

    DeviceId deviceId(const char *record) const;
    PublicUserId userId(const char *record) const;
    /// The canonical texts, for order and search.
    QByteArray deviceText(const char *record) const;
    QByteArray userText(const char *record) const;
    quint32 order(const char *record) const;

private:
    void packPath(Packer &packer, const IdlePath &path, RecordPath &fixed) const;
    IdlePath unpackPath(Unpacker &packed, const RecordPath &fixed) const;

    SharedTexts m_texts;
    std::vector<SharedPolicy> m_policies;
    std::vector<QString> m_subjects{QString()};
};

inline const RecordHead &headOf(const char *record) { return *reinterpret_cast<const RecordHead *>(record); }
inline const RecordPath &pathOf(const char *record, int path)
{
    return *reinterpret_cast<const RecordPath *>(record + sizeof(RecordHead) + size_t(path) * sizeof(RecordPath));
}
inline const char *packedOf(const char *record)
{
    return record + sizeof(RecordHead) + headOf(record).paths * sizeof(RecordPath);
}

} // namespace reveille
