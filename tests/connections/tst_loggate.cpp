// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/shared/loggate.h"

#include <QTest>

using namespace reveille;
using namespace std::chrono_literals;

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
};

QTEST_GUILESS_MAIN(TestLogGate)
#include "tst_loggate.moc"
