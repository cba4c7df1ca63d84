// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/clock.h"

#include <QLoggingCategory>
#include <QTest>

using namespace reveille;

namespace {

/// The clocks of a system in the test's hands.
struct Machine {
    Timestamp wall{1'795'000'000'000};
    Milliseconds steady{5000};
    SystemClock clock{{[this] { return wall; }, [this] { return steady; }}};

    void pass(Milliseconds time)
    {
        wall = wall + time;
        steady += time;
    }
    /// In many small looks, as a server has them. Never backwards, and never faster than it may.
    bool run(Milliseconds time)
    {
        for (Timestamp before = clock.now(); time.count() > 0; time -= Milliseconds(500)) {
            pass(Milliseconds(500));
            const Timestamp now = clock.now();
            if (now < before || now - before > Milliseconds(700))
                return false;
            before = now;
        }
        return true;
    }
    Milliseconds behind() const { return wall - clock.now(); }
};

constexpr Milliseconds hour{3600 * 1000};

} // namespace

class TestSystemClock : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLoggingCategory::setFilterRules(QStringLiteral("reveille.clock=false")); }
    void goesWithTheSystem()
    {
        Machine machine;
        QVERIFY(machine.run(hour));
        QCOMPARE(machine.behind(), Milliseconds(0));
        QCOMPARE(machine.clock.wall(), machine.wall);
        QCOMPARE(machine.clock.monotonic(), machine.steady);
    }
    void jumpsAreMadeUpForBitByBit_data()
    {
        QTest::addColumn<qint64>("jump");
        QTest::newRow("forward") << qint64(3600 * 1000);
        QTest::newRow("back") << qint64(-3600 * 1000);
    }
    void jumpsAreMadeUpForBitByBit()
    {
        QFETCH(qint64, jump);
        Machine machine;
        QVERIFY(machine.run(Milliseconds(10000)));
        const Milliseconds steady = machine.clock.monotonic();
        machine.wall = machine.wall + Milliseconds(jump);
        QCOMPARE(machine.clock.wall(), machine.wall);
        QCOMPARE(machine.clock.monotonic(), steady);
        QVERIFY(machine.run(hour));
        QVERIFY2(std::abs(machine.behind().count()) < std::abs(jump) * 92 / 100, qPrintable(QString::number(machine.behind().count())));
        QVERIFY(machine.run(hour * 10));
        QVERIFY2(std::abs(machine.behind().count()) < 200, qPrintable(QString::number(machine.behind().count())));
    }
    void aClockThatHadNeverBeenSetIsFollowedAtOnce()
    {
        Machine machine;
        machine.run(Milliseconds(1000));
        machine.wall = machine.wall + hour * 24 * 365;
        machine.run(Milliseconds(0));
        machine.pass(Milliseconds(2000));
        QCOMPARE(machine.behind(), Milliseconds(0));
    }
    void theSystemsOwnClocksAgree()
    {
        const SystemClock clock;
        const Milliseconds apart = clock.wall() - clock.now();
        QVERIFY(std::abs(apart.count()) < 1000);
        const Milliseconds before = clock.monotonic();
        QVERIFY(clock.monotonic() >= before);
    }
};

QTEST_GUILESS_MAIN(TestSystemClock)
#include "tst_systemclock.moc"
