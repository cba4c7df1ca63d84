// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/elidedlabel.h"
#include "gui/statemark.h"

#include <QHBoxLayout>
#include <QHelpEvent>
#include <QPushButton>
#include <QStandardItemModel>
#include <QTest>
#include <QToolTip>

using namespace reveille;
using namespace Qt::StringLiterals;

/// A name that gives way, and says so.
class TestElidedLabel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void givesWayBeforeWhatStandsBeside()
    {
        QWidget line;
        auto *row = new QHBoxLayout(&line);
        auto *name = new ElidedLabel;
        name->setText(u"the telephone of somebody with a very long name"_s);
        auto *button = new QPushButton(u"Send push"_s);
        row->addWidget(name);
        row->addWidget(button);
        line.show();
        QVERIFY(!name->isElided());
        line.resize(line.minimumSizeHint());
        QTRY_VERIFY(name->isElided());
        QVERIFY(line.width() < name->sizeHint().width());
        QVERIFY(button->width() >= button->sizeHint().width());
        QCOMPARE(name->text(), u"the telephone of somebody with a very long name"_s); // whole for screen readers
    }

    void keepsTheLeastItWasPromisedAndNoMoreThanItNeeds()
    {
        ElidedLabel name;
        name.setText(u"the telephone of somebody with a very long name"_s);
        QVERIFY(name.minimumSizeHint().width() < 100);
        name.setLeastWidth(100);
        QCOMPARE(name.minimumSizeHint().width(), 100);
        name.setText(u"x"_s);
        QVERIFY(name.minimumSizeHint().width() < 100);
    }

    void theStateGivesWayBeforeTheName()
    {
        StateLabel state;
        state.setState(LivenessState::Lost, LossReason::PinholeClosed, true);
        QVERIFY(state.minimumSizeHint().width() < state.sizeHint().width());
        state.setState(LivenessState::Up, LossReason::None, true);
        QVERIFY(state.minimumSizeHint().width() <= state.sizeHint().width());
    }

    void aColumnOfStatesLeavesRoomForNames()
    {
        QStandardItemModel model;
        model.appendRow(new QStandardItem(u"Lost: the pinhole has closed for good"_s));
        StateDelegate states(StateDelegate::Of::Liveness);
        const QSize whole = states.sizeHint({}, model.index(0, 0));
        states.setMostCharacters(10);
        QVERIFY(states.sizeHint({}, model.index(0, 0)).width() < whole.width() / 2);
        model.item(0)->setText(u"Up"_s);
        const QSize little = states.sizeHint({}, model.index(0, 0));
        states.setMostCharacters(0);
        QCOMPARE(states.sizeHint({}, model.index(0, 0)), little);
    }

    void saysTheWholeWhereItIsCut()
    {
        ElidedLabel name;
        name.setText(u"<b>phone</b>"_s);
        name.resize(20, 20);
        name.show();
        QHelpEvent ask(QEvent::ToolTip, {2, 2}, name.mapToGlobal(QPoint(2, 2)));
        QCoreApplication::sendEvent(&name, &ask);
        QVERIFY2(QToolTip::text().contains(u"phone"_s) && !QToolTip::text().contains(u"<b>"_s), qPrintable(QToolTip::text()));
        QToolTip::hideText();
    }
};

QTEST_MAIN(TestElidedLabel)
#include "tst_elidedlabel.moc"
