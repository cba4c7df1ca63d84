// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/push.h"

namespace reveille {

/// Which pushes of the whole history are asked for; what is not set holds for all. Any thread.
struct PushQuery {
    std::optional<PushGroup> group;
    std::optional<PushState> state;
    PublicUserId user;
    DeviceId device;                      ///< with a delivery to it
    std::optional<InitiatorId> initiator; ///< an empty one: of staff
    QString text;                         ///< somewhere in id, user, target, application or reference, whatever its case
    PushId before;                        ///< accepted before this one; empty = the newest first
    int limit = 100;                      ///< 1..1000
    friend bool operator==(const PushQuery &, const PushQuery &) = default;
};

/// Whether the push is one of them, `before` and `limit` aside.
bool matches(const Push &push, const PushQuery &query);

/// A push of a list: its body is left out and its size kept.
struct ListedPush {
    Push push;
    qint64 octets = 0;
    friend bool operator==(const ListedPush &, const ListedPush &) = default;
};
ListedPush listed(const Push &push);

/// Some of a history, newest first.
struct PushPage {
    QVector<ListedPush> pushes;
    PushId next; ///< PushQuery::before of the page that follows; empty = this was the last. A page may be short and not be the last
    friend bool operator==(const PushPage &, const PushPage &) = default;
};

} // namespace reveille
