// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/bearermodel.h"
#include "models/pushlistmodel.h"
#include "models/snapshotmaker.h"
#include "models/wakelistmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace reveille;
using namespace reveille::test;

namespace {

Push push(int number, const DeviceId &device, PushState state = PushState::Accepted, const QByteArray &reason = {})
{
    Push push;
    push.id = PushId(u"p-%1"_s.arg(number, 20, 10, QChar(u'0')));
    push.user = userId(1);
    push.request.body = QByteArray(number % 100, 'x');
    push.request.application = u"mms.ua"_s;
    push.state = state;
    push.acceptedAt = noon + Milliseconds(number);
    push.deliveries = {{device, state, reason, {}, 0, noon}};
    return push;
}

WakeUp wake(int number, const DeviceId &device, WakeState state = WakeState::Active)
{
    WakeUp wake;
    wake.id = WakeId(u"w-%1"_s.arg(number, 20, 10, QChar(u'0')));
    wake.device = device;
    wake.user = userId(1);
    wake.state = state;
    wake.order.reason = u"by_hand"_s;
    wake.stepTimes[int(WakeStep::Requested)] = noon + Milliseconds(number);
    WakeAttempt attempt;
    attempt.bearer = u"wsp"_s;
    attempt.route = {u"wsp-udp"_s, u"127.0.0.1"_s, ClientPort(2948), WakeRoute::Source::Client};
    wake.attempts = {attempt};
    return wake;
}

ServerChanges with(const QVector<Push> &pushes)
{
    ServerChanges changes;
    changes.pushes = pushes;
    return changes;
}

ServerChanges with(const QVector<WakeUp> &wakes)
{
    ServerChanges changes;
    changes.wakes = wakes;
    return changes;
}

constexpr auto qtTest = QAbstractItemModelTester::FailureReportingMode::QtTest;

} // namespace

class TestListModels : public QObject
{
    Q_OBJECT
    const DeviceId m_phone = deviceId(1, 1);
    const DeviceId m_laptop = deviceId(1, 2);

private Q_SLOTS:
    void pushesStandNewestFirst()
    {
        PushListModel model;
        QAbstractItemModelTester tester(&model, qtTest);
        model.apply(with({push(2, m_phone), push(1, m_phone), push(3, m_laptop)}));
        QCOMPARE(model.rowCount(), 3);
        QVERIFY(model.pushAt(0)->id == push(3, m_phone).id);
        QVERIFY(model.pushAt(2)->id == push(1, m_phone).id);
        QVERIFY(!model.pushAt(3));
    }

    void aPushChangesInPlace()
    {
        PushListModel model;
        QAbstractItemModelTester tester(&model, qtTest);
        model.setNames([](const DeviceId &) { return u"phone"_s; });
        model.apply(with({push(1, m_phone), push(2, m_phone)}));
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        model.apply(with({push(1, m_phone, PushState::Expired, "ttl-ended")}));
        QCOMPARE(changed.count(), 1);
        QCOMPARE(inserted.count(), 0);
        QCOMPARE(model.index(1, PushColumn::State).data().toString(), u"Expired"_s);
        QCOMPARE(model.index(1, PushColumn::Deliveries).data().toString(), u"phone: Expired (its time to live ended)"_s);
        QCOMPARE(model.index(1, 0).data(Role::State).toInt(), int(PushState::Expired));
    }

    void pushesOfOneDevice()
    {
        PushListModel model;
        QAbstractItemModelTester tester(&model, qtTest);
        model.apply(with({push(1, m_phone), push(2, m_laptop), push(3, m_phone)}));
        model.setDevice(m_laptop);
        QCOMPARE(model.rowCount(), 1);
        model.apply(with({push(4, m_phone), push(5, m_laptop)}));
        QCOMPARE(model.rowCount(), 2);
        model.setDevice({});
        QCOMPARE(model.rowCount(), 5);
        Push undecided = push(6, m_laptop);
        undecided.deliveries.clear();
        model.setDevice(m_laptop);
        model.apply(with(QVector<Push>{undecided}));
        QCOMPARE(model.rowCount(), 2);
        model.apply(with({push(6, m_laptop)}));
        QCOMPARE(model.rowCount(), 3);
        QVERIFY(model.pushAt(0)->id == undecided.id);
    }

    void theOldestPushesGo()
    {
        PushListModel model;
        for (int number = 0; number < PushListModel::rowLimit + 50; ++number)
            model.apply(with({push(number, m_phone)}));
        QCOMPARE(model.rowCount(), PushListModel::rowLimit);
        QVERIFY(!model.push(push(49, m_phone).id));
        QCOMPARE(model.rowOf(push(50, m_phone).id), PushListModel::rowLimit - 1);
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }

    void manyChangesOfALongListAreQuick()
    {
        PushListModel model;
        QVector<Push> pushes;
        for (int number = 0; number < PushListModel::rowLimit; ++number)
            pushes.append(push(number, number % 2 ? m_phone : m_laptop));
        model.apply(with(pushes));
        model.setDevice(m_phone);
        QCOMPARE(model.rowCount(), PushListModel::rowLimit / 2);
        for (int number = 0; number < PushListModel::rowLimit; ++number)
            QCOMPARE(model.rowOf(pushes[number].id), number % 2 ? (PushListModel::rowLimit - 1 - number) / 2 : -1);
        model.apply(with({push(PushListModel::rowLimit, m_laptop), push(PushListModel::rowLimit + 1, m_laptop)}));
        QCOMPARE(model.rowCount(), PushListModel::rowLimit / 2 - 1);
    }

    void wakesTellTheirStory()
    {
        WakeListModel model;
        QAbstractItemModelTester tester(&model, qtTest);
        model.apply(with({wake(1, m_phone), wake(2, m_laptop)}));
        WakeUp done = wake(1, m_phone, WakeState::Succeeded);
        done.furthest = WakeStep::Restored;
        done.stepTimes[int(WakeStep::Restored)] = noon + Milliseconds(4001);
        done.outcome = "device-returned";
        model.apply(with(QVector<WakeUp>{done}));
        QCOMPARE(model.rowOf(done.id), 1);
        QCOMPARE(model.index(1, WakeColumn::State).data().toString(), u"Succeeded: the device came back"_s);
        QCOMPARE(model.index(1, WakeColumn::Elapsed).data().toString(), u"4 s"_s);
        done.sir = QByteArray(42, 's');
        done.attempts.last().outcome = "received";
        done.attempts.last().carrierId = u"77"_s;
        model.apply(with(QVector<WakeUp>{done}));
        QCOMPARE(model.index(1, WakeColumn::Sir).data().toString(), u"routed, 42 octet(s)"_s);
        QCOMPARE(model.index(1, WakeColumn::Receipt).data().toString(), u"received by the terminal"_s);
        QVERIFY(model.index(1, WakeColumn::Receipt).data(Qt::ToolTipRole).toString().contains(u"77"_s));
        QCOMPARE(model.index(1, WakeColumn::Reason).data().toString(), u"by hand"_s);
        QCOMPARE(model.index(1, WakeColumn::Bearer).data(Qt::ToolTipRole).toString(), u"WSP/UDP to 127.0.0.1, port 2948"_s);
        model.setDevice(m_laptop);
        QCOMPARE(model.rowCount(), 1);
        model.apply(with({wake(3, m_phone), wake(4, m_laptop)}));
        QCOMPARE(model.rowCount(), 2);
    }

    void bearersStandByName()
    {
        BearerModel model;
        QAbstractItemModelTester tester(&model, qtTest);
        ServerChanges changes;
        changes.bearers = {{{u"wsp"_s, u"wsp-udp"_s, {u"wsp-udp"_s}, true}, {true, {}, 5, 1}},
                           {{u"smsc"_s, u"smpp"_s, {u"sms"_s}, false}, {false, "bind-failed", 0, 0}}};
        model.apply(changes);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.rowOf(u"smsc"_s), 0);
        QCOMPARE(model.index(0, BearerColumn::Health).data().toString(),
                 u"Does not work: the bearer cannot use its own address"_s);
        QCOMPARE(model.index(1, BearerColumn::Type).data().toString(), u"WSP/UDP"_s);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        changes.bearers[1].health = {};
        model.apply(changes);
        QCOMPARE(resets.count(), 0);
        QCOMPARE(model.index(0, BearerColumn::Health).data().toString(), u"Works"_s);
        model.apply({});
        QCOMPARE(model.rowCount(), 2);
        QVERIFY(!model.bearerAt(2));
    }

    void aBearerTellsHowItIsInWordsAndByState_data()
    {
        QTest::addColumn<bool>("healthy");
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<BearerState>("state");
        QTest::addColumn<QString>("words");
        QTest::newRow("works") << true << QByteArray() << BearerState::Works << u"Works"_s;
        QTest::newRow("slowed") << true << QByteArray("throttled") << BearerState::Slowed
                                << u"Works: the SMSC asks to slow down"_s;
        QTest::newRow("connecting") << false << QByteArray("connecting") << BearerState::Connecting
                                    << u"Does not work: it is being connected"_s;
        QTest::newRow("broken") << false << QByteArray("bind-refused") << BearerState::Broken
                                << u"Does not work: the SMSC refuses the link"_s;
    }
    void aBearerTellsHowItIsInWordsAndByState()
    {
        QFETCH(bool, healthy);
        QFETCH(QByteArray, code);
        QFETCH(BearerState, state);
        QFETCH(QString, words);
        BearerModel model;
        ServerChanges changes;
        BearerHealth health;
        health.healthy = healthy;
        health.code = code;
        health.sent = 7;
        health.queued = 2;
        health.peer = u"192.0.2.1:2775"_s;
        changes.bearers = {{{u"smsc"_s, u"smpp"_s, {u"sms"_s, u"smpp"_s}, healthy}, health}};
        model.apply(changes);
        QCOMPARE(model.index(0, BearerColumn::Health).data(Role::State).toInt(), int(state));
        QCOMPARE(model.index(0, BearerColumn::Health).data().toString(), words);
        QCOMPARE(model.index(0, BearerColumn::Peer).data().toString(), u"192.0.2.1:2775"_s);
        QCOMPARE(model.index(0, BearerColumn::Queued).data(Role::Sort).toInt(), 2);
        const QString sentence = model.index(0, BearerColumn::Name).data(Qt::AccessibleTextRole).toString();
        QVERIFY2(sentence.startsWith(u"smsc (SMPP)"_s) && sentence.contains(u"2 wait for their turn"_s), qPrintable(sentence));
    }

    void aTestOfABearerStandsInItsRow()
    {
        BearerModel model;
        ServerChanges changes;
        changes.bearers = {{{u"smsc"_s, u"smpp"_s, {u"sms"_s}, true}, {}}};
        model.apply(changes);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.setTest(u"smsc"_s, {true, {}, {}});
        QCOMPARE(model.index(0, BearerColumn::Test).data().toString(), u"being tested…"_s);
        BearerTest test;
        test.ok = true;
        test.code = "link-answers";
        test.detail = u"SMSC 2.1"_s;
        test.took = Milliseconds(12);
        model.setTest(u"smsc"_s, {false, test, noon});
        QCOMPARE(model.index(0, BearerColumn::Test).data().toString(), u"The other side answers, after 12 ms (SMSC 2.1)"_s);
        QCOMPARE(changed.count(), 2);
        model.clear();
        QVERIFY(!model.testOf(u"smsc"_s));
    }
};

QTEST_GUILESS_MAIN(TestListModels)
#include "tst_listmodels.moc"
