// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/datagram/coapendpoint.h"
#include "connections/datagram/datagramrequest.h"
#include "engine/journal.h"

namespace reveille {

/// Writes down refused registrations, so that staff can see why a device is not there; at most `perMinute`, so that
/// nobody fills the journal from outside. Server thread.
class DatagramRefusalJournal
{
public:
    static constexpr int perMinute = 60;

    DatagramRefusalJournal(Clock &clock, Journal &journal) : m_clock(clock), m_journal(journal) {}
    void note(const CoapCall &call, const CoapMessage &message, const CoapRefusal &refusal);

private:
    Clock &m_clock;
    Journal &m_journal;
    Milliseconds m_minute{0};
    int m_count = 0;
};

} // namespace reveille
