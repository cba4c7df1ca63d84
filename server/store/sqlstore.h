// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/store.h"
#include "store/storesettings.h"

#include <memory>

namespace reveille {

/// The Store in a database (SQLite in WAL mode, synchronous=FULL). One writer thread, which puts all batches
/// queued while a transaction runs into the next one; one reader thread with its own read-only connection,
/// which never waits for it. Commits are answered in the order of the calls, and so are reads; a read asked
/// for after a commit was answered sees that commit.
///
/// Constructed, called and destroyed on the server thread, which needs an event loop for the callbacks.
/// close() calls the outstanding callbacks before it returns; the destructor closes. Errors: those of Store;
/// `about` names the file, for store-locked also the process that holds it ("/var/lib/x/reveille.db, pid
/// 4711").
class SqlStore final : public Store {
public:
    explicit SqlStore(StoreSettings settings);
    ~SqlStore() override;

    Result<StoredState> open() override;
    Result<Done> readSubscribers(const std::function<void(const StoredSubscribers &)> &take) override;
    void commit(StoreBatch batch, std::function<void(Result<Done>)> done) override;
    void readJournal(const JournalQuery &query,
                     std::function<void(Result<QVector<JournalEntry>>)> done) override;
    void readPush(const PushId &id, std::function<void(Result<std::optional<Push>>)> done) override;
    void readPushesByReference(const InitiatorId &initiator, const QString &reference,
                               std::function<void(Result<QVector<Push>>)> done) override;
    void readPushes(const PushQuery &query, std::function<void(Result<PushPage>)> done) override;
    void readWake(const WakeId &id, std::function<void(Result<std::optional<WakeUp>>)> done) override;
    StoreFacts facts() const override; ///< `commits` counts transactions
    void close() override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace reveille
