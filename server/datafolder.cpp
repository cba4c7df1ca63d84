// SPDX-License-Identifier: GPL-3.0-or-later
#include "datafolder.h"

#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <QSaveFile>

namespace reveille {

Result<Done> ensureDataFolder(const QString &path)
{
    const QFileInfo info(path);
    if (info.exists() && !info.isDir())
        return Error{"data-dir", path};
    if (!info.exists()) {
        if (!QDir().mkpath(path))
            return Error{"data-dir", path};
        QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    if (!QFileInfo(path).isWritable())
        return Error{"data-dir", path};
    return Done{};
}

Result<QByteArray> serverKey(const QString &folder, const QString &file)
{
    constexpr int length = 32;
    const QString path = QDir(folder).filePath(file);
    QFile known(path);
    if (known.exists()) {
        if (!known.open(QIODevice::ReadOnly))
            return Error{"data-dir", path + QStringLiteral(": ") + known.errorString()};
        const QByteArray key = known.read(length + 1);
        if (key.size() != length)
            return Error{"data-dir", path};
        return key;
    }
    QByteArray key(length, Qt::Uninitialized);
    QRandomGenerator::system()->generate(key.begin(), key.end());
    QSaveFile fresh(path);
    if (!fresh.open(QIODevice::WriteOnly) || !fresh.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        || fresh.write(key) != length || !fresh.commit())
        return Error{"data-dir", path + QStringLiteral(": ") + fresh.errorString()};
    return key;
}

} // namespace reveille
