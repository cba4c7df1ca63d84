// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/datagram/readpace.h"

#include <QTest>

using namespace reveille;

/// When a socket is read by the clock, and how often.
class TestReadPace : public QObject
{
    Q_OBJECT

    ReadPace m_pace;
    Milliseconds m_now{1000};

    /// So many reads a second that find so many datagrams each, for a time.
    void run(int reads, int each, Milliseconds time)
    {
        for (qint64 ms = 0; ms < time.count(); ++ms) {
            m_now += Milliseconds(1);
            for (qint64 i = reads * ms / 1000; i < reads * (ms + 1) / 1000; ++i)
                m_pace.read(each, m_now);
        }
    }
    /// By the clock, with so many datagrams a second, for a time or until it is left.
    void look(int perSecond, Milliseconds time)
    {
        for (const Milliseconds end = m_now + time; m_now < end && m_pace.interval().count() > 0;) {
            const Milliseconds passed = m_pace.interval();
            m_now += passed;
            m_pace.read(int(perSecond * passed.count() / 1000), m_now);
        }
    }

private Q_SLOTS:
    void init()
    {
        m_pace = {};
        m_pace.read(1, m_now); // ends the window before
    }

    void itIsWokenForWhatAFewPeersSend()
    {
        run(ReadPace::busy - 500, 1, Milliseconds(10000));
        QCOMPARE(m_pace.interval(), Milliseconds(0));
    }

    void itReadsByTheClockOnceReadsHaveBeenManyForAWindow()
    {
        run(ReadPace::busy + 500, 1, ReadPace::window - Milliseconds(1));
        QCOMPARE(m_pace.interval(), Milliseconds(0));
        run(ReadPace::busy + 500, 1, Milliseconds(2));
        QVERIFY(m_pace.interval().count() > 0);
    }

    void manyReadsAtOnceAfterALongSilenceAreABurst()
    {
        m_now += Milliseconds(60000);
        for (int i = 0; i < 5000; ++i)
            m_pace.read(1, m_now);
        m_now += Milliseconds(60000);
        m_pace.read(1, m_now);
        QCOMPARE(m_pace.interval(), Milliseconds(0));
    }

    void theIntervalFollowsTheRate_data()
    {
        QTest::addColumn<int>("perSecond");
        QTest::addColumn<int>("interval");
        QTest::newRow("just enough") << 3000 << 4;
        QTest::newRow("a million devices every two minutes") << 8333 << 4;
        QTest::newRow("twice that") << 16666 << 2;
        QTest::newRow("very many") << 500000 << 1;
    }

    void theIntervalFollowsTheRate()
    {
        QFETCH(int, perSecond);
        QFETCH(int, interval);
        run(ReadPace::busy + 500, 1, Milliseconds(200));
        QVERIFY(m_pace.interval().count() > 0);
        look(perSecond, Milliseconds(400));
        QCOMPARE(m_pace.interval(), Milliseconds(interval));
    }

    void aDatagramNeverWaitsForMoreThanFiveMilliseconds()
    {
        run(ReadPace::busy + 500, 1, Milliseconds(200));
        for (int perSecond = 0; perSecond < 100000; perSecond += 777) {
            look(ReadPace::quiet, Milliseconds(300));
            look(perSecond, Milliseconds(100));
            QVERIFY(m_pace.interval() >= Milliseconds(1));
            QVERIFY(m_pace.interval() <= Milliseconds(5));
        }
    }

    void oneQuietWindowDoesNotEndIt()
    {
        run(ReadPace::busy + 500, 1, Milliseconds(200));
        for (int i = 0; i < 20; ++i) {
            look(0, ReadPace::window + Milliseconds(4));
            QVERIFY(m_pace.interval().count() > 0);
            look(8333, 3 * ReadPace::window);
            QVERIFY(m_pace.interval().count() > 0);
        }
    }

    void quietWindowsInARowEndItForAWhile()
    {
        run(ReadPace::busy + 500, 1, Milliseconds(200));
        const Milliseconds begun = m_now;
        look(0, Milliseconds(10000));
        QCOMPARE(m_pace.interval(), Milliseconds(0));
        QVERIFY(m_now - begun <= (ReadPace::quietWindows + 1) * (ReadPace::window + ReadPace::longest));
        // As it is with a peer that sends on when it is answered, and is answered more slowly by the clock.
        run(30000, 1, ReadPace::rest - Milliseconds(1));
        QCOMPARE(m_pace.interval(), Milliseconds(0));
        run(30000, 1, 2 * ReadPace::window);
        QCOMPARE(m_pace.interval(), ReadPace::shortest);
    }
};

QTEST_GUILESS_MAIN(TestReadPace)
#include "tst_readpace.moc"
