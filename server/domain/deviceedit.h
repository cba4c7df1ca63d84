// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/device.h"

namespace reveille {

/// What somebody changed of a device who had `before` in front of them and left `after`: only what differs between the two
/// is meant, so that two people who change different things of one device both have their way. Any thread.
struct DeviceEdit {
    Device before;
    Device after; ///< of the same device and user

    /// `standing` with the fields that were changed. Quiet hours have one field for their beginning and their end, since one
    /// of them alone holds nothing, and another for their zone; a list is one field. Identity and user stay as they stand, and so
    /// does what a device says of itself (its own routes, GRUU, what it returned) or was seen to do. Pure.
    Device applied(Device standing) const;
    /// Whether no field was changed.
    bool isEmpty() const { return applied(before) == before; }
    friend bool operator==(const DeviceEdit &, const DeviceEdit &) = default;
};

} // namespace reveille
