// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/wspmultipart.h"

#include "wire/bytereader.h"
#include "wire/uintvar.h"

namespace reveille {

namespace {

std::optional<quint32> takeCount(ByteReader &reader)
{
    auto fault = ByteReader::UintvarFault::None;
    const quint32 count = reader.uintvar(fault);
    return fault == ByteReader::UintvarFault::None ? std::optional(count) : std::nullopt;
}

/// Headers and data of a part stand as in a push, whose head is put before them.
Result<WspPush> readPart(QByteArrayView headers, QByteArrayView data)
{
    QByteArray push("\x00\x06", 2);
    appendUintvar(push, quint32(headers.size()));
    push += headers;
    push += data;
    return decodeWspPush(push);
}

} // namespace

Result<QVector<WspPush>> parseWspMultipart(QByteArrayView body, qsizetype mostParts)
{
    ByteReader reader(body);
    const std::optional<quint32> count = takeCount(reader);
    if (!count)
        return Error{"multipart-truncated", {}};
    if (*count > mostParts)
        return Error{"multipart-parts", QString::number(*count)};
    QVector<WspPush> parts;
    while (parts.size() < *count) {
        const std::optional<quint32> headersSize = takeCount(reader);
        const std::optional<quint32> dataSize = headersSize ? takeCount(reader) : std::nullopt;
        const auto headers = dataSize ? reader.octets(*headersSize) : std::nullopt;
        const auto data = headers ? reader.octets(*dataSize) : std::nullopt;
        if (!data)
            return Error{"multipart-truncated", QString::number(reader.position())};
        auto part = readPart(*headers, *data);
        if (!part)
            return part.error();
        parts.append(std::move(*part));
    }
    if (!reader.atEnd())
        return Error{"multipart-rest", QString::number(reader.remaining())};
    return parts;
}

} // namespace reveille
