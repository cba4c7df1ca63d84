// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/store.h"

#include <QString>

namespace reveille {

/// Batches of facts that may be written in another order than they were made, after the store failed: the newest fact of a
/// thing is to be what stays. Pure.

/// Of what thing a fact is; the same for all facts that replace each other.
QString keyOf(const User &user);
QString keyOf(const Device &device);
QString keyOf(const StoredBinding &binding);
QString keyOf(const Push &push);
QString keyOf(const WakeUp &wake);
QString keyOf(const NetworkKey &key);
QString keyOf(const LearnedNetwork &network);
QString bindingKey(const DeviceId &device, const QString &flow);

/// Adds to `newer` what stands in `older` and of which it has nothing newer. Journal rows keep their order. Initiators, push
/// resources, notices and removals of users and devices are not looked at: they are never staged.
void mergeOlder(StoreBatch &newer, const StoreBatch &older);

/// Takes out of `older` what must not follow `written`, which has a newer fact of it, or has removed what it belongs to.
void dropWritten(StoreBatch &older, const StoreBatch &written);

} // namespace reveille
