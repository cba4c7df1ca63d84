// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/idlerecord.h"

#include <QDataStream>
#include <QIODevice>

#include <algorithm>
#include <limits>

namespace reveille {

namespace {

enum DeviceFlag : quint8 { HasMsisdn = 1, HasPort = 2, HasGruu = 4, HasExtras = 8, UserIsOlder = 16, SeenApart = 32 };
enum PathFlag : quint8 { FlowOfSession = 1, HasProof = 2 };

const QString uuidPrefix = QStringLiteral("urn:uuid:");

void packDeviceKey(Packer &packer, const DeviceId &id)
{
    packer.byte(quint8(id.kind()));
    const QStringView key = id.key();
    packer.text(id.kind() == DeviceId::Kind::Uuid ? key.sliced(uuidPrefix.size()) : key);
}

/// The part before the host, and the host, which many have in common.
void packUser(Packer &packer, const PublicUserId &id)
{
    const QStringView text = id.toString();
    const qsizetype at = text.lastIndexOf(u'@');
    const qsizetype colon = text.indexOf(u':');
    const bool split = colon >= 0 && at > colon;
    packer.byte(split ? 1 : 0);
    if (!split)
        return packer.text(text);
    packer.sharedText(text.first(colon + 1).toUtf8() + text.sliced(at).toUtf8());
    packer.text(text.sliced(colon + 1, at - colon - 1));
}

QByteArray userTextFrom(Unpacker &packed)
{
    if (packed.byte() == 0)
        return packed.textBytes();
    const QByteArray around = packed.textBytes();
    const qsizetype colon = around.indexOf(':');
    return around.first(colon + 1) + packed.textBytes() + around.sliced(colon + 1);
}

void skipUser(Unpacker &packed)
{
    if (packed.byte() != 0)
        packed.skipText();
    packed.skipText();
}

/// What few datagram devices have told, in one piece that is shared.
QByteArray extrasOf(const Device &device)
{
    const Device plain;
    if (device.provisionedRoutes.isEmpty() && device.clientRoutes.isEmpty() && device.subscriptions.isEmpty()
        && device.returned.isEmpty() && device.wakeRule == plain.wakeRule && device.capabilities == plain.capabilities && device.preferences == plain.preferences)
        return {};
    QByteArray bytes;
    QDataStream out(&bytes, QIODevice::WriteOnly);
    for (const auto *routes : {&device.provisionedRoutes, &device.clientRoutes}) {
        out << quint32(routes->size());
        for (const WakeRoute &route : *routes)
            out << route.bearer << route.address << route.port.number() << quint8(route.source);
    }
    out << device.subscriptions << device.capabilities.contentTypes << device.capabilities.maxMessageSize
        << qint32(device.capabilities.sirVersion) << device.preferences.acceptsPushes << device.preferences.preferred
        << qint32(device.preferences.quietFrom) << qint32(device.preferences.quietUntil) << qint32(device.preferences.order)
        << device.preferences.zone;
    out << quint8(device.wakeRule) << quint32(device.returned.size());
    for (const Returned &told : device.returned)
        out << quint8(told.what) << told.value << told.at.ms << told.wake.text() << told.over;
    return bytes;
}

void applyExtras(Device &device, const QByteArray &bytes)
{
    QDataStream in(bytes);
    for (auto *routes : {&device.provisionedRoutes, &device.clientRoutes}) {
        quint32 count = 0;
        in >> count;
        for (quint32 i = 0; i < count; ++i) {
            WakeRoute route;
            quint16 port = 0;
            quint8 source = 0;
            in >> route.bearer >> route.address >> port >> source;
            route.port = ClientPort(port);
            route.source = WakeRoute::Source(source);
            routes->append(route);
        }
    }
    qint32 sirVersion = 0, quietFrom = 0, quietUntil = 0, order = 0;
    in >> device.subscriptions >> device.capabilities.contentTypes >> device.capabilities.maxMessageSize >> sirVersion
        >> device.preferences.acceptsPushes >> device.preferences.preferred >> quietFrom >> quietUntil >> order
        >> device.preferences.zone;
    device.capabilities.sirVersion = sirVersion;
    device.preferences.quietFrom = quietFrom;
    device.preferences.quietUntil = quietUntil;
    device.preferences.order = order;
    quint32 count = 0;
    quint8 rule = 0;
    in >> rule >> count;
    device.wakeRule = WakeRule(rule);
    for (quint32 i = 0; i < count; ++i) {
        quint8 what = 0;
        Returned told;
        QString wake;
        in >> what >> told.value >> told.at.ms >> wake >> told.over;
        told.what = SirRequest(what);
        told.wake = WakeId(wake);
        device.returned.append(told);
    }
}

/// Whether its order as bytes is its order as text.
bool isAscii(QStringView text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 0x80; });
}

Timestamp newestPacket(const QVector<IdlePath> &paths)
{
    Timestamp newest;
    for (const IdlePath &path : paths)
        newest = std::max(newest, path.liveness.lastPacket());
    return newest;
}

/// Whether head and policy alone tell all of a liveness.
bool isPlain(const Liveness &liveness)
{
    const Liveness::Memory memory = liveness.memory();
    return memory.reason == LossReason::None && memory.lossRule == EvidenceRule::None && memory.evidence.value == 0
        && memory.evidence.at == memory.lastPacket && memory.latest == memory.lastPacket
        && memory.evidence.changesAt == liveness.nextDeadline();
}

QString flowOfSession(const ConnectionFacts &facts)
{
    return facts.kind + u'/' + facts.session;
}

} // namespace

std::optional<QByteArray> RecordFormat::pack(const IdleDevice &idle)
{
    const Device &device = idle.device;
    if (idle.paths.size() > 8 || !isAscii(device.id.toString()) || !isAscii(device.user.toString()))
        return std::nullopt;
    RecordHead head{};
    head.paths = quint8(idle.paths.size());
    const bool seenWithPacket = device.lastSeen == newestPacket(idle.paths);
    head.flags = seenWithPacket ? RecordHead::SeenWithPacket : 0;

    Packer packer(m_texts, true);
    packDeviceKey(packer, device.id);
    packUser(packer, device.user);
    const QByteArray extras = extrasOf(device);
    packer.byte((device.msisdn.isEmpty() ? 0 : HasMsisdn) | (device.clientPort.isSet() ? HasPort : 0)
                | (device.gruu.isEmpty() ? 0 : HasGruu) | (extras.isEmpty() ? 0 : HasExtras)
                | (idle.userCreatedAt != device.createdAt ? UserIsOlder : 0) | (seenWithPacket ? 0 : SeenApart));
    if (!device.msisdn.isEmpty())
        packer.number(device.msisdn.digits().toULongLong());
    packer.number(idle.order);
    packer.time(device.createdAt.ms);
    if (idle.userCreatedAt != device.createdAt)
        packer.time(idle.userCreatedAt.ms);
    if (!seenWithPacket)
        packer.time(device.lastSeen.ms);
    if (device.clientPort.isSet())
        packer.number(device.clientPort.number());
    packer.sharedText(device.name);
    if (!device.gruu.isEmpty())
        packer.text(device.gruu);
    if (!extras.isEmpty())
        packer.sharedText(extras);
    packer.endpoint(device.id.toString(), device.id.key());

    QByteArray fixed;
    for (const IdlePath &path : idle.paths) {
        RecordPath part{};
        const int policy = policyNumber(path.liveness.policy());
        const int subject = subjectNumber(path.liveness.evidence().subject);
        if (path.id.number > std::numeric_limits<quint32>::max() || policy < 0 || subject < 0)
            return std::nullopt;
        part.connection = quint32(path.id.number);
        part.policy = quint16(policy);
        part.subject = quint8(subject);
        packPath(packer, path, part);
        fixed.append(reinterpret_cast<const char *>(&part), sizeof part);
    }
    const qsizetype size = qsizetype(sizeof head) + fixed.size() + packer.bytes().size();
    if (size > std::numeric_limits<quint16>::max())
        return std::nullopt;
    head.size = quint16(size);
    QByteArray record(reinterpret_cast<const char *>(&head), sizeof head);
    record += fixed;
    record += packer.bytes();
    return record;
}

void RecordFormat::packPath(Packer &packer, const IdlePath &path, RecordPath &fixed) const
{
    const Liveness::Memory memory = path.liveness.memory();
    const bool plain = isPlain(path.liveness);
    fixed.storedAt = quint32(path.storedAt.ms / 1000);
    fixed.state = quint8(memory.state);
    fixed.rule = quint8(memory.evidence.rule);
    fixed.flags = (path.live ? RecordPath::Live : 0) | (path.namesSession ? RecordPath::NamesSession : 0)
        | (plain ? 0 : RecordPath::OddPacked | RecordPath::OddHolds)
        | (memory.reason == LossReason::Expired ? RecordPath::Expired : 0);
    RecordPath::write(fixed.until, memory.registeredUntil);
    RecordPath::write(fixed.lastPacket, memory.lastPacket);

    const ConnectionFacts &facts = path.facts;
    packer.text(facts.session);
    const bool flowOfItsSession = path.flow == flowOfSession(facts);
    packer.byte((flowOfItsSession ? FlowOfSession : 0) | (memory.lastProof.isSet() ? HasProof : 0));
    packer.sharedText(QStringList{facts.kind, facts.transport, facts.local, facts.application}.join(u'\n'));
    if (!flowOfItsSession)
        packer.sharedText(path.flow);
    packer.endpoint(facts.peer);
    const qsizetype scheme = facts.address.indexOf(u"//");
    packer.sharedText(facts.address.first(scheme < 0 ? 0 : scheme + 2));
    packer.endpoint(facts.address.sliced(scheme < 0 ? 0 : scheme + 2), facts.peer);
    packer.number(quint64(path.state.size()));
    packer.raw(path.state.constData(), path.state.size());
    if (memory.lastProof.isSet())
        packer.time(memory.lastProof.ms);
    if (!plain) {
        packer.byte(quint8(memory.reason));
        packer.byte(quint8(memory.lossRule));
        packer.number(quint64(memory.evidence.value));
        packer.time(memory.evidence.at.ms);
        packer.time(memory.evidence.changesAt.ms);
        packer.time(memory.latest.ms);
    }
}

IdlePath RecordFormat::unpackPath(Unpacker &packed, const RecordPath &fixed) const
{
    IdlePath path;
    Liveness::Memory memory;
    path.id = ConnectionId{fixed.connection};
    path.storedAt = {qint64(fixed.storedAt) * 1000};
    path.live = fixed.flags & RecordPath::Live;
    path.namesSession = fixed.flags & RecordPath::NamesSession;
    memory.state = LivenessState(fixed.state);
    memory.registeredUntil = fixed.untilTime();
    memory.lastPacket = fixed.lastPacketTime();
    memory.latest = memory.lastPacket;
    memory.evidence = {EvidenceRule(fixed.rule), m_subjects[fixed.subject], 0, memory.lastPacket, {}};

    ConnectionFacts &facts = path.facts;
    facts.session = packed.text();
    const quint8 flags = packed.byte();
    const QStringList shape = packed.text().split(u'\n');
    facts.kind = shape.value(0);
    facts.transport = shape.value(1);
    facts.local = shape.value(2);
    facts.application = shape.value(3);
    path.flow = flags & FlowOfSession ? flowOfSession(facts) : packed.text();
    facts.peer = packed.endpoint();
    const QString scheme = packed.text();
    facts.address = scheme + packed.endpoint(facts.peer);
    path.state = packed.raw(qsizetype(packed.number()));
    if (flags & HasProof)
        memory.lastProof = {packed.time()};
    const LivenessPolicy &policy = m_policies[fixed.policy].policy;
    if (fixed.flags & RecordPath::OddPacked) {
        Liveness::Memory odd = memory;
        odd.reason = LossReason(packed.byte());
        odd.lossRule = EvidenceRule(packed.byte());
        odd.evidence.value = qint64(packed.number());
        odd.evidence.at = {packed.time()};
        odd.evidence.changesAt = {packed.time()};
        odd.latest = {packed.time()};
        if (fixed.flags & RecordPath::OddHolds) {
            path.liveness = Liveness::remembered(policy, odd);
            return path;
        }
    }
    memory.evidence.changesAt = Liveness::remembered(policy, memory).nextDeadline();
    path.liveness = Liveness::remembered(policy, memory);
    return path;
}

IdleDevice RecordFormat::unpack(const char *record) const
{
    IdleDevice idle;
    Device &device = idle.device;
    Unpacker packed(m_texts, packedOf(record));
    const quint8 kind = packed.byte();
    QString key = packed.text();
    if (kind == quint8(DeviceId::Kind::Uuid))
        key.prepend(uuidPrefix);
    device.user = PublicUserId::parse(QString::fromUtf8(userTextFrom(packed))).valueOr({});
    const quint8 flags = packed.byte();
    if (flags & HasMsisdn)
        device.msisdn = Msisdn::parse(QString::number(packed.number())).valueOr({});
    idle.order = quint32(packed.number());
    device.createdAt = {packed.time()};
    idle.userCreatedAt = flags & UserIsOlder ? Timestamp{packed.time()} : device.createdAt;
    Timestamp seen;
    if (flags & SeenApart)
        seen = {packed.time()};
    if (flags & HasPort)
        device.clientPort = ClientPort(quint16(packed.number()));
    device.name = packed.text();
    if (flags & HasGruu)
        device.gruu = packed.text();
    if (flags & HasExtras)
        applyExtras(device, packed.textBytes());
    device.id = DeviceId::parse(packed.endpoint(key)).valueOr({});
    for (int i = 0; i < headOf(record).paths; ++i)
        idle.paths.append(unpackPath(packed, pathOf(record, i)));
    device.lastSeen = headOf(record).flags & RecordHead::SeenWithPacket ? newestPacket(idle.paths) : seen;
    return idle;
}

Timestamp RecordFormat::deadline(const RecordPath &path) const
{
    const Timestamp until = path.untilTime();
    const auto state = LivenessState(path.state);
    if (state == LivenessState::Suspect || (state == LivenessState::Lost && !(path.flags & RecordPath::Expired)))
        return until;
    if (state != LivenessState::Up)
        return {};
    const Milliseconds silence = m_policies[path.policy].silence;
    const Timestamp last = path.lastPacketTime();
    if (silence.count() == 0 || !last.isSet())
        return until;
    return until.isSet() ? std::min(until, last + silence) : last + silence;
}

int RecordFormat::policyNumber(const LivenessPolicy &policy)
{
    const auto known = std::find_if(m_policies.rbegin(), m_policies.rend(),
                                    [&](const SharedPolicy &shared) { return shared.policy == policy; });
    if (known != m_policies.rend())
        return int(m_policies.rend() - known) - 1;
    if (m_policies.size() >= maxPolicies)
        return -1;
    // What a path that was heard at one moment and is registered for ever would wait for.
    Liveness::Memory memory;
    memory.state = LivenessState::Up;
    memory.lastPacket = {1};
    const Timestamp limit = Liveness::remembered(policy, memory).nextDeadline();
    m_policies.push_back({policy, limit.isSet() ? limit - memory.lastPacket : Milliseconds(0)});
    return int(m_policies.size()) - 1;
}

int RecordFormat::subjectNumber(const QString &subject)
{
    const auto known = std::find(m_subjects.begin(), m_subjects.end(), subject);
    if (known != m_subjects.end())
        return int(known - m_subjects.begin());
    if (m_subjects.size() >= maxSubjects)
        return -1;
    m_subjects.push_back(subject);
    return int(m_subjects.size()) - 1;
}

QByteArray RecordFormat::deviceKey(const DeviceId &id) const
{
    Packer packer(const_cast<SharedTexts &>(m_texts), false);
    packDeviceKey(packer, id);
    return packer.bytes();
}

QByteArray RecordFormat::userKey(const PublicUserId &id) const
{
    Packer packer(const_cast<SharedTexts &>(m_texts), false);
    packUser(packer, id);
    return packer.bytes();
}

QByteArray RecordFormat::sessionKey(const QString &session) const
{
    Packer packer(const_cast<SharedTexts &>(m_texts), false);
    packer.text(session);
    return packer.bytes();
}

RecordFormat::Keys RecordFormat::keys(const char *record) const
{
    Keys keys;
    Unpacker packed(m_texts, packedOf(record));
    const char *start = packed.at();
    packed.skip(1);
    packed.skipText();
    keys.device = QByteArrayView(start, packed.at());
    start = packed.at();
    skipUser(packed);
    keys.user = QByteArrayView(start, packed.at());
    if (packed.byte() & HasMsisdn)
        keys.msisdn = packed.number();
    return keys;
}

QByteArrayView RecordFormat::session(const char *record, int path) const
{
    Unpacker packed(m_texts, packedOf(record));
    packed.skip(1);
    packed.skipText();
    skipUser(packed);
    const quint8 flags = packed.byte();
    if (flags & HasMsisdn)
        packed.number();
    packed.number();
    packed.skip(6 + (flags & UserIsOlder ? 6 : 0) + (flags & SeenApart ? 6 : 0));
    if (flags & HasPort)
        packed.number();
    packed.skipText();
    if (flags & HasGruu)
        packed.skipText();
    if (flags & HasExtras)
        packed.skipText();
    packed.skipEndpoint();
    for (int i = 0;; ++i) {
        const char *start = packed.at();
        packed.skipText();
        if (i == path)
            return QByteArrayView(start, packed.at());
        const quint8 pathFlags = packed.byte();
        packed.skipText();
        if (!(pathFlags & FlowOfSession))
            packed.skipText();
        packed.skipEndpoint();
        packed.skipText();
        packed.skipEndpoint();
        packed.skip(qsizetype(packed.number()));
        if (pathFlags & HasProof)
            packed.skip(6);
        if (pathOf(record, i).flags & RecordPath::OddPacked) {
            packed.skip(2);
            packed.number();
            packed.skip(18);
        }
    }
}

QByteArray RecordFormat::deviceText(const char *record) const
{
    Unpacker packed(m_texts, packedOf(record));
    if (packed.byte() == quint8(DeviceId::Kind::Uuid))
        return "urn:uuid:" + packed.textBytes();
    return unpack(record).device.id.toString().toUtf8();
}

QByteArray RecordFormat::userText(const char *record) const
{
    Unpacker packed(m_texts, packedOf(record));
    packed.skip(1);
    packed.skipText();
    return userTextFrom(packed);
}

DeviceId RecordFormat::deviceId(const char *record) const
{
    return DeviceId::parse(QString::fromUtf8(deviceText(record))).valueOr({});
}

PublicUserId RecordFormat::userId(const char *record) const
{
    return PublicUserId::parse(QString::fromUtf8(userText(record))).valueOr({});
}

quint32 RecordFormat::order(const char *record) const
{
    Unpacker packed(m_texts, packedOf(record));
    packed.skip(1);
    packed.skipText();
    skipUser(packed);
    if (packed.byte() & HasMsisdn)
        packed.number();
    return quint32(packed.number());
}

} // namespace reveille
