// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sentences.h"

namespace reveille {

using namespace Qt::StringLiterals;

QString Sentences::state(LivenessState state)
{
    switch (state) {
    case LivenessState::Up: return tr("Up");
    case LivenessState::Suspect: return tr("Suspect");
    case LivenessState::Lost: return tr("Lost");
    case LivenessState::Waking: return tr("Waking");
    case LivenessState::Unreachable: return tr("Unreachable");
    }
    return {};
}

QString Sentences::reason(LossReason reason)
{
    switch (reason) {
    case LossReason::None: return {};
    case LossReason::PinholeClosed: return tr("pinhole closed");
    case LossReason::Interrupted: return tr("connection interrupted");
    case LossReason::Expired: return tr("registration expired");
    case LossReason::ClosedByPeer: return tr("closed by the device");
    }
    return {};
}

QString Sentences::stateAndReason(LivenessState state, LossReason reason)
{
    const bool tells = reason != LossReason::None && state == LivenessState::Lost;
    return tells ? tr("%1: %2").arg(Sentences::state(state), Sentences::reason(reason)) : Sentences::state(state);
}

QString Sentences::pushState(PushState state)
{
    switch (state) {
    case PushState::Accepted: return tr("Accepted");
    case PushState::Waiting: return tr("Waiting");
    case PushState::Waking: return tr("Waking");
    case PushState::Sending: return tr("Sending");
    case PushState::Delivered: return tr("Delivered");
    case PushState::Confirmed: return tr("Confirmed");
    case PushState::Expired: return tr("Expired");
    case PushState::Cancelled: return tr("Cancelled");
    case PushState::Replaced: return tr("Replaced");
    case PushState::Undeliverable: return tr("Undeliverable");
    }
    return {};
}

QString Sentences::wakeState(WakeState state)
{
    switch (state) {
    case WakeState::Active: return tr("Under way");
    case WakeState::Succeeded: return tr("Succeeded");
    case WakeState::Cancelled: return tr("Cancelled");
    case WakeState::Refused: return tr("Refused");
    case WakeState::Exhausted: return tr("No answer");
    }
    return {};
}

QString Sentences::wakeStep(WakeStep step)
{
    switch (step) {
    case WakeStep::Requested: return tr("Requested");
    case WakeStep::RouteChosen: return tr("Route chosen");
    case WakeStep::Encoded: return tr("Message made");
    case WakeStep::Submitted: return tr("Handed to the bearer");
    case WakeStep::Accepted: return tr("Taken by the carrier");
    case WakeStep::Received: return tr("Received by the terminal");
    case WakeStep::DeviceSeen: return tr("Device heard");
    case WakeStep::Restored: return tr("Registered again");
    case WakeStep::Delivered: return tr("Push delivered");
    }
    return {};
}

QString Sentences::priority(PushPriority priority)
{
    switch (priority) {
    case PushPriority::Low: return tr("Low");
    case PushPriority::Normal: return tr("Normal");
    case PushPriority::High: return tr("Urgent");
    }
    return {};
}

QString Sentences::when(PushWhen when)
{
    switch (when) {
    case PushWhen::Now: return tr("Now or never");
    case PushWhen::WhenReachable: return tr("When reachable");
    case PushWhen::Wake: return tr("Wake the device");
    }
    return {};
}

QString Sentences::choice(DeviceChoice choice)
{
    switch (choice) {
    case DeviceChoice::All: return tr("all that take it");
    case DeviceChoice::FirstReachable: return tr("the first that can be reached");
    case DeviceChoice::Preferred: return tr("the preferred one");
    }
    return {};
}

QString Sentences::sirMode(SirMode mode)
{
    switch (mode) {
    case SirMode::Routed: return tr("routed");
    case SirMode::Broadcast: return tr("broadcast");
    case SirMode::BroadcastIdentified: return tr("broadcast with identity");
    }
    return {};
}

QString Sentences::wakeRule(WakeRule rule)
{
    switch (rule) {
    case WakeRule::Inherit: return tr("as its user, or the server, says");
    case WakeRule::OnPush: return tr("when a push is for it");
    case WakeRule::Always: return tr("when a push is for it, and when its path goes bad");
    case WakeRule::Never: return tr("never: pushes wait until it comes back");
    }
    return {};
}

QString Sentences::sirRequest(SirRequest request)
{
    switch (request) {
    case SirRequest::Capability: return tr("Capabilities");
    case SirRequest::Preferences: return tr("Preferences");
    case SirRequest::Security: return tr("Security");
    case SirRequest::Subscription: return tr("Subscriptions");
    case SirRequest::Refusal: return tr("Refusal");
    case SirRequest::RegistrationMessage: return tr("Registration message");
    case SirRequest::CapabilityMessage: return tr("Capability message");
    }
    return {};
}

QString Sentences::deliveryPath(DeliveryPath path)
{
    switch (path) {
    case DeliveryPath::None: return tr("Not sent");
    case DeliveryPath::Direct: return tr("Sent at once");
    case DeliveryPath::Wake: return tr("Wakes the device first");
    case DeliveryPath::Wait: return tr("Waits for the device");
    }
    return {};
}

QString Sentences::journalKind(JournalKind kind)
{
    switch (kind) {
    case JournalKind::Connection: return tr("Connection");
    case JournalKind::Sir: return tr("SIR");
    case JournalKind::Wake: return tr("Wake-up");
    case JournalKind::Push: return tr("Push");
    case JournalKind::Trigger: return tr("Trigger");
    }
    return {};
}

QString Sentences::path(const QString &kind, const QString &transport)
{
    QString name = kind.toUpper();
    if (kind == "ota_http"_L1)
        name = u"OTA-HTTP"_s;
    else if (kind == "datagram"_L1)
        name = u"CoAP"_s;
    return transport.isEmpty() ? name : name + u'/' + transport.toUpper();
}

QString Sentences::bearerType(const QString &type)
{
    if (type == "wsp-udp"_L1)
        return u"WSP/UDP"_s;
    if (type == "ota_http"_L1 || type == "ota-http"_L1)
        return u"OTA-HTTP"_s;
    if (type == "sms"_L1 || type == "sip"_L1 || type == "http"_L1 || type == "ussd"_L1 || type == "smpp"_L1)
        return type.toUpper();
    if (type == "kannel"_L1)
        return u"Kannel"_s;
    if (type == "gammu"_L1)
        return tr("GSM modem");
    return type;
}

QString Sentences::wakeRoute(const WakeRoute &route)
{
    const QString bearer = bearerType(route.bearer);
    if (route.address.isEmpty())
        return bearer;
    if (!route.port.isSet())
        return tr("%1 to %2").arg(bearer, route.address);
    return tr("%1 to %2, port %3").arg(bearer, route.address, QString::number(route.port.number()));
}

QString Sentences::deviceLabel(const QString &name, const PublicUserId &user, const DeviceId &id)
{
    if (name.isEmpty())
        return shortened(id.toString());
    return user.isEmpty() ? name : tr("%1's %2", "a user's device").arg(user.localPart(), name);
}

QString Sentences::shortened(const QString &id, int length)
{
    if (id.size() <= length || length < 8)
        return id;
    const int tail = 4;
    return id.left(length - tail - 1) + u'…' + id.right(tail);
}

} // namespace reveille
