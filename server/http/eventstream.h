// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/clock.h"

#include <QByteArray>
#include <QObject>

namespace reveille {

class HttpConnection;

/// Server-sent events to one peer (WHATWG HTML, "Server-sent events"). A comment line goes out when nothing
/// else did for a while. A reader that falls behind by more than the backlog gets one last event "dropped"
/// and is closed, so that it knows to ask again. Made by HttpReply::openEvents(), owned by its connection.
/// Server thread.
class EventStream : public QObject {
    Q_OBJECT
public:
    EventStream(HttpConnection *connection, Timers &timers, Milliseconds heartbeat, qint64 backlog,
                bool chunked);
    ~EventStream() override;

    /// One event; `data` is a single line. `id` 0 = none. False once the stream is closed.
    bool send(const QByteArray &event, quint64 id, const QByteArray &data);
    void close();
    bool isOpen() const { return m_open; }
    /// Half of the backlog is free: more can be sent without risk.
    bool hasRoom() const;

Q_SIGNALS:
    /// Everything sent so far is on its way.
    void drained();

private:
    void write(const QByteArray &text);
    void beat();

    HttpConnection *m_connection;
    Timers &m_timers;
    Milliseconds m_heartbeat;
    qint64 m_backlog;
    bool m_chunked;
    bool m_open = true;
    bool m_quiet = true; ///< nothing was sent since the last beat
    TimerId m_timer = 0;
};

/// Calls `use` with the one of `readers` whose `stream` this is, whenever everything sent so far is on its way. `readers` are
/// those of `owner`.
template <typename Owner, typename Readers, typename Use>
void whenDrained(EventStream *stream, Owner *owner, Readers &readers, Use use)
{
    QObject::connect(stream, &EventStream::drained, owner, [stream, &readers, use] {
        for (auto &reader : readers) {
            if (reader.stream == stream)
                use(reader);
        }
    });
}

} // namespace reveille
