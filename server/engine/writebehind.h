// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/clock.h"
#include "engine/limitlog.h"
#include "engine/store.h"

#include <QHash>

#include <deque>
#include <functional>
#include <memory>
#include <vector>

namespace reveille {

/// Collects facts and hands them to the Store: at once where a peer waits for durability, otherwise after
/// `delay`. The newest value of a thing replaces an older one that has not been handed over. While the store is busy with
/// `mostUnderWay` portions what comes is collected into the next one, so that the slower it is, the less it has to write.
/// When the store fails, what was promised to nobody is kept and tried again, up to `limit` facts; beyond that the oldest
/// journal rows go first. Server thread.
class WriteBehind
{
public:
    static constexpr Milliseconds delay{50};
    static constexpr Milliseconds retryDelay{1000};
    static constexpr qsizetype limit = 200000;
    static constexpr qsizetype mostUnderWay = 2; ///< one is being written, and one is at hand when that is done
    static constexpr Milliseconds behindFrom{1000};
    using Callback = std::function<void(Result<Done>)>;
    struct Limits {
        Milliseconds maxLag{10000}; ///< beyond that no peer is promised anything new
    };

    WriteBehind(Store &store, const Clock &clock, Timers &timers, const Limits &limits);
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

    /// Hands over everything staged so far, at the latest when the store is done with a portion before; `done` says
    /// whether it is durable. On an error it stays staged.
    void commit(Callback done);
    /// `done` is called once all that is staged now is durable, however often the store fails before.
    void whenDurable(std::function<void()> done);
    /// Somebody waits for what is staged: it is handed over with the next turn of the timers, not after `delay`.
    void hurry();
    /// Hands over everything now, whatever is under way: the server ends.
    void flush();
    /// A change that is made only if durable: `batch` goes by itself, after what was staged before. On an error nothing of
    /// it is kept, and the caller refuses the peer.
    void commitOrRefuse(StoreBatch batch, Callback done);

    /// How long the oldest of what is to be written has waited; 0 where nothing waits.
    Milliseconds lag() const;
    /// What makes more to write is better begun later.
    bool isBehind() const { return lag() >= behindFrom; }
    /// Whoever wants something new of us is to be sent away: at maxLag, which is logged with `peer`.
    template <typename Peer>
    bool isOverloaded(const Peer &peer)
    {
        if (lag() < m_limits.maxLag)
            return false;
        m_lagLog.reached(peer);
        return true;
    }
    /// When to come back who was sent away: from maxLag to twice that, so that not all come at once.
    Milliseconds retryAfter() const;

    Store &store() const { return m_store; }

private:
    using Waiters = std::vector<std::function<void()>>;
    struct UnderWay {
        Milliseconds since;
        bool isOurs; ///< a portion of what was staged
        StoreBatch batch;
        Waiters waiters;
        StoreBatch older; ///< what the store did not write before
        Waiters olderWaiters;
    };
    void handOver();
    void handOverWanted();
    void finished(bool isWritten);
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
    const Clock &m_clock;
    Timers &m_timers;
    const Limits m_limits;
    LimitLog m_lagLog;
    TimerId m_timer = 0;
    bool m_isHurried = false;
    StoreBatch m_staged;
    std::vector<Callback> m_callbacks;    ///< of what is staged
    Waiters m_waiters;                    ///< for what is staged
    std::optional<Milliseconds> m_wanted; ///< since when it is to be handed over
    std::deque<UnderWay> m_underWay;
    qsizetype m_portions = 0;             ///< of those that are ours
    QHash<QString, qsizetype> m_index; ///< key of a staged fact -> its place in its list
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace reveille
