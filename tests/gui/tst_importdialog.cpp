// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/edithistory.h"
#include "gui/guifixture.h"
#include "gui/importdialog.h"
#include "gui/subscriberdialogs.h"

#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTest>

#include <memory>

using namespace reveille;
using namespace reveille::test;
using namespace Qt::StringLiterals;

class TestImportDialog : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<GuiFixture> m_gui;

private Q_SLOTS:
    void init()
    {
        m_gui = std::make_unique<GuiFixture>();
        QVERIFY(m_gui->start(GuiFixture::quickConfig()));
    }
    void cleanup() { m_gui.reset(); }

    void showsFirstAndImportsTheGoodRows()
    {
        ImportDialog dialog(m_gui->context, u"lab.csv"_s,
                            "user,device,msisdn\n"
                            "sip:a@lab.example,mac:00a0c91e6bf6,+491701234567\n"
                            "sip:a@lab.example,mac:00a0c91e6bf7,0170\n"
                            "sip:b@lab.example,mac:00a0c91e6bf8,\n");
        QTRY_VERIFY(!dialog.isBusy());
        QVERIFY2(dialog.summary().contains(u"2 row(s) can be imported"_s) || dialog.summary().contains(u"2 rows"_s), qPrintable(dialog.summary()));
        QCOMPARE(dialog.table()->item(0, 0)->text(), u"3"_s);
        QVERIFY(dialog.table()->item(0, 1)->text().contains(u"msisdn"));
        QVERIFY(dialog.table()->item(0, 3)->text().contains(u"national number"));
        QVERIFY(dialog.importButton()->isEnabled());
        QVERIFY(dialog.importButton()->text().contains(u'2'));
        QCOMPARE(m_gui->subscribers.totalDevices(), 0);
        dialog.importButton()->click();
        QTRY_COMPARE(m_gui->subscribers.totalDevices(), 2);
        QTRY_VERIFY(dialog.summary().contains(u"imported"_s));
        QVERIFY(!dialog.importButton()->isVisibleTo(&dialog));
    }

    void saysWhyAFileCannotBeRead()
    {
        ImportDialog dialog(m_gui->context, u"lab.csv"_s, "user,colour\n");
        QTRY_VERIFY(!dialog.isBusy());
        QVERIFY(!dialog.importButton()->isEnabled());
        QVERIFY(dialog.table()->item(0, 3)->text().contains(u"colour"));
    }

    void undoesAndDoesAgain()
    {
        EditHistory history(m_gui->host);
        m_gui->context.history = &history;
        QVERIFY(m_gui->provision({GuiFixture::device(u"phone"_s, 1, 9), GuiFixture::device(u"tablet"_s, 2, 0)}));
        const Device phone = GuiFixture::device(u"phone"_s, 1, 9);
        SubscriberChange removal;
        removal.removedUsers = {GuiFixture::alice()};
        const auto back = answerOf(m_gui->host.change(removal));
        QVERIFY(back.ok());
        history.add(u"removal of alice"_s, *back);
        QTRY_COMPARE(m_gui->subscribers.totalDevices(), 0);
        QCOMPARE(history.undoText(), u"removal of alice"_s);
        history.undo();
        QTRY_COMPARE(m_gui->subscribers.totalDevices(), 2);
        QTRY_VERIFY(history.canRedo());
        QCOMPARE(m_gui->subscribers.device(phone.id)->device.provisionedRoutes, phone.provisionedRoutes);
        QVERIFY(m_gui->subscribers.user(GuiFixture::alice())->hasPassword);
        history.redo();
        QTRY_COMPARE(m_gui->subscribers.totalDevices(), 0);

        // An edit by the dialog, too.
        QTRY_VERIFY(history.canUndo());
        history.undo();
        QTRY_COMPARE(m_gui->subscribers.totalDevices(), 2);
        DeviceDialog dialog(m_gui->context, phone.user, phone.id);
        dialog.name()->setText(u"handset"_s);
        QSignalSpy accepted(&dialog, &QDialog::accepted);
        dialog.save();
        QTRY_COMPARE(accepted.size(), 1);
        QTRY_COMPARE(m_gui->subscribers.device(phone.id)->device.name, u"handset"_s);
        QVERIFY(history.canUndo());
        history.undo();
        QTRY_COMPARE(m_gui->subscribers.device(phone.id)->device.name, u"phone"_s);
        m_gui->context.history = nullptr;
    }

    void saysThatItCannotBeTakenBack()
    {
        EditHistory history(m_gui->host);
        SubscriberChange impossible;
        impossible.removedUsers = {GuiFixture::alice()};
        history.add(u"adding alice"_s, impossible);
        QSignalSpy failed(&history, &EditHistory::failed);
        history.undo();
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(history.canUndo()); // it may be tried again
    }
};

QTEST_MAIN(TestImportDialog)
#include "tst_importdialog.moc"
