// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace reveille {

/// The octets of request bodies that have not come whole, of all connections of one server together. Server thread.
class BodyRoom {
public:
    /// `most` of all; `mostOfOne`: what counts of one body at most (some routes take longer ones, of few).
    BodyRoom(qint64 most, qint64 mostOfOne)
        : m_most(qMax(most, mostOfOne))
        , m_mostOfOne(mostOfOne)
    {
    }
    qint64 held() const { return m_held; }

    /// What one connection holds.
    class Share {
    public:
        explicit Share(BodyRoom &room)
            : m_room(room)
        {
        }
        ~Share() { m_room.m_held -= m_octets; }
        Q_DISABLE_COPY_MOVE(Share)

        /// It holds so many now; false where there is no room for them: then it holds none, and its body is to be dropped.
        bool set(qint64 octets)
        {
            octets = qMin(octets, m_room.m_mostOfOne);
            const bool fits = octets <= m_octets || m_room.m_held - m_octets + octets <= m_room.m_most;
            m_room.m_held -= m_octets;
            m_octets = fits ? octets : 0;
            m_room.m_held += m_octets;
            return fits;
        }

    private:
        BodyRoom &m_room;
        qint64 m_octets = 0;
    };

private:
    const qint64 m_most;
    const qint64 m_mostOfOne;
    qint64 m_held = 0;
};

} // namespace reveille
