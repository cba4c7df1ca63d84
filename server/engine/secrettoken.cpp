// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/secrettoken.h"

#include <QCryptographicHash>
#include <QRandomGenerator>

namespace reveille {

QByteArray makeToken()
{
    QByteArray random(32, Qt::Uninitialized);
    QRandomGenerator::system()->generate(random.begin(), random.end());
    return random.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

QByteArray tokenHash(const QByteArray &token)
{
    return QCryptographicHash::hash(token, QCryptographicHash::Sha256).toHex();
}

} // namespace reveille
