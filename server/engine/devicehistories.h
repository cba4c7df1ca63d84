// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/devicehistory.h"
#include "engine/registry.h"

#include <QObject>

#include <functional>
#include <memory>

namespace reveille {

/// The lifelines of the devices: what happened to each of them lately, in a bounded ring a device. A device of which
/// nothing is known but that it registered and keeps its path open costs nothing here. Server thread.
class DeviceHistories : public QObject
{
    Q_OBJECT
public:
    struct Limits {
        int marksPerDevice = 256;
        qint64 marksTotal = 400000;            ///< of all devices; those looked at and heard of least recently go first
        Milliseconds rebuilt{24 * 3600 * 1000}; ///< how far the journal is read back where memory does not reach
    };
    struct Counters {
        qint64 probesSent = 0, probesAnswered = 0, probesLost = 0, addressChanges = 0, pushesMissed = 0;
    };
    DeviceHistories(Limits limits, Clock &clock, WriteBehind &store, Registry &registry, QObject *parent = nullptr);
    ~DeviceHistories() override;

    /// The lifeline of a device; what happened before this server started, or was let go, comes from the journal.
    /// Answers later or at once. Errors: device-unknown, and those of reading the store.
    void history(const DeviceId &id, std::function<void(Result<DeviceHistory>)> answer);
    /// Of all devices, since the server started.
    const Counters &counters() const;
    qint64 marks() const;   ///< held now
    qint64 devices() const; ///< with a lifeline in memory

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace reveille
