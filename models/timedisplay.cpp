// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/timedisplay.h"

#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

#include <algorithm>

namespace reveille {

using namespace Qt::StringLiterals;

QDateTime TimeDisplay::at(Timestamp time) const
{
    return QDateTime::fromMSecsSinceEpoch(time.ms, m_zone == Zone::Utc ? Qt::UTC : Qt::LocalTime);
}

QString TimeDisplay::clock(Timestamp time) const
{
    return time.isSet() ? at(time).toString(u"HH:mm:ss.zzz"_s) : QString();
}

QString TimeDisplay::dateTime(Timestamp time) const
{
    return time.isSet() ? at(time).toString(u"yyyy-MM-dd HH:mm:ss.zzz"_s) : QString();
}

QString TimeDisplay::shortTime(Timestamp time, Timestamp now) const
{
    if (!time.isSet())
        return {};
    return at(time).date() == at(now).date() ? clock(time) : dateTime(time);
}

QString TimeDisplay::zoneName() const
{
    return m_zone == Zone::Utc ? u"UTC"_s : QDateTime::currentDateTime().timeZoneAbbreviation();
}

QString TimeDisplay::duration(Milliseconds span)
{
    const qint64 ms = std::max<qint64>(0, span.count());
    constexpr qint64 second = 1000, minute = 60 * second, hour = 60 * minute, day = 24 * hour;
    if (ms < second)
        return tr("%1 ms").arg(ms);
    if (ms < minute)
        return tr("%1 s").arg(ms / second);
    if (ms < hour)
        return tr("%1 min").arg(ms / minute);
    if (ms < 2 * day)
        return tr("%1 h").arg(ms / hour);
    return tr("%n day(s)", nullptr, int(std::min<qint64>(ms / day, 1000000)));
}

QString TimeDisplay::exact(Milliseconds span)
{
    const qint64 ms = std::max<qint64>(0, span.count());
    const qint64 seconds = ms / 1000, minutes = seconds / 60;
    if (ms < 1000)
        return tr("%1 ms").arg(ms);
    if (seconds < 120)
        return tr("%1 s").arg(seconds);
    if (minutes < 120)
        return seconds % 60 == 0 ? tr("%1 min").arg(minutes) : tr("%1 min %2 s").arg(minutes).arg(seconds % 60);
    return minutes % 60 == 0 ? tr("%1 h").arg(minutes / 60) : tr("%1 h %2 min").arg(minutes / 60).arg(minutes % 60);
}

Milliseconds TimeDisplay::offset(Timestamp time) const
{
    return Milliseconds(qint64(at(time).offsetFromUtc()) * 1000);
}

QString TimeDisplay::axisLabel(Timestamp time, Milliseconds step) const
{
    const QDateTime shown = at(time);
    if (shown.time() == QTime(0, 0))
        return QLocale().toString(shown.date(), u"d MMM"_s);
    return shown.toString(step < Milliseconds(60000) ? u"HH:mm:ss"_s : u"HH:mm"_s);
}

QString TimeDisplay::relative(Timestamp time, Timestamp now)
{
    if (!time.isSet())
        return {};
    const qint64 ms = (time - now).count();
    if (ms > -500 && ms < 500)
        return tr("now");
    return ms < 0 ? tr("%1 ago").arg(duration(Milliseconds(-ms))) : tr("in %1").arg(duration(Milliseconds(ms)));
}

} // namespace reveille
