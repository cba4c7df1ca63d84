// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"

class QSqlError;

namespace reveille {

/// The store's code for what the database driver reported about `file`. A write that failed on a file system
/// without space is store-full, whatever name the driver has for it. Any thread.
Error storeError(const QSqlError &error, const QString &file);
/// Same for a result code of SQLite, extended or not.
Error storeError(int native, const char *text, const QString &file);

/// True where trying the batches one by one cannot help: the fault is of the database, not of what is
/// written.
bool concernsWholeStore(const Error &error);

} // namespace reveille
