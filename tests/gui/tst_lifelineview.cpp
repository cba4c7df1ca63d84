// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/lifelinelegend.h"
#include "gui/lifelinestrip.h"
#include "gui/lifelineview.h"
#include "gui/guifixture.h"

#include <QClipboard>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QLabel>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

using namespace reveille;
using namespace reveille::test;
using namespace Qt::StringLiterals;
using Kind = HistoryMark::Kind;

namespace {

constexpr Timestamp now{1800000000000};

HistoryMark mark(qint64 secondsAgo, Kind kind, const QString &subject = {}, LivenessState state = LivenessState::Lost,
                 LossReason reason = LossReason::None)
{
    return {now - Milliseconds(secondsAgo * 1000), kind, state, reason, 1, subject};
}

/// Up, lost nine minutes ago for two, woken, back.
DeviceHistory story(const DeviceId &device)
{
    DeviceHistory history;
    history.device = device;
    history.since = now - Milliseconds(590000);
    history.marks = {mark(590, Kind::State, {}, LivenessState::Up),
                     mark(580, Kind::PacketIn),
                     mark(300, Kind::State, u"OPTIONS"_s, LivenessState::Lost, LossReason::PinholeClosed),
                     mark(300, Kind::ProbeLost, u"OPTIONS"_s),
                     mark(200, Kind::Wake, u"wsp"_s),
                     mark(190, Kind::State, {}, LivenessState::Up),
                     mark(190, Kind::AddressChanged, u"203.0.113.7:4012 > 203.0.113.7:4090"_s)};
    return history;
}

struct Shown {
    LifelineModel model;
    LifelineStrip strip{model};
    DeviceId device = DeviceId::parse(u"mac:000000000001").value();

    explicit Shown(bool filled = true)
    {
        model.setTimeDisplay(TimeDisplay(TimeDisplay::Zone::Utc));
        strip.setTimeDisplay(TimeDisplay(TimeDisplay::Zone::Utc));
        strip.setNow([] { return now; });
        model.setDevice(device);
        if (filled)
            model.setHistory(story(device));
        strip.resize(600, strip.sizeHint().height()); // a pixel a second
        strip.show();
    }
    QPoint at(qint64 secondsAgo) const { return {int(strip.xAt(now - Milliseconds(secondsAgo * 1000))), 30}; }
};

} // namespace

class TestLifelineView : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void hoverSaysWhatHeldAndWhatHappened()
    {
        const Shown s;
        const QString lost = s.strip.factsAt(s.at(300));
        QVERIFY2(lost.contains(u"Lost: pinhole closed (OPTIONS)"_s), qPrintable(lost));
        QVERIFY2(lost.contains(u"Probe lost (OPTIONS)"_s), qPrintable(lost));
        const QString woken = s.strip.factsAt(s.at(200));
        QVERIFY2(woken.contains(u"Wake-up message sent (wsp)"_s), qPrintable(woken));
        const QString moved = s.strip.factsAt(s.at(190));
        QVERIFY2(moved.contains(u"203.0.113.7:4090"_s), qPrintable(moved));
    }

    void hoverOverAnUnknownTimeSaysSo()
    {
        const Shown s(false);
        QVERIFY2(s.strip.factsAt(s.at(300)).contains(u"Nothing is known"_s), qPrintable(s.strip.factsAt(s.at(300))));
    }

    void aClickChoosesTheMoment()
    {
        Shown s;
        QSignalSpy chosen(&s.strip, &LifelineStrip::momentChosen);
        QTest::mouseClick(&s.strip, Qt::LeftButton, {}, s.at(300));
        QCOMPARE(chosen.count(), 1);
        const Timestamp from = chosen[0][0].value<Timestamp>(), until = chosen[0][1].value<Timestamp>();
        QVERIFY(from < now - Milliseconds(300000) && until > now - Milliseconds(300000));
        QVERIFY(until - from <= Milliseconds(20000));
    }

    void draggingMovesItAndIsNoClick()
    {
        Shown s;
        QSignalSpy chosen(&s.strip, &LifelineStrip::momentChosen);
        QVERIFY(s.strip.isFollowing());
        QTest::mousePress(&s.strip, Qt::LeftButton, {}, {200, 30});
        QTest::mouseMove(&s.strip, {300, 30});
        QTest::mouseRelease(&s.strip, Qt::LeftButton, {}, {300, 30});
        QCOMPARE(s.strip.until(), now - Milliseconds(100000));
        QVERIFY(!s.strip.isFollowing());
        QCOMPARE(chosen.count(), 0);
        QTest::mousePress(&s.strip, Qt::LeftButton, {}, {300, 30}); // never into the future
        QTest::mouseMove(&s.strip, {100, 30});
        QTest::mouseRelease(&s.strip, Qt::LeftButton, {}, {100, 30});
        QVERIFY(s.strip.isFollowing());
        QCOMPARE(s.strip.until(), now);
    }

    void keysZoomMoveAndFollow()
    {
        Shown s;
        QTest::keyClick(&s.strip, Qt::Key_Plus);
        QCOMPARE(s.strip.span(), Milliseconds(300000));
        QCOMPARE(s.strip.until(), now);
        QTest::keyClick(&s.strip, Qt::Key_Minus);
        QCOMPARE(s.strip.span(), Milliseconds(600000));
        QTest::keyClick(&s.strip, Qt::Key_Left);
        QCOMPARE(s.strip.until(), now - Milliseconds(75000));
        QTest::keyClick(&s.strip, Qt::Key_Right);
        QVERIFY(s.strip.isFollowing());
        QTest::keyClick(&s.strip, Qt::Key_Left);
        QTest::keyClick(&s.strip, Qt::Key_End);
        QVERIFY(s.strip.isFollowing());
    }

    void theWheelZoomsAboutThePointerWithinBounds()
    {
        Shown s;
        s.strip.pan(Milliseconds(-100000));
        const Timestamp pointed = s.strip.timeAt(150);
        QWheelEvent in({150, 30}, s.strip.mapToGlobal(QPointF(150, 30)), {}, {0, 120}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(&s.strip, &in);
        QVERIFY(s.strip.span() < Milliseconds(600000));
        QVERIFY(std::abs((s.strip.timeAt(150) - pointed).count()) < 2000);
        for (int i = 0; i < 60; ++i)
            s.strip.zoomIn();
        QCOMPARE(s.strip.span(), LifelineStrip::shortestSpan);
        for (int i = 0; i < 60; ++i)
            s.strip.zoomOut();
        QCOMPARE(s.strip.span(), LifelineStrip::longestSpan);
    }

    void theKeyboardGoesFromMarkToMarkAndTellsScreenReaders()
    {
        Shown s;
        QSignalSpy chosen(&s.strip, &LifelineStrip::momentChosen);
        QTest::keyClick(&s.strip, Qt::Key_Left, Qt::ControlModifier);
        QVERIFY2(s.strip.accessibleDescription().contains(u"203.0.113.7:4090"_s), qPrintable(s.strip.accessibleDescription()));
        QTest::keyClick(&s.strip, Qt::Key_Left, Qt::ControlModifier);
        QVERIFY2(s.strip.accessibleDescription().contains(u"Wake-up message sent"_s), qPrintable(s.strip.accessibleDescription()));
        QTest::keyClick(&s.strip, Qt::Key_Return);
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(s.strip.accessibleName(), u"Lifeline"_s);
    }

    void tenThousandMarksArePaintedWithinAFrame()
    {
        Shown s(false);
        DeviceHistory crowd;
        crowd.device = s.device;
        crowd.since = now - Milliseconds(600000);
        for (int i = 0; i < LifelineModel::markLimit; ++i) {
            HistoryMark one = mark(0, i % 7 ? Kind::PacketIn : i % 2 ? Kind::ProbeLost : Kind::State, QString::number(i));
            one.at = crowd.since + Milliseconds(i * 60);
            one.state = i % 4 ? LivenessState::Up : LivenessState::Waking;
            crowd.marks.append(one);
        }
        s.model.setHistory(crowd);
        s.strip.resize(1900, s.strip.height());
        QImage page(s.strip.size(), QImage::Format_ARGB32_Premultiplied);
        s.strip.render(&page);
        QElapsedTimer timer;
        timer.start();
        constexpr int frames = 10;
        for (int i = 0; i < frames; ++i)
            s.strip.render(&page);
        QVERIFY2(timer.elapsed() < frames * 50, qPrintable(QString::number(timer.elapsed() / double(frames))));
    }

    void statesAreToldApartWithoutColour()
    {
        Shown s(false);
        const std::pair<LivenessState, LossReason> states[] = {
            {LivenessState::Up, LossReason::None},           {LivenessState::Suspect, LossReason::None},
            {LivenessState::Lost, LossReason::PinholeClosed}, {LivenessState::Lost, LossReason::Interrupted},
            {LivenessState::Lost, LossReason::Expired},      {LivenessState::Lost, LossReason::ClosedByPeer},
            {LivenessState::Waking, LossReason::None},       {LivenessState::Unreachable, LossReason::None}};
        QVector<QImage> shapes;
        for (const auto &[state, reason] : states) {
            DeviceHistory one;
            one.device = s.device;
            one.since = now - Milliseconds(600000);
            one.marks = {mark(600, Kind::State, {}, state, reason)};
            s.model.setDevice({});
            s.model.setDevice(s.device);
            s.model.setHistory(one);
            QImage page(s.strip.size(), QImage::Format_ARGB32_Premultiplied);
            s.strip.render(&page);
            // Where strong ink is, not which: what somebody who sees no colours tells apart.
            QImage shape = page.copy(20, 20, 60, 24).convertToFormat(QImage::Format_Grayscale8);
            for (int y = 0; y < shape.height(); ++y) {
                for (int x = 0; x < shape.width(); ++x)
                    shape.scanLine(y)[x] = shape.constScanLine(y)[x] < 170 ? 0 : 255;
            }
            for (const QImage &other : std::as_const(shapes))
                QVERIFY2(shape != other, toText(state));
            shapes.append(shape);
        }
    }

    void theViewShowsTheSameAsATableAndAsText()
    {
        GuiFixture f;
        LifelineView view(f.context);
        view.resize(700, 200);
        view.show();
        view.strip()->setNow([] { return now; });
        view.showDevice(DeviceId::parse(u"mac:000000000001").value());
        view.model().setHistory(story(view.model().device()));
        QVERIFY(!view.showsTable());
        view.showTable(true);
        QVERIFY(view.table()->isVisible());
        QCOMPARE(view.table()->model()->rowCount(), 7);
        QSignalSpy chosen(&view, &LifelineView::momentChosen);
        Q_EMIT view.table()->activated(view.table()->model()->index(0, 0));
        QCOMPARE(chosen.count(), 1);
        view.showTable(false);
        view.copyText();
        QVERIFY2(QGuiApplication::clipboard()->text().contains(u"Lost: pinhole closed (OPTIONS)"_s), qPrintable(QGuiApplication::clipboard()->text()));
    }

    void everyControlHasANameAndTheRangeButtonsWork()
    {
        GuiFixture f;
        LifelineView view(f.context);
        view.show();
        int buttons = 0;
        for (const QToolButton *button : view.findChildren<QToolButton *>()) {
            QVERIFY(!button->accessibleName().isEmpty() || button->text().size() > 1);
            QVERIFY(!button->toolTip().isEmpty());
            ++buttons;
        }
        QVERIFY(buttons >= 8);
        for (QToolButton *button : view.findChildren<QToolButton *>()) {
            if (button->text() == u"1 h"_s)
                button->click();
        }
        QCOMPARE(view.strip()->span(), Milliseconds(3600000));
        const LifelineLegend legend;
        QVERIFY(legend.accessibleDescription().contains(u"Lost: pinhole closed"_s));
    }
};

QTEST_MAIN(TestLifelineView)
#include "tst_lifelineview.moc"
