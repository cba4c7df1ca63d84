// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/utf8.h"

#include <QStringDecoder>

namespace reveille {

QString readUtf8(QByteArrayView octets)
{
    QStringDecoder decoder(QStringDecoder::Utf8,
                           QStringConverter::Flag::ConvertInitialBom | QStringConverter::Flag::Stateless);
    return decoder.decode(octets);
}

std::optional<QString> readUtf8Strictly(QByteArrayView octets)
{
    QStringDecoder decoder(QStringDecoder::Utf8,
                           QStringConverter::Flag::ConvertInitialBom | QStringConverter::Flag::Stateless);
    QString text = decoder.decode(octets);
    if (decoder.hasError())
        return {};
    return text;
}

} // namespace reveille
