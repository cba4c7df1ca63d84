// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/clock.h"
#include "engine/journal.h"

namespace reveille {

/// Writes down terminals that were not taken in, so that staff can see why a device is not there; at most `perMinute`,
/// so that nobody fills the journal from outside. Server thread.
class OtaHttpRefusals
{
public:
    OtaHttpRefusals(Clock &clock, Journal &journal) : m_clock(clock), m_journal(journal) {}

    struct Refusal {
        QString transport;  ///< "ota_http/tcp"
        QString peer;
        PublicUserId user;  ///< as far as known
        QByteArray code;
        int status = 0;     ///< of the terminal's answer; 0 = none
        QByteArray answer;  ///< its octets; credentials are masked here
    };
    void note(const Refusal &refusal);

    static constexpr int perMinute = 60;

private:
    Clock &m_clock;
    Journal &m_journal;
    Milliseconds m_minute{0};
    int m_count = 0;
};

} // namespace reveille
