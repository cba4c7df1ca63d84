// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/timerwheel.h"

#include "support/fakeclock.h"

#include <QRandomGenerator>
#include <QTest>

using namespace reveille;

class TestTimerWheel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void firesEachTimerOnceAndNeverEarly_data()
    {
        QTest::addColumn<int>("seed");
        for (int seed = 0; seed < 20; ++seed)
            QTest::addRow("seed %d", seed) << seed;
    }
    void firesEachTimerOnceAndNeverEarly()
    {
        QFETCH(int, seed);
        QRandomGenerator random{quint32(seed)};
        FakeClock clock;
        TimerWheel wheel(clock);
        struct Fired {
            Milliseconds due;
            Milliseconds at{-1};
            int times = 0;
        };
        std::vector<Fired> fired(2000);
        std::vector<TimerId> ids(fired.size());
        for (size_t i = 0; i < fired.size(); ++i) {
            const int scale = random.bounded(4);
            const Milliseconds delay(random.bounded(scale == 0 ? 50 : scale == 1 ? 3000 : scale == 2 ? 700000 : 20000000));
            fired[i].due = clock.monotonic() + delay;
            ids[i] = wheel.start(delay, [&, i] {
                ++fired[i].times;
                fired[i].at = clock.monotonic();
            });
        }
        std::vector<bool> cancelled(fired.size());
        for (size_t i = 0; i < fired.size(); i += 7) {
            wheel.cancel(ids[i]);
            QCOMPARE(ids[i], TimerId(0));
            cancelled[i] = true;
        }
        const Milliseconds step(997);
        while (wheel.pending() > 0) {
            clock.advance(step);
            wheel.run();
        }
        for (size_t i = 0; i < fired.size(); ++i) {
            QCOMPARE(fired[i].times, cancelled[i] ? 0 : 1);
            if (!cancelled[i]) {
                QVERIFY(fired[i].at >= fired[i].due);
                QVERIFY(fired[i].at <= fired[i].due + step + TimerWheel::tick);
            }
        }
    }
    void takesTimersStartedAndCancelledByTimers()
    {
        FakeClock clock;
        TimerWheel wheel(clock);
        int chained = 0;
        TimerId victim = wheel.start(Milliseconds(20), [] { QFAIL("cancelled timer fired"); });
        std::function<void()> again = [&] {
            wheel.cancel(victim);
            if (++chained < 5)
                wheel.start(Milliseconds(0), again);
        };
        wheel.start(Milliseconds(5), again);
        for (int i = 0; i < 20; ++i) {
            clock.advance(TimerWheel::tick);
            wheel.run();
        }
        QCOMPARE(chained, 5);
        QCOMPARE(wheel.pending(), size_t(0));
    }
    void runsOnRealTime()
    {
        SystemClock clock;
        TimerWheel wheel(clock);
        bool fired = false;
        wheel.start(Milliseconds(30), [&] { fired = true; });
        QTRY_VERIFY(fired);
    }
};

QTEST_GUILESS_MAIN(TestTimerWheel)
#include "tst_timerwheel.moc"
