// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/timestamp.h"

#include <QCoreApplication>
#include <QString>

namespace reveille {

/// How times are shown: one setting for the whole console, local or UTC, always with milliseconds. A value that is
/// handed to whoever shows times; GUI thread (reads the time zone of the system).
class TimeDisplay
{
    Q_DECLARE_TR_FUNCTIONS(reveille::TimeDisplay)
public:
    enum class Zone : quint8 { Local, Utc };
    explicit TimeDisplay(Zone zone = Zone::Local) : m_zone(zone) {}
    Zone zone() const { return m_zone; }

    QString clock(Timestamp time) const;    ///< "14:58:03.120", empty when not set
    QString dateTime(Timestamp time) const; ///< "2026-11-20 14:58:03.120"
    /// clock() for a time of the same day as `now`, else dateTime().
    QString shortTime(Timestamp time, Timestamp now) const;
    QString zoneName() const;               ///< "UTC" or the name of the local zone, for the status bar

    /// "12 s", "3 min", "2 h", "5 days"; below a second "120 ms" . Rounds down; negative as zero.
    static QString duration(Milliseconds span);
    /// "95 s", "12 min 30 s", "2 h 5 min": no rounding to one unit, for what is measured or configured.
    static QString exact(Milliseconds span);
    /// How far the zone is ahead of UTC then.
    Milliseconds offset(Timestamp time) const;
    /// A label of a time axis with marks `step` apart: "14:58:03", "14:58", or the day where a day begins.
    QString axisLabel(Timestamp time, Milliseconds step) const;
    /// "12 s ago", "in 48 s", "now" (within half a second), empty when not set.
    static QString relative(Timestamp time, Timestamp now);

private:
    QDateTime at(Timestamp time) const;
    Zone m_zone;
};

} // namespace reveille
