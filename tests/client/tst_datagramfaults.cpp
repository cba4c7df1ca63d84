// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/eventlog.h"
#include "connections/datagramtestserver.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

/// Faults that the server puts in the way of pushes, and what a real device makes of them.
class TestDatagramFaults : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aDoubledPushInBlocksComesTwiceAndIsDelivered()
    {
        DatagramTestServer server;
        PushClientSettings settings;
        settings.user = *PublicUserId::parse(u"sip:alice@lab.example");
        settings.device = *DeviceId::parse(u"urn:uuid:f81d4fae-7dec-41d0-a765-00a0c91e6bf6");
        settings.connect = ClientConnect::Datagram;
        settings.registrarPort = server.port();
        settings.sessions = {{u"mail"_s, {}}};
        settings.listensForWakeUps = settings.testsPinholes = false;
        PushClient client(settings);
        const EventLog log(client);
        QVERIFY(client.start());
        const auto goesOn = [&] { server.clock.advance(Milliseconds(0)); };
        QTRY_COMPARE((goesOn(), log.count("registered"_L1)), 1);

        FaultRule rule;
        rule.scope = FaultScope::Deliveries;
        rule.kind = FaultKind::Duplicate;
        rule.device = settings.device;
        QVERIFY(server.engine().addFault(rule, Milliseconds(60000)).ok());
        const QByteArray body = QByteArray(4096, 'x') + "end"; // five blocks
        const PushId push = server.push(u"mail"_s, body);
        QTRY_VERIFY((goesOn(), isTerminal(server.stateOf(push))));
        QCOMPARE(server.stateOf(push), PushState::Delivered);
        QTRY_COMPARE((goesOn(), log.count("push-received"_L1)), 2);
        const QJsonObject copy = log.last("push-received"_L1);
        QCOMPARE(copy.value("push"_L1).toString(), push.text());
        QCOMPARE(copy.value("duplicate"_L1).toBool(), true);
        QCOMPARE(copy.value("body"_L1).toString().toLatin1(), body);
    }
};

QTEST_GUILESS_MAIN(TestDatagramFaults)
#include "tst_datagramfaults.moc"
