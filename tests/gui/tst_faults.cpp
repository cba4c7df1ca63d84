// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/actions.h"
#include "gui/bearerspage.h"
#include "gui/consoleprogram.h"
#include "gui/copyline.h"
#include "gui/devicepage.h"
#include "gui/faultbanner.h"
#include "gui/faultdialog.h"
#include "gui/faultspage.h"
#include "gui/guifixture.h"
#include "gui/mainwindow.h"

#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTest>
#include <QToolBar>

using namespace reveille;
using namespace reveille::test;
using namespace Qt::StringLiterals;

namespace {

FaultRule dropsWakes(const QString &id = u"f-1"_s)
{
    FaultRule rule;
    rule.id = FaultId(id);
    rule.scope = FaultScope::Wakes;
    rule.bearer = u"wsp"_s;
    rule.since = Timestamp{QDateTime::currentMSecsSinceEpoch()};
    rule.until = rule.since + Milliseconds(540000);
    return rule;
}

ServerChanges with(const QVector<FaultRule> &faults)
{
    ServerChanges changes;
    changes.faults = faults;
    return changes;
}

} // namespace

/// Injected faults in the console: dialog, page, banner, and what says so at a device.
class TestFaults : public QObject
{
    Q_OBJECT
private:
    static void choose(QComboBox *box, int data) { box->setCurrentIndex(box->findData(data)); }

private Q_SLOTS:
    void theDialogMakesAFaultThatEndsInTenMinutes()
    {
        GuiFixture f;
        QVERIFY(f.start(GuiFixture::quickConfig()));
        QTRY_VERIFY(f.bearers.rowOf(u"wsp"_s) >= 0);
        FaultDialog dialog(f.context, usualFault());
        dialog.show();
        QVERIFY(!dialog.injectButton()->isEnabled()); // nothing is named that it strikes
        QVERIFY2(dialog.summary().contains(u"needs a bearer"_s), qPrintable(dialog.summary()));
        choose(dialog.scope(), int(FaultScope::Wakes));
        dialog.over()->setCurrentIndex(dialog.over()->findData(u"wsp"_s));
        QVERIFY2(dialog.summary().startsWith(u"Wake-ups over wsp are dropped, until "_s), qPrintable(dialog.summary()));
        QVERIFY(!dialog.code()->isVisible());
        choose(dialog.kind(), int(FaultKind::Reject));
        QVERIFY(dialog.code()->isVisible());
        dialog.code()->setEditText(u"a b"_s);
        QVERIFY(!dialog.injectButton()->isEnabled());
        dialog.code()->setEditText(u"0x14"_s);
        dialog.chance()->setValue(50);
        dialog.note()->setText(u"the second route"_s);
        QCOMPARE(dialog.injectButton()->shortcut(), QKeySequence(Qt::CTRL | Qt::Key_Return));
        QSignalSpy injected(&dialog, &FaultDialog::injected);
        QTest::mouseClick(dialog.injectButton(), Qt::LeftButton);
        QTRY_COMPARE(injected.size(), 1);
        QVERIFY(!dialog.isVisible());
        QTRY_COMPARE(f.faults.rowCount(), 1);
        const FaultRule made = *f.faults.faultAt(0);
        QCOMPARE(made.until - made.since, Milliseconds(600000));
        QCOMPARE(made.code, QByteArray("0x14"));
        QCOMPARE(made.chance, 50);
        QCOMPARE(made.note, u"the second route"_s);
        QVERIFY(!made.who.isEmpty());
    }

    void theDialogSaysWhichDeviceIsMeantAndWhichIsNone()
    {
        GuiFixture f;
        QVERIFY(f.start(GuiFixture::quickConfig()));
        const Device phone = GuiFixture::device(u"phone"_s, 1, 0);
        QVERIFY(f.provision({phone}));
        FaultOrder like = usualFault();
        like.rule.device = phone.id;
        FaultDialog dialog(f.context, like);
        QVERIFY2(dialog.summary().contains(f.subscribers.deviceLabel(phone.id)), qPrintable(dialog.summary()));
        QVERIFY(dialog.injectButton()->isEnabled());
        dialog.device()->setText(u"urn:uuid:nonsense"_s);
        QVERIFY(!dialog.errorOfDevice().isEmpty());
        QVERIFY(!dialog.injectButton()->isEnabled());
        dialog.device()->setText(u"other:nobody"_s);
        QVERIFY2(dialog.errorOfDevice().contains(u"There is no device"_s), qPrintable(dialog.errorOfDevice()));
        QVERIFY(!dialog.injectButton()->isEnabled());
    }

    void theDialogIsFilledWithAnotherFault()
    {
        GuiFixture f;
        FaultRule rule = dropsWakes();
        rule.kind = FaultKind::Reject;
        rule.code = "0x58";
        rule.again = false;
        rule.most = 3;
        rule.note = u"again"_s;
        const FaultDialog dialog(f.context, orderLike(rule)); // the bearer is not configured here
        FaultOrder order = dialog.order();
        QCOMPARE(order.life, Milliseconds(540000));
        order.rule.id = rule.id;
        order.rule.since = rule.since;
        order.rule.until = rule.until;
        order.rule.who.clear();
        QCOMPARE(order.rule, rule);
    }

    void linesDoTheSame()
    {
        GuiFixture f;
        FaultOrder order = orderLike(dropsWakes());
        order.rule.kind = FaultKind::Reject;
        order.rule.code = "0x58";
        order.rule.again = false;
        order.rule.most = 2;
        order.rule.note = u"it's a test"_s;
        QCOMPARE(reveillectlLine(order),
                 u"reveillectl faults add reject --bearer wsp --code 0x58 --final --most 2 --for 540s --note 'it'\\''s a test'"_s);
        const QString curl = curlLine(order, u"127.0.0.1:8081"_s);
        QVERIFY2(curl.endsWith(u" http://127.0.0.1:8081/v1/faults"_s), qPrintable(curl));
        QVERIFY(curl.contains(u"$REVEILLE_TOKEN"_s));
        FaultDialog dialog(f.context, order);
        dialog.copyLine();
        QCOMPARE(QGuiApplication::clipboard()->text(), reveillectlLine(dialog.order()));
        order.rule = {};
        order.rule.scope = FaultScope::Deliveries;
        order.rule.device = *DeviceId::parse(u"other:x"_s);
        QCOMPARE(reveillectlLine(order), u"reveillectl faults add drop --what deliveries --device other:x --for 540s"_s);
    }

    void thePageEndsOneOrAll()
    {
        GuiFixture f;
        QVERIFY(f.start(GuiFixture::quickConfig()));
        FaultsPage page(f.context);
        page.show();
        QVERIFY(!page.table()->isVisible());
        QSignalSpy wanted(&page, &FaultsPage::injectWanted);
        for (QPushButton *button : page.findChildren<QPushButton *>()) {
            if (button->isVisible())
                QTest::mouseClick(button, Qt::LeftButton);
        }
        QCOMPARE(wanted.size(), 1); // the empty state has the action that fills it
        QVector<FaultId> made;
        for (int i = 0; i < 3; ++i)
            made.append(answerOf(f.host.addFault(dropsWakes(), Milliseconds(60000))).value());
        QTRY_COMPARE(f.faults.rowCount(), 3);
        QVERIFY(page.table()->isVisible());
        page.chooseFault(made[1]);
        QVERIFY2(page.sentence().contains(u"It has not struck yet."_s), qPrintable(page.sentence()));
        QTest::mouseClick(page.endButton(), Qt::LeftButton);
        QTRY_COMPARE(f.faults.rowCount(), 2);
        QCOMPARE(f.faults.rowOf(made[1]), -1);
        QTest::mouseClick(page.endAllButton(), Qt::LeftButton);
        QTRY_COMPARE(f.faults.rowCount(), 0);
        QVERIFY(!page.table()->isVisible());
    }

    void deleteEndsTheChosenFaultAndNothingElse()
    {
        GuiFixture f;
        QVERIFY(f.start(GuiFixture::quickConfig()));
        QWidget window;
        QAction remove(&window);
        remove.setShortcut(QKeySequence::Delete);
        window.addAction(&remove);
        QSignalSpy removed(&remove, &QAction::triggered);
        auto *page = new FaultsPage(f.context, &window);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QVERIFY(answerOf(f.host.addFault(dropsWakes(), Milliseconds(60000))).ok());
        QTRY_COMPARE(f.faults.rowCount(), 1);
        page->table()->setFocus();
        QTest::keyClick(page->table(), Qt::Key_Delete);
        QTRY_COMPARE(f.faults.rowCount(), 0);
        QCOMPARE(removed.size(), 0);
    }

    void theBannerStandsWhileAFaultIsInForce()
    {
        GuiFixture f;
        FaultBanner banner(f.faults);
        QSignalSpy needed(&banner, &FaultBanner::neededChanged);
        QVERIFY(!banner.isNeeded());
        f.faults.apply(with({dropsWakes()}));
        QVERIFY(banner.isNeeded());
        QVERIFY2(banner.text().contains(u"Wake-ups over wsp are dropped · ends in "_s), qPrintable(banner.text()));
        FaultRule sooner = dropsWakes(u"f-2"_s);
        sooner.until = sooner.since + Milliseconds(60000);
        sooner.kind = FaultKind::Duplicate;
        f.faults.apply(with({dropsWakes(), sooner}));
        QVERIFY2(banner.text().contains(u"are sent twice, and others · the next ends in "_s), qPrintable(banner.text()));
        QSignalSpy end(&banner, &FaultBanner::endAllWanted);
        QTest::mouseClick(banner.endButton(), Qt::LeftButton);
        QCOMPARE(end.size(), 1);
        f.faults.apply(with({}));
        QVERIFY(!banner.isNeeded());
        QCOMPARE(needed.size(), 2);
    }

    void aDeviceSaysThatAFaultStrikesIt()
    {
        GuiFixture f;
        QVERIFY(f.start(GuiFixture::quickConfig()));
        const Device phone = GuiFixture::device(u"phone"_s, 1, 0), laptop = GuiFixture::device(u"laptop"_s, 2, 0);
        QVERIFY(f.provision({phone, laptop}));
        DevicePage page(f.context);
        page.showDevice(phone.id);
        QVERIFY(page.faultText().isEmpty());
        FaultRule rule;
        rule.device = phone.id;
        QVERIFY(answerOf(f.host.addFault(rule, Milliseconds(60000))).ok());
        QTRY_VERIFY(!page.faultText().isEmpty());
        page.showDevice(laptop.id);
        QVERIFY(page.faultText().isEmpty());
    }

    void theWindowIsRedAcrossUntilEverythingIsEnded()
    {
        QTemporaryDir folder;
        ConsoleOptions options;
        options.dataDir = folder.path();
        options.language = u"en"_s;
        options.overrides = QStringList{u"server/ports=any"_s};
        ConsoleProgram program(*qApp, options);
        QVERIFY(program.start());
        MainWindow &window = *program.window();
        QTRY_COMPARE(program.context().host->state(), ServerHost::State::Running);
        QVERIFY(!window.faultBanner()->isVisible());
        QVERIFY(!window.actions().endFaults->isEnabled());
        QVERIFY(answerOf(program.context().host->addFault(dropsWakes(), Milliseconds(60000))).ok());
        QTRY_VERIFY(window.faultBanner()->isVisible());
        QCOMPARE(window.faultBanner()->width(), window.width());
        window.actions().resetLayout->trigger();
        QVERIFY(window.faultBanner()->isVisible());
        QTest::mouseClick(window.faultBanner()->showButton(), Qt::LeftButton);
        QTRY_VERIFY(window.faultsPage()->table()->isVisible());
        QTest::mouseClick(window.faultBanner()->endButton(), Qt::LeftButton);
        QTRY_VERIFY(!window.faultBanner()->isVisible());
        window.actions().injectFault->trigger();
        const auto *dialog = window.findChild<FaultDialog *>();
        QVERIFY(dialog && dialog->isVisible());
    }
};

QTEST_MAIN(TestFaults)
#include "tst_faults.moc"
