// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/parkedtable.h"

#include <QHashFunctions>

#include <algorithm>

namespace reveille {

ParkedTable::ParkedTable() : m_seed(QHashSeed::globalSeed()) {}

quint32 ParkedTable::hash(QByteArrayView key) const
{
    const size_t bits = qHashBits(key.data(), size_t(key.size()), m_seed);
    return quint32(bits ^ (quint64(bits) >> 32));
}

quint32 ParkedTable::numberHash(quint64 number) const
{
    const quint64 mixed = (number ^ m_seed) * 0x9e3779b97f4a7c15U;
    return quint32(mixed >> 32);
}

bool ParkedTable::add(const IdleDevice &idle, Timestamp now, bool check)
{
    const std::optional<QByteArray> packed = m_format.pack(idle);
    if (!packed)
        return false;
    if (check) {
        const IdleDevice again = m_format.unpack(packed->constData());
        const bool same = again.device == idle.device && again.userCreatedAt == idle.userCreatedAt
            && std::equal(again.paths.begin(), again.paths.end(), idle.paths.begin(), idle.paths.end(),
                          [](const IdlePath &a, const IdlePath &b) {
                              return a.flow == b.flow && a.facts == b.facts && a.state == b.state
                                  && a.liveness.memory() == b.liveness.memory();
                          });
        if (!same)
            return false;
    }
    const Record record = m_slabs.take(size_t(packed->size()));
    if (record == 0)
        return false;
    std::memcpy(at(record), packed->constData(), size_t(packed->size()));

    const auto deviceHashOf = [this](Record r) { return deviceHash(r); };
    const RecordFormat::Keys keys = m_format.keys(at(record));
    m_byDevice.insert(hash(keys.device), record, deviceHashOf);
    m_byUser.insert(hash(keys.user), record, [this](Record r) { return userHash(r); });
    if (keys.msisdn != 0)
        m_byMsisdn.insert(numberHash(keys.msisdn), record, [this](Record r) { return msisdnHash(r); });
    for (int i = 0; i < head(record).paths; ++i) {
        const PathRef ref = record << placeBits | quint32(i);
        m_byConnection.insert(connectionHash(ref), ref, [this](PathRef r) { return connectionHash(r); });
        if (path(ref).flags & RecordPath::NamesSession)
            m_bySession.insert(sessionHash(ref), ref, [this](PathRef r) { return sessionHash(r); });
    }
    if (m_current == 0)
        m_current = now.ms / slotTime.count();
    link(record, slotFor(deadline(record)));
    return true;
}

void ParkedTable::reserve(qint64 devices)
{
    const auto count = size_t(std::clamp<qint64>(devices, 0, RecordSlabs::most));
    m_byDevice.reserve(count, [this](Record r) { return deviceHash(r); });
    m_byUser.reserve(count, [this](Record r) { return userHash(r); });
    m_bySession.reserve(count, [this](PathRef r) { return sessionHash(r); });
    m_byConnection.reserve(count, [this](PathRef r) { return connectionHash(r); });
}

void ParkedTable::remove(Record record)
{
    unlink(record);
    for (int i = 0; i < head(record).paths; ++i) {
        const PathRef ref = record << placeBits | quint32(i);
        m_byConnection.erase(connectionHash(ref), ref, [this](PathRef r) { return connectionHash(r); });
        if (path(ref).flags & RecordPath::NamesSession)
            m_bySession.erase(sessionHash(ref), ref, [this](PathRef r) { return sessionHash(r); });
    }
    const RecordFormat::Keys keys = m_format.keys(at(record));
    if (keys.msisdn != 0)
        m_byMsisdn.erase(numberHash(keys.msisdn), record, [this](Record r) { return msisdnHash(r); });
    m_byUser.erase(hash(keys.user), record, [this](Record r) { return userHash(r); });
    m_byDevice.erase(hash(keys.device), record, [this](Record r) { return deviceHash(r); });
    m_slabs.give(record, head(record).size);
}

ParkedTable::Record ParkedTable::ofDevice(const DeviceId &id) const
{
    if (size() == 0)
        return 0;
    const QByteArray key = m_format.deviceKey(id);
    return m_byDevice.find(hash(key), [&](Record r) { return m_format.keys(at(r)).device == QByteArrayView(key); });
}

ParkedTable::Record ParkedTable::ofSession(const QString &session) const
{
    if (m_bySession.size() == 0)
        return 0;
    const QByteArray key = m_format.sessionKey(session);
    return m_bySession.find(hash(key), [&](PathRef r) {
        return m_format.session(at(r >> placeBits), int(r & 7)) == QByteArrayView(key);
    }) >> placeBits;
}

ParkedTable::PathRef ParkedTable::pathOfConnection(ConnectionId id) const
{
    if (size() == 0)
        return 0;
    return m_byConnection.find(numberHash(id.number), [&](PathRef r) { return path(r).connection == id.number; });
}

ParkedTable::Record ParkedTable::ofConnection(ConnectionId id) const
{
    return pathOfConnection(id) >> placeBits;
}

ParkedTable::Record ParkedTable::ofMsisdn(const Msisdn &msisdn) const
{
    const quint64 digits = msisdn.digits().toULongLong();
    if (digits == 0 || m_byMsisdn.size() == 0)
        return 0;
    return m_byMsisdn.find(numberHash(digits), [&](Record r) { return m_format.keys(at(r)).msisdn == digits; });
}

QVector<ParkedTable::Record> ParkedTable::ofUser(const PublicUserId &id) const
{
    QVector<Record> records;
    if (size() == 0)
        return records;
    const QByteArray key = m_format.userKey(id);
    m_byUser.find(hash(key), [&](Record r) {
        if (m_format.keys(at(r)).user == QByteArrayView(key))
            records.append(r);
        return false;
    });
    std::sort(records.begin(), records.end(),
              [this](Record a, Record b) { return m_format.order(at(a)) < m_format.order(at(b)); });
    return records;
}

bool ParkedTable::hasUser(const PublicUserId &id) const
{
    if (size() == 0)
        return false;
    const QByteArray key = m_format.userKey(id);
    return m_byUser.find(hash(key), [&](Record r) { return m_format.keys(at(r)).user == QByteArrayView(key); }) != 0;
}

bool ParkedTable::heard(ConnectionId id, const LivenessEvent &event, const LivenessPolicy *policy, Timestamp now)
{
    using Kind = LivenessEvent::Kind;
    const bool registers = event.kind == Kind::Registered;
    if (!registers && event.kind != Kind::Packet && event.kind != Kind::KeepAlive)
        return false;
    const PathRef ref = pathOfConnection(id);
    if (ref == 0)
        return false;
    RecordPath &known = path(ref);
    const Timestamp until = known.untilTime();
    const bool ranOut = !registers && until.isSet() && until <= now;
    const bool odd = known.flags & RecordPath::OddHolds;
    if (LivenessState(known.state) != LivenessState::Up || ranOut || odd || event.value != 0
        || now < known.lastPacketTime())
        return false;
    const int subject = m_format.subjectNumber(event.subject);
    const bool isSamePolicy = !policy || m_format.policy(known.policy).policy == *policy;
    const int policyNumber = isSamePolicy ? known.policy : m_format.policyNumber(*policy);
    if (subject < 0 || policyNumber < 0)
        return false;

    known.policy = quint16(policyNumber);
    known.subject = quint8(subject);
    known.rule = quint8(registers ? EvidenceRule::Registered : EvidenceRule::PacketReceived);
    RecordPath::write(known.lastPacket, now);
    if (registers)
        RecordPath::write(known.until, event.until);
    const Record record = ref >> placeBits;
    head(record).flags |= RecordHead::SeenWithPacket;

    // A deadline that moved away is found out when its slot comes; one that came nearer is moved now.
    const int slot = slotFor(deadline(record));
    const auto distance = [this](int of) {
        return of == slotCount ? slotCount : int((of - m_current % slotCount + slotCount) % slotCount);
    };
    if (distance(slot) < distance(head(record).slot)) {
        unlink(record);
        link(record, slot);
    }
    return true;
}

void ParkedTable::prefetch(std::span<const ConnectionId> ids) const
{
    for (const ConnectionId id : ids)
        m_byConnection.prefetch(numberHash(id.number));
    for (const ConnectionId id : ids)
        m_slabs.prefetch(m_byConnection.likely(numberHash(id.number)) >> placeBits, sizeof(RecordHead) + sizeof(RecordPath));
}

bool ParkedTable::isLive(ConnectionId id) const
{
    const PathRef ref = pathOfConnection(id);
    return ref != 0 && (path(ref).flags & RecordPath::Live);
}

Timestamp ParkedTable::storedAt(ConnectionId id) const
{
    const PathRef ref = pathOfConnection(id);
    return ref == 0 ? Timestamp{} : Timestamp{qint64(path(ref).storedAt) * 1000};
}

void ParkedTable::setStoredAt(ConnectionId id, Timestamp at)
{
    if (const PathRef ref = pathOfConnection(id))
        path(ref).storedAt = quint32(at.ms / 1000);
}

QVector<ParkedTable::Record> ParkedTable::due(Timestamp now, int limit)
{
    QVector<Record> found;
    const qint64 last = now.ms / slotTime.count();
    if (last - m_current > slotCount)
        m_current = last - slotCount; // every slot once is enough
    for (; m_current < last; ++m_current) {
        const int slot = int(m_current % slotCount);
        for (Record record = m_slots[size_t(slot)], next = 0; record != 0; record = next) {
            next = head(record).next;
            const Timestamp deadline = this->deadline(record);
            if (deadline.isSet() && deadline <= now) {
                if (found.size() >= limit)
                    return found;
                found.append(record);
            } else {
                unlink(record);
                const qint64 current = std::exchange(m_current, m_current + 1);
                link(record, slotFor(deadline));
                m_current = current;
            }
        }
        if (!found.isEmpty())
            return found; // still in their slot: looked at again, until they are gone
    }
    return found;
}

Timestamp ParkedTable::deadline(Record record) const
{
    Timestamp earliest;
    for (quint32 i = 0; i < head(record).paths; ++i) {
        const Timestamp of = m_format.deadline(path(record << placeBits | i));
        if (of.isSet() && (!earliest.isSet() || of < earliest))
            earliest = of;
    }
    return earliest;
}

int ParkedTable::slotFor(Timestamp deadline) const
{
    if (!deadline.isSet())
        return slotCount;
    const qint64 at = deadline.ms / slotTime.count();
    return int(std::clamp(at, m_current, m_current + slotCount - 1) % slotCount);
}

void ParkedTable::link(Record record, int slot)
{
    RecordHead &linked = head(record);
    Record &first = m_slots[size_t(slot)];
    linked.slot = quint16(slot);
    linked.prev = 0;
    linked.next = first;
    if (first != 0)
        head(first).prev = record;
    first = record;
}

void ParkedTable::unlink(Record record)
{
    const RecordHead linked = head(record);
    if (linked.prev != 0)
        head(linked.prev).next = linked.next;
    else
        m_slots[linked.slot] = linked.next;
    if (linked.next != 0)
        head(linked.next).prev = linked.prev;
}

size_t ParkedTable::memory() const
{
    return m_slabs.memory() + m_byDevice.memory() + m_byUser.memory() + m_byMsisdn.memory() + m_bySession.memory()
        + m_byConnection.memory();
}

Timestamp ParkedTable::registeredUntil(Record record) const
{
    Timestamp latest;
    for (int i = 0; i < head(record).paths; ++i) {
        const RecordPath &fixed = pathOf(at(record), i);
        if ((fixed.flags & RecordPath::Live) && !(fixed.flags & RecordPath::Expired))
            latest = std::max(latest, fixed.untilTime());
    }
    return latest;
}

} // namespace reveille
