// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/sqlstore.h"

#include <QCoreApplication>
#include <QDir>
#include <QEventLoop>
#include <QFile>
#include <QTemporaryDir>

#include <optional>
#include <QTest>

namespace reveille {

/// All that a store knows at its opening, subscribers too.
struct WholeState : StoredState, StoredSubscribers {
};

/// A store on a file of its own, with calls that wait for their answer.
class StoreHarness {
public:
    explicit StoreHarness(StoreSettings settings = {})
        : m_settings(std::move(settings))
    {
        if (m_settings.database.isEmpty())
            m_settings.database = m_folder.filePath(QStringLiteral("reveille.db"));
        m_store = std::make_unique<SqlStore>(m_settings);
    }

    QString file() const { return m_settings.database; }
    QString folder() const { return m_folder.path(); }
    SqlStore &store() { return *m_store; }
    StoreSettings &settings() { return m_settings; }

    Result<WholeState> open()
    {
        WholeState whole;
        Result<StoredState> state = m_store->open();
        if (!state)
            return state.error();
        static_cast<StoredState &>(whole) = *std::move(state);
        const Result<Done> read = m_store->readSubscribers([&](const StoredSubscribers &portion) {
            whole.users += portion.users;
            whole.devices += portion.devices;
            whole.bindings += portion.bindings;
            ++m_portions;
        });
        if (!read)
            return read.error();
        return whole;
    }
    Result<WholeState> reopen()
    {
        m_store = std::make_unique<SqlStore>(m_settings);
        m_portions = 0;
        return open();
    }
    int portions() const { return m_portions; } ///< in which the subscribers came
    Result<Done> commit(StoreBatch batch)
    {
        return wait<Done>([&](auto done) { m_store->commit(std::move(batch), done); });
    }
    Result<QVector<JournalEntry>> readJournal(const JournalQuery &query)
    {
        return wait<QVector<JournalEntry>>([&](auto done) { m_store->readJournal(query, done); });
    }
    Result<std::optional<Push>> readPush(const PushId &id)
    {
        return wait<std::optional<Push>>([&](auto done) { m_store->readPush(id, done); });
    }
    Result<QVector<Push>> readPushesByReference(const QString &initiator, const QString &reference)
    {
        return wait<QVector<Push>>(
            [&](auto done) { m_store->readPushesByReference(InitiatorId(initiator), reference, done); });
    }
    Result<PushPage> readPushes(const PushQuery &query)
    {
        return wait<PushPage>([&](auto done) { m_store->readPushes(query, done); });
    }
    Result<std::optional<WakeUp>> readWake(const WakeId &id)
    {
        return wait<std::optional<WakeUp>>([&](auto done) { m_store->readWake(id, done); });
    }

private:
    template <typename Value, typename Ask>
    Result<Value> wait(Ask ask)
    {
        QEventLoop loop;
        std::optional<Result<Value>> answer;
        ask([&](const Result<Value> &result) {
            answer.emplace(result);
            loop.quit();
        });
        loop.exec();
        return *answer;
    }

    QTemporaryDir m_folder;
    StoreSettings m_settings;
    std::unique_ptr<SqlStore> m_store;
    int m_portions = 0;
};

inline QByteArray codeOf(const Error &error)
{
    return error.code;
}
/// "" when it worked.
template <typename Value>
QByteArray codeOf(const Result<Value> &result)
{
    return result ? QByteArray() : QByteArray(result.error().code);
}

} // namespace reveille

#define QVERIFY_OK(result)                                                                                   \
    do {                                                                                                     \
        const auto &verified = (result);                                                                     \
        QVERIFY2(verified.ok(), verified.ok() ? "" : verified.error().code);                                 \
    } while (false)
