// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QVector>

namespace reveille {

/// Reads server-sent events from octets as they come. An event over 4 MiB fails the stream.
class EventReader {
public:
    struct Event {
        QByteArray type;
        quint64 id = 0;
        QByteArray data;
    };
    /// The events that became whole.
    QVector<Event> feed(QByteArrayView octets);
    bool failed() const { return m_failed; }

private:
    void takeLine(QByteArrayView line, QVector<Event> &whole);

    QByteArray m_buffer;
    Event m_event;
    bool m_failed = false;
};

} // namespace reveille
