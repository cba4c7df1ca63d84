// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/storeerror.h"

#include "store/storelog.h"

#include <QFileInfo>
#include <QSqlError>
#include <QStorageInfo>

namespace reveille {

namespace {

/// SQLite's primary result codes; the upper bits of an extended code say more about the same thing.
enum Primary : int {
    Busy = 5,
    Locked = 6,
    ReadOnly = 8,
    InputOutput = 10,
    Corrupt = 11,
    Full = 13,
    CannotOpen = 14,
    NotADatabase = 26
};

constexpr qint64 spaceForAnything = 64 * 1024;

bool outOfSpace(const QString &file)
{
    return QStorageInfo(QFileInfo(file).absolutePath()).bytesAvailable() < spaceForAnything;
}

const char *codeFor(int primary, const QString &file)
{
    switch (primary) {
    case Busy:
    case Locked:
        return "store-locked";
    case ReadOnly:
        return "store-read-only";
    case Corrupt:
    case NotADatabase:
        return "store-corrupt";
    case Full:
        return "store-full";
    case InputOutput:
    case CannotOpen:
        return outOfSpace(file) ? "store-full" : "store-failed";
    default:
        return "store-failed";
    }
}

} // namespace

Error storeError(const QSqlError &error, const QString &file)
{
    return storeError(error.nativeErrorCode().toInt(), qUtf8Printable(error.databaseText()), file);
}

Error storeError(int native, const char *text, const QString &file)
{
    const char *code = codeFor(native & 0xff, file);
    qCWarning(lcStore).nospace() << code << " " << file << ": " << text << " (" << native << ")";
    return {code, file};
}

bool concernsWholeStore(const Error &error)
{
    return error.is("store-corrupt") || error.is("store-read-only") || error.is("store-locked");
}

} // namespace reveille
