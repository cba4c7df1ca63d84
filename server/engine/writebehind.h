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
    static constexpr qsizetype limit = 200000;
    using Callback = std::function<void(Result<Done>)>;

    WriteBehind(Store &store, Timers &timers);
    ~WriteBehind();

    void stage(const User &user);
    void stage(const Device &device);
    void stage(const StoredBinding &binding);
    void stage(const Push &push);
    void stage(const WakeUp &wake);
    void stage(const LearnedNetwork &network);
    void stage(const JournalEntry &entry);
    void removeBinding(const DeviceId &device, const QString &flow);
    void removeNetwork(const NetworkKey &key);

    /// Hands over everything staged so far; `done` says whether it is durable. On an error it stays staged.
    void commit(Callback done);
    /// A change that is made only if durable: `batch` goes by itself, after what was staged before. On an error nothing of
    /// it is kept, and the caller refuses the peer.
    void commitOrRefuse(StoreBatch batch, Callback done);

    Store &store() const { return m_store; }

private:
    template <typename T>
    void put(QVector<T> &list, const T &value);
    template <typename T>
    void unstage(QVector<T> &list, const QString &key);
    template <typename T>
    void index(const QVector<T> &list);
    void arm(Milliseconds in);
    void putBack(const StoreBatch &batch);
    qsizetype size() const;

    Store &m_store;
    Timers &m_timers;
    TimerId m_timer = 0;
    StoreBatch m_staged;
    QHash<QString, qsizetype> m_index; ///< key of a staged fact -> its place in its list
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace reveille
