// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/queuemodel.h"
#include "models/roles.h"
#include "models/snapshotmaker.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace reveille;
using namespace reveille::test;

namespace {

const DeviceId phone = deviceId(1, 1);
const DeviceId tablet = deviceId(1, 2);

Push push(int number, PushState state = PushState::Waiting, PushPriority priority = PushPriority::Normal, bool alsoTablet = false)
{
    Push push;
    push.id = PushId(u"p-%1"_s.arg(number));
    push.user = userId(1);
    push.request.body = "x";
    push.request.priority = priority;
    push.acceptedAt = noon;
    push.deliveries = {{phone, state, {}, {}, 0, noon}};
    if (alsoTablet)
        push.deliveries.append({tablet, PushState::Waiting, {}, {}, 0, noon});
    return push;
}

ServerChanges with(const QVector<Push> &pushes)
{
    ServerChanges changes;
    changes.pushes = pushes;
    return changes;
}

QString order(const QueueModel &model)
{
    QStringList ids;
    for (int row = 0; row < model.rowCount(); ++row)
        ids.append(model.pushAt(row)->id.text().mid(2));
    return ids.join(u' ');
}

} // namespace

class TestQueueModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatChangesBeforeTheQueueIsReadIsInItAlready()
    {
        QueueModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setDevice(phone);
        model.apply(with({push(1)}));
        QCOMPARE(model.rowCount(), 0);
        QVERIFY(!model.isRead());
        model.setQueue({push(1), push(2)});
        QCOMPARE(order(model), u"1 2"_s);
        model.setDevice(tablet);
        QCOMPARE(model.rowCount(), 0);
        QVERIFY(!model.isRead());
    }

    void keepsTheOrderOfSending()
    {
        QueueModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setDevice(phone);
        model.setQueue({push(1, PushState::Sending, PushPriority::Low), push(2)});
        model.apply(with({push(3), push(4, PushState::Waiting, PushPriority::High)}));
        QCOMPARE(order(model), u"1 4 2 3"_s); // what is being sent is not overtaken
        QCOMPARE(model.index(1, QueueModel::Place).data().toString(), u"2"_s);
    }

    void whatCameAtOnceIsPutInTheOrderOfTheServer()
    {
        QueueModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setDevice(phone);
        model.setQueue({});
        model.apply(with({push(1)}));
        QVERIFY(!model.isUnsure());
        model.apply(with({push(4), push(2), push(3)}));
        QVERIFY(model.isUnsure());
        const QPersistentModelIndex chosen = model.index(model.rowOf(PushId(u"p-2"_s)), 0);
        model.arrange({push(1), push(2), push(3)});
        QVERIFY(!model.isUnsure());
        QCOMPARE(order(model), u"1 2 3 4"_s);
        QCOMPARE(chosen.row(), 1); // whoever chose it still has it
    }

    void whatEndsLeavesAndWhatMovesStays()
    {
        QueueModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setDevice(phone);
        model.setQueue({push(1), push(2), push(3)});
        model.apply(with({push(1, PushState::Sending)}));
        QCOMPARE(model.index(0, 0).data(Role::State).toInt(), int(PushState::Sending));
        model.apply(with({push(1, PushState::Delivered), push(3, PushState::Cancelled)}));
        QCOMPARE(order(model), u"2"_s);
        QCOMPARE(model.rowOf(PushId(u"p-1"_s)), -1);
        QCOMPARE(model.index(0, QueueModel::Place).data().toString(), u"1"_s);
    }

    void pushesOfOtherDevicesAreNoneOfItsBusiness()
    {
        QueueModel model;
        model.setDevice(tablet);
        model.setQueue({});
        model.apply(with({push(1), push(2, PushState::Waiting, PushPriority::Normal, true)}));
        QCOMPARE(order(model), u"2"_s);
        QVERIFY(model.index(0, QueueModel::Others).data().toString().startsWith(u'1'));
    }

    void longQueuesAreCut()
    {
        QVector<Push> many;
        for (int number = 0; number < QueueModel::rowLimit + 5; ++number)
            many.append(push(number));
        QueueModel model;
        model.setDevice(phone);
        model.setQueue(many);
        QCOMPARE(model.rowCount(), QueueModel::rowLimit);
        QVERIFY(model.isCut());
        model.apply(with({push(QueueModel::rowLimit + 9)}));
        QCOMPARE(model.rowCount(), QueueModel::rowLimit);
    }
};

QTEST_GUILESS_MAIN(TestQueueModel)
#include "tst_queuemodel.moc"
