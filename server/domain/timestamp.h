// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QMetaType>

#include <chrono>
#include <compare>

namespace reveille {

using Milliseconds = std::chrono::milliseconds;

/// A moment in UTC with millisecond precision; 0 means "never / not known". Any thread.
struct Timestamp {
    qint64 ms = 0;

    bool isSet() const { return ms != 0; }
    /// ISO 8601 UTC with milliseconds, "2026-11-20T19:30:00.000Z"; empty when not set.
    QString toIso() const
    {
        return isSet() ? QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODateWithMs) : QString();
    }
    /// Reads what toIso() writes, and the same without milliseconds; not set when it is not a time.
    static Timestamp fromIso(const QString &text)
    {
        const QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
        return time.isValid() ? Timestamp{time.toMSecsSinceEpoch()} : Timestamp{};
    }

    friend auto operator<=>(Timestamp, Timestamp) = default;
    friend Timestamp operator+(Timestamp t, Milliseconds d) { return {t.ms + d.count()}; }
    friend Timestamp operator-(Timestamp t, Milliseconds d) { return {t.ms - d.count()}; }
    friend Milliseconds operator-(Timestamp a, Timestamp b) { return Milliseconds(a.ms - b.ms); }
};

} // namespace reveille

Q_DECLARE_METATYPE(reveille::Timestamp)
