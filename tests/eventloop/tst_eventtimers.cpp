// SPDX-License-Identifier: GPL-3.0-or-later
#include "eventloop/epolldispatcher.h"

#include <QSignalSpy>
#include <QTest>
#include <QTimer>

using namespace reveille;

/// Timers of a thread that runs on EpollDispatcher: this test's main thread does.
class TestEventTimers : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void thisThreadRunsOnEpoll()
    {
        QVERIFY(qobject_cast<EpollDispatcher *>(QAbstractEventDispatcher::instance()));
    }
    void aSingleShotFiresOnceAndNotEarly()
    {
        QElapsedTimer clock;
        clock.start();
        int fired = 0;
        qint64 at = 0;
        QTimer::singleShot(30, Qt::PreciseTimer, this, [&] {
            ++fired;
            at = clock.elapsed();
        });
        QTRY_COMPARE(fired, 1);
        QVERIFY2(at >= 30, QByteArray::number(at).constData());
        // Something later fires, the single shot does not again.
        bool later = false;
        QTimer::singleShot(40, this, [&] { later = true; });
        QTRY_VERIFY(later);
        QCOMPARE(fired, 1);
    }
    void timersFireInTheOrderOfTheirDeadlines()
    {
        QList<int> order;
        for (const int delay : {60, 20, 40, 0})
            QTimer::singleShot(delay, Qt::PreciseTimer, this, [&order, delay] { order.append(delay); });
        QTRY_COMPARE(order.size(), 4);
        QCOMPARE(order, (QList<int>{0, 20, 40, 60}));
    }
    void aZeroTimerDoesNotStarveOthers()
    {
        QTimer idle;
        int turns = 0;
        connect(&idle, &QTimer::timeout, this, [&] { ++turns; });
        idle.start(0);
        bool posted = false, timed = false;
        QMetaObject::invokeMethod(this, [&] { posted = true; }, Qt::QueuedConnection);
        QTimer::singleShot(10, this, [&] { timed = true; });
        QTRY_VERIFY(posted && timed);
        QVERIFY(turns > 0);
    }
    void aTimerStoppedInItsOwnSlotIsOver()
    {
        QTimer timer;
        int fired = 0;
        connect(&timer, &QTimer::timeout, this, [&] {
            ++fired;
            timer.stop();
        });
        timer.start(1);
        bool later = false;
        QTimer::singleShot(30, this, [&] { later = true; });
        QTRY_VERIFY(later);
        QCOMPARE(fired, 1);
    }
    void aTimerStoppedByAnotherThatIsDueAtTheSameTimeDoesNotFire()
    {
        QTimer first, second;
        int fired = 0;
        for (auto [timer, other] : {std::pair{&first, &second}, std::pair{&second, &first}}) {
            connect(timer, &QTimer::timeout, this, [&fired, timer = timer, other = other] {
                ++fired;
                timer->stop();
                other->stop();
            });
            timer->start(5);
        }
        bool later = false;
        QTimer::singleShot(40, this, [&] { later = true; });
        QTRY_VERIFY(later);
        QCOMPARE(fired, 1);
    }
    void aTimerDoesNotFireWithinItself()
    {
        QTimer timer;
        int depth = 0, deepest = 0, fired = 0;
        connect(&timer, &QTimer::timeout, this, [&] {
            deepest = std::max(deepest, ++depth);
            if (++fired == 1) {
                QEventLoop nested;
                QTimer::singleShot(20, &nested, &QEventLoop::quit);
                nested.exec();
            }
            --depth;
        });
        timer.start(1);
        QTRY_VERIFY(fired >= 3);
        QCOMPARE(deepest, 1);
    }
    void remainingTimeAndKindAreTold()
    {
        QObject owner;
        const int id = owner.startTimer(60000, Qt::VeryCoarseTimer);
        QAbstractEventDispatcher *dispatcher = QAbstractEventDispatcher::instance();
        const auto timers = dispatcher->registeredTimers(&owner);
        QCOMPARE(timers.size(), 1);
        QCOMPARE(timers[0].timerId, id);
        QCOMPARE(timers[0].interval, 60000);
        QCOMPARE(timers[0].timerType, Qt::VeryCoarseTimer);
        QVERIFY(dispatcher->remainingTime(id) > 50000 && dispatcher->remainingTime(id) <= 60000);
        owner.killTimer(id);
        QVERIFY(dispatcher->registeredTimers(&owner).isEmpty());
        QCOMPARE(dispatcher->remainingTime(id), -1);
    }
    void aDeletedObjectsTimersAreGone()
    {
        auto *owner = new QObject;
        owner->startTimer(1);
        delete owner;
        bool later = false;
        QTimer::singleShot(20, this, [&] { later = true; });
        QTRY_VERIFY(later);
    }
};

int main(int argc, char **argv)
{
    QCoreApplication::setEventDispatcher(new EpollDispatcher);
    QCoreApplication application(argc, argv);
    TestEventTimers test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_eventtimers.moc"
