// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/eventstream.h"

#include "http/httpconnection.h"

namespace reveille {

EventStream::EventStream(HttpConnection *connection, Timers &timers, Milliseconds heartbeat, qint64 backlog,
                         bool chunked)
    : QObject(connection)
    , m_connection(connection)
    , m_timers(timers)
    , m_heartbeat(heartbeat)
    , m_backlog(backlog)
    , m_chunked(chunked)
{
    write(QByteArrayLiteral(": reveille\n\n"));
    m_timer = m_timers.start(m_heartbeat, [this] { beat(); });
}

EventStream::~EventStream()
{
    m_timers.cancel(m_timer);
}

bool EventStream::send(const QByteArray &event, quint64 id, const QByteArray &data)
{
    if (!m_open)
        return false;
    if (m_connection->backlog() + data.size() > m_backlog) {
        write(QByteArrayLiteral("event: dropped\ndata: {}\n\n"));
        close();
        return false;
    }
    QByteArray text = "event: " + event + '\n';
    if (id > 0)
        text += "id: " + QByteArray::number(id) + '\n';
    write(text + "data: " + data + "\n\n");
    m_quiet = false;
    return true;
}

bool EventStream::hasRoom() const
{
    return m_open && m_connection->backlog() < m_backlog / 2;
}

void EventStream::close()
{
    if (!m_open)
        return;
    m_open = false;
    m_timers.cancel(m_timer);
    m_connection->endEvents(m_chunked ? httpLastChunk() : QByteArray());
}

void EventStream::write(const QByteArray &text)
{
    m_connection->writeEvents(m_chunked ? httpChunk(text) : text);
}

void EventStream::beat()
{
    m_timer = m_timers.start(m_heartbeat, [this] { beat(); });
    if (!std::exchange(m_quiet, true))
        return;
    if (m_connection->backlog() <= m_backlog)
        write(QByteArrayLiteral(": still here\n\n"));
}

} // namespace reveille
