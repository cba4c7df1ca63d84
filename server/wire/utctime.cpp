// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/utctime.h"

namespace reveille {

namespace {

using namespace std::chrono;

constexpr char weekdays[] = "SunMonTueWedThuFriSat";
constexpr char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

bool canBeWritten(Timestamp time)
{
    constexpr Timestamp first{-62135596800000}, behind{253402300800000}; // of the years 1 and 10000
    return time.isSet() && time >= first && time < behind;
}

/// The parts of a moment that can be written.
struct Parts {
    explicit Parts(Timestamp time)
        : moment(floor<seconds>(sys_time<Milliseconds>(Milliseconds(time.ms))))
        , midnight(floor<days>(moment))
        , date(midnight)
        , clock(moment - midnight)
    {
    }
    sys_seconds moment;
    sys_days midnight;
    year_month_day date;
    hh_mm_ss<seconds> clock;
};

void put(QByteArray &out, qsizetype at, int digits, int value)
{
    for (; digits > 0; value /= 10)
        out[at + --digits] = char('0' + value % 10);
}

void putClock(QByteArray &out, qsizetype at, const Parts &parts)
{
    put(out, at, 2, int(parts.clock.hours().count()));
    put(out, at + 3, 2, int(parts.clock.minutes().count()));
    put(out, at + 6, 2, int(parts.clock.seconds().count()));
}

} // namespace

QByteArray utcTime(Timestamp time)
{
    if (!canBeWritten(time))
        return {};
    const Parts parts(time);
    QByteArray out("0000-00-00T00:00:00Z");
    put(out, 0, 4, int(parts.date.year()));
    put(out, 5, 2, int(unsigned(parts.date.month())));
    put(out, 8, 2, int(unsigned(parts.date.day())));
    putClock(out, 11, parts);
    return out;
}

QByteArray httpDate(Timestamp time)
{
    if (!canBeWritten(time))
        return {};
    const Parts parts(time);
    QByteArray out("Sun, 00 Jan 0000 00:00:00 GMT");
    out.replace(qsizetype(0), 3, QByteArrayView(&weekdays[3 * weekday(parts.midnight).c_encoding()], 3));
    put(out, 5, 2, int(unsigned(parts.date.day())));
    out.replace(8, 3, QByteArrayView(&months[3 * (unsigned(parts.date.month()) - 1)], 3));
    put(out, 12, 4, int(parts.date.year()));
    putClock(out, 17, parts);
    return out;
}

} // namespace reveille
