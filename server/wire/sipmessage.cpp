// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/sipmessage.h"

#include "wire/sipheadernames.h"
#include "wire/sipscan.h"

namespace reveille {

QByteArrayView SipMessage::header(QByteArrayView name) const
{
    for (const Line &line : m_lines) {
        if (sipscan::equals(sipheaders::longName(m_parts.view(line.name)), name))
            return m_parts.view(line.value);
    }
    return {};
}

bool SipMessage::hasHeader(QByteArrayView name) const
{
    return std::any_of(m_lines.begin(), m_lines.end(), [&](const Line &line) {
        return sipscan::equals(sipheaders::longName(m_parts.view(line.name)), name);
    });
}

QVector<QByteArrayView> SipMessage::lines(QByteArrayView name) const
{
    QVector<QByteArrayView> found;
    for (const Line &line : m_lines) {
        if (sipscan::equals(sipheaders::longName(m_parts.view(line.name)), name))
            found.append(m_parts.view(line.value));
    }
    return found;
}

QVector<QByteArrayView> SipMessage::values(QByteArrayView name) const
{
    QVector<QByteArrayView> found;
    for (const QByteArrayView line : lines(name)) {
        for (qsizetype begin = 0; begin <= line.size();) {
            qsizetype end = sipscan::findOutside(line, begin, ',');
            if (end < 0)
                end = line.size();
            const QByteArrayView value = sipscan::trimmed(line.sliced(begin, end - begin));
            if (!value.isEmpty())
                found.append(value);
            begin = end + 1;
        }
    }
    return found;
}

bool SipMessage::hasToken(QByteArrayView name, QByteArrayView token) const
{
    const QVector<QByteArrayView> all = values(name);
    return std::any_of(all.cbegin(), all.cend(),
                       [&](QByteArrayView one) { return sipscan::equals(one, token); });
}

std::optional<quint32> SipMessage::number(QByteArrayView name) const
{
    quint32 value = 0;
    QByteArrayView text = header(name);
    // Retry-After: 120 (maintenance);duration=60
    qsizetype digits = 0;
    while (digits < text.size() && sipscan::isDigit(text[digits]))
        ++digits;
    if (digits < text.size() && !QByteArrayView(" \t;(").contains(text[digits]))
        return std::nullopt;
    if (!sipscan::readNumber(text.first(digits), 0xffffffff, value))
        return std::nullopt;
    return value;
}

QByteArray SipMessage::body() const
{
    return m_parts.view(m_body).toByteArray();
}

} // namespace reveille
