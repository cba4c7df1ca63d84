// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sentences.h"

#include <QDateTime>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

Preferences held(int from, int until, const QString &zone)
{
    Preferences preferences;
    preferences.quietFrom = from;
    preferences.quietUntil = until;
    preferences.zone = zone;
    return preferences;
}

Timestamp at(const QString &iso)
{
    return {QDateTime::fromString(iso, Qt::ISODate).toMSecsSinceEpoch()};
}

} // namespace

class TestPreferenceSentences : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void quietHoursSayWhatTheyHold_data()
    {
        QTest::addColumn<Preferences>("preferences");
        QTest::addColumn<QString>("text");
        QTest::newRow("none") << Preferences() << QString();
        QTest::newRow("twice the same") << held(60, 60, u"Europe/Berlin"_s) << QString();
        QTest::newRow("over midnight") << held(22 * 60, 7 * 60, u"Europe/Berlin"_s)
            << u"Held from 22:00 to 07:00 of the next day, Europe/Berlin; urgent pushes go through."_s;
        QTest::newRow("until midnight") << held(22 * 60, 0, u"Europe/Berlin"_s)
            << u"Held from 22:00 to 00:00 of the next day, Europe/Berlin; urgent pushes go through."_s;
        QTest::newRow("at noon, in no zone") << held(12 * 60 + 5, 13 * 60, {})
            << u"Held from 12:05 to 13:00, UTC; urgent pushes go through."_s;
        QTest::newRow("unknown zone") << held(60, 120, u"Europe/Nowhere"_s)
            << u"Held from 01:00 to 02:00, UTC, since “Europe/Nowhere” is not known here; urgent pushes go through."_s;
    }
    void quietHoursSayWhatTheyHold()
    {
        QFETCH(Preferences, preferences);
        QTEST(Sentences::quietHours(preferences), "text");
    }

    void quietHoursSayHowItIsNow_data()
    {
        QTest::addColumn<Preferences>("preferences");
        QTest::addColumn<QString>("now");
        QTest::addColumn<QString>("text");
        const Preferences madrid = held(22 * 60, 7 * 60, u"Europe/Madrid"_s);
        QTest::newRow("none") << Preferences() << u"2026-11-20T22:30:00Z"_s << QString();
        QTest::newRow("by night") << madrid << u"2026-11-20T22:30:00Z"_s << u"By that clock it is 23:30: held until 07:00."_s;
        QTest::newRow("by day") << madrid << u"2026-11-20T12:00:00Z"_s << u"By that clock it is 13:00: nothing is held."_s;
        QTest::newRow("the clock is put forward over the end") << held(60, 150, u"Europe/Madrid"_s) << u"2026-03-29T00:30:00Z"_s
            << u"By that clock it is 01:30: held until 03:30."_s;
    }
    void quietHoursSayHowItIsNow()
    {
        QFETCH(Preferences, preferences);
        QFETCH(QString, now);
        QTEST(Sentences::quietHoursNow(preferences, at(now)), "text");
    }

    void preferencesSayWhetherAndInWhichOrder()
    {
        Preferences preferences;
        QCOMPARE(Sentences::preferences(preferences), u"accepts pushes"_s);
        preferences = {false, true, 2, 60, 120, {}};
        QCOMPARE(Sentences::preferences(preferences), u"accepts no pushes · preferred device · place 2 in the fallback order"_s);
    }
};

QTEST_GUILESS_MAIN(TestPreferenceSentences)
#include "tst_preferencesentences.moc"
