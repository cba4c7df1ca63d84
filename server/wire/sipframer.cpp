// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/sipframer.h"

#include "wire/sipmessage.h"
#include "wire/sipscan.h"

namespace reveille {

namespace {

constexpr quint32 unknownLength = 0xffffffff;

/// Content-Length of a head; false when it is missing, unreadable or given twice with different values.
bool readContentLength(QByteArrayView head, quint32 &length)
{
    length = unknownLength;
    qsizetype at = head.indexOf("\r\n") + 2;
    while (at < head.size()) {
        qsizetype end = head.indexOf("\r\n", at);
        // the line break of a folded line belongs to its value
        while (end >= 0 && end + 2 < head.size() && sipscan::isSpace(head[end + 2]))
            end = head.indexOf("\r\n", end + 2);
        if (end < 0)
            end = head.size();
        const QByteArrayView line = head.sliced(at, end - at);
        at = end + 2;
        const qsizetype colon = line.indexOf(':');
        if (colon < 0)
            continue;
        const QByteArrayView name = sipscan::trimmed(line.first(colon));
        if (!sipscan::equals(name, "content-length") && !sipscan::equals(name, "l"))
            continue;
        const QByteArray text = line.sliced(colon + 1).toByteArray().trimmed();
        quint32 value = 0;
        if (!sipscan::readNumber(text, unknownLength - 1, value) ||
            (length != unknownLength && length != value))
            return false;
        length = value;
    }
    return length != unknownLength;
}

} // namespace

void SipFramer::append(QByteArrayView octets)
{
    if (m_failed)
        return;
    if (m_begin > 0) {
        m_buffer.remove(0, m_begin);
        m_begin = 0;
    }
    m_buffer.append(octets.data(), octets.size());
}

SipFramer::Item SipFramer::fail(const char *code)
{
    m_failed = true;
    m_buffer.clear();
    m_begin = 0;
    return {Event::Failed, {}, {code, {}}};
}

SipFramer::Item SipFramer::next()
{
    if (m_failed)
        return {Event::Failed, {}, {"sip-frame-not-sip", {}}};
    if (m_total == 0) {
        QByteArrayView rest = QByteArrayView(m_buffer).sliced(m_begin);
        while (rest.startsWith("\r\n")) {
            if (m_role == Role::Client) {
                m_begin += 2;
                return {Event::Pong, {}, {}};
            }
            if (rest.size() < 4 && (rest.size() == 2 || rest[2] == '\r'))
                return {};
            if (rest.startsWith("\r\n\r\n")) {
                m_begin += 4;
                return {Event::Ping, {}, {}};
            }
            m_begin += 2;
            rest = rest.sliced(2);
        }
        if (rest.isEmpty() || (rest.size() == 1 && rest.front() == '\r'))
            return {};
        if (!sipscan::isTokenCharacter(rest.front()))
            return fail("sip-frame-not-sip");
        const qsizetype end = rest.indexOf("\r\n\r\n", std::max<qsizetype>(0, m_scanned - 3));
        if (end < 0) {
            m_scanned = rest.size();
            return rest.size() > SipLimit::message ? fail("sip-frame-headers") : Item{};
        }
        quint32 length = 0;
        if (!readContentLength(rest.first(end), length))
            return fail("sip-frame-content-length");
        if (qint64(end) + 4 + length > SipLimit::message)
            return fail("sip-frame-too-long");
        m_total = end + 4 + qsizetype(length);
    }
    if (buffered() < m_total)
        return {};
    Item item{Event::Message, m_buffer.mid(m_begin, m_total), {}};
    m_begin += m_total;
    m_total = 0;
    m_scanned = 0;
    return item;
}

} // namespace reveille
