// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/writebehind.h"

#include <QRandomGenerator>
#include <QSet>

#include <algorithm>

namespace reveille {

namespace {

Q_LOGGING_CATEGORY(writesLog, "reveille.writes")

QString bindingKey(const DeviceId &device, const QString &flow)
{
    return u'b' + device.toString() + u'\n' + flow;
}

/// Facts staged since win over those that come back.
template <typename T, typename Key>
void mergeOlder(QVector<T> &newer, const QVector<T> &older, Key key)
{
    QSet<QString> known;
    for (const T &fact : newer)
        known.insert(key(fact));
    QVector<T> merged;
    merged.reserve(newer.size() + older.size());
    for (const T &fact : older) {
        if (!known.contains(key(fact)))
            merged.append(fact);
    }
    newer = merged + newer;
}

QString keyOf(const User &user) { return u'u' + user.id.toString(); }
QString keyOf(const Device &device) { return u'd' + device.id.toString(); }
QString keyOf(const StoredBinding &binding) { return bindingKey(binding.device, binding.flow); }
QString keyOf(const Push &push) { return u'p' + push.id.text(); }
QString keyOf(const WakeUp &wake) { return u'w' + wake.id.text(); }
QString keyOf(const NetworkKey &key) { return u'n' + key.prefix.toString() + u'\n' + QLatin1StringView(toText(key.transport)); }
QString keyOf(const LearnedNetwork &network) { return keyOf(network.key()); }

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
    if (m_staged.isEmpty() && !done)
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
    const Milliseconds since = m_wanted.value_or(m_clock.monotonic());
    m_wanted.reset();
    if (m_staged.isEmpty() && m_callbacks.empty())
        return;
    m_index.clear();
    m_underWay.push_back({since, true});
    ++m_portions;
    const StoreBatch batch = std::exchange(m_staged, {});
    m_store.commit(batch, [this, alive = m_alive, batch, callbacks = std::exchange(m_callbacks, {})](const Result<Done> &result) {
        if (*alive) {
            finished();
            if (!result)
                putBack(batch);
        }
        for (const Callback &done : callbacks)
            done(result);
        if (*alive)
            handOverWanted();
    });
}

void WriteBehind::commitOrRefuse(StoreBatch batch, Callback done)
{
    handOver();
    m_underWay.push_back({m_clock.monotonic(), false});
    m_store.commit(std::move(batch), [this, alive = m_alive, done = std::move(done)](const Result<Done> &result) {
        if (*alive)
            finished();
        if (done)
            done(result);
    });
}

/// The store answers in the order of the calls.
void WriteBehind::finished()
{
    m_portions -= m_underWay.front().isOurs;
    m_underWay.pop_front();
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
    const auto key = [](const auto &fact) { return keyOf(fact); };
    QSet<QString> boundAgain;
    for (const StoredBinding &binding : m_staged.bindings)
        boundAgain.insert(keyOf(binding));
    for (const auto &[device, flow] : batch.removedBindings) {
        if (!boundAgain.contains(bindingKey(device, flow)))
            m_staged.removedBindings.prepend({device, flow});
    }
    QSet<QString> removedSince;
    for (const auto &[device, flow] : m_staged.removedBindings)
        removedSince.insert(bindingKey(device, flow));
    QVector<StoredBinding> olderBindings = batch.bindings;
    olderBindings.removeIf([&](const StoredBinding &binding) { return removedSince.contains(keyOf(binding)); });

    QVector<LearnedNetwork> olderNetworks = batch.networks;
    olderNetworks.removeIf([&](const LearnedNetwork &network) { return m_staged.removedNetworks.contains(network.key()); });
    for (const NetworkKey &removed : batch.removedNetworks) {
        const bool knownAgain = std::any_of(m_staged.networks.cbegin(), m_staged.networks.cend(),
                                            [&](const LearnedNetwork &network) { return network.key() == removed; });
        if (!knownAgain)
            m_staged.removedNetworks.prepend(removed);
    }

    mergeOlder(m_staged.users, batch.users, key);
    mergeOlder(m_staged.devices, batch.devices, key);
    mergeOlder(m_staged.bindings, olderBindings, key);
    mergeOlder(m_staged.pushes, batch.pushes, key);
    mergeOlder(m_staged.wakes, batch.wakes, key);
    mergeOlder(m_staged.networks, olderNetworks, key);
    m_staged.journal = batch.journal + m_staged.journal;
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
