// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <Qt>

namespace reveille {

/// How a bearer is doing, Role::State of its rows.
enum class BearerState : quint8 { Works, Slowed, Connecting, Broken };

/// What a row of the subscriber tree stands for.
enum class NodeKind : quint8 { None, User, Device, Connection };

/// Roles of every model here. Times come as qint64 milliseconds since 1970 UTC, 0 = never; enumerations as int.
/// Qt::DisplayRole is text for people, Qt::ToolTipRole the same in full, Qt::AccessibleTextRole the row as one phrase.
namespace Role {
enum : int {
    Kind = Qt::UserRole + 1, ///< NodeKind
    Id,                      ///< canonical id as text: user, device, push, wake; the number of a connection or journal row
    UserId,                  ///< canonical public user ID the row belongs to
    DeviceId,                ///< canonical device ID the row belongs to; empty for a user
    PushId,                  ///< journal and push rows
    WakeId,                  ///< active wake of a device, wake of a row
    State,                   ///< LivenessState; PushState, WakeState or BearerState in their lists; for a user the best of its devices
    HasState,                ///< bool: false for a user without devices and a device never registered
    Reason,                  ///< LossReason
    EvidenceText,            ///< one sentence: why it is in this state
    LastPacket,              ///< time
    LastProof,               ///< time
    RegisteredUntil,         ///< time
    ChangesAt,               ///< time the state changes if nothing is heard
    Pending,                 ///< int, pending pushes (of a user: the sum)
    DeviceCount,             ///< int, of a user
    Time,                    ///< time of the row
    Entry,                   ///< reveille::JournalEntry as QVariant, journal rows
    Step,                    ///< WakeStep
    Sort,                    ///< value to sort by
    Live,                    ///< bool, of a connection: false for one that is kept only for its history
    Struck,                  ///< bool, of a device: an injected fault names it
    Raw,                     ///< the value itself where Display is shortened
};
}

/// Columns of SubscriberModel, the same for every kind of row (empty where it does not apply).
namespace SubscriberColumn {
enum : int { Name, State, Path, LastPacket, Number, Pending, RegisteredUntil, LastProof, Evidence, Id, Count };
}
namespace JournalColumn {
enum : int { Time, Kind, Event, Who, What, Details, Count };
}
namespace PushColumn {
enum : int { Accepted, State, To, Application, ContentType, Size, Expires, Deliveries, Id, Count };
}
namespace WakeColumn {
enum : int { Started, State, Step, Device, Reason, Bearer, Sir, Attempts, Receipt, Elapsed, Id, Count };
}
namespace BearerColumn {
enum : int { Name, Health, Peer, Since, Sent, Received, Failed, Queued, InFlight, Test, Type, Carries, Count };
}
namespace FieldColumn {
enum : int { Name, Value, Offset, Length, Count };
}

} // namespace reveille

Q_DECLARE_METATYPE(reveille::NodeKind)
