// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/timestamp.h"
#include "engine/limitlog.h"

#include <QByteArray>
#include <QHash>

namespace reveille {

/// Nonces that carry their own proof (RFC 7616 section 3.3: time, randomness, and a MAC under the server's
/// key), so that a challenge costs no memory. What is remembered, once a client has used a nonce, is its last
/// counter, so that a request cannot be played again: a table of at most 2 * `limit` entries in two
/// generations. When a generation is full before its time, nonces older than that which are not in the table
/// count as stale; their owners ask for a new one. Server thread.
class SipNonces {
public:
    /// Nonces made before `start` count as stale: their counters were lost with the process that knew them.
    /// `longest`: the greatest lifetime that make() is asked for.
    SipNonces(QByteArray key, Milliseconds lifetime, int limit, Timestamp start,
              Milliseconds longest = Milliseconds(0));

    enum class Verdict : quint8 { Good, Stale, Forged };

    QByteArray make(Timestamp now) { return make(now, m_lifetime); }
    /// One for the client's next request (nextnonce), which may be long in coming.
    QByteArray make(Timestamp now, Milliseconds lifetime);
    /// When it becomes stale at the latest; not set where it is not ours.
    Timestamp expiry(const QByteArray &nonce) const;
    /// Whether it is ours and young enough; remembers nothing.
    Verdict check(const QByteArray &nonce, Timestamp now) const;
    /// The request that carries it has proven its password: takes the counter, which must be greater than any
    /// before. Stale for one seen already. `peer`: for the log.
    Verdict use(const QByteArray &nonce, quint32 counter, Timestamp now, const QString &peer = {});

private:
    QByteArray sign(const QByteArray &head) const;
    void rotate(Timestamp now);

    LimitLog m_fullLog;
    QByteArray m_key;
    Milliseconds m_lifetime;
    Milliseconds m_longest;
    int m_limit;
    QHash<quint64, quint32> m_current; ///< half of the nonce's MAC -> greatest counter
    QHash<quint64, quint32> m_previous;
    Timestamp m_rotatedAt;
    Timestamp m_floor; ///< issued before this and not in the table = stale
};

} // namespace reveille
