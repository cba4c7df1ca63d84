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

    /// Where a value went: new ones are the last in order; `dropped` is set when an old one had to go.
    struct Put {
        bool isNew = false;
        Id dropped;
    };
    Put put(const T &value)
    {
        Put result;
        if (const auto known = m_orders.constFind(value.id); known != m_orders.cend()) {
            m_values[*known] = value;
            return result;
        }
        result.isNew = true;
        m_orders.insert(value.id, ++m_last);
        m_values.emplace(m_last, value);
        if (int(m_values.size()) > m_limit) {
            result.dropped = m_values.begin()->second.id;
            m_orders.remove(result.dropped);
            m_values.erase(m_values.begin());
        }
        return result;
    }
    const T *find(const Id &id) const
    {
        const auto known = m_orders.constFind(id);
        return known == m_orders.cend() ? nullptr : &m_values.at(*known);
    }
    /// Rising in age: calls `use(value)` from the newest to the oldest.
    template <typename Use>
    void newestFirst(Use use) const
    {
        for (auto it = m_values.rbegin(); it != m_values.rend(); ++it)
            use(it->second);
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
