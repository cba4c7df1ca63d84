// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/dtlshello.h"

#include "wire/bytereader.h"

namespace reveille {

namespace {

constexpr qsizetype recordHeader = 13, epochAt = 3;
constexpr quint8 handshakeRecord = 22, clientHello = 1, dtlsMajor = 0xfe;
constexpr qsizetype sequenceSize = 6, randomSize = 32, minorVersion = 1, clientVersion = 2;

std::optional<quint32> uint24(ByteReader &reader)
{
    const auto high = reader.octet();
    const auto low = reader.uint16();
    return high && low ? std::optional(quint32(*high) << 16 | *low) : std::nullopt;
}

/// A value with its length in one octet before it.
std::optional<QByteArrayView> shortVector(ByteReader &reader)
{
    const auto length = reader.octet();
    return length ? reader.octets(*length) : std::nullopt;
}

/// The same with two octets of length.
std::optional<QByteArrayView> longVector(ByteReader &reader)
{
    const auto length = reader.uint16();
    return length ? reader.octets(*length) : std::nullopt;
}

Error fault(const char *code)
{
    return {code, {}};
}

} // namespace

bool DtlsHello::isMeant(QByteArrayView datagram)
{
    return datagram.size() > recordHeader && quint8(datagram[0]) == handshakeRecord && datagram[epochAt] == 0
        && datagram[epochAt + 1] == 0 && quint8(datagram[recordHeader]) == clientHello;
}

Result<DtlsHello> DtlsHello::parse(QByteArrayView datagram)
{
    if (!isMeant(datagram))
        return fault("dtls-not-hello");
    ByteReader reader(datagram);
    (void)reader.octet();
    if (reader.octet() != dtlsMajor)
        return fault("dtls-version");
    (void)reader.octets(minorVersion + 2 + sequenceSize); // and the epoch
    const auto recordSize = reader.uint16();
    std::optional<ByteReader> record = recordSize ? reader.part(*recordSize) : std::nullopt;
    if (!record)
        return fault("dtls-truncated");

    (void)record->octet();
    const auto size = uint24(*record);
    (void)record->uint16(); // the number of the message
    const auto offset = uint24(*record), fragment = uint24(*record);
    if (!fragment)
        return fault("dtls-truncated");
    if (*offset != 0 || *fragment != *size)
        return fault("dtls-fragmented");
    std::optional<ByteReader> body = record->part(*fragment);
    if (!body || !body->octets(clientVersion + randomSize))
        return fault("dtls-truncated");

    DtlsHello hello;
    const auto session = shortVector(*body), cookie = shortVector(*body), suites = longVector(*body),
               compression = shortVector(*body);
    if (!session || session->size() > longestSession || !cookie || !suites || suites->isEmpty() || suites->size() % 2 != 0
        || !compression || compression->isEmpty())
        return fault("dtls-truncated");
    if (!body->atEnd() && !longVector(*body)) // the extensions
        return fault("dtls-truncated");
    if (!body->atEnd())
        return fault("dtls-truncated");
    hello.session = *session;
    hello.cookie = *cookie;
    return hello;
}

} // namespace reveille
