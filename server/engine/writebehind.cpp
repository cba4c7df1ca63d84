// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/writebehind.h"

#include "engine/batchmerge.h"

#include <QRandomGenerator>

#include <algorithm>

namespace reveille {

namespace {

Q_LOGGING_CATEGORY(writesLog, "reveille.writes")

} // namespace

WriteBehind::WriteBehind(Store &store, const Clock &clock, Timers &timers, const Limits &limits)
    : m_store(store), m_clock(clock), m_timers(timers), m_limits(limits), m_lagLog(writesLog, "maxLag")
{
}

WriteBehind::~WriteBehind()
{
    *m_alive = false;
    m_timers.cancel(m_timer);
}

template <typename T>
void WriteBehind::put(QVector<T> &list, const T &value)
{
    const QString key = keyOf(value);
    const auto place = m_index.constFind(key);
    if (place != m_index.cend()) {
        list[*place] = value;
        return;
    }
    m_index.insert(key, list.size());
    list.append(value);
    arm(delay);
}

template <typename T>
void WriteBehind::unstage(QVector<T> &list, const QString &key)
{
    const auto place = m_index.constFind(key);
    if (place == m_index.cend())
        return;
    const qsizetype gone = *place;
    m_index.erase(place);
    if (gone + 1 < list.size()) {
        list[gone] = list.last();
        m_index[keyOf(list[gone])] = gone;
    }
    list.removeLast();
}

void WriteBehind::stage(const User &user) { put(m_staged.users, user); }
void WriteBehind::stage(const Device &device) { put(m_staged.devices, device); }
void WriteBehind::stage(const Push &push) { put(m_staged.pushes, push); }
void WriteBehind::stage(const WakeUp &wake) { put(m_staged.wakes, wake); }

void WriteBehind::stage(const StoredBinding &binding)
{
    m_staged.removedBindings.removeAll(std::pair(binding.device, binding.flow));
    put(m_staged.bindings, binding);
}

void WriteBehind::stage(const LearnedNetwork &network)
{
    m_staged.removedNetworks.removeAll(network.key());
    put(m_staged.networks, network);
}

void WriteBehind::removeNetwork(const NetworkKey &key)
{
    unstage(m_staged.networks, keyOf(key));
    m_staged.removedNetworks.append(key);
    arm(delay);
}

void WriteBehind::stage(const JournalEntry &entry)
{
    if (size() >= limit && !m_staged.journal.isEmpty())
        m_staged.journal.removeFirst();
    m_staged.journal.append(entry);
    arm(delay);
}

void WriteBehind::removeBinding(const DeviceId &device, const QString &flow)
{
    unstage(m_staged.bindings, bindingKey(device, flow));
    m_staged.removedBindings.append({device, flow});
    arm(delay);
}

void WriteBehind::commit(Callback done)
{
    if (m_staged.isEmpty() && m_waiters.empty() && !done)
        return;
    if (done)
        m_callbacks.push_back(std::move(done));
    if (!m_wanted)
        m_wanted = m_clock.monotonic();
    handOverWanted();
}

void WriteBehind::flush()
{
    handOver();
}

void WriteBehind::handOverWanted()
{
    if (m_wanted && m_portions < mostUnderWay)
        handOver();
}

void WriteBehind::handOver()
{
    m_timers.cancel(m_timer);
    m_isHurried = false;
    const Milliseconds since = m_wanted.value_or(m_clock.monotonic());
    m_wanted.reset();
    if (m_staged.isEmpty() && m_callbacks.empty() && m_waiters.empty())
        return;
    m_index.clear();
    m_underWay.push_back({since, true, std::exchange(m_staged, {}), std::exchange(m_waiters, {}), {}, {}});
    ++m_portions;
    m_store.commit(m_underWay.back().batch, [this, alive = m_alive, callbacks = std::exchange(m_callbacks, {})](const Result<Done> &result) {
        // What was not written before is not durable with this either.
        const bool isAll = !*alive || m_underWay.front().older.isEmpty();
        if (*alive)
            finished(result.ok());
        const Result<Done> told = result && !isAll ? Result<Done>(Error{"store-failed", {}}) : result;
        for (const Callback &done : callbacks)
            done(told);
        if (*alive)
            handOverWanted();
    });
}

void WriteBehind::whenDurable(std::function<void()> done)
{
    m_waiters.push_back(std::move(done));
    arm(delay);
}

void WriteBehind::hurry()
{
    if (std::exchange(m_isHurried, true))
        return;
    m_timers.cancel(m_timer);
    arm(Milliseconds(0));
}

void WriteBehind::commitOrRefuse(StoreBatch batch, Callback done)
{
    handOver();
    m_underWay.push_back({m_clock.monotonic(), false, batch, {}, {}, {}});
    m_store.commit(std::move(batch), [this, alive = m_alive, done = std::move(done)](const Result<Done> &result) {
        if (*alive)
            finished(result.ok());
        if (done)
            done(result);
    });
}

/// The store answers in the order of the calls. What it did not write comes back once all that was on its way has had its
/// answer, since that has newer facts.
void WriteBehind::finished(bool isWritten)
{
    UnderWay ended = std::move(m_underWay.front());
    m_underWay.pop_front();
    m_portions -= ended.isOurs;
    StoreBatch left = std::move(ended.older);
    Waiters waiting = std::move(ended.olderWaiters);
    if (isWritten) {
        dropWritten(left, ended.batch);
    } else if (ended.isOurs) {
        mergeOlder(ended.batch, left);
        left = std::move(ended.batch);
        waiting.insert(waiting.end(), ended.waiters.begin(), ended.waiters.end());
    }
    const bool isDone = left.isEmpty();
    if (!isDone && !m_underWay.empty()) {
        m_underWay.front().older = std::move(left);
        m_underWay.front().olderWaiters = waiting;
    } else if (!isDone) {
        putBack(left);
        m_waiters.insert(m_waiters.begin(), waiting.begin(), waiting.end());
    }
    const auto tell = [alive = m_alive](const Waiters &waiters) {
        for (const auto &waiter : waiters) {
            if (*alive)
                waiter();
        }
    };
    if (isDone)
        tell(waiting);
    if (isWritten)
        tell(ended.waiters);
}

Milliseconds WriteBehind::lag() const
{
    return m_underWay.empty() ? Milliseconds(0) : m_clock.monotonic() - m_underWay.front().since;
}

Milliseconds WriteBehind::retryAfter() const
{
    return Milliseconds(m_limits.maxLag.count() + QRandomGenerator::global()->bounded(qint64(m_limits.maxLag.count()) + 1));
}

void WriteBehind::putBack(const StoreBatch &batch)
{
    mergeOlder(m_staged, batch);
    if (m_staged.journal.size() > limit)
        m_staged.journal.remove(0, m_staged.journal.size() - limit);

    m_index.clear();
    index(m_staged.users);
    index(m_staged.devices);
    index(m_staged.bindings);
    index(m_staged.pushes);
    index(m_staged.wakes);
    index(m_staged.networks);
    arm(retryDelay);
}

template <typename T>
void WriteBehind::index(const QVector<T> &list)
{
    for (qsizetype i = 0; i < list.size(); ++i)
        m_index.insert(keyOf(list[i]), i);
}

void WriteBehind::arm(Milliseconds in)
{
    if (!m_timer) {
        m_timer = m_timers.start(in, [this] {
            m_timer = 0;
            commit({});
        });
    }
}

qsizetype WriteBehind::size() const
{
    return m_staged.journal.size() + m_staged.pushes.size() + m_staged.wakes.size() + m_staged.bindings.size()
        + m_staged.devices.size() + m_staged.users.size() + m_staged.networks.size();
}

} // namespace reveille
