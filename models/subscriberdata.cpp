// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/plaintip.h"
#include "models/sentences.h"
#include "models/subscribermodel_p.h"

#include <algorithm>

namespace reveille {

namespace {

/// The better of two states, for the row of a user: up before suspect before waking before lost before unreachable.
int rank(LivenessState state)
{
    switch (state) {
    case LivenessState::Up: return 0;
    case LivenessState::Suspect: return 1;
    case LivenessState::Waking: return 2;
    case LivenessState::Lost: return 3;
    case LivenessState::Unreachable: return 4;
    }
    return 5;
}

const DeviceNode *bestDevice(const UserNode &user)
{
    const DeviceNode *best = nullptr;
    for (const auto &device : user.devices) {
        if (device->record.wasRegistered()
            && (!best || rank(device->record.liveness().state()) < rank(best->record.liveness().state())))
            best = device.get();
    }
    return best;
}

int pendingOf(const UserNode &user)
{
    int sum = 0;
    for (const auto &device : user.devices)
        sum += device->record.pending();
    return sum;
}

QVariant alignment(int column)
{
    const bool isNumber = column == SubscriberColumn::Pending;
    return int((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}

/// What a device and a connection have in common: everything that follows from liveness.
QVariant livenessData(const Liveness &liveness, int column, int role, Timestamp now, const TimeDisplay &times)
{
    switch (role) {
    case Role::State: return int(liveness.state());
    case Role::HasState: return true;
    case Role::Reason: return int(liveness.reason());
    case Role::EvidenceText: return Sentences::evidence(liveness.evidence(), now);
    case Role::LastPacket: return liveness.lastPacket().ms;
    case Role::LastProof: return liveness.lastProof().ms;
    case Role::RegisteredUntil: return liveness.registeredUntil().ms;
    case Role::ChangesAt: return liveness.evidence().changesAt.ms;
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        break;
    default: return {};
    }
    const bool full = role == Qt::ToolTipRole;
    switch (column) {
    case SubscriberColumn::State:
        return full ? plainTip(Sentences::evidence(liveness.evidence(), now))
                    : Sentences::stateAndReason(liveness.state(), liveness.reason());
    case SubscriberColumn::LastPacket:
        return full ? times.dateTime(liveness.lastPacket())
                    : liveness.lastPacket().isSet() ? TimeDisplay::duration(now - liveness.lastPacket()) : QString();
    case SubscriberColumn::RegisteredUntil:
        return full ? times.dateTime(liveness.registeredUntil()) : times.shortTime(liveness.registeredUntil(), now);
    case SubscriberColumn::LastProof:
        return full ? times.dateTime(liveness.lastProof()) : times.shortTime(liveness.lastProof(), now);
    case SubscriberColumn::Evidence:
        return Sentences::evidence(liveness.evidence(), now);
    default:
        return {};
    }
}

} // namespace

const DeviceSnapshot &SubscriberModel::Private::snapshot(const DeviceNode *device) const
{
    if (cachedNode != device) {
        cached = device->record.unpack(PublicUserId::parse(QString::fromUtf8(device->user->id)).valueOr({}));
        cachedNode = device;
    }
    return cached;
}

QVariant SubscriberModel::Private::userData(const UserNode &user, int column, int role) const
{
    const QString id = QString::fromUtf8(user.id);
    switch (role) {
    case Role::Kind: return int(NodeKind::User);
    case Role::Id:
    case Role::UserId: return id;
    case Role::DeviceCount: return int(user.devices.size());
    case Role::Pending: return pendingOf(user);
    case Role::HasState: return bestDevice(user) != nullptr;
    case Role::State: {
        const DeviceNode *best = bestDevice(user);
        return best ? QVariant(int(best->record.liveness().state())) : QVariant();
    }
    case Qt::TextAlignmentRole: return alignment(column);
    case Qt::AccessibleTextRole:
        if (column == SubscriberColumn::Name)
            return tr("User %1, %n device(s)", nullptr, int(user.devices.size())).arg(id);
        role = Qt::DisplayRole;
        break;
    case Qt::ToolTipRole:
        if (column == SubscriberColumn::Name)
            return plainTip(user.name.isEmpty() ? id : tr("%1 (%2)").arg(QString::fromUtf8(user.name), id));
        if (const DeviceNode *best = bestDevice(user); best && column == SubscriberColumn::State) {
            const QString name = best->record.name();
            return plainTip(tr("%1: %2", "best device of a user: why it is in its state")
                                .arg(name.isEmpty() ? Sentences::shortened(best->record.deviceId().toString()) : name,
                                     Sentences::evidence(best->record.liveness().evidence(), currentTime())));
        }
        role = Qt::DisplayRole;
        break;
    default: break;
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case SubscriberColumn::Name:
    case SubscriberColumn::Id: return id;
    case SubscriberColumn::State: {
        const DeviceNode *best = bestDevice(user);
        return best ? Sentences::state(best->record.liveness().state()) : QString();
    }
    case SubscriberColumn::Pending: {
        const int pending = pendingOf(user);
        return pending > 0 ? QVariant(pending) : QVariant();
    }
    default: return {};
    }
}

QVariant SubscriberModel::Private::deviceData(const DeviceNode &device, int column, int role) const
{
    const DeviceRecord &record = device.record;
    const QString id = QString::fromUtf8(record.identifier(DeviceRecord::Id));
    switch (role) {
    case Role::Kind: return int(NodeKind::Device);
    case Role::Id:
    case Role::DeviceId: return id;
    case Role::UserId: return QString::fromUtf8(device.user->id);
    case Role::WakeId: return record.activeWake().text();
    case Role::Pending: return record.pending();
    case Role::Struck: return struck.contains(id);
    case Qt::TextAlignmentRole: return alignment(column);
    case Qt::AccessibleTextRole: {
        if (column != SubscriberColumn::Name) {
            role = Qt::DisplayRole;
            break;
        }
        const QString text = tr("Device %1, %2")
            .arg(record.name().isEmpty() ? id : record.name(),
                 record.wasRegistered()
                     ? Sentences::stateAndReason(record.liveness().state(), record.liveness().reason())
                     : tr("never registered"));
        return struck.contains(id) ? tr("%1, an injected fault strikes it").arg(text) : text;
    }
    default: break;
    }
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole) {
        const bool full = role == Qt::ToolTipRole;
        switch (column) {
        case SubscriberColumn::Name: {
            const QString name = record.name();
            if (full) {
                const QString text = name.isEmpty() ? id : tr("%1 (%2)").arg(name, id);
                return plainTip(struck.contains(id) ? text + u'\n' + tr("An injected fault strikes what goes to it") : text);
            }
            return name.isEmpty() ? Sentences::shortened(id) : name;
        }
        case SubscriberColumn::Id: return id;
        case SubscriberColumn::Number: {
            const QByteArrayView digits = record.identifier(DeviceRecord::Number);
            return digits.isEmpty() ? QString() : u'+' + QString::fromUtf8(digits);
        }
        case SubscriberColumn::Pending: return record.pending() > 0 ? QVariant(record.pending()) : QVariant();
        case SubscriberColumn::Path: {
            const DeviceSnapshot &facts = snapshot(&device);
            if (facts.connections.isEmpty())
                return QString();
            const ConnectionFacts &first = facts.connections.first().facts;
            const QString path = Sentences::path(first.kind, first.transport);
            return full ? plainTip(tr("%1 %2").arg(path, first.peer)) : path;
        }
        case SubscriberColumn::State:
            if (!record.wasRegistered())
                return tr("Never registered");
            break;
        default: break;
        }
    }
    if (!record.wasRegistered())
        return role == Role::HasState ? QVariant(false) : QVariant();
    return livenessData(record.liveness(), column, role, currentTime(), times);
}

QVariant SubscriberModel::Private::connectionData(const DeviceNode &device, ConnectionId id, int column,
                                                  int role) const
{
    const DeviceRecord &record = device.record;
    const int place = record.placeOf(id);
    switch (role) {
    case Role::Kind: return int(NodeKind::Connection);
    case Role::Id: return QString::number(id.number);
    case Role::DeviceId: return QString::fromUtf8(record.identifier(DeviceRecord::Id));
    case Role::UserId: return QString::fromUtf8(device.user->id);
    case Qt::TextAlignmentRole: return alignment(column);
    default: break;
    }
    if (place < 0)
        return {}; // its row is about to go
    if (role == Role::Live)
        return snapshot(&device).connections[place].live;
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole || role == Qt::AccessibleTextRole) {
        const ConnectionSnapshot &connection = snapshot(&device).connections[place];
        const QString path = Sentences::path(connection.facts.kind, connection.facts.transport);
        switch (column) {
        case SubscriberColumn::Name:
            if (role == Qt::AccessibleTextRole)
                return tr("Connection %1 from %2, %3")
                    .arg(path, connection.facts.peer, Sentences::state(connection.liveness.state()));
            return role == Qt::ToolTipRole ? plainTip(connection.facts.address) : connection.facts.peer;
        case SubscriberColumn::Path:
            return role == Qt::ToolTipRole ? plainTip(tr("%1 at %2").arg(path, connection.facts.local)) : path;
        case SubscriberColumn::Id: return role == Qt::ToolTipRole ? plainTip(connection.flow) : connection.flow;
        default: break;
        }
        if (role == Qt::AccessibleTextRole)
            role = Qt::DisplayRole;
    }
    return livenessData(record.connectionLiveness(place), column, role, currentTime(), times);
}

QVariant SubscriberModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    const bool full = role == Qt::ToolTipRole;
    switch (section) {
    case SubscriberColumn::Name: return full ? tr("User, device or peer address") : tr("Name");
    case SubscriberColumn::State: return full ? tr("Whether it can be reached") : tr("State");
    case SubscriberColumn::Path: return full ? tr("Protocol and transport") : tr("Path");
    case SubscriberColumn::LastPacket: return full ? tr("Time since the last packet") : tr("Heard");
    case SubscriberColumn::Number: return full ? tr("Phone number (MSISDN)") : tr("Number");
    case SubscriberColumn::Pending: return full ? tr("Pushes that wait for it") : tr("Pending");
    case SubscriberColumn::RegisteredUntil:
        return full ? tr("When its registration runs out") : tr("Registered until");
    case SubscriberColumn::LastProof:
        return full ? tr("When the path last worked both ways") : tr("Last proof");
    case SubscriberColumn::Evidence: return full ? tr("What put it into its state") : tr("Evidence");
    case SubscriberColumn::Id: return full ? tr("Identifier") : tr("Id");
    default: return {};
    }
}

} // namespace reveille
