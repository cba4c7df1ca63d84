// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/registrystate.h"

namespace reveille {

using namespace Qt::StringLiterals;

JournalEntry connectionEntry(const QString &event, const Device &device, const ConnectionFacts &facts,
                             const Liveness &liveness)
{
    JournalEntry entry;
    entry.kind = JournalKind::Connection;
    entry.event = event;
    entry.user = device.user;
    entry.device = device.id;
    entry.fields = {{u"transport"_s, facts.kind + u'/' + facts.transport},
                    {u"peer"_s, facts.peer},
                    {u"rule"_s, QString::fromLatin1(toText(liveness.evidence().rule))}};
    if (!liveness.evidence().subject.isEmpty())
        entry.fields.append({u"subject"_s, liveness.evidence().subject});
    if (liveness.evidence().value != 0)
        entry.fields.append({u"value"_s, QString::number(liveness.evidence().value)});
    if (liveness.reason() != LossReason::None)
        entry.fields.append({u"reason"_s, QString::fromLatin1(toText(liveness.reason()))});
    if (liveness.registeredUntil().isSet())
        entry.fields.append({u"registered_until"_s, liveness.registeredUntil().toIso()});
    return entry;
}

JournalEntry Registry::State::restoredEntry(const Device &device, const Path &after, const Liveness &before,
                                            const ConnectionFacts &beforeFacts) const
{
    JournalEntry row = connectionEntry(u"restored"_s, device, after.facts, after.liveness);
    const auto add = [&](const QString &name, const QString &value) {
        if (!value.isEmpty())
            row.fields.append({name, value});
    };
    add(u"before"_s, QString::fromLatin1(toText(before.state())));
    add(u"after"_s, QString::fromLatin1(toText(after.liveness.state())));
    add(u"before_reason"_s, QString::fromLatin1(toText(before.reason())));
    if (!beforeFacts.kind.isEmpty())
        add(u"before_transport"_s, beforeFacts.kind + u'/' + beforeFacts.transport);
    add(u"before_peer"_s, beforeFacts.peer);
    add(u"before_session"_s, beforeFacts.session);
    add(u"session"_s, after.facts.session);
    add(u"subscriptions"_s, QString::number(device.subscriptions.size()));
    if (pendingOf)
        add(u"pending"_s, QString::number(pendingOf(device.id)));
    if (before.lastPacket().isSet())
        add(u"away_ms"_s, QString::number((clock.now() - before.lastPacket()).count()));
    return row;
}

JournalEntry Registry::State::movedEntry(const Device &device, const Path &path, const QString &before) const
{
    JournalEntry row = connectionEntry(u"address-changed"_s, device, path.facts, path.liveness);
    row.fields.removeIf([](const auto &field) { return field.first == u"rule" || field.first == u"subject"; });
    row.fields.append({u"rule"_s, QString::fromLatin1(toText(EvidenceRule::AddressChanged))});
    row.fields.append({u"before"_s, before});
    row.fields.append({u"after"_s, path.facts.peer});
    return row;
}

void Registry::State::endWakes(Entry &entry, ConnectionId except)
{
    for (const ConnectionId id : entry.paths) {
        Path &other = *path(id);
        if (id == except || (other.liveness.state() != LivenessState::Waking
                             && other.liveness.state() != LivenessState::Unreachable))
            continue;
        LivenessEvent over;
        over.kind = LivenessEvent::Kind::WakeCancelled;
        other.liveness.advance(over, clock.now());
    }
}

void Registry::setPendingCounter(std::function<int(const DeviceId &)> counter)
{
    d->pendingOf = std::move(counter);
}

} // namespace reveille
