// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/clientfixture.h"
#include "client/clientreturn.h"
#include "wire/sipbuilder.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

/// What the client does when it is woken, pushed to, silenced.
class TestWaking : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aSilentClientIsWokenAndTakesThePush_data()
    {
        QTest::addColumn<ClientTransport>("transport");
        QTest::addColumn<bool>("empty");
        QTest::newRow("udp, SIR") << ClientTransport::Udp << false;
        QTest::newRow("tcp, SIR") << ClientTransport::Tcp << false;
        QTest::newRow("udp, empty") << ClientTransport::Udp << true;
        QTest::newRow("tcp, empty") << ClientTransport::Tcp << true;
    }
    void aSilentClientIsWokenAndTakesThePush()
    {
        QFETCH(ClientTransport, transport);
        QFETCH(bool, empty);
        FakeRegistrar registrar;
        PushClient client(ClientFixture::settings(registrar, transport));
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        client.goSilent();
        QVERIFY(client.isSilent());
        registrar.sendMessage("p-1", "unheard");

        if (empty)
            ClientFixture::send(client, {});
        else
            ClientFixture::wake(client, ClientFixture::sir());
        QTRY_COMPARE(log.count("registered"_L1), 2);
        QCOMPARE(log.count(empty ? "wake-received"_L1 : "sir-received"_L1), 1);
        QVERIFY(!client.isSilent());
        QCOMPARE(log.count("push-received"_L1), 0);
        QVERIFY(registrar.sources.last() != registrar.sources.first());

        registrar.sendMessage("p-1", "heard");
        QTRY_COMPARE(log.count("push-received"_L1), 1);
        const QJsonObject push = log.last("push-received"_L1);
        QCOMPARE(push.value(u"push"_s).toString(), u"p-1"_s);
        QCOMPARE(push.value(u"body"_s).toString(), u"heard"_s);
        QVERIFY(!push.value(u"duplicate"_s).toBool());
        QTRY_COMPARE(registrar.responses.size(), 1);
        QCOMPARE(registrar.responses.first().statusCode(), 200);
    }

    void silenceAnswersAndSendsNothing()
    {
        FakeRegistrar registrar;
        PushClientSettings settings = ClientFixture::settings(registrar);
        settings.keepAlive = KeepAliveKind::Stun;
        settings.keepAliveInterval = Milliseconds(20);
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_VERIFY(registrar.stunRequests >= 2);
        client.goSilent();
        // A second client at the same registrar is the clock: when it was heard twice, the first had its
        // time.
        const int before = registrar.stunRequests;
        registrar.sendMessage("p-1", "x");
        PushClientSettings other = settings;
        other.keepAlive = KeepAliveKind::Options;
        PushClient witness(other);
        QVERIFY(witness.start().ok());
        QTRY_VERIFY(registrar.requests.size() >= 4);
        QVERIFY(registrar.stunRequests <= before + 1);
        QCOMPARE(registrar.responses.size(), 0);
        QCOMPARE(log.count("push-received"_L1), 0);
    }

    void aConnectedClientDoesNothing()
    {
        FakeRegistrar registrar;
        PushClient client(ClientFixture::settings(registrar));
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        ClientFixture::wake(client, ClientFixture::sir());
        QTRY_COMPARE(log.count("sir-ignored"_L1), 1);
        QCOMPARE(log.last("sir-ignored"_L1).value(u"reason"_s).toString(), u"already-connected"_s);
        ClientFixture::send(client, {});
        QTRY_COMPARE(log.count("sir-ignored"_L1), 2);
        QCOMPARE(registrar.registers.size(), 1);
    }

    void anUnprovenPathIsNoConnection()
    {
        FakeRegistrar registrar;
        PushClientSettings settings = ClientFixture::settings(registrar);
        settings.provenFor = Milliseconds(0);
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        ClientFixture::wake(client, ClientFixture::sir());
        QTRY_COMPARE(log.count("registered"_L1), 2);
    }

    void ignoresWhatIsNotMeantOrNotSafe_data()
    {
        QTest::addColumn<SessionRequest>("sir");
        QTest::addColumn<QByteArray>("password");
        QTest::addColumn<QString>("reason");
        SessionRequest other = ClientFixture::sir();
        other.device = *DeviceId::parse(u"urn:uuid:f81d4fae-7dec-41d0-a765-00a0c91e6bff");
        SessionRequest foreign = ClientFixture::sir();
        foreign.gateway = u"sip:192.0.2.66:5060"_s;
        SessionRequest old = ClientFixture::sir();
        old.time = old.time - Milliseconds(3600000);
        QTest::newRow("for another device") << other << QByteArray("secret") << u"not-for-me"_s;
        QTest::newRow("foreign gateway") << foreign << QByteArray("secret") << u"not-safe-gateway"_s;
        QTest::newRow("signed with another password")
            << ClientFixture::sir() << QByteArray("guess") << u"not-safe-signature"_s;
        QTest::newRow("unsigned") << ClientFixture::sir() << QByteArray() << u"not-safe-unsigned"_s;
        QTest::newRow("old") << old << QByteArray("secret") << u"not-safe-time"_s;
    }
    void ignoresWhatIsNotMeantOrNotSafe()
    {
        QFETCH(SessionRequest, sir);
        QFETCH(QByteArray, password);
        QFETCH(QString, reason);
        FakeRegistrar registrar;
        registrar.script.password = "secret";
        PushClientSettings settings = ClientFixture::settings(registrar);
        settings.password = u"secret"_s;
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        client.goSilent();
        const QByteArray ha1 = sipDigestHa1(SipDigestAlgorithm::Sha256, "alice", "lab.example", password);
        ClientFixture::wake(client, sir, password.isEmpty() ? QByteArray() : sirKey(ha1));
        QTRY_COMPARE(log.count("sir-ignored"_L1), 1);
        QCOMPARE(log.last("sir-ignored"_L1).value(u"reason"_s).toString(), reason);
        QVERIFY(client.isSilent());
    }

    void aReplayedSirDoesNothing()
    {
        FakeRegistrar registrar;
        registrar.script.password = "secret";
        PushClientSettings settings = ClientFixture::settings(registrar);
        settings.password = u"secret"_s;
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        client.goSilent();
        const QByteArray key =
            sirKey(sipDigestHa1(SipDigestAlgorithm::Sha256, "alice", "lab.example", "secret"));
        const SessionRequest sir = ClientFixture::sir();
        ClientFixture::wake(client, sir, key);
        QTRY_COMPARE(log.count("registered"_L1), 2);
        client.goSilent();
        ClientFixture::wake(client, sir, key);
        QTRY_COMPARE(log.count("sir-ignored"_L1), 1);
        QCOMPARE(log.last("sir-ignored"_L1).value(u"reason"_s).toString(), u"not-safe-replayed"_s);
        QVERIFY(client.isSilent());
    }

    void tellsBrokenDatagramsApart()
    {
        FakeRegistrar registrar;
        PushClient client(ClientFixture::settings(registrar));
        EventLog log(client);
        QVERIFY(client.start().ok());
        ClientFixture::send(client, "hello");
        QTRY_COMPARE(log.count("sir-ignored"_L1), 1);
        QVERIFY(log.last("sir-ignored"_L1).value(u"reason"_s).toString().startsWith(u"malformed-wsp-"_s));
    }

    void aSecondSirDuringTheLockoutWaits()
    {
        FakeRegistrar registrar;
        registrar.script.mute = true;
        PushClientSettings settings = ClientFixture::settings(registrar);
        settings.sirLockout = Milliseconds(60000);
        settings.requestTimeout = Milliseconds(60000);
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start().ok());
        ClientFixture::wake(client, ClientFixture::sir());
        QTRY_COMPARE(log.count("reconnecting"_L1), 1);
        ClientFixture::wake(client, ClientFixture::sir());
        QTRY_COMPARE(log.count("sir-ignored"_L1), 1);
        QCOMPARE(log.last("sir-ignored"_L1).value(u"reason"_s).toString(), u"locked-out"_s);
    }

    void goesToTheGatewayNamed()
    {
        FakeRegistrar home, away;
        PushClientSettings settings = ClientFixture::settings(home);
        settings.registrar = QHostAddress(u"127.0.0.1"_s);
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        client.closeFlow();
        SessionRequest sir = ClientFixture::sir();
        sir.gateway = u"sip:127.0.0.1:%1"_s.arg(away.udpPort());
        ClientFixture::wake(client, sir);
        QTRY_COMPARE(log.count("registered"_L1), 2);
        QCOMPARE(home.registers.size(), 2); // the host of the own registrar is the own registrar
        QCOMPARE(away.registers.size(), 0);
    }

    void aDroppedClientIsWoken_data()
    {
        QTest::addColumn<ClientTransport>("transport");
        QTest::newRow("udp") << ClientTransport::Udp;
        QTest::newRow("tcp") << ClientTransport::Tcp;
    }
    void aDroppedClientIsWoken()
    {
        QFETCH(ClientTransport, transport);
        FakeRegistrar registrar;
        PushClient client(ClientFixture::settings(registrar, transport));
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        client.closeFlow();
        QCOMPARE(log.count("dropped"_L1), 1);
        QVERIFY(!client.isRegistered());
        if (transport == ClientTransport::Tcp)
            QTRY_COMPARE(registrar.disconnections, 1);
        ClientFixture::wake(client, ClientFixture::sir());
        QTRY_COMPARE(log.count("registered"_L1), 2);
    }

    void aDeafClientHearsNoWakeUp()
    {
        FakeRegistrar registrar;
        PushClient client(ClientFixture::settings(registrar));
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        client.goSilent();
        client.setDeaf(true);
        ClientFixture::wake(client, ClientFixture::sir());
        // A witness on the same event loop: when it heard two later datagrams, the first was read and
        // dropped.
        PushClient witness(ClientFixture::settings(registrar));
        EventLog heard(witness);
        QVERIFY(witness.start().ok());
        for (int i = 1; i <= 2; ++i) {
            ClientFixture::send(witness, "hello");
            QTRY_COMPARE(heard.count("sir-ignored"_L1), i);
        }
        client.setDeaf(false);
        ClientFixture::send(client, "hello");
        QTRY_COMPARE(log.count("sir-ignored"_L1), 1);
        QCOMPARE(log.count("sir-received"_L1), 0);
        client.comeBack();
        QTRY_COMPARE(log.count("registered"_L1), 2);
    }

    void aRefusingClientStaysAwayAndSaysSoWhenAsked()
    {
        FakeRegistrar registrar;
        PushClient client(ClientFixture::settings(registrar));
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        client.refuse(486);
        registrar.sendMessage("p-1", "no");
        QTRY_COMPARE(registrar.responses.size(), 1);
        QCOMPARE(registrar.responses.first().statusCode(), 486);

        client.closeFlow();
        ClientFixture::wake(client, ClientFixture::sir());
        QTRY_COMPARE(log.count("sir-refused"_L1), 1);
        QVERIFY(registrar.requests.isEmpty());
        SessionRequest asking = ClientFixture::sir();
        asking.requests = SirRequest::Refusal;
        ClientFixture::wake(client, asking);
        QTRY_COMPARE(log.count("refusal-answered"_L1), 1);
        QCOMPARE(registrar.requests.size(), 1);
        QCOMPARE(registrar.requests.first().method().toByteArray(), "MESSAGE");
        QCOMPARE(registrar.requests.first().contentType().toByteArray(),
                 "application/vnd.reveille.refusal+json");
        QVERIFY(registrar.requests.first().body().contains("61626364"));
        QCOMPARE(log.count("registered"_L1), 1);
    }

    void refusesNoMoreThanAFewAtATime()
    {
        FakeRegistrar registrar;
        registrar.script.mute = true;
        PushClientSettings settings = ClientFixture::settings(registrar);
        settings.requestTimeout = Milliseconds(1000);
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start().ok());
        client.refuse(486);
        SessionRequest asking = ClientFixture::sir();
        asking.requests = SirRequest::Refusal;
        const auto wake = [&](int times) {
            const int before = log.count("sir-refused"_L1);
            for (int i = 0; i < times; ++i)
                ClientFixture::wake(client, asking);
            QTRY_COMPARE(log.count("sir-refused"_L1), before + times);
        };
        wake(20);
        QCOMPARE(client.findChildren<ClientReturn *>().size(), 8);
        QTRY_COMPARE(log.count("refusal-answered"_L1), 8);
        QTRY_COMPARE(client.findChildren<ClientReturn *>().size(), 0);
        wake(1);
        QCOMPARE(client.findChildren<ClientReturn *>().size(), 1);
        client.stop();
        QTRY_COMPARE(client.findChildren<ClientReturn *>().size(), 0);
        QCOMPARE(log.all.last().code, u"stopped"_s);
        QCOMPARE(log.count("refusal-answered"_L1), 8);
    }

    void returnsWhatASirAskedForOnceItIsBack()
    {
        FakeRegistrar registrar;
        PushClientSettings settings = ClientFixture::settings(registrar);
        settings.applications = {u"mail"_s};
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        client.closeFlow();
        SessionRequest asking = ClientFixture::sir();
        asking.requests = SirRequest::Capability | SirRequest::Subscription | SirRequest::RegistrationMessage;
        ClientFixture::wake(client, asking);
        QTRY_COMPARE(log.count("information-answered"_L1), 1);
        QCOMPARE(log.count("registered"_L1), 2);
        QCOMPARE(registrar.requests.size(), 1);
        QCOMPARE(registrar.requests.first().contentType().toByteArray(), "application/vnd.reveille.returned+json");
        const QJsonObject body = QJsonDocument::fromJson(registrar.requests.first().body()).object();
        QCOMPARE(body.value(u"nonce"_s).toString(), u"61626364"_s);
        QCOMPARE(body.value(u"capability"_s).toObject().value(u"sir_version"_s).toInt(), 2);
        QCOMPARE(body.value(u"subscription"_s).toArray().first().toString(), u"mail"_s);
        QVERIFY(!body.contains(u"security"_s));
    }

    void marksARepeatedPush()
    {
        FakeRegistrar registrar;
        PushClient client(ClientFixture::settings(registrar));
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        const QByteArray branch =
            registrar.sendMessage("p-1", QByteArray("\xff\x00\x01", 3), "application/octet-stream");
        QTRY_COMPARE(registrar.responses.size(), 1);
        registrar.sendMessage("p-1", QByteArray("\xff\x00\x01", 3), "application/octet-stream", branch);
        QTRY_COMPARE(registrar.responses.size(), 2);
        QCOMPARE(log.count("push-received"_L1), 1);
        QCOMPARE(log.last("push-received"_L1).value(u"body_base64"_s).toString(), u"/wAB"_s);
        registrar.sendMessage("p-1", QByteArray("\xff\x00\x01", 3), "application/octet-stream");
        QTRY_COMPARE(log.count("push-received"_L1), 2);
        QVERIFY(log.last("push-received"_L1).value(u"duplicate"_s).toBool());
    }

    void answersOptionsAndUnreadableRequests()
    {
        FakeRegistrar registrar;
        PushClient client(ClientFixture::settings(registrar));
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        registrar.sendRequest(registrar.request("OPTIONS", newSipBranch()));
        QTRY_COMPARE(registrar.responses.size(), 1);
        QCOMPARE(registrar.responses.last().statusCode(), 200);
        QByteArray broken = registrar.request("MESSAGE", newSipBranch());
        broken.replace("Max-Forwards: 70", "Max-Forwards: many");
        registrar.sendRequest(broken);
        QTRY_COMPARE(registrar.responses.size(), 2);
        QCOMPARE(registrar.responses.last().statusCode(), 400);
    }

    void keepsTheFlowOpen_data()
    {
        QTest::addColumn<ClientTransport>("transport");
        QTest::addColumn<KeepAliveKind>("kind");
        QTest::newRow("stun") << ClientTransport::Udp << KeepAliveKind::Stun;
        QTest::newRow("options over udp") << ClientTransport::Udp << KeepAliveKind::Options;
        QTest::newRow("crlf") << ClientTransport::Tcp << KeepAliveKind::Crlf;
        QTest::newRow("stun on tcp becomes crlf") << ClientTransport::Tcp << KeepAliveKind::Stun;
        QTest::newRow("options over tcp") << ClientTransport::Tcp << KeepAliveKind::Options;
    }
    void keepsTheFlowOpen()
    {
        QFETCH(ClientTransport, transport);
        QFETCH(KeepAliveKind, kind);
        FakeRegistrar registrar;
        PushClientSettings settings = ClientFixture::settings(registrar, transport);
        settings.keepAlive = kind;
        settings.keepAliveInterval = Milliseconds(20);
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_VERIFY(registrar.stunRequests + registrar.pings + registrar.requests.size() >= 3);
        QCOMPARE(registrar.stunRequests > 0,
                 transport == ClientTransport::Udp && kind == KeepAliveKind::Stun);
        QCOMPARE(registrar.pings > 0, transport == ClientTransport::Tcp && kind != KeepAliveKind::Options);
        QCOMPARE(log.count("registered"_L1), 1);
        QCOMPARE(log.count("flow-lost"_L1), 0);
    }

    void noticesADeadPathByItsKeepAlive()
    {
        FakeRegistrar registrar;
        PushClientSettings settings = ClientFixture::settings(registrar);
        settings.keepAlive = KeepAliveKind::Options;
        settings.keepAliveInterval = Milliseconds(20);
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        registrar.script.mute = true;
        QTRY_VERIFY(log.count("flow-lost"_L1) >= 1);
        QCOMPARE(log.all.at(log.all.size() - 1).fields.isEmpty(), false);
        registrar.script.mute = false;
        QTRY_COMPARE(log.count("registered"_L1), 2);
    }

    void registersAgainWhenThePinholeMoved()
    {
        FakeRegistrar registrar;
        registrar.script.movesMappedAddress = true;
        PushClientSettings settings = ClientFixture::settings(registrar);
        settings.keepAlive = KeepAliveKind::Stun;
        settings.keepAliveInterval = Milliseconds(20);
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_VERIFY(log.count("registered"_L1) >= 2);
        QCOMPARE(log.last("reconnecting"_L1).value(u"because"_s).toString(), u"mapped-address"_s);
    }

    void sixClientsShareAThread()
    {
        FakeRegistrar registrar;
        std::vector<std::unique_ptr<PushClient>> clients;
        int registered = 0;
        for (int i = 0; i < 6; ++i) {
            PushClientSettings settings =
                ClientFixture::settings(registrar, i % 2 ? ClientTransport::Tcp : ClientTransport::Udp);
            settings.device = *DeviceId::parse(u"urn:uuid:f81d4fae-7dec-41d0-a765-00a0c91e6b0%1"_s.arg(i));
            clients.push_back(std::make_unique<PushClient>(settings));
            connect(clients.back().get(), &PushClient::happened, this,
                    [&](const ClientEvent &event) { registered += event.code == u"registered"_s; });
            QVERIFY(clients.back()->start().ok());
        }
        QTRY_COMPARE(registered, 6);
    }
};

QTEST_GUILESS_MAIN(TestWaking)
#include "tst_waking.moc"
