// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/faultmodel.h"
#include "models/roles.h"
#include "models/sentences.h"
#include "models/snapshotmaker.h"
#include "models/subscribermodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace reveille;
using namespace reveille::test;

namespace {

using Fields = QVector<std::pair<QString, QString>>;

FaultRule fault(const QString &id, FaultKind kind = FaultKind::Drop)
{
    FaultRule rule;
    rule.id = FaultId(id);
    rule.scope = FaultScope::Wakes;
    rule.bearer = u"wsp"_s;
    rule.kind = kind;
    rule.since = noon;
    rule.until = noon + Milliseconds(600000);
    return rule;
}

ServerChanges with(const QVector<FaultRule> &faults)
{
    ServerChanges changes;
    changes.faults = faults;
    return changes;
}

} // namespace

class TestFaultModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void rowsComeStrikeAndGoOneByOne()
    {
        FaultModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setNow([] { return noon + Milliseconds(60000); });
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        model.apply(with({fault(u"f-1"_s), fault(u"f-2"_s), fault(u"f-3"_s)}));
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.index(0, FaultModel::What).data().toString(), u"Wake-ups over wsp are dropped"_s);
        QCOMPARE(model.index(0, FaultModel::Left).data().toString(), u"9 min"_s);
        const QPersistentModelIndex third = model.index(2, 0);
        FaultRule struck = fault(u"f-3"_s);
        struck.struck = 2;
        struck.most = 5;
        model.apply(with({fault(u"f-1"_s), struck, fault(u"f-4"_s)}));
        QCOMPARE(third.row(), 1);
        QCOMPARE(model.index(1, FaultModel::Struck).data().toString(), u"2 of 5"_s);
        QCOMPARE(model.index(2, 0).data(Role::Id).toString(), u"f-4"_s);
        QCOMPARE(reset.size(), 0);
        model.apply({}); // a batch that says nothing about faults
        QCOMPARE(model.rowCount(), 3);
        model.clear();
        QCOMPARE(model.rowCount(), 0);
        QVERIFY(!model.nextEnd().isSet());
    }

    void theTimeLeftMovesOn()
    {
        FaultModel model;
        Timestamp now = noon;
        model.setNow([&] { return now; });
        model.apply(with({fault(u"f-1"_s)}));
        QSignalSpy changed(&model, &FaultModel::changed);
        now = noon + Milliseconds(590000);
        QTRY_VERIFY(!changed.isEmpty());
        QCOMPARE(model.index(0, FaultModel::Left).data().toString(), u"10 s"_s);
        now = noon + Milliseconds(700000);
        QCOMPARE(model.index(0, FaultModel::Left).data().toString(), u"0 ms"_s);
    }

    void faultsAreToldInASentence_data()
    {
        QTest::addColumn<FaultRule>("rule");
        QTest::addColumn<QString>("device");
        QTest::addColumn<QString>("text");
        FaultRule rule = fault(u"f"_s);
        rule.chance = 30;
        QTest::newRow("by chance") << rule << QString() << u"Wake-ups over wsp are dropped, 30 of 100"_s;
        rule = fault(u"f"_s, FaultKind::Delay);
        rule.delay = Milliseconds(5000);
        QTest::newRow("delay") << rule << u"alice's phone"_s << u"Wake-ups over wsp to alice's phone are delayed by %1 ms"_s.arg(QLocale().toString(5000));
        rule = fault(u"f"_s, FaultKind::Reject);
        rule.code = "0x58";
        QTest::newRow("reject") << rule << QString() << u"Wake-ups over wsp are answered with 0x58"_s;
        rule.scope = FaultScope::Deliveries;
        rule.bearer.clear();
        rule.connection = u"ota_http"_s;
        rule.again = false;
        QTest::newRow("for good") << rule << QString() << u"Pushes over OTA-HTTP are refused with 0x58"_s;
        rule = fault(u"f"_s, FaultKind::Duplicate);
        rule.scope = FaultScope::Both;
        rule.bearer.clear();
        QTest::newRow("both") << rule << u"phone"_s << u"Wake-ups and pushes to phone are sent twice"_s;
    }
    void faultsAreToldInASentence()
    {
        QFETCH(FaultRule, rule);
        QFETCH(QString, device);
        QFETCH(QString, text);
        QCOMPARE(Sentences::fault(rule, device), text);
    }

    void outcomesNameTheFaultAndNotTheDevice()
    {
        QCOMPARE(Sentences::outcome("refused-fault-486"), u"answered with 486 by an injected fault"_s);
        QCOMPARE(Sentences::outcome("failed-fault-0x58"), u"answered with 0x58 by an injected fault"_s);
        QCOMPARE(Sentences::outcome("fault-dropped"), u"lost on the way by an injected fault"_s);
        QCOMPARE(Sentences::check({"fault-injected", Check::Outcome::NotAsked, u"drop f-1"_s, "faults"}),
                 u"Did an injected fault strike? yes (dropped, f-1)"_s);
    }

    void theJournalSaysWhatHappenedToAFault_data()
    {
        QTest::addColumn<QString>("event");
        QTest::addColumn<Fields>("fields");
        QTest::addColumn<QString>("text");
        const std::pair<QString, QString> id{u"fault"_s, u"f-1"_s};
        QTest::newRow("began") << u"fault-began"_s
                               << Fields{id, {u"kind"_s, u"drop"_s}, {u"scope"_s, u"wakes"_s}, {u"over"_s, u"wsp"_s}, {u"chance"_s, u"100"_s}, {u"who"_s, u"kim"_s}}
                               << u"Wake-ups over wsp are dropped · by kim · f-1"_s;
        QTest::newRow("struck") << u"fault-struck"_s
                                << Fields{id, {u"kind"_s, u"reject"_s}, {u"code"_s, u"0x58"_s}, {u"bearer"_s, u"wsp"_s}, {u"attempt"_s, u"2"_s}}
                                << u"answered with 0x58 · over wsp, attempt 2 · f-1"_s;
        QTest::newRow("ended") << u"fault-ended"_s
                               << Fields{id, {u"kind"_s, u"drop"_s}, {u"scope"_s, u"wakes"_s}, {u"over"_s, u"wsp"_s}, {u"why"_s, u"expired"_s}, {u"struck"_s, u"3"_s}}
                               << u"Wake-ups over wsp are dropped · its time is over · struck 3 time(s) · f-1"_s;
    }
    void theJournalSaysWhatHappenedToAFault()
    {
        QFETCH(QString, event);
        QFETCH(Fields, fields);
        QFETCH(QString, text);
        JournalEntry row;
        row.kind = JournalKind::Wake;
        row.event = event;
        row.fields = fields;
        QCOMPARE(Sentences::journal(row), text);
    }

    void struckDevicesSayTheyAre()
    {
        SubscriberModel model;
        ServerChanges changes;
        changes.users = {user(userId(1))};
        changes.devices = {device(userId(1), deviceId(1, 1), u"phone"_s)};
        model.apply(changes);
        const QModelIndex row = model.indexOf(deviceId(1, 1));
        QVERIFY(row.isValid());
        QVERIFY(!row.data(Role::Struck).toBool());
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.setStruckDevices({deviceId(1, 1).toString()});
        QCOMPARE(changed.size(), 1);
        QVERIFY(row.data(Role::Struck).toBool());
        QVERIFY(row.data(Qt::AccessibleTextRole).toString().endsWith(u"an injected fault strikes it"_s));
        model.setStruckDevices({deviceId(1, 1).toString()});
        QCOMPARE(changed.size(), 1); // nothing new
        model.setStruckDevices({});
        QVERIFY(!row.data(Role::Struck).toBool());
    }
};

QTEST_GUILESS_MAIN(TestFaultModel)
#include "tst_faultmodel.moc"
