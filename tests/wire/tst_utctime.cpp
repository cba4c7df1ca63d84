// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/utctime.h"

#include <QLocale>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

/// Times as the standards write them, against Qt's.
class TestUtcTime : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void writesAsTheStandardsDo();
    void agreesWithQtOnEveryDay();
    void writesNothingOfWhatHasNoYearOfFourDigits_data();
    void writesNothingOfWhatHasNoYearOfFourDigits();
};

void TestUtcTime::writesAsTheStandardsDo()
{
    const Timestamp time = Timestamp::fromIso(u"1994-11-06T08:49:37.999Z"_s);
    QCOMPARE(httpDate(time), QByteArray("Sun, 06 Nov 1994 08:49:37 GMT"));
    QCOMPARE(utcTime(time), QByteArray("1994-11-06T08:49:37Z"));
    const Timestamp early = Timestamp::fromIso(u"1969-12-31T23:59:59.001Z"_s);
    QCOMPARE(utcTime(early), QByteArray("1969-12-31T23:59:59Z"));
}

void TestUtcTime::agreesWithQtOnEveryDay()
{
    const QDateTime first(QDate(1999, 12, 30), QTime(0, 0), Qt::UTC);
    for (int day = 0; day < 366 * 9; ++day) { // over a leap year of a century and others
        const QDateTime moment = first.addDays(day).addSecs(day * 37 % 86400);
        const Timestamp time{moment.toMSecsSinceEpoch() + day % 1000};
        QCOMPARE(utcTime(time), moment.toString(Qt::ISODate).toLatin1());
        QCOMPARE(httpDate(time), QLocale::c().toString(moment, u"ddd, dd MMM yyyy HH:mm:ss"_s).toLatin1() + " GMT");
    }
}

void TestUtcTime::writesNothingOfWhatHasNoYearOfFourDigits_data()
{
    QTest::addColumn<qint64>("ms");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("not set") << qint64(0) << QByteArray();
    QTest::newRow("last") << qint64(253402300799999) << QByteArray("9999-12-31T23:59:59Z");
    QTest::newRow("behind it") << qint64(253402300800000) << QByteArray();
    QTest::newRow("first") << qint64(-62135596800000) << QByteArray("0001-01-01T00:00:00Z");
    QTest::newRow("before it") << qint64(-62135596800001) << QByteArray();
    QTest::newRow("the largest number") << std::numeric_limits<qint64>::max() << QByteArray();
    QTest::newRow("the smallest number") << std::numeric_limits<qint64>::min() << QByteArray();
}

void TestUtcTime::writesNothingOfWhatHasNoYearOfFourDigits()
{
    QFETCH(qint64, ms);
    QFETCH(QByteArray, text);
    QCOMPARE(utcTime({ms}), text);
    QCOMPARE(httpDate({ms}).isEmpty(), text.isEmpty());
}

QTEST_GUILESS_MAIN(TestUtcTime)
#include "tst_utctime.moc"
