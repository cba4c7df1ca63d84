// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/device.h"
#include "domain/push.h"
#include "domain/timestamp.h"

#include <QString>
#include <QTimeZone>

namespace reveille {

/// The hours in which the owner of a device wants to be left alone: what is not urgent waits for their end, and nothing wakes
/// the device for it. A beginning and an end by the clock of a time zone; one after midnight is of the next day. Pure.

/// Whether the zone is one of the IANA database that this system knows; empty is UTC.
bool isKnownZone(const QString &zone);

/// The zone by whose clock the quiet hours go; UTC where it is empty or not known.
QTimeZone zoneOf(const Preferences &preferences);

/// "07:05" of minutes after midnight.
QString clockText(int minutes);

/// Whether there is a beginning and an end, and time between them.
bool hasQuietHours(const Preferences &preferences);

/// "22:00-07:00 Europe/Madrid"; empty where there are none.
QString quietHoursText(const Preferences &preferences);

/// The end of the quiet hours that `now` lies in, not set where it lies in none. A zone that is not known counts as UTC. Where
/// the clocks are put forward over the end, it is the moment of that.
Timestamp quietHoursEnd(const Preferences &preferences, Timestamp now);

/// Until when this push is not for this device; not set where it may go. Urgent ones always may.
Timestamp quietFor(const PushRequest &push, const Preferences &preferences, Timestamp now);

} // namespace reveille
