// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/operationstoken.h"

#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <QSaveFile>

#include <array>

namespace reveille {

namespace {

constexpr qsizetype shortestToken = 32;
constexpr qint64 longestFile = 1024;
constexpr auto ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
constexpr auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ExeGroup |
                        QFileDevice::ReadOther | QFileDevice::WriteOther | QFileDevice::ExeOther;

QByteArray newToken()
{
    std::array<quint32, 8> words{};
    QRandomGenerator::system()->fillRange(words.data(), qsizetype(words.size()));
    const QByteArray octets(reinterpret_cast<const char *>(words.data()), sizeof words);
    return octets.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

/// The mode is set before the token is in the file, and the file appears under its name only when whole.
Result<QByteArray> writeToken(const QString &path)
{
    const QByteArray token = newToken();
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(ownerOnly) ||
        file.write(token + '\n') != token.size() + 1 || !file.commit())
        return Error{"token-file", path};
    return token;
}

} // namespace

QString operationsTokenPath(const QString &dataDir)
{
    return QDir(dataDir).filePath(QStringLiteral("operations.token"));
}

Result<QByteArray> readTokenFile(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return Error{"token-file-missing", path};
    if (!file.open(QIODevice::ReadOnly))
        return Error{"token-file", path};
    const QByteArray token = file.read(longestFile).trimmed();
    if (token.size() < shortestToken)
        return Error{"token-file", path};
    return token;
}

Result<QByteArray> ensureTokenFile(const QString &dataDir)
{
    const QString path = operationsTokenPath(dataDir);
    auto token = readTokenFile(path);
    if (!token && token.error().is("token-file-missing"))
        return writeToken(path);
    if (token && (QFile::permissions(path) & others) && !QFile::setPermissions(path, ownerOnly))
        return Error{"token-file", path};
    return token;
}

} // namespace reveille
