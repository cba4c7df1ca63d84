// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/eventreader.h"

namespace reveille {

namespace {

constexpr qsizetype longestEvent = 4 * 1024 * 1024;

} // namespace

QVector<EventReader::Event> EventReader::feed(QByteArrayView octets)
{
    QVector<Event> whole;
    m_buffer.append(octets.data(), octets.size());
    qsizetype start = 0;
    for (qsizetype end = m_buffer.indexOf('\n'); end >= 0; end = m_buffer.indexOf('\n', start)) {
        QByteArrayView line = QByteArrayView(m_buffer).sliced(start, end - start);
        if (line.endsWith('\r'))
            line.chop(1);
        takeLine(line, whole);
        start = end + 1;
    }
    m_buffer.remove(0, start);
    if (m_buffer.size() + m_event.data.size() > longestEvent)
        m_failed = true;
    return whole;
}

void EventReader::takeLine(QByteArrayView line, QVector<Event> &whole)
{
    if (line.isEmpty()) {
        if (!m_event.type.isEmpty() || !m_event.data.isEmpty())
            whole.append(m_event);
        m_event = {};
        return;
    }
    const qsizetype colon = line.indexOf(':');
    const QByteArrayView name = colon < 0 ? line : line.first(colon);
    QByteArrayView value = colon < 0 ? QByteArrayView() : line.sliced(colon + 1);
    if (value.startsWith(' '))
        value = value.sliced(1);
    if (name == QByteArrayView("event"))
        m_event.type = value.toByteArray();
    else if (name == QByteArrayView("id"))
        m_event.id = value.toByteArray().toULongLong();
    else if (name == QByteArrayView("data"))
        m_event.data += (m_event.data.isEmpty() ? QByteArray() : QByteArray("\n")) + value.toByteArray();
}

} // namespace reveille
