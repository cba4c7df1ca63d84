// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>

namespace reveille {

/// What one thread reads and another takes in, a bounded number of portions apart. put() waits while that many lie there,
/// next() while none does. Its two threads only.
template <typename Portion>
class PortionQueue {
public:
    explicit PortionQueue(size_t most)
        : m_most(most)
    {
    }

    void put(Portion portion)
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_portions.size() < m_most; });
        m_portions.push_back(std::move(portion));
        m_changed.notify_all();
    }
    /// No more come, and why.
    void finish(Result<Done> result)
    {
        const std::lock_guard lock(m_mutex);
        m_result = std::move(result);
        m_changed.notify_all();
    }
    /// Nothing: there are no more.
    std::optional<Portion> next()
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return !m_portions.empty() || m_result; });
        if (m_portions.empty())
            return std::nullopt;
        std::optional<Portion> portion = std::move(m_portions.front());
        m_portions.pop_front();
        m_changed.notify_all();
        return portion;
    }
    /// After next() has given nothing.
    Result<Done> result()
    {
        const std::lock_guard lock(m_mutex);
        return *m_result;
    }

private:
    const size_t m_most;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Portion> m_portions;
    std::optional<Result<Done>> m_result;
};

} // namespace reveille
