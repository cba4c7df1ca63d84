// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/bytereader.h"

#include <QtEndian>

namespace reveille {

std::optional<quint8> ByteReader::peek() const
{
    if (atEnd())
        return {};
    return quint8(m_octets[m_at]);
}

std::optional<quint8> ByteReader::octet()
{
    const std::optional<quint8> value = peek();
    if (value)
        ++m_at;
    return value;
}

std::optional<quint16> ByteReader::uint16()
{
    const auto two = octets(2);
    if (!two)
        return {};
    return qFromBigEndian<quint16>(two->data());
}

std::optional<quint32> ByteReader::uint32()
{
    const auto four = octets(4);
    if (!four)
        return {};
    return qFromBigEndian<quint32>(four->data());
}

std::optional<QByteArrayView> ByteReader::octets(qsizetype count)
{
    if (count < 0 || count > remaining())
        return {};
    const QByteArrayView view = m_octets.sliced(m_at, count);
    m_at += count;
    return view;
}

std::optional<ByteReader> ByteReader::part(qsizetype count)
{
    const qsizetype start = position();
    const auto view = octets(count);
    if (!view)
        return {};
    return ByteReader(*view, start);
}

std::optional<QByteArrayView> ByteReader::zeroTerminated()
{
    const QByteArrayView ahead = m_octets.sliced(m_at);
    const qsizetype zero = ahead.indexOf('\0');
    if (zero < 0)
        return {};
    m_at += zero + 1;
    return ahead.first(zero);
}

QByteArrayView ByteReader::rest()
{
    const QByteArrayView view = m_octets.sliced(m_at);
    m_at = m_octets.size();
    return view;
}

quint32 ByteReader::uintvar(UintvarFault &fault)
{
    constexpr qsizetype longest = 5;
    quint64 value = 0;
    for (qsizetype i = 0; i < longest; ++i) {
        if (m_at + i >= m_octets.size()) {
            fault = UintvarFault::Truncated;
            return 0;
        }
        const quint8 octet = quint8(m_octets[m_at + i]);
        if (i == 0 && octet == 0x80)
            break;
        value = (value << 7) | (octet & 0x7f);
        if (!(octet & 0x80)) {
            if (value > 0xffffffffu)
                break;
            m_at += i + 1;
            fault = UintvarFault::None;
            return quint32(value);
        }
    }
    fault = UintvarFault::Invalid;
    return 0;
}

} // namespace reveille
