// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/storewriter.h"

#include "store/networkrows.h"
#include "store/noticerows.h"
#include "store/pushresourcerows.h"
#include "store/pushrows.h"
#include "store/storeerror.h"
#include "store/subscriberrows.h"

#include <QElapsedTimer>

#include <pthread.h>

namespace reveille {

namespace {

/// Failures in a row after which the rest of a group is not tried one by one any more.
constexpr int hopelessAfter = 8;
constexpr int prunedWhenIdle = 1000;

template <typename Items, typename Write>
Result<Done> forAll(const Items &items, Write write)
{
    for (const auto &item : items) {
        if (const Result<Done> done = write(item); !done)
            return done;
    }
    return Done{};
}

} // namespace

StoreWriter::StoreWriter(const StoreSettings &settings, Reporter report)
    : m_report(std::move(report))
    , m_file(settings)
    , m_ledger(m_file.connection(), settings.journalKeepRows)
{
}

Result<StoredState> StoreWriter::open()
{
    m_thread = std::thread([this] { run(); });
    std::unique_lock lock(m_mutex);
    m_condition.wait(lock, [this] { return m_isOpened; });
    Result<StoredState> opened = std::exchange(m_opened, Error{"store-closed", {}});
    lock.unlock();
    if (!opened)
        m_thread.join();
    return opened;
}

void StoreWriter::append(StoreBatch batch, std::function<void(Result<Done>)> done)
{
    {
        const std::lock_guard lock(m_mutex);
        m_queue.push_back({std::move(batch), std::move(done), Done{}});
    }
    m_condition.notify_one();
}

void StoreWriter::finish()
{
    {
        const std::lock_guard lock(m_mutex);
        m_finishing = true;
    }
    m_condition.notify_one();
    if (m_thread.joinable())
        m_thread.join();
}

void StoreWriter::run()
{
    ::pthread_setname_np(::pthread_self(), "store-writer");
    Result<StoredState> loaded = load();
    const bool ok = loaded.ok();
    if (!ok)
        m_file.close();
    {
        const std::lock_guard lock(m_mutex);
        m_opened = std::move(loaded);
        m_isOpened = true;
    }
    m_condition.notify_one();
    if (!ok)
        return;
    for (std::vector<Job> group; takeGroup(group); group.clear())
        writeGroup(std::move(group));
    m_file.close();
}

Result<StoredState> StoreWriter::load()
{
    StoredState state;
    Result<Done> done = m_file.open();
    if (done)
        done = readInitiators(m_file.connection(), state.initiators);
    if (done)
        done = readPushResources(m_file.connection(), state.pushResources);
    if (done)
        done = m_ledger.load();
    if (!done)
        return done.error();
    auto pushes = readUnfinishedPushes(m_file.connection());
    if (!pushes)
        return pushes.error();
    auto wakes = readUnfinishedWakes(m_file.connection());
    if (!wakes)
        return wakes.error();
    const auto lastPush = readHighestPush(m_file.connection());
    if (!lastPush)
        return lastPush.error();
    const auto lastWake = readHighestWake(m_file.connection());
    if (!lastWake)
        return lastWake.error();
    auto networks = readNetworks(m_file.connection());
    if (!networks)
        return networks.error();
    const auto devices = m_file.connection().number(QStringLiteral("SELECT COUNT(*) FROM devices"));
    if (!devices)
        return devices.error();
    state.deviceCount = *devices;
    auto notices = readNotices(m_file.connection());
    if (!notices)
        return notices.error();
    state.notices = *std::move(notices);
    state.networks = *std::move(networks);
    state.pushes = *std::move(pushes);
    state.wakes = *std::move(wakes);
    state.lastPush = *lastPush;
    state.lastWake = *lastWake;
    state.lastJournalId = m_ledger.last();
    return state;
}

bool StoreWriter::takeGroup(std::vector<Job> &group)
{
    std::unique_lock lock(m_mutex);
    if (!m_ledger.hasTooMany() || m_corrupt || m_pruneFailed)
        m_condition.wait(lock, [this] { return m_finishing || !m_queue.empty(); });
    group.swap(m_queue);
    return !group.empty() || !m_finishing;
}

void StoreWriter::writeGroup(std::vector<Job> group)
{
    Report report;
    QElapsedTimer timer;
    timer.start();
    const int pruneAtLeast = group.empty() ? prunedWhenIdle : 0;
    Result<Done> together = writeTogether(group, 0, group.size(), pruneAtLeast);
    m_pruneFailed = !together;
    report.transactions = together.ok() ? 1 : 0;
    if (together || group.size() <= 1 || concernsWholeStore(together.error())) {
        for (Job &job : group)
            job.result = together;
    } else {
        int failures = 0;
        for (size_t i = 0; i < group.size(); ++i) {
            Result<Done> alone =
                failures < hopelessAfter ? writeTogether(group, i, 1, 0) : group[i - 1].result;
            failures = alone ? 0 : failures + 1;
            report.transactions += alone.ok() ? 1 : 0;
            group[i].result = std::move(alone);
        }
    }
    report.took = Milliseconds(timer.elapsed());
    if (report.transactions == 0)
        report.trouble = group.empty() ? together.error().code : group.back().result.error().code;
    for (Job &job : group)
        job.batch = {};
    report.jobs = std::move(group);
    m_report(std::move(report));
}

Result<Done> StoreWriter::writeTogether(std::vector<Job> &group, size_t first, size_t count, int pruneAtLeast)
{
    if (m_corrupt)
        return *m_corrupt;
    Result<Done> done = m_file.begin();
    if (done) {
        for (size_t i = first; done && i < first + count; ++i)
            done = apply(group[i].batch);
        if (done)
            done = m_ledger.finish(pruneAtLeast);
        if (done)
            done = m_file.commit();
        else
            m_file.rollBack();
    }
    if (done)
        m_ledger.committed();
    else
        m_ledger.rolledBack();
    if (!done && done.error().is("store-corrupt"))
        m_corrupt = done.error();
    return done;
}

Result<Done> StoreWriter::apply(const StoreBatch &batch)
{
    SqlConnection &connection = m_file.connection();
    const auto write = [&](const auto &value) {
        return writeRow(connection, value);
    };
    const auto remove = [&](const auto &id) {
        return removeRow(connection, id);
    };
    Result<Done> done = forAll(batch.initiators, write);
    if (done)
        done = forAll(batch.removedInitiators, remove);
    if (done)
        done = forAll(batch.users, write);
    if (done)
        done = forAll(batch.devices, write);
    if (done)
        done = forAll(batch.bindings, write);
    if (done)
        done = forAll(batch.removedBindings,
                      [&](const auto &key) { return removeBinding(connection, key.first, key.second); });
    if (done)
        done = forAll(batch.pushResources, write);
    if (done)
        done = forAll(batch.removedPushResources, remove);
    if (done)
        done = forAll(batch.removedDevices, remove);
    if (done)
        done = forAll(batch.removedUsers, remove);
    if (done)
        done = forAll(batch.pushes, write);
    if (done)
        done = forAll(batch.wakes, write);
    if (done)
        done = forAll(batch.networks, write);
    if (done)
        done = forAll(batch.removedNetworks, remove);
    if (done)
        done = forAll(batch.notices, write);
    if (done)
        done = forAll(batch.removedNotices, [&](const QString &id) { return removeNotice(connection, id); });
    if (done)
        done = forAll(batch.journal, [&](const JournalEntry &entry) { return m_ledger.add(entry); });
    return done;
}

} // namespace reveille
