// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/datagram/datagrampeer.h"
#include "connections/datagram/datagramsettings.h"

#include <QByteArrayView>
#include <QHash>
#include <QList>

#include <functional>

namespace reveille {

/// What is to be done with a datagram from anyone, and for whom a DTLS session is kept: the part of the listener that
/// judges, without sockets and without TLS. A peer is entered when it has returned its cookie (RFC 6347 section 4.2.1),
/// which shows that it is where it says. Server thread.
class DtlsEntry
{
public:
    enum class Step : quint8 {
        Ignore,  ///< not from the allowed networks, or nothing that begins a handshake
        Full,    ///< would begin one, and there is no room
        Greet,   ///< begins one: the cookie is to be looked at, then begin()
        Shake,   ///< belongs to a handshake under way
        Decrypt, ///< belongs to a session
    };
    explicit DtlsEntry(const DatagramSettings &settings) : m_settings(settings) {}

    Step step(const DatagramPeer &peer, QByteArrayView datagram, Milliseconds now) const;
    /// The cookie was right. Whoever is given back is to be ended first: its own session before this one, and a handshake
    /// that has dawdled for a fifth of its time where there is no other room.
    QVector<DatagramPeer> toEndFor(const DatagramPeer &peer, Milliseconds now) const;
    void begin(const DatagramPeer &peer, Milliseconds now);
    void finished(const DatagramPeer &peer, Milliseconds now); ///< the handshake
    void heard(const DatagramPeer &peer, Milliseconds now);
    void end(const DatagramPeer &peer);
    /// Handshakes that took too long, and sessions that are idle and not registered.
    QVector<DatagramPeer> overdue(Milliseconds now, const std::function<bool(const DatagramPeer &)> &isRegistered) const;

    bool isOpen(const DatagramPeer &peer) const; ///< the handshake is done
    qsizetype sessions() const { return m_sessions.size(); } ///< with handshakes
    qsizetype handshakes() const { return m_shaking.size(); }

private:
    struct Session {
        Milliseconds since{0}; ///< the handshake began, or the peer was last heard
        bool isOpen = false;
    };
    bool hasDawdler(Milliseconds now) const;

    const DatagramSettings &m_settings;
    QHash<DatagramPeer, Session> m_sessions;
    QList<DatagramPeer> m_shaking; ///< oldest first
};

} // namespace reveille
