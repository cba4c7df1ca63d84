// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/quiethours.h"
#include "models/sentences.h"

#include <QDateTime>

namespace reveille {

QString Sentences::quietHours(const Preferences &preferences)
{
    if (!hasQuietHours(preferences))
        return {};
    const QString from = clockText(preferences.quietFrom), until = clockText(preferences.quietUntil);
    const QString zone = preferences.zone.isEmpty()      ? tr("UTC")
                         : isKnownZone(preferences.zone) ? preferences.zone
                                                         : tr("UTC, since “%1” is not known here").arg(preferences.zone);
    return preferences.quietUntil < preferences.quietFrom
               ? tr("Held from %1 to %2 of the next day, %3; urgent pushes go through.").arg(from, until, zone)
               : tr("Held from %1 to %2, %3; urgent pushes go through.").arg(from, until, zone);
}

QString Sentences::quietHoursNow(const Preferences &preferences, Timestamp now)
{
    if (!hasQuietHours(preferences))
        return {};
    const auto clock = [&](Timestamp time) {
        return QDateTime::fromMSecsSinceEpoch(time.ms, zoneOf(preferences)).time().toString(QStringLiteral("HH:mm"));
    };
    const Timestamp end = quietHoursEnd(preferences, now);
    return end.isSet() ? tr("By that clock it is %1: held until %2.").arg(clock(now), clock(end))
                       : tr("By that clock it is %1: nothing is held.").arg(clock(now));
}

QString Sentences::preferences(const Preferences &preferences)
{
    QStringList parts{preferences.acceptsPushes ? tr("accepts pushes") : tr("accepts no pushes")};
    if (preferences.preferred)
        parts.append(tr("preferred device"));
    if (preferences.order > 0)
        parts.append(tr("place %1 in the fallback order").arg(preferences.order));
    return parts.join(QStringLiteral(" · "));
}

} // namespace reveille
