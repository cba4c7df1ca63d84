// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/limitlog.h"
#include "engine/pushdispatcherstate.h"

#include <QLoggingCategory>

namespace reveille {

namespace {

Q_LOGGING_CATEGORY(log, "reveille.pushes")

LimitLog total{log, "awaitedTotal"}, octets{log, "awaitedOctets"};

} // namespace

/// What devices say when their application has a push, and the time in which they may (pushconfirmation.h).

void PushDispatcher::confirm(const PushConfirmation &word, std::function<void(Result<Done>)> done)
{
    Entry *entry = d->entry(word.push);
    // Its life is a duration, whatever the clock was set to meanwhile.
    const Timestamp now = entry && entry->endsAt ? entry->push.expiresAt - (*entry->endsAt - d->clock.monotonic()) : d->clock.wall();
    const Result<ConfirmationStep> step = judgeConfirmation(entry ? &entry->push : nullptr, word, now);
    if (!step) {
        noteIgnored(word, step.error().code);
        return done(step.error());
    }
    Delivery &delivery = *entry->delivery(word.device);
    if (*step == ConfirmationStep::Delivers)
        setDelivered(*entry, delivery);
    if (*step != ConfirmationStep::Repeats)
        setState(*entry, delivery, PushState::Confirmed, toText(word.by), {{QStringLiteral("over"), word.over}});
    d->store.commit(std::move(done));
}

/// A word that changes nothing. Whoever sends many gets few lines.
void PushDispatcher::noteIgnored(const PushConfirmation &word, const char *reason)
{
    const Milliseconds minute = d->clock.monotonic() / 60000;
    if (minute != d->ignoredMinute)
        d->ignored = 0;
    d->ignoredMinute = minute;
    if (++d->ignored > ignoredPerMinute)
        return;
    const Entry *entry = d->entry(word.push);
    const bool isTheirs = entry && qstrcmp(reason, "push-unknown") != 0;
    const Device *device = d->registry.device(word.device);
    JournalEntry row;
    row.kind = JournalKind::Push;
    row.event = QStringLiteral("confirmation-ignored");
    row.user = device ? device->user : PublicUserId();
    row.device = word.device;
    if (isTheirs)
        row.push = word.push;
    row.fields = {{QStringLiteral("reason"), QString::fromLatin1(reason)}, {QStringLiteral("over"), word.over}};
    if (!isTheirs)
        row.fields.append({QStringLiteral("claimed"), word.push.text().left(64)});
    d->journal.add(row);
}

/// It has ended, and may still be confirmed until its life is over. Kept in memory and in the store as long.
void PushDispatcher::awaitConfirmation(Entry &entry)
{
    if (std::exchange(entry.isAwaited, true))
        return;
    entry.awaitedPlace = d->awaited.insert(d->awaited.end(), entry.push.id);
    d->awaitedOctets += entry.push.request.body.size();
}

void PushDispatcher::endAwaiting(Entry &entry)
{
    if (!std::exchange(entry.isAwaited, false))
        return;
    d->awaited.erase(entry.awaitedPlace);
    d->awaitedOctets -= entry.push.request.body.size();
}

/// Nobody is refused a push because others are not confirmed: the oldest are waited for no more.
void PushDispatcher::trimAwaited()
{
    // Each that is given up comes back here.
    if (std::exchange(d->isTrimming, true))
        return;
    while (d->awaited.size() > 1) {
        const bool tooMany = qint64(d->awaited.size()) > d->limits.awaitedTotal;
        if (!tooMany && d->awaitedOctets <= d->limits.awaitedOctets)
            break;
        Entry &oldest = *d->entry(d->awaited.front());
        (tooMany ? total : octets).reached(oldest.push.request.initiator.text());
        oldest.isOver = true;
        giveUpConfirmation(oldest);
    }
    d->isTrimming = false;
}

/// Its life is over: what is Delivered stays so.
void PushDispatcher::giveUpConfirmation(Entry &entry)
{
    if (!entry.isAwaited)
        return;
    publish(entry);
    finishIfDone(entry);
}

void PushDispatcher::noteUnconfirmed(const Entry &entry)
{
    if (!entry.push.request.confirm)
        return;
    for (const Delivery &delivery : entry.push.deliveries) {
        if (delivery.state == PushState::Delivered)
            note(entry, QStringLiteral("push-unconfirmed"), &delivery);
    }
}

qint64 PushDispatcher::awaitedTotal() const
{
    return qint64(d->awaited.size());
}

} // namespace reveille
