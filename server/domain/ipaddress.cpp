// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/ipaddress.h"

#include "domain/textscan.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <arpa/inet.h>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype v4Size = 4;
constexpr qsizetype v6Size = 16;
constexpr qsizetype longestText = INET6_ADDRSTRLEN;

bool isMappedV4(const QByteArray &octets)
{
    return octets.size() == v6Size && octets.startsWith(QByteArray("\0\0\0\0\0\0\0\0\0\0\xff\xff", 12));
}

QString v4Text(const QByteArray &octets)
{
    std::array<char, INET_ADDRSTRLEN> text;
    char *end = text.data();
    for (const char octet : octets) {
        if (end != text.data())
            *end++ = '.';
        end = std::to_chars(end, text.data() + text.size(), quint8(octet)).ptr;
    }
    return QString::fromLatin1(text.data(), end - text.data());
}

/// RFC 5952 section 4: lower case, no leading zeros, the first longest run of two or more zero groups as
/// "::".
QString v6Text(const QByteArray &octets)
{
    std::array<uint, 8> groups{};
    qsizetype octet = 0;
    for (uint &group : groups) {
        group = uint(quint8(octets.at(octet))) << 8 | quint8(octets.at(octet + 1));
        octet += 2;
    }

    std::size_t runStart = groups.size();
    std::size_t runLength = 1;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        std::size_t end = i;
        while (end < groups.size() && groups[end] == 0)
            ++end;
        if (end - i > runLength) {
            runStart = i;
            runLength = end - i;
        }
        i = std::max(i, end);
    }

    QString text;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        if (i == runStart) {
            text += u"::"_s;
            i += runLength - 1;
            continue;
        }
        if (!text.isEmpty() && !text.endsWith(u':'))
            text += u':';
        text += QString::number(groups[i], 16);
    }
    return text;
}

} // namespace

IpAddress IpAddress::ofPeer(QStringView peer)
{
    const qsizetype colon = peer.lastIndexOf(u':');
    const Result<IpAddress> address = parse(colon < 0 ? peer : peer.first(colon));
    return address ? *address : IpAddress();
}

IpAddress IpAddress::fromBytes(const QByteArray &octets)
{
    IpAddress address;
    if (isMappedV4(octets))
        address.m_octets = octets.last(v4Size);
    else if (octets.size() == v4Size || octets.size() == v6Size)
        address.m_octets = octets;
    return address;
}

Result<IpAddress> IpAddress::parse(QStringView text)
{
    text = text.trimmed();
    if (text.isEmpty())
        return Error{"address-empty", {}};
    const auto wrong = [text] { return Error{"address-characters", shortened(text)}; };
    const bool bracketed = text.startsWith(u'[') && text.endsWith(u']') && text.size() > 2;
    if (bracketed)
        text = text.sliced(1, text.size() - 2);
    if (text.size() >= longestText || !allOf(text, isVisibleAscii))
        return wrong();

    const QByteArray ascii = text.toLatin1();
    std::array<char, v6Size> octets{};
    if (!bracketed && inet_pton(AF_INET, ascii.constData(), octets.data()) == 1)
        return fromBytes(QByteArray(octets.data(), v4Size));
    if (inet_pton(AF_INET6, ascii.constData(), octets.data()) == 1)
        return fromBytes(QByteArray(octets.data(), v6Size));
    return wrong();
}

bool IpAddress::isLoopback() const
{
    if (isV4())
        return quint8(m_octets.at(0)) == 127;
    return !isNull() && m_octets == QByteArray(v6Size - 1, '\0') + '\x01';
}

QString IpAddress::toString() const
{
    if (isNull())
        return {};
    return isV4() ? v4Text(m_octets) : v6Text(m_octets);
}

} // namespace reveille
