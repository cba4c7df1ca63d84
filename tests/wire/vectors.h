// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/testpaths.h"

#include <QByteArray>
#include <QFile>
#include <QString>

/// Octets of tests/data/vectors/NAME.hex; empty where the file cannot be read.
inline QByteArray vectorOctets(const QString &name)
{
    QFile file(reveille::testData(u"vectors/%1.hex").arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QByteArray::fromHex(file.readAll().simplified().replace(' ', ""));
}

/// Without the SMS user data header in front.
inline QByteArray withoutUserDataHeader(const QByteArray &userData)
{
    return userData.isEmpty() ? userData : userData.mid(1 + quint8(userData.front()));
}

/// Octets of tests/data/vectors/NAME.msg, a message as text; empty where the file cannot be read.
inline QByteArray vectorMessage(const QString &name)
{
    QFile file(reveille::testData(u"vectors/%1.msg").arg(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}
