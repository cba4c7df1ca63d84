// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/snapshotmaker.h"
#include "models/subscribermodel.h"

#include <QElapsedTimer>
#include <QFile>
#include <QRandomGenerator>
#include <QTest>
#include <QTimer>

#include <algorithm>

#include <time.h>

using namespace reveille;
using namespace reveille::test;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int userCount = 25000; ///< a sanitizer wants several times the memory and time
#else
constexpr int userCount = 250000;
#endif
constexpr int devicesEach = 4;

qint64 threadTimeNs()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return time.tv_sec * qint64(1000000000) + time.tv_nsec;
}

/// How long the event loop was away at most, as whoever waits for a frame would see it: on the clock, and in time this
/// thread had, which other programs on the machine do not add to.
class Probe : public QObject
{
public:
    Probe()
    {
        m_timer.setInterval(0);
        connect(&m_timer, &QTimer::timeout, this, &Probe::look);
    }
    void start()
    {
        m_longest = m_longestOwn = 0;
        m_clock.restart();
        m_own = threadTimeNs();
        m_timer.start();
    }
    void stop()
    {
        look();
        m_timer.stop();
    }
    double longestMs() const { return double(m_longest) / 1e6; }
    double longestOwnMs() const { return double(m_longestOwn) / 1e6; }

private:
    void look()
    {
        m_longest = std::max(m_longest, m_clock.nsecsElapsed());
        m_longestOwn = std::max(m_longestOwn, threadTimeNs() - m_own);
        m_clock.restart();
        m_own = threadTimeNs();
    }

    QTimer m_timer;
    QElapsedTimer m_clock;
    qint64 m_own = 0;
    qint64 m_longest = 0;
    qint64 m_longestOwn = 0;
};

qint64 residentKiB()
{
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmRSS:"))
            return line.mid(6).trimmed().split(' ').first().toLongLong();
    }
    return 0;
}

DeviceSnapshot deviceOf(int number, int place, const Liveness &liveness)
{
    DeviceSnapshot snapshot = device(userId(number), deviceId(number, place), place == 0 ? u"phone"_s : u"device %1"_s.arg(place));
    snapshot.device.msisdn = Msisdn::parse(u"+4917%1"_s.arg(number * devicesEach + place, 9, 10, QChar(u'0'))).value();
    snapshot.device.gruu = snapshot.device.user.toString() + u";gr="_s + snapshot.device.id.toString();
    snapshot.device.clientRoutes = {{u"sms"_s, snapshot.device.msisdn.digits(), ClientPort(2948), WakeRoute::Source::Client}};
    snapshot.readyRoutes = snapshot.device.clientRoutes;
    snapshot.liveness = liveness;
    snapshot.connections = {connection(quint64(number) * devicesEach + quint64(place) + 1, liveness)};
    return snapshot;
}

} // namespace

class TestSubscriberMillion : public QObject
{
    Q_OBJECT
    SubscriberModel m_model;
    Probe m_probe;

    /// Waits, and prints how the work was cut up.
    void report(const char *what, const SubscriberModel::WorkFacts &before)
    {
        QTRY_VERIFY_WITH_TIMEOUT(m_model.isSettled(), 500000);
        m_probe.stop();
        const SubscriberModel::WorkFacts after = m_model.workFacts();
        qInfo("%s: %lld units in %lld slices; event loop away for at most %.1f ms, of them %.1f ms our own", what,
              after.units - before.units, after.slices - before.slices, m_probe.longestMs(), m_probe.longestOwnMs());
        QVERIFY2(m_probe.longestOwnMs() < 500, "a step of the work is not bounded");
    }

private Q_SLOTS:
    void initTestCase()
    {
        QElapsedTimer clock;
        clock.start();
        const Liveness up = inState(LivenessState::Up);
        const qint64 before = residentKiB();
        constexpr int perBatch = 10000;
        for (int first = 0; first < userCount; first += perBatch) {
            ServerChanges changes;
            for (int number = first; number < first + perBatch; ++number) {
                // Not in order of id, as a hash of the server would give them.
                const int mixed = int(qint64(number) * 7919 % userCount);
                changes.users.append(user(userId(mixed)));
                for (int place = 0; place < devicesEach; ++place)
                    changes.devices.append(deviceOf(mixed, place, up));
            }
            m_probe.start();
            const auto facts = m_model.workFacts();
            m_model.apply(changes);
            changes = {};
            if (first == 0)
                report("first 40,000 devices", facts);
            QTRY_VERIFY_WITH_TIMEOUT(m_model.isSettled(), 500000);
        }
        qInfo("a million devices in %.1f s, %.0f octets each", double(clock.elapsed()) / 1e3,
              double(residentKiB() - before) * 1024 / (userCount * devicesEach));
        QCOMPARE(m_model.totalDevices(), qint64(userCount) * devicesEach);
        QCOMPARE(m_model.totalUsers(), qint64(userCount));
    }

    void theViewSeesAWindow()
    {
        QVERIFY(m_model.shownUsers() >= SubscriberModel::pageSize);
        QVERIFY(m_model.shownUsers() <= m_model.rowLimit());
        QCOMPARE(m_model.index(0, 0).data(Role::Id).toString(), userId(0).toString());
        while (m_model.canFetchMore({})) {
            const int shown = m_model.shownUsers();
            m_model.fetchMore({});
            QTRY_VERIFY(m_model.isSettled());
            QVERIFY(m_model.shownUsers() > shown);
        }
        QCOMPARE(m_model.shownUsers(), m_model.rowLimit());
        QCOMPARE(m_model.index(1234, 0).data(Role::Id).toString(), userId(1234).toString());
        for (int step = 0; step <= 10; ++step) {
            const int first = int(qint64(userCount - 1) * step / 10);
            m_model.moveWindow(first);
            QTRY_VERIFY(m_model.isSettled());
            QCOMPARE(m_model.index(0, 0).data(Role::Id).toString(), userId(first).toString());
            QCOMPARE(m_model.windowStart(), first);
        }
        m_model.showFirst();
    }

    void changesAreWorkedOffInSlices()
    {
        QRandomGenerator random(7);
        const Liveness lost = inState(LivenessState::Lost);
        ServerChanges changes;
        for (int i = 0; i < 20000; ++i)
            changes.devices.append(deviceOf(random.bounded(userCount), random.bounded(devicesEach), lost));
        const auto before = m_model.workFacts();
        m_probe.start();
        m_model.apply(changes);
        report("20,000 changes", before);
        QVERIFY(m_model.workFacts().slices - before.slices >= 3);
        QCOMPARE(m_model.totalDevices(), qint64(userCount) * devicesEach);
    }

    void searchingIsCutIntoSlices_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("chip");
        QTest::addColumn<qint64>("devices"); ///< -1 = some
        QTest::newRow("one number") << u"\"+4917%1\""_s.arg(userCount * devicesEach - 1, 9, 10, QChar(u'0')) << 0 << qint64(1);
        QTest::newRow("part of a user id") << u"user:user%1"_s.arg(userCount / 1000 - 1, 4, 10, QChar(u'0')) << 0 << qint64(1000 * devicesEach);
        QTest::newRow("part of a contact") << u"sip:c77777@"_s << 0 << qint64(1);
        QTest::newRow("nobody") << u"no such thing"_s << 0 << qint64(0);
        QTest::newRow("everybody by name") << u"phone"_s << 0 << qint64(userCount);
        QTest::newRow("lost ones") << QString() << int(SubscriberFilter::Chip::Lost) << qint64(-1);
    }
    void searchingIsCutIntoSlices()
    {
        QFETCH(QString, text);
        QFETCH(int, chip);
        QFETCH(qint64, devices);
        const auto before = m_model.workFacts();
        m_probe.start();
        m_model.setFilter(SubscriberFilter::parse(text, SubscriberFilter::Chip(chip)));
        report(qPrintable(u"search "_s + text), before);
        const auto after = m_model.workFacts();
        QVERIFY(after.units - before.units >= userCount);
        QVERIFY2(after.slices - before.slices >= 3, "a search over everything came in one go");
        if (devices >= 0)
            QCOMPARE(m_model.matchedDevices(), devices);
        else
            QVERIFY(m_model.matchedDevices() > 10000 && m_model.matchedDevices() <= 20000);
        QCOMPARE(m_model.shownUsers() > 0, m_model.matchedUsers() > 0);
        QVERIFY(m_model.shownUsers() <= 2 * SubscriberModel::pageSize);
    }

    void aSearchTypedOverIsDropped()
    {
        for (const QString &text : {u"u"_s, u"us"_s, u"use"_s, u"user0000"_s, u"user00001"_s, u"user:user0000123"_s})
            m_model.setFilter(SubscriberFilter::parse(text));
        QTRY_VERIFY_WITH_TIMEOUT(m_model.isSettled(), 500000);
        QCOMPARE(m_model.matchedUsers(), 1);
        QCOMPARE(m_model.rowCount(), 1);
        m_model.setFilter({});
        QTRY_VERIFY_WITH_TIMEOUT(m_model.isSettled(), 500000);
        QCOMPARE(m_model.shownUsers(), SubscriberModel::pageSize);
    }

    void anyDeviceIsRevealedAtOnce()
    {
        QElapsedTimer clock;
        clock.start();
        const DeviceId device = deviceId(userCount / 5 * 4, 2);
        QVERIFY(m_model.reveal(device));
        QVERIFY(m_model.indexOf(device).isValid());
        qInfo("reveal took %.2f ms", double(clock.nsecsElapsed()) / 1e6);
        QTRY_VERIFY(m_model.isSettled());
        QVERIFY(m_model.indexOf(device).isValid());
    }

    void clearingIsCutIntoSlices()
    {
        const auto before = m_model.workFacts();
        m_probe.start();
        m_model.clear();
        QCOMPARE(m_model.rowCount(), 0);
        report("clear", before);
        QVERIFY(m_model.workFacts().slices - before.slices >= 3);
    }
};

QTEST_GUILESS_MAIN(TestSubscriberMillion)
#include "tst_subscribermillion.moc"
