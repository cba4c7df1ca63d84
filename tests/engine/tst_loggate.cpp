// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/loggate.h"

#include "engine/limitlog.h"
#include "support/logcatcher.h"

#include <QTest>

using namespace reveille;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(testLog, "reveille.test")

class TestLogGate : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void letsSoManyThroughInAMinuteAndCountsTheOthers()
    {
        LogGate gate(3);
        const auto start = std::chrono::steady_clock::now();
        for (int i = 0; i < 3; ++i)
            QCOMPARE(gate.pass(start + i * 1s), std::optional<quint64>(0));
        for (int i = 0; i < 1000; ++i)
            QVERIFY(!gate.pass(start + 4s));
        QCOMPARE(gate.pass(start + 60s), std::optional<quint64>(1000));
        QCOMPARE(gate.pass(start + 61s), std::optional<quint64>(0));
    }
    void aLimitNamesItselfAndThePeerTenTimesAMinute()
    {
        const LogCatcher log("reveille.test");
        LimitLog limit(testLog, "maxThings");
        limit.reached(u"192.0.2.7:5060"_s);
        QCOMPARE(log.lines(), QStringList{u"limit maxThings reached by 192.0.2.7:5060 and 0 times before"_s});
        int asked = 0;
        for (int i = 0; i < 100; ++i)
            limit.reached([&] { ++asked; return u"192.0.2.8:5060"_s; });
        QCOMPARE(log.reached(u"maxThings"_s), 10);
        QCOMPARE(asked, 9);
    }
};

QTEST_GUILESS_MAIN(TestLogGate)
#include "tst_loggate.moc"
