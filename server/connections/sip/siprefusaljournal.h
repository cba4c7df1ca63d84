// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/sip/sipexchange.h"
#include "engine/clock.h"
#include "engine/journal.h"

namespace reveille {

/// Writes down refused registrations, so that staff can see why a device is not there; at most `perMinute`,
/// so that nobody fills the journal from outside. Server thread.
class SipRefusalJournal {
public:
    SipRefusalJournal(Clock &clock, Journal &journal)
        : m_clock(clock)
        , m_journal(journal)
    {
    }
    void note(const SipExchange &exchange, const PublicUserId &user, const SipRefusal &refusal);

    static constexpr int perMinute = 60;
    /// The head of a message with what proves a password masked.
    static QByteArray masked(const QByteArray &message);

private:
    Clock &m_clock;
    Journal &m_journal;
    Milliseconds m_minute{0};
    int m_count = 0;
};

} // namespace reveille
