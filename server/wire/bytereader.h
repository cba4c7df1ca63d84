// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace reveille {

/// Reads octets from front to back and never past the end: every read answers nothing, and moves nothing,
/// where the octets do not suffice. Does not own the octets. Any thread, one at a time.
class ByteReader {
public:
    /// `origin` is the offset of the first octet in the whole message, so that position() stays meaningful in
    /// a part.
    explicit ByteReader(QByteArrayView octets, qsizetype origin = 0)
        : m_octets(octets)
        , m_origin(origin)
    {
    }

    bool atEnd() const { return m_at == m_octets.size(); }
    qsizetype remaining() const { return m_octets.size() - m_at; }
    qsizetype position() const { return m_origin + m_at; }
    std::optional<quint8> peek() const;

    std::optional<quint8> octet();
    std::optional<quint16> uint16(); ///< big-endian
    std::optional<quint32> uint32(); ///< big-endian
    std::optional<QByteArrayView> octets(qsizetype count);
    std::optional<ByteReader> part(qsizetype count); ///< a reader over the next `count` octets
    std::optional<QByteArrayView> zeroTerminated();  ///< without the zero, which is skipped
    QByteArrayView rest();

    enum class UintvarFault : quint8 { None, Truncated, Invalid };
    /// WSP uintvar. Strict: at most 5 octets and 32 bits, and no leading 0x80 octet (wire-facts 1.2). On a
    /// fault 0 is answered and nothing is moved.
    quint32 uintvar(UintvarFault &fault);

private:
    QByteArrayView m_octets;
    qsizetype m_at = 0;
    qsizetype m_origin = 0;
};

} // namespace reveille
