// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/store.h"
#include "store/databasefile.h"
#include "store/journalledger.h"

#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace reveille {

/// The thread that writes. All batches that came while it was busy go into its next transaction; if that
/// fails, each is tried alone, so that one that cannot be written fails by itself.
class StoreWriter {
public:
    struct Job {
        StoreBatch batch;
        std::function<void(Result<Done>)> done;
        Result<Done> result = Done{};
    };
    /// What came of a group. Called on this thread.
    struct Report {
        std::vector<Job> jobs;   ///< in order, batches emptied
        qint64 transactions = 0; ///< that succeeded
        Milliseconds took{0};
        QByteArray trouble;
    };
    using Reporter = std::function<void(Report)>;

    StoreWriter(const StoreSettings &settings, Reporter report);
    ~StoreWriter() { finish(); }
    StoreWriter(const StoreWriter &) = delete;
    StoreWriter &operator=(const StoreWriter &) = delete;

    /// Starts the thread, which opens and reads; blocks. After an error it has ended.
    Result<StoredState> open();
    void append(StoreBatch batch, std::function<void(Result<Done>)> done);
    /// Writes what was appended, closes, ends; blocks.
    void finish();

private:
    void run();
    Result<StoredState> load();
    bool takeGroup(std::vector<Job> &group); ///< waits; false = no more. Empty = idle, with rows to prune
    void writeGroup(std::vector<Job> group);
    Result<Done> writeTogether(std::vector<Job> &group, size_t first, size_t count, int pruneAtLeast);
    Result<Done> apply(const StoreBatch &batch);

    const Reporter m_report;
    Result<StoredState> m_opened = Error{"store-closed", {}};
    bool m_isOpened = false;

    std::mutex m_mutex;
    std::condition_variable m_condition;
    std::vector<Job> m_queue;
    bool m_finishing = false;

    // The thread's only
    DatabaseFile m_file;
    JournalLedger m_ledger;
    std::optional<Error> m_corrupt; ///< once found, nothing is written any more
    bool m_pruneFailed = false;     ///< the last transaction failed: do not prune in a circle

    std::thread m_thread;
};

} // namespace reveille
