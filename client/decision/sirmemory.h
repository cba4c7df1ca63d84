// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/sessionrequest.h"
#include "domain/timestamp.h"

#include <deque>

namespace reveille {

/// The signed SIRs that were seen within their time window, so that none is obeyed twice. Bounded: the oldest is
/// forgotten first, and what is older than the oldest forgotten one then counts as seen. Any one thread.
class SirMemory {
public:
    struct Seen {
        Timestamp time;
        QByteArray nonce;
        friend bool operator==(const Seen &, const Seen &) = default;
    };

    /// Whether it was seen; remembers it otherwise.
    bool take(const SessionRequest &sir, Milliseconds window, Timestamp now);

    const std::deque<Seen> &seen() const { return m_seen; }
    Timestamp forgottenUntil() const { return m_forgottenUntil; }
    /// What another life of the device has seen; at most maxNonces of it, the newest.
    void restore(const std::deque<Seen> &seen, Timestamp forgottenUntil);

    static constexpr size_t maxNonces = 1024;

private:
    void forgetOldest();

    std::deque<Seen> m_seen;
    Timestamp m_forgottenUntil;
};

} // namespace reveille
