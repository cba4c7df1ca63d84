// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/clock.h"
#include "engine/store.h"

#include <QHash>

#include <memory>

namespace reveille {

/// Collects facts and hands them to the Store: at once where a peer waits for durability, otherwise after
/// `delay`. The newest value of a thing replaces an older one that has not been handed over. When the store fails, what
/// was promised to nobody is kept and tried again, up to `limit` facts; beyond that the oldest journal rows go first.
/// Server thread.
class WriteBehind
{
public:
    static constexpr Milliseconds delay{50};
    static constexpr Milliseconds retryDelay{1000};
    static constexpr int limit = 200000;

    WriteBehind(Store &store, Timers &timers);
    ~WriteBehind();

    void stage(const User &user);
    void stage(const Device &device);
    void stage(const StoredBinding &binding);
    void stage(const Initiator &initiator);
    void stage(const Push &push);
    void stage(const WakeUp &wake);
    void stage(const JournalEntry &entry);
    void remove(const PublicUserId &user);
    void remove(const DeviceId &device);
    void removeBinding(const DeviceId &device, const QString &flow);
    void remove(const InitiatorId &initiator);

    /// Hands over everything staged so far; `done` says whether it is durable.
    void commit(std::function<void(Result<Done>)> done);
    /// A change that is written only if durable: hands over `batch` alone, after what was staged before. On an error
    /// nothing of it is kept, and the caller refuses the peer.
    void commitOrRefuse(StoreBatch batch, std::function<void(Result<Done>)> done);

    Store &store() { return m_store; }

private:
    void arm(Milliseconds in);
    void flush(std::function<void(Result<Done>)> done);
    StoreBatch take();
    void putBack(StoreBatch batch);
    int size() const;

    Store &m_store;
    Timers &m_timers;
    TimerId m_timer = 0;
    StoreBatch m_staged;
    QHash<QString, int> m_index; ///< key of a staged fact -> position
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace reveille
