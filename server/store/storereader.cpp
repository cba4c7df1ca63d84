// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/storereader.h"

#include <algorithm>
#include <iterator>
#include <pthread.h>

namespace reveille {

StoreReader::StoreReader(const StoreSettings &settings)
    : m_settings(settings)
    , m_thread([this] { run(); })
{
}

void StoreReader::append(std::vector<Job> jobs)
{
    {
        const std::lock_guard lock(m_mutex);
        std::move(jobs.begin(), jobs.end(), std::back_inserter(m_queue));
    }
    m_condition.notify_one();
}

void StoreReader::finish()
{
    m_control.cancelled = true;
    {
        const std::lock_guard lock(m_mutex);
        m_finishing = true;
    }
    m_condition.notify_one();
    if (m_thread.joinable())
        m_thread.join();
}

void StoreReader::run()
{
    ::pthread_setname_np(::pthread_self(), "store-reader");
    SqlConnection connection;
    for (;;) {
        std::unique_lock lock(m_mutex);
        m_condition.wait(lock, [this] { return m_finishing || !m_queue.empty(); });
        if (m_queue.empty())
            return;
        Job job = std::move(m_queue.front());
        m_queue.pop_front();
        lock.unlock();

        Result<Done> ready = Done{};
        if (!connection.isOpen())
            ready =
                connection.open(m_settings.database, SqlConnection::Mode::ReadOnly, m_settings.busyTimeout);
        const bool usable = job(
            ready ? Result<SqlConnection *>(&connection) : Result<SqlConnection *>(ready.error()), m_control);
        if (!usable)
            connection.close();
    }
}

} // namespace reveille
