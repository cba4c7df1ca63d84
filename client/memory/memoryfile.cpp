// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/memory/memoryfile.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace reveille {
namespace {

/// So that the new name of a file is as durable as the file. Where folders cannot be synchronised there is nothing to do.
bool syncFolder(const QString &path)
{
    const int folder = ::open(QFile::encodeName(QFileInfo(path).absolutePath()).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return errno == EACCES; // one may write in it but not list it
    const bool isDone = ::fsync(folder) == 0 || errno == EINVAL;
    ::close(folder);
    return isDone;
}

} // namespace

MemoryFile::MemoryFile(QString path)
    : m_path(std::move(path))
{
}

MemoryFile::~MemoryFile() = default;

Result<std::optional<ClientMemory>> MemoryFile::open()
{
    auto lock = std::make_unique<QLockFile>(m_path + u".lock"_s);
    lock->setStaleLockTime(0); // only where its process is gone
    if (!lock->tryLock(0))
        return Error{lock->error() == QLockFile::LockFailedError ? "state-in-use" : "state-unreadable", m_path};
    m_lock = std::move(lock);
    return read();
}

Result<std::optional<ClientMemory>> MemoryFile::read() const
{
    const QFileInfo info(m_path);
    if (!info.exists() && !info.isSymLink())
        return std::optional<ClientMemory>();
    QFile file(m_path);
    if (!info.isFile() || !file.open(QIODevice::ReadOnly))
        return Error{"state-unreadable", m_path};
    const Result<ClientMemory> memory = clientMemoryFromJson(file.read(ClientMemory::largest + 1));
    if (!memory)
        return Error{memory.error().code, m_path + u": "_s + memory.error().about};
    return std::optional<ClientMemory>(*memory);
}

Result<Done> MemoryFile::save(const ClientMemory &memory)
{
    QSaveFile file(m_path);
    const QByteArray octets = toJson(memory);
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) ||
        file.write(octets) != octets.size() || !file.commit())
        return Error{"state-unwritable", file.errorString()};
    if (!syncFolder(m_path))
        return Error{"state-unwritable", QFileInfo(m_path).path()};
    return Done{};
}

void MemoryFile::close()
{
    m_lock.reset();
}

} // namespace reveille
