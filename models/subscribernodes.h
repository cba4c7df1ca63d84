// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/devicerecord.h"
#include "models/userorder.h"

#include <QByteArray>

#include <memory>
#include <vector>

namespace reveille {

struct UserNode;

/// A device in the tree. `rows` are its connections as views see them; filled while its user is shown.
struct DeviceNode {
    UserNode *user = nullptr;
    DeviceNode *sameHash = nullptr; ///< next in the chain of the index
    std::size_t hash = 0;
    DeviceRecord record;
    std::vector<ConnectionId> rows;
};

/// A user in the tree. Ids are canonical, UTF-8.
struct UserNode {
    QByteArray id;
    QByteArray name;
    Timestamp createdAt;
    std::vector<std::unique_ptr<DeviceNode>> devices; ///< by name, then id
    std::vector<DeviceNode *> rows;                   ///< devices as views see them; filled while shown
    UserChunk *inAll = nullptr;
    UserChunk *inShown = nullptr;
    int matchedDevices = 0;   ///< as counted for the current filter
    bool matched = false;
    bool goes = false;        ///< its row is to go when the new filter has been held against all rows
    bool provisioned = false; ///< the server named the user itself, not only a device of it
    bool hasPassword = false;
    WakeRule wakeRule = WakeRule::Inherit;
};

} // namespace reveille
