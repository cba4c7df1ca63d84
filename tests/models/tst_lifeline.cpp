// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/lifelinemodel.h"
#include "models/memoryjournalsource.h"
#include "models/snapshotmaker.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace reveille;
using namespace reveille::test;
using Kind = HistoryMark::Kind;

namespace {

constexpr auto qtTest = QAbstractItemModelTester::FailureReportingMode::QtTest;

Timestamp at(qint64 seconds)
{
    return noon + Milliseconds(seconds * 1000);
}

HistoryMark state(qint64 seconds, LivenessState state, LossReason reason = LossReason::None, const QString &subject = {})
{
    return {at(seconds), Kind::State, state, reason, 1, subject};
}

HistoryMark mark(qint64 seconds, Kind kind, int count = 1, const QString &subject = {})
{
    return {at(seconds), kind, LivenessState::Lost, LossReason::None, count, subject};
}

DeviceHistory history(const DeviceId &device, const QVector<HistoryMark> &marks)
{
    DeviceHistory history;
    history.device = device;
    history.since = marks.isEmpty() ? Timestamp{} : marks.first().at;
    history.marks = marks;
    return history;
}

JournalEntry row(quint64 id, qint64 seconds, JournalKind kind, const QString &event, const QVector<std::pair<QString, QString>> &fields)
{
    JournalEntry entry;
    entry.id = JournalId{id};
    entry.time = at(seconds);
    entry.kind = kind;
    entry.event = event;
    entry.device = deviceId(1, 1);
    entry.user = userId(1);
    entry.fields = fields;
    return entry;
}

JournalEntry connectionRow(quint64 id, qint64 seconds, const QString &event, const QString &peer, const QString &rule,
                           const QString &reason = {})
{
    QVector<std::pair<QString, QString>> fields{{u"transport"_s, u"sip/udp"_s}, {u"peer"_s, peer}, {u"rule"_s, rule}};
    if (!reason.isEmpty())
        fields.append({u"reason"_s, reason});
    return row(id, seconds, JournalKind::Connection, event, fields);
}

} // namespace

class TestLifeline : public QObject
{
    Q_OBJECT
    const DeviceId m_phone = deviceId(1, 1);

private Q_SLOTS:
    void bandsBeginAndEndWithTheirStates()
    {
        const auto bands = bandsOf({state(0, LivenessState::Up), mark(5, Kind::PacketIn), state(10, LivenessState::Up),
                                    state(60, LivenessState::Suspect), state(68, LivenessState::Lost, LossReason::PinholeClosed, u"OPTIONS"_s)});
        QCOMPARE(bands.size(), 3);
        QCOMPARE(bands[0].from, at(0));
        QCOMPARE(bands[0].until, at(60)); // a state told twice is one band
        QCOMPARE(bands[2].subject, u"OPTIONS"_s);
        QVERIFY(!bands[2].until.isSet());
    }

    void lossesOfDifferentReasonsAreDifferentBands()
    {
        const auto bands = bandsOf({state(0, LivenessState::Lost, LossReason::PinholeClosed), state(9, LivenessState::Lost, LossReason::Expired)});
        QCOMPARE(bands.size(), 2);
        QCOMPARE(bands[1].reason, LossReason::Expired);
    }

    void segmentsFillThePixelsOfTheirBands()
    {
        const auto bands = bandsOf({state(0, LivenessState::Up), state(50, LivenessState::Lost, LossReason::PinholeClosed)});
        const auto segments = segmentsOf(bands, at(0), at(100), at(80), 100);
        QCOMPARE(segments, (QVector<LifelineSegment>{{0, 50, LivenessState::Up, LossReason::None},
                                                     {50, 80, LivenessState::Lost, LossReason::PinholeClosed}}));
    }

    void aShortLossIsSeenInALongView()
    {
        const auto bands = bandsOf({state(0, LivenessState::Up), state(43200, LivenessState::Lost, LossReason::Interrupted),
                                    state(43201, LivenessState::Up)});
        const auto segments = segmentsOf(bands, at(0), at(86400), at(86400), 200);
        QCOMPARE(segments.size(), 3);
        QCOMPARE(segments[1], (LifelineSegment{100, 101, LivenessState::Lost, LossReason::Interrupted}));
    }

    void whatLiesOutsideOrAheadIsNotDrawn()
    {
        const auto bands = bandsOf({state(0, LivenessState::Up)});
        QVERIFY(segmentsOf(bands, at(-200), at(-100), at(50), 100).isEmpty());
        QVERIFY(segmentsOf(bands, at(100), at(200), at(50), 100).isEmpty());
        QVERIFY(segmentsOf(bands, at(0), at(0), at(50), 100).isEmpty());
    }

    void marksOfOnePixelShareABin()
    {
        const auto bins = binsOf({mark(0, Kind::PacketIn, 3), mark(1, Kind::PacketIn, 4), mark(1, Kind::PacketOut, 2), mark(2, Kind::Wake),
                                  mark(99, Kind::ProbeLost), mark(100, Kind::ProbeLost)},
                                 at(0), at(100), 10);
        QCOMPARE(bins.size(), 10);
        QCOMPARE(bins[0].in, 7);
        QCOMPARE(bins[0].out, 2);
        QVERIFY(bins[0].has(Kind::Wake));
        QVERIFY(bins[9].has(Kind::ProbeLost));
        QVERIFY(!bins[5].has(Kind::ProbeLost));
        QCOMPARE(bins[5], LifelineBin{});
    }

    void theSameToldTwiceIsOneMark()
    {
        const auto merged = mergedMarks({mark(10, Kind::Wake, 1, u"wsp"_s), mark(5, Kind::PacketIn, 2), mark(5, Kind::PacketIn, 7),
                                         mark(10, Kind::Wake), mark(30, Kind::Wake, 1, u"wsp"_s), state(1, LivenessState::Up),
                                         state(2, LivenessState::Up)},
                                        100);
        QCOMPARE(merged.size(), 4);
        QCOMPARE(merged[0].kind, Kind::State);
        QCOMPARE(merged[1].count, 7);
        QCOMPARE(merged[2].subject, u"wsp"_s);
        QCOMPARE(merged[3].at, at(30));
    }

    void theOldestGoBeyondTheLimit()
    {
        QVector<HistoryMark> marks;
        for (int i = 0; i < 100; ++i)
            marks.append(mark(10 * i, Kind::ProbeLost));
        const auto merged = mergedMarks(marks, 30);
        QCOMPARE(merged.size(), 30);
        QCOMPARE(merged.first().at, at(700));
    }

    void tenThousandMarksAreBinnedWithinAFrame()
    {
        QVector<HistoryMark> marks;
        for (int i = 0; i < LifelineModel::markLimit; ++i)
            marks.append(i % 3 ? mark(10 * i, Kind::PacketIn, 1 + i % 9) : state(10 * i, i % 2 ? LivenessState::Up : LivenessState::Suspect));
        const auto bands = bandsOf(marks);
        QElapsedTimer timer;
        timer.start();
        constexpr int frames = 20;
        for (int i = 0; i < frames; ++i) {
            QCOMPARE(binsOf(marks, at(0), at(100000), 1900).size(), 1900);
            QVERIFY(segmentsOf(bands, at(0), at(100000), at(100000), 1900).size() <= 1900);
        }
        QVERIFY2(timer.elapsed() < frames * 50, qPrintable(QString::number(timer.elapsed())));
    }

    void journalRowsTellStatesAndEvents()
    {
        const auto marks = marksOfJournal({
            connectionRow(1, 0, u"registered"_s, u"203.0.113.7:4012"_s, u"registered"_s),
            connectionRow(2, 60, u"suspect"_s, u"203.0.113.7:4012"_s, u"keep_alive_late"_s),
            connectionRow(3, 68, u"lost"_s, u"203.0.113.7:4012"_s, u"probe_lost"_s, u"pinhole_closed"_s),
            row(4, 70, JournalKind::Sir, u"sir-sent"_s, {{u"bearer"_s, u"wsp"_s}}),
            connectionRow(5, 72, u"restored"_s, u"203.0.113.7:4090"_s, u"restored"_s),
        });
        const auto bands = bandsOf(marks);
        QCOMPARE(bands.size(), 4);
        QCOMPARE(bands[2].reason, LossReason::PinholeClosed);
        QCOMPARE(bands[3].state, LivenessState::Up);
        QCOMPARE(std::count_if(marks.begin(), marks.end(), [](const HistoryMark &m) { return m.kind == Kind::ProbeLost; }), 1);
        QCOMPARE(std::count_if(marks.begin(), marks.end(), [](const HistoryMark &m) { return m.kind == Kind::Wake && m.subject == u"wsp"_s; }), 1);
    }

    void aDeviceWithAnotherPathUpIsNotLost()
    {
        const auto bands = bandsOf(marksOfJournal({
            connectionRow(1, 0, u"registered"_s, u"203.0.113.7:1"_s, u"registered"_s),
            connectionRow(2, 5, u"registered"_s, u"203.0.113.7:2"_s, u"registered"_s),
            connectionRow(3, 60, u"lost"_s, u"203.0.113.7:1"_s, u"connection_reset"_s, u"interrupted"_s),
        }));
        QCOMPARE(bands.size(), 1);
        QCOMPARE(bands[0].state, LivenessState::Up);
    }

    void theServersMemoryTakesTheJournalsPlace()
    {
        MemoryJournalSource source;
        LifelineModel model;
        QAbstractItemModelTester tester(&model, qtTest);
        model.setDevice(m_phone);
        source.add({connectionRow(1, 0, u"registered"_s, u"p"_s, u"registered"_s),
                    connectionRow(2, 100, u"lost"_s, u"p"_s, u"connection_reset"_s, u"interrupted"_s),
                    connectionRow(3, 300, u"registered"_s, u"p"_s, u"registered"_s)});
        model.setHistory(history(m_phone, {state(200, LivenessState::Lost, LossReason::Expired), state(301, LivenessState::Up)}));
        model.setSource(&source);
        model.want(at(-1000));
        QTRY_VERIFY(!model.isReading());
        const auto &bands = model.bands();
        QCOMPARE(bands.size(), 4);
        QCOMPARE(bands[0].state, LivenessState::Up);          // of the journal
        QCOMPARE(bands[1].reason, LossReason::Interrupted);   // of the journal
        QCOMPARE(bands[2].reason, LossReason::Expired);       // of the server
        QCOMPARE(bands[3].from, at(301));                     // not the journal's 300
        QVERIFY(!model.since().isSet());                      // all of it is known
    }

    void aHistoryToldAgainChangesNothing()
    {
        LifelineModel model;
        QAbstractItemModelTester tester(&model, qtTest);
        model.setDevice(m_phone);
        const auto told = history(m_phone, {state(0, LivenessState::Up), mark(5, Kind::PacketIn, 2), mark(9, Kind::Wake, 1, u"wsp"_s)});
        model.setHistory(told);
        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        auto more = told;
        more.marks.append(mark(20, Kind::PacketIn));
        model.setHistory(more);
        QCOMPARE(removed.count(), 0);
        QCOMPARE(inserted.count(), 1);
        QCOMPARE(model.rowCount(), 4);
        QCOMPARE(model.markAt(0)->at, at(20)); // newest on top
        QVERIFY(!model.markAt(4));
        model.setHistory(history(deviceId(1, 2), {state(0, LivenessState::Lost)}));
        QCOMPARE(model.rowCount(), 4);
    }

    void snapshotsMoveItOnAtOnce()
    {
        LifelineModel model;
        QAbstractItemModelTester tester(&model, qtTest);
        model.setDevice(m_phone);
        ServerChanges changes;
        changes.devices = {withState(device(userId(1), m_phone), LivenessState::Up, 1)};
        model.apply(changes);
        QCOMPARE(model.bands().size(), 1);
        changes.devices = {withState(device(userId(1), m_phone), LivenessState::Lost, 1)};
        changes.journal = {row(9, 70, JournalKind::Sir, u"sir-sent"_s, {{u"bearer"_s, u"wsp"_s}})};
        QSignalSpy changed(&model, &LifelineModel::changed);
        model.apply(changes);
        QVERIFY(!changed.isEmpty());
        QCOMPARE(model.bands().last().state, LivenessState::Lost);
        QCOMPARE(model.bands().last().reason, LossReason::PinholeClosed);
        QVERIFY(model.summary(at(0), at(100)).contains(u"1 wake-up message"_s) || model.summary(at(0), at(100)).contains(u"wake-up message(s)"_s));
        changes.devices = {withState(device(userId(1), deviceId(1, 2)), LivenessState::Up, 7)}; // somebody else
        changes.journal.clear();
        const int rows = model.rowCount();
        model.apply(changes);
        QCOMPARE(model.rowCount(), rows);
    }

    void factsNameWhatHeldAndWhatHappened()
    {
        LifelineModel model;
        model.setTimeDisplay(TimeDisplay(TimeDisplay::Zone::Utc));
        model.setDevice(m_phone);
        model.setHistory(history(m_phone, {state(0, LivenessState::Up), state(60, LivenessState::Lost, LossReason::PinholeClosed, u"OPTIONS"_s),
                                           mark(60, Kind::ProbeLost, 1, u"OPTIONS"_s), state(100, LivenessState::Up)}));
        const QString facts = model.facts(at(60), at(61));
        QVERIFY2(facts.contains(u"Lost: pinhole closed (OPTIONS)"_s), qPrintable(facts));
        QVERIFY2(facts.contains(u"Probe lost (OPTIONS)"_s), qPrintable(facts));
        QVERIFY2(facts.contains(u"40 s"_s), qPrintable(facts));
        QVERIFY(model.facts(at(-20), at(-10)).isEmpty());
        const QString text = model.text(at(0), at(61));
        QCOMPARE(text.count(u'\n'), 3);
        QVERIFY2(text.startsWith(TimeDisplay(TimeDisplay::Zone::Utc).dateTime(at(0)) + u"\tUp\n"_s), qPrintable(text));
    }

    void anotherDeviceStartsAnew()
    {
        LifelineModel model;
        QAbstractItemModelTester tester(&model, qtTest);
        model.setDevice(m_phone);
        model.setHistory(history(m_phone, {state(0, LivenessState::Up)}));
        model.setDevice(deviceId(1, 2));
        QCOMPARE(model.rowCount(), 0);
        QVERIFY(model.bands().isEmpty());
        QVERIFY(model.since() > at(1000000)); // nothing at all is known
    }

    void olderRowsAreReadWhenAViewWantsThem()
    {
        MemoryJournalSource source;
        LifelineModel model;
        QVector<JournalEntry> rows;
        for (int i = 0; i < 3 * LifelineModel::pageSize; ++i)
            rows.append(connectionRow(i + 1, i, u"lost"_s, u"p"_s, u"probe_lost"_s, u"pinhole_closed"_s));
        source.add(rows);
        model.setDevice(m_phone);
        model.setSource(&source);
        model.want(at(3 * LifelineModel::pageSize - 10));
        QTRY_VERIFY(!model.isReading());
        QVERIFY(model.since() > at(0));
        model.want(at(0));
        QTRY_VERIFY(!model.since().isSet() || model.since() <= at(0));
    }

    void axisStepsAreRoundAndStartAtTheZonesHours()
    {
        QCOMPARE(axisStep(Milliseconds(900)), Milliseconds(1000));
        QCOMPARE(axisStep(Milliseconds(61000)), Milliseconds(120000));
        QCOMPARE(axisStep(Milliseconds(5 * 3600000)), Milliseconds(6 * 3600000));
        const Milliseconds hour(3600000);
        const auto times = axisTimes(Timestamp{1}, Timestamp{1} + 24 * hour, 6 * hour, 2 * hour);
        QCOMPARE(times.size(), 4);
        QCOMPARE(times.first(), Timestamp{(4 * hour).count()}); // 06:00 in a zone two hours ahead
    }
};

QTEST_GUILESS_MAIN(TestLifeline)
#include "tst_lifeline.moc"
