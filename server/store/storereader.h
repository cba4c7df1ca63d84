// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/journalreader.h"
#include "store/sqlconnection.h"
#include "store/storesettings.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

namespace reveille {

/// The thread that answers reads, on a read-only connection of its own: in WAL mode it never waits for the
/// writer.
class StoreReader {
public:
    /// Given an open connection, or the error of opening it; answers false where the connection is better
    /// opened anew.
    using Job = std::function<bool(Result<SqlConnection *>, ReadControl &)>;

    explicit StoreReader(const StoreSettings &settings); ///< starts the thread
    ~StoreReader() { finish(); }
    StoreReader(const StoreReader &) = delete;
    StoreReader &operator=(const StoreReader &) = delete;

    void append(std::vector<Job> jobs);
    /// Ends after what was appended; a search under way is cancelled. Blocks.
    void finish();

private:
    void run();

    const StoreSettings m_settings;
    ReadControl m_control;
    std::mutex m_mutex;
    std::condition_variable m_condition;
    std::deque<Job> m_queue;
    bool m_finishing = false;
    std::thread m_thread;
};

} // namespace reveille
