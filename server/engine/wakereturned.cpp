// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/wakeservicestate.h"
#include "wire/jsonreturned.h"
#include "wire/sir.h"

namespace reveille {

/// What devices send because a SIR asked for it (requirements S10, S13, S14).

/// The newest wake-up of the device, if the message answers a SIR of it or names none.
WakeId WakeService::wakeAnswered(const ReturnedMessage &message) const
{
    const auto found = d->operations.find(d->latestByDevice.value(message.device));
    if (found == d->operations.end())
        return {};
    const Operation &operation = found->second;
    if (message.nonce.isEmpty() || operation.nonces.contains(message.nonce))
        return operation.wake.id;
    // Sent before a restart.
    const Result<SessionRequest> sir = decodeSir(operation.wake.sir);
    return sir && sir->nonce == message.nonce ? operation.wake.id : WakeId();
}

void WakeService::takeReturned(const ReturnedMessage &message, const QString &over,
                               std::function<void(Result<Done>)> done)
{
    const Device *device = d->registry.device(message.device);
    if (!device)
        return done(Error{"device-unknown", message.device.toString()});
    if (device->user != message.user)
        return done(Error{"device-belongs-to-other-user", message.device.toString()});
    const WakeId wake = wakeAnswered(message);
    const Result<Device> changed = applyReturned(message, *device, d->clock.now(), wake, over);
    if (!changed)
        return done(changed.error());
    d->registry.amend(*changed);

    QStringList what = message.told.keys();
    if (message.status != 0)
        what = toTexts(SirRequest::Refusal);
    JournalEntry entry;
    entry.kind = JournalKind::Wake;
    entry.event = message.status != 0 ? QStringLiteral("refusal-returned") : QStringLiteral("information-returned");
    entry.user = message.user;
    entry.device = message.device;
    entry.wake = wake;
    entry.fields = {{QStringLiteral("what"), what.join(u',')}, {QStringLiteral("over"), over}};
    if (message.status != 0)
        entry.fields.append({QStringLiteral("status"), QString::number(message.status)});
    d->journal.add(entry);

    if (message.status != 0 && !wake.isEmpty() && activeFor(message.device) == wake)
        finish(wake, WakeState::Refused, "refused-" + QByteArray::number(message.status));
    d->store.commit([done = std::move(done)](const Result<Done> &result) { done(result); });
}

/// The terminal said no to the carrier.
void WakeService::keepRefusal(const Operation &operation, const QString &over, const QByteArray &code)
{
    const QString value = QString::fromUtf8(toJsonBytes({{QStringLiteral("code"), QString::fromLatin1(code)}}));
    keep(operation, {SirRequest::Refusal, value, d->clock.now(), operation.wake.id, over});
}

/// The registration itself is the message that was asked for.
void WakeService::noteRegistrationMessage(const Operation &operation)
{
    const WakeUp &wake = operation.wake;
    if (wake.order.requests.testFlag(SirRequest::RegistrationMessage))
        keep(operation, {SirRequest::RegistrationMessage, {}, d->clock.now(), wake.id,
                         d->registry.lastTransport(wake.device).section(u'-', 0, 0)});
}

void WakeService::keep(const Operation &operation, const Returned &returned)
{
    const Device *known = d->registry.device(operation.wake.device);
    if (!known)
        return;
    Device device = *known;
    device.returned.removeIf([&](const Returned &told) { return told.what == returned.what; });
    device.returned.append(returned);
    d->registry.amend(device);
}

} // namespace reveille
