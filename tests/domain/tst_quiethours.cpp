// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/quiethours.h"

#include <QDateTime>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

Timestamp at(const QString &iso)
{
    return {QDateTime::fromString(iso, Qt::ISODate).toMSecsSinceEpoch()};
}

QString iso(Timestamp time)
{
    return time.isSet() ? QDateTime::fromMSecsSinceEpoch(time.ms, Qt::UTC).toString(Qt::ISODate) : QString();
}

Preferences night(const QString &zone = {})
{
    Preferences preferences;
    preferences.quietFrom = 22 * 60;
    preferences.quietUntil = 7 * 60;
    preferences.zone = zone;
    return preferences;
}

} // namespace

class TestQuietHours : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void endWhereTheClockOfTheirZoneSaysSo_data()
    {
        QTest::addColumn<QString>("zone");
        QTest::addColumn<QString>("now");
        QTest::addColumn<QString>("end");
        const auto row = [](const char *name, const QString &zone, const QString &now, const QString &end) {
            QTest::newRow(name) << zone << now << end;
        };
        row("UTC, day", u""_s, u"2026-11-20T12:00:00Z"_s, u""_s);
        row("UTC, evening", u""_s, u"2026-11-20T22:00:00Z"_s, u"2026-11-21T07:00:00Z"_s);
        row("UTC, morning", u""_s, u"2026-11-21T06:59:59Z"_s, u"2026-11-21T07:00:00Z"_s);
        row("UTC, over", u""_s, u"2026-11-21T07:00:00Z"_s, u""_s);
        row("Madrid, winter", u"Europe/Madrid"_s, u"2026-11-20T21:30:00Z"_s, u"2026-11-21T06:00:00Z"_s);
        row("Madrid, summer", u"Europe/Madrid"_s, u"2026-07-20T20:30:00Z"_s, u"2026-07-21T05:00:00Z"_s);
        row("Madrid, summer, before", u"Europe/Madrid"_s, u"2026-07-20T19:59:59Z"_s, u""_s);
        row("Madrid, the night that is an hour longer", u"Europe/Madrid"_s, u"2026-10-24T20:00:00Z"_s, u"2026-10-25T06:00:00Z"_s);
        row("Madrid, the night that is an hour shorter", u"Europe/Madrid"_s, u"2026-03-28T21:00:00Z"_s, u"2026-03-29T05:00:00Z"_s);
        row("Auckland, another day", u"Pacific/Auckland"_s, u"2026-11-20T10:00:00Z"_s, u"2026-11-20T18:00:00Z"_s);
        row("a zone that is none", u"Europe/Nowhere"_s, u"2026-11-20T22:00:00Z"_s, u"2026-11-21T07:00:00Z"_s);
    }
    void endWhereTheClockOfTheirZoneSaysSo()
    {
        QFETCH(QString, zone);
        QFETCH(QString, now);
        QFETCH(QString, end);
        QCOMPARE(iso(quietHoursEnd(night(zone), at(now))), end);
    }
    void endLaterThanNowWhateverTheClocksDo()
    {
        Preferences preferences = night(u"Europe/Madrid"_s);
        preferences.quietFrom = 60;
        for (const int until : {120, 150, 180}) { // 02:00 to 03:00 is not there on 29 March, and there twice on 25 October
            preferences.quietUntil = until;
            for (const QString &day : {u"2026-03-29"_s, u"2026-10-25"_s}) {
                for (int minute = 0; minute < 5 * 60; ++minute) {
                    const Timestamp now = at(day + u"T00:00:00Z"_s) + Milliseconds(minute * 60000);
                    const Timestamp end = quietHoursEnd(preferences, now);
                    QVERIFY2(!end.isSet() || (end > now && end - now <= Milliseconds(4 * 3600 * 1000)), qPrintable(iso(now) + u' ' + iso(end)));
                }
            }
        }
    }
    void areSaidWithTheirZone()
    {
        QCOMPARE(quietHoursText(night()), u"22:00-07:00"_s);
        QCOMPARE(quietHoursText(night(u"Europe/Madrid"_s)), u"22:00-07:00 Europe/Madrid"_s);
        QCOMPARE(quietHoursText({}), QString());
    }
    void urgentPushesPass()
    {
        PushRequest push;
        const Timestamp now = at(u"2026-11-20T23:00:00Z"_s);
        QVERIFY(quietFor(push, night(), now).isSet());
        push.priority = PushPriority::High;
        QVERIFY(!quietFor(push, night(), now).isSet());
    }
    void zonesAreThoseOfTheSystem()
    {
        for (const QString &zone : {u""_s, u"Europe/Madrid"_s, u"UTC"_s, u"America/Argentina/Buenos_Aires"_s})
            QVERIFY2(isKnownZone(zone), qPrintable(zone));
        for (const QString &zone : {u"Madrid"_s, u"../../etc/passwd"_s, u"Europe/Madrid\n"_s, QString(1000, u'A')})
            QVERIFY2(!isKnownZone(zone), qPrintable(zone));
    }
};

QTEST_GUILESS_MAIN(TestQuietHours)
#include "tst_quiethours.moc"
