// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/guifixture.h"
#include "gui/wakemanydialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QPushButton>
#include <QSet>
#include <QTest>
#include <QTreeWidget>
#include <QUdpSocket>

#include <memory>

using namespace reveille;
using namespace reveille::test;
using namespace Qt::StringLiterals;

class TestWakeMany : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<GuiFixture> m_gui;
    std::unique_ptr<QUdpSocket> m_terminal; ///< client port of all that have a route
    QVector<DeviceId> m_ids;

    /// `reachable` devices with a route, `without` devices with none.
    bool provision(int reachable, int without)
    {
        QVector<Device> devices;
        for (int number = 1; number <= reachable + without; ++number) {
            devices.append(GuiFixture::device(u"d%1"_s.arg(number), number, number <= reachable ? m_terminal->localPort() : 0));
            m_ids.append(devices.last().id);
        }
        return m_gui->provision(devices);
    }
    int heard()
    {
        int datagrams = 0;
        while (m_terminal->hasPendingDatagrams()) {
            m_terminal->readDatagram(nullptr, 0);
            ++datagrams;
        }
        return datagrams;
    }

private Q_SLOTS:
    void init()
    {
        m_gui = std::make_unique<GuiFixture>();
        m_terminal = std::make_unique<QUdpSocket>();
        m_ids.clear();
        QVERIFY(m_terminal->bind(QHostAddress(QHostAddress::LocalHost), 0));
        Config config = GuiFixture::quickConfig();
        config.wakeAttempts = 1;
        QVERIFY(m_gui->start(config));
        QTRY_VERIFY(m_gui->bearers.rowCount() > 0);
    }
    void cleanup()
    {
        m_terminal.reset();
        m_gui.reset();
    }

    void saysBeforeHowManyOverWhatAndWhyNot()
    {
        QVERIFY(provision(5, 2));
        WakeManyDialog dialog(m_gui->context, m_ids);
        dialog.QDialog::show();
        QTRY_COMPARE(dialog.work().phase(), WakeMany::Phase::Ready);
        QTRY_VERIFY2(dialog.headline().startsWith(u"5 of 7"_s), qPrintable(dialog.headline()));
        QCOMPARE(dialog.groups()->topLevelItemCount(), 2);
        QVERIFY2(dialog.summary().contains(u"Over wsp\t5"_s), qPrintable(dialog.summary()));
        QVERIFY2(dialog.summary().contains(u"Cannot be woken: Is a wake-up route known?\t2"_s), qPrintable(dialog.summary()));
        QCOMPARE(dialog.groups()->topLevelItem(0)->childCount(), 5);
        QCOMPARE(heard(), 0); // a question wakes nobody
        QVERIFY(dialog.goButton()->isEnabled() && !dialog.goButton()->isDefault());
    }

    void anotherBearerIsLookedAtAnew()
    {
        QVERIFY(provision(2, 0));
        WakeManyDialog dialog(m_gui->context, m_ids);
        QTRY_COMPARE(dialog.work().toWake(), 2);
        dialog.bearer()->setCurrentIndex(dialog.bearer()->findData(u"ota_http"_s));
        QVERIFY(dialog.bearer()->currentIndex() > 0);
        QTRY_COMPARE(dialog.work().phase(), WakeMany::Phase::Ready);
        QTRY_COMPARE(dialog.work().toWake(), 0);
        QTRY_VERIFY(!dialog.goButton()->isEnabled());
    }

    void startsThemInBatchesAndFollowsEach()
    {
        QVERIFY(provision(25, 1));
        WakeManyDialog dialog(m_gui->context, m_ids);
        dialog.QDialog::show();
        QTRY_COMPARE(dialog.work().toWake(), 25);
        QTRY_VERIFY(dialog.goButton()->isEnabled());
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
        QTest::keyClick(&dialog, Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(dialog.work().started(), WakeMany::perBatch); // no more at once
        QTRY_COMPARE(dialog.work().phase(), WakeMany::Phase::Sent);
        QCOMPARE(dialog.work().started(), 25);
        // Nobody answers: each is known to have failed, and why.
        QTRY_COMPARE_WITH_TIMEOUT(dialog.work().count(WakeMany::Fate::Failed), 25, 20000);
        QTRY_VERIFY2(dialog.headline().contains(u"25 did not come"_s), qPrintable(dialog.headline()));
        QVERIFY2(dialog.summary().contains(u"Did not come: all routes and attempts were used up\t25"_s), qPrintable(dialog.summary()));
        QVERIFY(heard() >= 25);
    }

    void stoppingLeavesTheRestAloneAndCancelsThoseUnderWay()
    {
        Config config = GuiFixture::quickConfig();
        config.wakeAnswerTimeout = Milliseconds(60000);
        QVERIFY(m_gui->restart(config));
        QVERIFY(provision(15, 0));
        WakeManyDialog dialog(m_gui->context, m_ids);
        dialog.QDialog::show();
        QTRY_COMPARE(dialog.work().toWake(), 15);
        dialog.work().send();
        dialog.work().stop();
        QCOMPARE(dialog.work().phase(), WakeMany::Phase::Stopped);
        QCOMPARE(dialog.work().started(), WakeMany::perBatch);
        QCOMPARE(dialog.work().toWake(), 5);
        const auto knowsAll = [&] {
            int known = 0;
            for (const WakeMany::Row &row : dialog.work().rows())
                known += !row.wake.isEmpty();
            return known == WakeMany::perBatch;
        };
        QTRY_VERIFY(knowsAll());
        QTRY_VERIFY(dialog.stopButton()->isVisible() && dialog.stopButton()->isEnabled());
        QTest::mouseClick(dialog.stopButton(), Qt::LeftButton);
        QTRY_COMPARE(dialog.work().count(WakeMany::Fate::Cancelled), WakeMany::perBatch);
        QCOMPARE(dialog.work().toWake(), 5);
    }
};

QTEST_MAIN(TestWakeMany)
#include "tst_wakemany.moc"
