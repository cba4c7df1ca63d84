// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/databaselock.h"

#include "store/storelog.h"

#include <QByteArray>
#include <QFile>

#include <array>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace reveille {

namespace {

/// "PID COMMITS\n" in a record of fixed width, so that writing it again takes no space on a full disk.
constexpr int recordSize = 40;

struct Record {
    qint64 pid = 0;
    qint64 commits = 0;
};

Record readRecord(int descriptor)
{
    std::array<char, recordSize> buffer{};
    const ssize_t got = ::pread(descriptor, buffer.data(), buffer.size(), 0);
    const QList<QByteArray> words = QByteArray(buffer.data(), got > 0 ? int(got) : 0).simplified().split(' ');
    return {words.value(0).toLongLong(), words.value(1).toLongLong()};
}

bool writeRecord(int descriptor, qint64 commits)
{
    QByteArray record = QByteArray::number(qint64(::getpid())) + ' ' + QByteArray::number(commits);
    record = record.leftJustified(recordSize - 1, ' ') + '\n';
    return ::pwrite(descriptor, record.constData(), size_t(record.size()), 0) == record.size();
}

const char *codeFor(int number)
{
    switch (number) {
    case EACCES:
    case EPERM:
    case EROFS:
        return "store-read-only";
    case ENOSPC:
    case EDQUOT:
        return "store-full";
    default:
        return "store-failed";
    }
}

/// False where the file was taken away between opening and locking it.
bool isStill(int descriptor, const QByteArray &path)
{
    struct stat opened {};
    struct stat named {};
    return ::fstat(descriptor, &opened) == 0 && ::stat(path.constData(), &named) == 0 &&
           opened.st_ino == named.st_ino && opened.st_dev == named.st_dev;
}

} // namespace

Result<Done> DatabaseLock::acquire(const QString &database)
{
    m_path = QFile::encodeName(database) + ".lock";
    for (;;) {
        const int descriptor = ::open(m_path.constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (descriptor < 0) {
            const int number = errno;
            qCWarning(lcStore) << "lock file" << m_path << std::strerror(number);
            return Error{codeFor(number), QFile::decodeName(m_path)};
        }
        if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
            const qint64 pid = readRecord(descriptor).pid;
            ::close(descriptor);
            return Error{"store-locked", database + QStringLiteral(", pid %1").arg(pid)};
        }
        if (!isStill(descriptor, m_path)) {
            ::close(descriptor);
            continue;
        }
        m_descriptor = descriptor;
        struct stat facts {};
        m_wasLeft = ::fstat(descriptor, &facts) == 0 && facts.st_size > 0;
        m_leftCommits = m_wasLeft ? readRecord(descriptor).commits : 0;
        if (!writeRecord(descriptor, m_leftCommits)) {
            const int number = errno;
            release(!m_wasLeft);
            return Error{codeFor(number), QFile::decodeName(m_path)};
        }
        return Done{};
    }
}

void DatabaseLock::note(qint64 number)
{
    m_wasLeft = true;
    if (m_descriptor >= 0 && !writeRecord(m_descriptor, number))
        qCWarning(lcStore) << "lock file" << m_path << std::strerror(errno);
}

void DatabaseLock::release(bool clean)
{
    if (m_descriptor < 0)
        return;
    if (clean)
        ::unlink(m_path.constData());
    ::close(m_descriptor);
    m_descriptor = -1;
}

} // namespace reveille
