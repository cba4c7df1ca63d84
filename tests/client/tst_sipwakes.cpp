// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/clientfixture.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

/// What the client does with a SIR that comes as a SIP MESSAGE: through a core, on its own flow, for another device.
class TestSipWakes : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aSirThroughASipCoreBringsItBack_data()
    {
        QTest::addColumn<ClientTransport>("transport");
        QTest::addColumn<bool>("empty");
        QTest::newRow("udp, SIR") << ClientTransport::Udp << false;
        QTest::newRow("tcp, SIR") << ClientTransport::Tcp << false;
        QTest::newRow("udp, empty") << ClientTransport::Udp << true;
    }
    void aSirThroughASipCoreBringsItBack()
    {
        QFETCH(ClientTransport, transport);
        QFETCH(bool, empty);
        FakeRegistrar registrar, core;
        core.script.password = "at-core";
        core.script.realm = "core.example";
        registrar.script.password = "secret";
        PushClientSettings settings = ClientFixture::settings(registrar);
        settings.password = u"secret"_s;
        settings.core = {QHostAddress(QHostAddress::LocalHost),
                         transport == ClientTransport::Udp ? core.udpPort() : core.tcpPort(), transport,
                         *PublicUserId::parse(u"sip:alice@core.example"), u"at-core"_s};
        settings.wakeBearer = u"sip"_s;
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        QTRY_COMPARE(log.count("core-registered"_L1), 1);
        QCOMPARE(core.registers.last().to().uri.text, QByteArray("sip:alice@core.example"));
        QCOMPARE(core.lastContact().instance(), settings.device.toString().toUtf8());
        const SipParameters named = registrar.lastContact().uriParameters();
        QCOMPARE(named.value("pn-provider"), QByteArray("sip"));
        QCOMPARE(percentDecoded(named.value("pn-prid")), QByteArray("sip:alice@core.example"));
        QVERIFY(!core.lastContact().uriParameters().contains("pn-provider"));

        client.unregister();
        QTRY_COMPARE(log.count("unregistered"_L1), 1);
        const QByteArray ha1 = sipDigestHa1(SipDigestAlgorithm::Sha256, "alice", "lab.example", "secret");
        core.sendSir(empty ? QByteArray() : encodeSir(ClientFixture::sir(), sirKey(ha1)),
                     settings.device.toString().toUtf8());
        QTRY_COMPARE(log.count("registered"_L1), 2);
        QCOMPARE(log.count(empty ? "wake-received"_L1 : "sir-received"_L1), 1);
        QCOMPARE(log.count("push-received"_L1), 0);
        QCOMPARE(core.responses.last().statusCode(), 200);

        client.stop(true);
        QTRY_COMPARE(log.count("stopped"_L1), 1);
        QCOMPARE(core.registers.last().expires().value_or(1), 0U);
        QCOMPARE(registrar.registers.last().expires().value_or(1), 0U);
    }

    void aSirThroughASipCoreIsJudgedLikeAnyOther()
    {
        FakeRegistrar registrar, core;
        registrar.script.password = "secret";
        PushClientSettings settings = ClientFixture::settings(registrar);
        settings.password = u"secret"_s;
        settings.core = {QHostAddress(QHostAddress::LocalHost), core.udpPort(), ClientTransport::Udp, {}, {}};
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        QTRY_COMPARE(log.count("core-registered"_L1), 1);
        const auto reason = [&](int count) {
            return QTest::qWaitFor([&] { return log.count("sir-ignored"_L1) == count; })
                       ? log.last("sir-ignored"_L1).value(u"reason"_s).toString()
                       : QString();
        };
        const QByteArray ha1 = sipDigestHa1(SipDigestAlgorithm::Sha256, "alice", "lab.example", "secret");
        const QByteArray sound = encodeSir(ClientFixture::sir(), sirKey(ha1));
        client.closeFlow();
        core.sendSir(encodeSir(ClientFixture::sir(), {}));
        QCOMPARE(reason(1), u"not-safe-unsigned"_s);
        core.sendSir(encodeSir(ClientFixture::sir(), sirKey("guess")));
        QCOMPARE(reason(2), u"not-safe-signature"_s);
        core.sendSir(sound, "urn:uuid:f81d4fae-7dec-41d0-a765-00a0c91e6bff");
        QCOMPARE(reason(3), u"not-safe-contradictory"_s);
        SessionRequest unnamed = ClientFixture::sir();
        unnamed.device = {};
        unnamed.nonce = "efgh";
        core.sendSir(encodeSir(unnamed, sirKey(ha1)), "urn:uuid:f81d4fae-7dec-41d0-a765-00a0c91e6bff");
        QCOMPARE(reason(4), u"not-for-me"_s);
        core.sendSir("\x01\x7f");
        QVERIFY(reason(5).startsWith(u"malformed-"_s));
        QTRY_COMPARE(core.responses.size(), 5);
        QList<int> statuses;
        for (const SipMessage &response : core.responses)
            statuses.append(response.statusCode());
        QCOMPARE(statuses, (QList<int>{200, 200, 400, 480, 400}));
        QCOMPARE(log.count("registered"_L1), 1);

        core.sendSir(sound);
        QTRY_COMPARE(log.count("registered"_L1), 2);
        client.closeFlow();
        core.sendSir(sound);
        QCOMPARE(reason(6), u"not-safe-replayed"_s);
    }

    void aDeafClientHearsNoSirThroughTheCore()
    {
        FakeRegistrar registrar, core;
        PushClientSettings settings = ClientFixture::settings(registrar);
        settings.core = {QHostAddress(QHostAddress::LocalHost), core.udpPort(), ClientTransport::Udp, {}, {}};
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        QTRY_COMPARE(log.count("core-registered"_L1), 1);
        client.setDeaf(true);
        client.closeFlow();
        core.sendSir(encodeSir(ClientFixture::sir(), {}));
        client.setDeaf(false);
        QTRY_COMPARE(log.count("core-registered"_L1), 2);
        QVERIFY(core.responses.isEmpty());
        QCOMPARE(log.count("sir-received"_L1), 0);
        core.sendSir(encodeSir(ClientFixture::sir(), {}));
        QTRY_COMPARE(log.count("registered"_L1), 2);
    }

    void registersAtTheCoreUntilItIsThere()
    {
        FakeRegistrar registrar, core;
        core.script.statuses = {500, 500};
        PushClientSettings settings = ClientFixture::settings(registrar);
        settings.core = {QHostAddress(QHostAddress::LocalHost), core.udpPort(), ClientTransport::Udp, {}, {}};
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("core-registered"_L1), 1);
        QCOMPARE(log.count("core-failed"_L1), 2);
        QCOMPARE(log.last("core-failed"_L1).value(u"status"_s).toInt(), 500);
        QTRY_COMPARE(log.count("registered"_L1), 1);
    }

    void aSirOnTheOwnFlowOfAConnectedClientIsNoPush()
    {
        FakeRegistrar registrar;
        PushClient client(ClientFixture::settings(registrar));
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        registrar.sendSir(encodeSir(ClientFixture::sir(), {}));
        QTRY_COMPARE(log.count("sir-ignored"_L1), 1);
        QCOMPARE(log.last("sir-ignored"_L1).value(u"reason"_s).toString(), u"already-connected"_s);
        QTRY_COMPARE(registrar.responses.size(), 1);
        QCOMPARE(registrar.responses.first().statusCode(), 200);
        QCOMPARE(log.count("push-received"_L1), 0);
    }

    void aWatchHandsOnWhatIsForThePhone()
    {
        FakeRegistrar registrar;
        PushClient phone(ClientFixture::settings(registrar));
        EventLog phoneLog(phone);
        QVERIFY(phone.start().ok());
        QTRY_COMPARE(phoneLog.count("registered"_L1), 1);
        phone.closeFlow();
        PushClientSettings settings = ClientFixture::settings(registrar);
        settings.device = *DeviceId::parse(u"urn:uuid:f81d4fae-7dec-41d0-a765-00a0c91e6bff");
        settings.companion = QHostAddress(QHostAddress::LocalHost);
        settings.companionPort = phone.clientPort();
        PushClient watch(settings);
        EventLog watchLog(watch);
        QVERIFY(watch.start().ok());
        QTRY_COMPARE(watchLog.count("registered"_L1), 1);

        SessionRequest unnamed = ClientFixture::sir();
        unnamed.device = {};
        registrar.sendSir(encodeSir(unnamed, {}), phone.settings().device.toString().toUtf8());
        QTRY_COMPARE(watchLog.count("sir-handed-on"_L1), 1);
        QTRY_COMPARE(phoneLog.count("registered"_L1), 2);
        QTRY_COMPARE(registrar.responses.size(), 1);
        QCOMPARE(registrar.responses.first().statusCode(), 202);
        QCOMPARE(watchLog.count("registered"_L1), 1);
        QCOMPARE(phoneLog.last("sir-received"_L1).value(u"device"_s).toString(),
                 phone.settings().device.toString());
    }
};

QTEST_GUILESS_MAIN(TestSipWakes)
#include "tst_sipwakes.moc"
