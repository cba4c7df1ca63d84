// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/databasefile.h"

#include "store/migrations.h"
#include "store/storelog.h"

#include <QFile>
#include <QFileInfo>

#include <fcntl.h>
#include <unistd.h>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

/// Checking every page takes about a second per 500 MB; a start must not take long.
constexpr qint64 alwaysCheckedSize = 32LL * 1024 * 1024;
constexpr qint64 checkedAfterCrashSize = 256LL * 1024 * 1024;

bool hasContent(const QString &file)
{
    return QFileInfo(file).size() > 0;
}

/// Makes what `path` names durable: a file, or the entries of a folder.
bool syncToDisk(const QString &path)
{
    const int descriptor = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return false;
    const bool synced = ::fsync(descriptor) == 0;
    ::close(descriptor);
    return synced;
}

} // namespace

Result<Done> DatabaseFile::open()
{
    if (m_settings.driver != "sqlite"_L1)
        return Error{"store-failed", m_settings.driver};
    Result<Done> done = checkPlace();
    if (done)
        done = m_lock.acquire(m_settings.database);
    if (!done)
        return done;
    if (!QFileInfo::exists(m_settings.database))
        done = create();
    if (done)
        done = openExisting();
    if (!done) {
        m_connection.close();
        m_lock.release(!m_lock.wasLeft());
    }
    return done;
}

Result<Done> DatabaseFile::checkPlace() const
{
    const QFileInfo file(m_settings.database);
    const QFileInfo folder(file.absolutePath());
    if (!folder.isDir())
        return Error{"store-missing-folder", folder.filePath()};
    if (file.exists() && !file.isFile())
        return Error{"store-failed", m_settings.database};
    return Done{};
}

/// Makes the database under another name first, so that a file of this name always has a whole schema in it.
Result<Done> DatabaseFile::create()
{
    if (hasLog() || hasContent(m_settings.database + u"-journal"_s))
        return Error{"store-corrupt", m_settings.database};
    const QString draft = m_settings.database + u".new"_s;
    for (const QString &suffix : {u""_s, u"-wal"_s, u"-shm"_s, u"-journal"_s})
        QFile::remove(draft + suffix);

    Result<Done> done = m_connection.open(draft, SqlConnection::Mode::Create, m_settings.busyTimeout);
    if (done)
        done = m_connection.run(u"PRAGMA journal_mode = WAL"_s);
    if (done)
        done = migrate(m_connection, builtInMigrations(), true);
    m_connection.close();
    if (!done) {
        QFile::remove(draft);
        return Error{done.error().code, m_settings.database};
    }
    if (!syncToDisk(draft) || !QFile::rename(draft, m_settings.database) ||
        !syncToDisk(QFileInfo(m_settings.database).absolutePath()))
        return Error{"store-failed", m_settings.database};
    return Done{};
}

Result<Done> DatabaseFile::openExisting()
{
    if (!hasContent(m_settings.database))
        return Error{"store-corrupt", m_settings.database};
    Result<Done> done =
        m_connection.open(m_settings.database, SqlConnection::Mode::ReadWrite, m_settings.busyTimeout);
    // A page that many transactions change is copied to its place once for all of them: 8,000 pages of log are 32 MB.
    for (const QString &pragma : {u"synchronous = FULL"_s, u"cache_size = -32768"_s, u"temp_store = MEMORY"_s,
                                  u"wal_autocheckpoint = 8000"_s, u"journal_size_limit = 67108864"_s}) {
        if (done)
            done = m_connection.run(u"PRAGMA "_s + pragma);
    }
    if (done)
        done = checkPages();
    if (done)
        done = migrate(m_connection, builtInMigrations(), false);
    if (done)
        done = checkCommits();
    if (done)
        done = m_connection.run(u"PRAGMA journal_mode = WAL"_s);
    // A first commit shows that the file can be written, before anybody is promised anything.
    if (done)
        done = begin();
    return done ? commit() : done;
}

/// Looks at the structure of the whole file if that is quick, and of a larger one if the server before died.
Result<Done> DatabaseFile::checkPages()
{
    const qint64 size = QFileInfo(m_settings.database).size();
    const bool died = m_lock.wasLeft() || hasLog();
    if (size > (died ? checkedAfterCrashSize : alwaysCheckedSize))
        return Done{};
    const Result<QString> verdict = m_connection.pragma(u"quick_check(1)"_s);
    if (!verdict)
        return verdict.error();
    if (*verdict == "ok"_L1)
        return Done{};
    qCWarning(lcStore) << "store-corrupt" << m_settings.database << *verdict;
    return Error{"store-corrupt", m_settings.database};
}

/// A server that died has left the number of its last commit; a database with fewer has lost its log, or part
/// of it.
Result<Done> DatabaseFile::checkCommits()
{
    const auto commits = m_connection.number(u"SELECT value FROM meta WHERE name = 'commits'"_s);
    if (!commits)
        return commits.error();
    m_commits = *commits;
    if (m_commits >= m_lock.leftCommits())
        return Done{};
    qCWarning(lcStore) << "store-corrupt" << m_settings.database << "holds" << m_commits << "commits of"
                       << m_lock.leftCommits();
    return Error{"store-corrupt", m_settings.database + u"-wal"_s};
}

bool DatabaseFile::hasLog() const
{
    return hasContent(m_settings.database + u"-wal"_s);
}

Result<Done> DatabaseFile::begin()
{
    const auto begun = m_connection.write(u"BEGIN IMMEDIATE"_s, {}); // which is prepared once
    return begun ? Result<Done>(Done{}) : begun.error();
}

Result<Done> DatabaseFile::commit()
{
    const auto counted = m_connection.write(u"INSERT INTO meta (name, value) VALUES ('commits', ?) "
                                            "ON CONFLICT (name) DO UPDATE SET value = excluded.value"_s,
                                            {QString::number(m_commits + 1)});
    const auto committed = counted ? m_connection.write(u"COMMIT"_s, {}) : counted;
    if (!committed) {
        rollBack();
        return committed.error();
    }
    m_lock.note(++m_commits);
    return Done{};
}

void DatabaseFile::rollBack()
{
    // The driver may have undone it already; then there is nothing to roll back, which is as well.
    (void)m_connection.run(u"ROLLBACK"_s);
}

void DatabaseFile::close()
{
    if (!m_connection.isOpen())
        return;
    (void)m_connection.run(u"PRAGMA wal_checkpoint(TRUNCATE)"_s);
    m_connection.close();
    m_lock.release(!hasLog());
}

} // namespace reveille
