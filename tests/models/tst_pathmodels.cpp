// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/connectionmodel.h"
#include "models/networkmodel.h"
#include "models/roles.h"
#include "models/sentences.h"
#include "models/snapshotmaker.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace reveille;
using namespace reveille::test;

namespace {

constexpr auto qtTest = QAbstractItemModelTester::FailureReportingMode::QtTest;

ConnectionSnapshot path(quint64 id, const QString &kind, const QString &transport, LivenessState state = LivenessState::Up)
{
    ConnectionSnapshot snapshot = connection(id, inState(state));
    snapshot.facts.kind = kind;
    snapshot.facts.transport = transport;
    return snapshot;
}

LearnedNetwork network(const QString &prefix, PathTransport transport, int open, int closed, int confidence = 80)
{
    LearnedNetwork network;
    network.prefix = IpNetwork::parse(prefix).value();
    network.transport = transport;
    network.longestOpen = std::chrono::seconds(open);
    network.shortestClosed = std::chrono::seconds(closed);
    network.keepAlive = std::chrono::seconds(open * 8 / 10);
    network.confidence = confidence;
    network.changedAt = noon;
    network.samples = {{std::chrono::seconds(open), true, PinholeSample::Source::Test, noon},
                       {std::chrono::seconds(closed), false, PinholeSample::Source::Missed, noon}};
    return network;
}

QString cell(const QAbstractItemModel &model, int row, int column, int role = Qt::DisplayRole)
{
    return model.index(row, column).data(role).toString();
}

} // namespace

class TestPathModels : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void connectionsOfEveryKindHaveAName_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("transport");
        QTest::addColumn<QString>("name");
        QTest::newRow("sip udp") << u"sip"_s << u"udp"_s << u"SIP/UDP"_s;
        QTest::newRow("sip tls") << u"sip"_s << u"tls"_s << u"SIP/TLS"_s;
        QTest::newRow("ota tcp") << u"ota_http"_s << u"tcp"_s << u"OTA-HTTP/TCP"_s;
        QTest::newRow("ota tls") << u"ota_http"_s << u"tls"_s << u"OTA-HTTP/TLS"_s;
        QTest::newRow("coap udp") << u"datagram"_s << u"udp"_s << u"CoAP/UDP"_s;
        QTest::newRow("coap dtls") << u"datagram"_s << u"dtls"_s << u"CoAP/DTLS"_s;
    }
    void connectionsOfEveryKindHaveAName()
    {
        QFETCH(QString, kind);
        QFETCH(QString, transport);
        QFETCH(QString, name);
        ConnectionModel model;
        model.show({path(1, kind, transport)}, noon);
        QCOMPARE(cell(model, 0, ConnectionModel::Path), name);
    }

    void aRowIsKnownByItsConnection()
    {
        ConnectionModel model;
        QAbstractItemModelTester tester(&model, qtTest);
        model.show({path(1, u"sip"_s, u"udp"_s), path(2, u"sip"_s, u"tcp"_s), path(3, u"datagram"_s, u"udp"_s)}, noon);
        const QPersistentModelIndex second = model.index(1, 0);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        model.show({path(3, u"datagram"_s, u"udp"_s), path(4, u"sip"_s, u"tls"_s), path(2, u"sip"_s, u"tcp"_s)}, noon);
        QCOMPARE(resets.count(), 0);
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(second.row(), 2);
        QCOMPARE(cell(model, 0, 0, Role::Id), u"3"_s);
        QCOMPARE(cell(model, 1, 0, Role::Id), u"4"_s);
        model.show({}, noon);
        QCOMPARE(model.rowCount(), 0);
        QVERIFY(!model.connectionAt(0));
    }

    void aDeadPathIsKeptAndSaysSo()
    {
        ConnectionSnapshot gone = path(1, u"datagram"_s, u"dtls"_s, LivenessState::Lost);
        gone.live = false;
        gone.facts.session = u"a5f0c2d19be84d21"_s;
        gone.facts.application = u"mms.ua"_s;
        ConnectionModel model;
        model.show({gone}, noon + Milliseconds(70000));
        QCOMPARE(model.index(0, 0).data(Role::Live).toBool(), false);
        QVERIFY(cell(model, 0, ConnectionModel::Path).contains(u"gone"_s));
        QVERIFY(cell(model, 0, ConnectionModel::Path, Qt::ToolTipRole).contains(u"kept for its history"_s));
        QVERIFY(cell(model, 0, ConnectionModel::Instance).startsWith(u"mms.ua"_s));
        QVERIFY(cell(model, 0, ConnectionModel::Instance, Qt::ToolTipRole).contains(u"a5f0c2d19be84d21"_s));
        QVERIFY2(cell(model, 0, ConnectionModel::State, Qt::ToolTipRole).contains(u"OPTIONS"_s),
                 qPrintable(cell(model, 0, ConnectionModel::State, Qt::ToolTipRole)));
    }

    void timersAreShownInNumbers()
    {
        LivenessPolicy policy = udpPolicy();
        policy.keepAliveInterval = Milliseconds(45000);
        ConnectionSnapshot one = connection(1, registered(policy));
        ConnectionModel model;
        model.setTimeDisplay(TimeDisplay(TimeDisplay::Zone::Utc));
        model.show({one}, noon + Milliseconds(10000));
        QCOMPARE(cell(model, 0, ConnectionModel::KeepAlive), u"every 45 s"_s);
        QCOMPARE(cell(model, 0, ConnectionModel::LastPacket), u"10 s ago"_s);
        QCOMPARE(cell(model, 0, ConnectionModel::Deadline), u"in 40 s"_s);
        QCOMPARE(cell(model, 0, ConnectionModel::LastProof), u"never"_s);
        QVERIFY(model.text(0).contains(one.facts.peer));
        QVERIFY(model.text(7).isEmpty());
        one.probesLost = 2;
        model.show({one}, noon + Milliseconds(10000));
        QCOMPARE(cell(model, 0, ConnectionModel::LastProof), u"never · 2 probe(s) lost"_s);
    }

    void networksAreAddedChangedAndForgotten()
    {
        NetworkModel model;
        QAbstractItemModelTester tester(&model, qtTest);
        model.put({network(u"203.0.113.0/24"_s, PathTransport::Udp, 45, 51), network(u"203.0.113.0/24"_s, PathTransport::Tcp, 600, 0)});
        QCOMPARE(model.rowCount(), 2);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.put({network(u"203.0.113.0/24"_s, PathTransport::Udp, 47, 51, 91)});
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(cell(model, 0, NetworkModel::Estimate), u"49 s (47 s to 51 s)"_s);
        QCOMPARE(cell(model, 0, NetworkModel::Confidence), u"91 %"_s);
        QCOMPARE(cell(model, 1, NetworkModel::Estimate), u"more than 10 min"_s);
        QCOMPARE(model.index(0, NetworkModel::Estimate).data(Role::Sort).toLongLong(), 49000);
        model.remove(IpNetwork::parse(u"203.0.113.0/24").value(), PathTransport::Udp);
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(cell(model, 0, NetworkModel::Transport), u"TCP"_s);
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }

    void theNetworkOfAPeerIsFound()
    {
        NetworkModel model;
        model.put({network(u"203.0.113.0/24"_s, PathTransport::Udp, 45, 51), network(u"2001:db8:1::/56"_s, PathTransport::Tcp, 600, 700)});
        QVERIFY(model.networkOf(u"203.0.113.7:4012"_s, u"udp"_s));
        QVERIFY(model.networkOf(u"203.0.113.7:4012"_s, u"dtls"_s));
        QVERIFY(!model.networkOf(u"203.0.113.7:4012"_s, u"tls"_s));
        QVERIFY(!model.networkOf(u"203.0.114.7:4012"_s, u"udp"_s));
        QVERIFY(model.networkOf(u"[2001:db8:1::7]:4012"_s, u"tls"_s));
        QVERIFY(!model.networkOf(u"nonsense"_s, u"udp"_s));
        QVERIFY(!model.networkOf({}, {}));
    }

    void theSentenceOfANetworkGivesNumbersAndWhatFollows()
    {
        const QString both = Sentences::network(network(u"203.0.113.0/24"_s, PathTransport::Udp, 45, 51));
        for (const QString &part : {u"203.0.113.0/24"_s, u"UDP"_s, u"48 s"_s, u"45 s"_s, u"51 s"_s, u"36 s"_s, u"80 %"_s})
            QVERIFY2(both.contains(part), qPrintable(both));
        QVERIFY(Sentences::network(network(u"203.0.113.0/24"_s, PathTransport::Udp, 45, 0)).contains(u"not been seen to close"_s));
        LearnedNetwork none;
        none.prefix = IpNetwork::parse(u"203.0.113.0/24").value();
        QVERIFY(Sentences::network(none).contains(u"Nothing is known"_s));
        QCOMPARE(Sentences::networkEstimate(none), u"not known yet"_s);
    }

    void theVerdictSaysFromWhatThePinholeWasLearned()
    {
        DeviceSnapshot phone = withState(device(userId(1), deviceId(1, 1)), LivenessState::Up, 1);
        phone.readyRoutes = {{u"wsp-udp"_s, u"203.0.113.7"_s, ClientPort(2948), WakeRoute::Source::Client}};
        const LearnedNetwork learned = network(u"203.0.113.0/24"_s, PathTransport::Udp, 45, 51);
        const Timestamp now = noon + Milliseconds(12000);
        const QString text = Sentences::verdict(verdictOf(phone, now, &learned), now);
        QVERIFY2(text.contains(u"in 48 s"_s) && text.contains(u"in 203.0.113.0/24"_s), qPrintable(text));
        QVERIFY2(text.contains(u"WSP/UDP stands ready"_s), qPrintable(text));
        QVERIFY(!Sentences::verdict(verdictOf(phone, now), now).contains(u"learned"_s));
    }

    void exactDurationsAreNotRoundedToOneUnit()
    {
        QCOMPARE(TimeDisplay::exact(Milliseconds(250)), u"250 ms"_s);
        QCOMPARE(TimeDisplay::exact(Milliseconds(95000)), u"95 s"_s);
        QCOMPARE(TimeDisplay::exact(Milliseconds(750000)), u"12 min 30 s"_s);
        QCOMPARE(TimeDisplay::exact(Milliseconds(600000)), u"10 min"_s);
        QCOMPARE(TimeDisplay::exact(Milliseconds(7500000)), u"2 h 5 min"_s);
    }
};

QTEST_GUILESS_MAIN(TestPathModels)
#include "tst_pathmodels.moc"
