// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/quiethours.h"

#include <QDateTime>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

constexpr int minutesPerDay = 24 * 60;

bool isMinute(int minute)
{
    return minute >= 0 && minute < minutesPerDay;
}

QTime timeOf(int minutes)
{
    return QTime(minutes / 60, minutes % 60);
}

} // namespace

bool isKnownZone(const QString &zone)
{
    return zone.isEmpty() || (zone.size() <= 64 && QTimeZone::isTimeZoneIdAvailable(zone.toUtf8()));
}

QTimeZone zoneOf(const Preferences &preferences)
{
    const QTimeZone zone = preferences.zone.isEmpty() ? QTimeZone::utc() : QTimeZone(preferences.zone.toUtf8());
    return zone.isValid() ? zone : QTimeZone::utc();
}

QString clockText(int minutes)
{
    return u"%1:%2"_s.arg(minutes / 60, 2, 10, QChar(u'0')).arg(minutes % 60, 2, 10, QChar(u'0'));
}

bool hasQuietHours(const Preferences &preferences)
{
    return isMinute(preferences.quietFrom) && isMinute(preferences.quietUntil)
        && preferences.quietFrom != preferences.quietUntil;
}

QString quietHoursText(const Preferences &preferences)
{
    if (!hasQuietHours(preferences))
        return {};
    const QString hours = clockText(preferences.quietFrom) + u'-' + clockText(preferences.quietUntil);
    return preferences.zone.isEmpty() ? hours : hours + u' ' + preferences.zone;
}

Timestamp quietHoursEnd(const Preferences &preferences, Timestamp now)
{
    if (!hasQuietHours(preferences))
        return {};
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(now.ms, zoneOf(preferences));
    const QTime time = local.time(), from = timeOf(preferences.quietFrom), until = timeOf(preferences.quietUntil);
    const bool isOverMidnight = until < from;
    const bool isQuiet = isOverMidnight ? time >= from || time < until : time >= from && time < until;
    if (!isQuiet)
        return {};
    const QDate day = isOverMidnight && time >= from ? local.date().addDays(1) : local.date();
    return {QDateTime(day, until, local.timeZone()).toMSecsSinceEpoch()};
}

Timestamp quietFor(const PushRequest &push, const Preferences &preferences, Timestamp now)
{
    return push.priority == PushPriority::High ? Timestamp{} : quietHoursEnd(preferences, now);
}

} // namespace reveille
