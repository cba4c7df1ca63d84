// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QVector>

#include <map>

namespace reveille {

/// Values with an id, in the order they first came, the oldest dropped beyond a limit. Any thread, one at a time.
template <typename T>
class RecentList
{
public:
    using Id = decltype(T::id);
    explicit RecentList(int limit) : m_limit(limit) {}

    /// The place of a value in order of coming, rising for ever; 0 = none.
    using Order = qint64;
    struct Put {
        Order order = 0;
        bool isNew = false;
        Order dropped = 0; ///< of an old value that had to go
    };
    Put put(const T &value)
    {
        Put result;
        if (const auto known = m_orders.constFind(value.id); known != m_orders.cend()) {
            result.order = *known;
            m_values[*known] = value;
            return result;
        }
        result.isNew = true;
        result.order = ++m_last;
        m_orders.insert(value.id, m_last);
        m_values.emplace(m_last, value);
        if (int(m_values.size()) > m_limit) {
            result.dropped = m_values.begin()->first;
            m_orders.remove(m_values.begin()->second.id);
            m_values.erase(m_values.begin());
        }
        return result;
    }
    const T *find(const Id &id) const { return at(orderOf(id)); }
    Order orderOf(const Id &id) const { return m_orders.value(id, 0); }
    const T *at(Order order) const
    {
        const auto found = m_values.find(order);
        return found == m_values.end() ? nullptr : &found->second;
    }
    /// Calls `use(order, value)` from the newest to the oldest.
    template <typename Use>
    void newestFirst(Use use) const
    {
        for (auto it = m_values.rbegin(); it != m_values.rend(); ++it)
            use(it->first, it->second);
    }
    int size() const { return int(m_values.size()); }
    void clear()
    {
        m_orders.clear();
        m_values.clear();
    }

private:
    int m_limit;
    qint64 m_last = 0;
    QHash<Id, qint64> m_orders;
    std::map<qint64, T> m_values;
};

} // namespace reveille
