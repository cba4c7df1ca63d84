// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/memory/clientmemory.h"

#include <QLockFile>

#include <memory>
#include <optional>

namespace reveille {

/// The file in which one device keeps its memory: for its owner only (0600), replaced whole so that a crash leaves the
/// old or the new one, and used by one process at a time. Any one thread; reads and writes block.
class MemoryFile {
public:
    explicit MemoryFile(QString path);
    ~MemoryFile();

    /// Locks it and reads it; nothing where it is not there yet. Errors: state-in-use, state-unreadable (not a file, not
    /// ours to read, no folder to write in), those of clientMemoryFromJson(). about: the path, and what is wrong there.
    Result<std::optional<ClientMemory>> open();
    /// Durable once it returns. Error state-unwritable (about: why).
    Result<Done> save(const ClientMemory &memory);
    /// For another process to use.
    void close();

private:
    Result<std::optional<ClientMemory>> read() const;

    QString m_path;
    std::unique_ptr<QLockFile> m_lock;
};

} // namespace reveille
