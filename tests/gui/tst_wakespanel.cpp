// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/checktree.h"
#include "gui/chiprow.h"
#include "gui/fieldview.h"
#include "gui/guifixture.h"
#include "gui/wakelife.h"
#include "gui/wakespanel.h"
#include "models/roles.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>
#include <QUdpSocket>

using namespace reveille;
using namespace reveille::test;
using namespace Qt::StringLiterals;

namespace {

constexpr Timestamp noon{1800000000000};

WakeUp wake(int number, WakeState state = WakeState::Active)
{
    WakeUp wake;
    wake.id = WakeId(u"w-%1"_s.arg(number, 20, 10, QChar(u'0')));
    wake.device = GuiFixture::device({}, 1, 0).id;
    wake.user = GuiFixture::alice();
    wake.state = state;
    wake.order.reason = u"by_hand"_s;
    wake.stepTimes[int(WakeStep::Requested)] = noon + Milliseconds(number);
    wake.stepTimes[int(WakeStep::Submitted)] = noon + Milliseconds(number + 40);
    wake.furthest = WakeStep::Submitted;
    WakeAttempt attempt;
    attempt.bearer = number % 2 ? u"wsp"_s : u"sms1"_s;
    attempt.route = {u"wsp-udp"_s, u"127.0.0.1"_s, ClientPort(2948), WakeRoute::Source::Client};
    attempt.carrierId = u"m-%1"_s.arg(number);
    wake.attempts = {attempt};
    wake.sir = QByteArray("\x02\x00", 2);
    return wake;
}

ServerChanges with(const QVector<WakeUp> &wakes)
{
    ServerChanges changes;
    changes.wakes = wakes;
    return changes;
}

} // namespace

class TestWakesPanel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void rowsMoveAsTheWakeUpGoesAndTheChosenOneTellsItsLife()
    {
        GuiFixture f;
        WakesPanel panel(f.context, f.wakes, WakesPanel::Of::Everybody);
        panel.resize(1200, 260);
        panel.show();
        QVERIFY(!panel.table()->isVisible()); // says what belongs there
        f.wakes.apply(with({wake(1), wake(2)}));
        QVERIFY(panel.table()->isVisible());
        QVERIFY(!panel.life()->isVisible());
        panel.chooseWake(wake(1).id);
        QVERIFY(panel.life()->isVisible());
        QVERIFY(f.selection.wake() == wake(1).id);
        QVERIFY(panel.life()->state() == WakeState::Active);
        QCOMPARE(panel.life()->steps()->topLevelItem(int(WakeStep::Submitted))->text(2), u"40 ms"_s);
        QCOMPARE(panel.life()->sir()->octets(), wake(1).sir);
        QVERIFY(panel.life()->cancelButton()->isEnabled());
        QVERIFY(!panel.life()->repeatButton()->isEnabled()); // a second one would only join it

        WakeUp done = wake(1, WakeState::Exhausted);
        done.outcome = "routes-exhausted";
        f.wakes.apply(with({done}));
        Q_EMIT f.host.changed(with({done}));
        QVERIFY(panel.life()->state() == WakeState::Exhausted);
        QVERIFY(panel.life()->repeatButton()->isEnabled());
        QImage painted(panel.size(), QImage::Format_ARGB32_Premultiplied);
        panel.render(&painted); // marks and steps
        f.selection.clear();
        QVERIFY(!panel.life()->isVisible());
    }

    void whoScrolledDownKeepsWhatHeReads()
    {
        GuiFixture f;
        WakesPanel panel(f.context, f.wakes, WakesPanel::Of::Everybody);
        panel.resize(900, 200);
        panel.show();
        QVector<WakeUp> many;
        for (int number = 1; number <= 100; ++number)
            many.append(wake(number));
        f.wakes.apply(with(many));
        QScrollBar *bar = panel.table()->verticalScrollBar();
        QTRY_VERIFY(bar->maximum() > 50);
        bar->setValue(50);
        const QString top = panel.table()->model()->index(panel.table()->rowAt(2), WakeColumn::Id).data(Qt::ToolTipRole).toString();
        f.wakes.apply(with({wake(101), wake(102)}));
        QCOMPARE(panel.table()->model()->index(panel.table()->rowAt(2), WakeColumn::Id).data(Qt::ToolTipRole).toString(), top);
    }

    void chipsAndWordsNarrowTheRows()
    {
        GuiFixture f;
        WakesPanel panel(f.context, f.wakes, WakesPanel::Of::Everybody);
        panel.show();
        f.wakes.apply(with({wake(1), wake(2, WakeState::Exhausted), wake(3, WakeState::Succeeded)}));
        const QAbstractItemModel &rows = *panel.table()->model();
        panel.chips()->chip(1)->click();
        QCOMPARE(rows.rowCount(), 1);
        panel.chips()->chip(2)->click();
        QCOMPARE(rows.rowCount(), 1);
        QCOMPARE(rows.index(0, WakeColumn::Bearer).data().toString(), u"sms1"_s);
        panel.filterBox()->setText(u"wsp"_s);
        QCOMPARE(rows.rowCount(), 0);
        QVERIFY(!panel.table()->isVisible());
        panel.chips()->chip(0)->click();
        QCOMPARE(rows.rowCount(), 2);
        panel.copyRows();
        QCOMPARE(QGuiApplication::clipboard()->text().count(u'\n'), 3);
        QVERIFY(QGuiApplication::clipboard()->text().contains(wake(3).id.text())); // whole, not shortened
    }

    void aWakeUpIsRepeatedOverABearerOfChoice()
    {
        GuiFixture f;
        QUdpSocket terminal;
        QVERIFY(terminal.bind(QHostAddress(QHostAddress::LocalHost), 0));
        const Device phone = GuiFixture::device(u"phone"_s, 1, terminal.localPort());
        QVERIFY(f.start(GuiFixture::quickConfig()));
        QVERIFY(f.provision({phone, GuiFixture::device(u"tablet"_s, 2, 0)}));
        QTRY_VERIFY(f.bearers.rowCount() > 0);
        const Result<WakeId> first = answerOf(f.host.wake(phone.id, {}));
        QVERIFY(first.ok());
        QVERIFY(answerOf(f.host.cancelWake(*first)).ok());
        QTRY_VERIFY(f.wakes.wakeUp(*first) && isTerminal(f.wakes.wakeUp(*first)->state));

        WakeLife life(f.context);
        life.setWake(*first);
        life.setVisible(true);
        QSignalSpy repeated(&life, &WakeLife::repeated);
        QMenu *over = life.repeatOverButton()->menu();
        Q_EMIT over->aboutToShow();
        QVERIFY(!over->isEmpty());
        QAction *wsp = nullptr;
        for (QAction *action : over->actions())
            wsp = action->text().contains(u"wsp ("_s) ? action : wsp;
        QVERIFY(wsp && wsp->isEnabled());
        wsp->trigger();
        QTRY_COMPARE(repeated.count(), 1);
        QVERIFY(life.wakeId() != *first);
        QTRY_VERIFY(f.wakes.wakeUp(life.wakeId()));
        QCOMPARE(f.wakes.wakeUp(life.wakeId())->order.bearer, u"wsp"_s);
        QVERIFY(f.wakes.wakeUp(life.wakeId())->order.repeats == *first);
        QTRY_VERIFY(life.checks()->topLevelItemCount() > 0); // why this route
    }
};

QTEST_MAIN(TestWakesPanel)
#include "tst_wakespanel.moc"
