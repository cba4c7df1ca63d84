// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/clientfixture.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

class TestRegistering : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void namesItselfAndItsWakeRoute_data()
    {
        QTest::addColumn<ClientTransport>("transport");
        QTest::newRow("udp") << ClientTransport::Udp;
        QTest::newRow("tcp") << ClientTransport::Tcp;
    }
    void namesItselfAndItsWakeRoute()
    {
        QFETCH(ClientTransport, transport);
        FakeRegistrar registrar;
        PushClientSettings settings = ClientFixture::settings(registrar, transport);
        settings.applications = {u"mms.ua"_s, u"wml.ua"_s};
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        QVERIFY(client.isRegistered());
        QCOMPARE(client.gruu(), u"sip:alice@lab.example;gr=urn:uuid:f81d4fae-7dec-41d0-a765-00a0c91e6bf6"_s);

        const SipMessage &request = registrar.registers.first();
        QCOMPARE(request.requestUri().text, "sip:lab.example");
        QCOMPARE(request.topVia().transport, transport == ClientTransport::Udp ? "UDP" : "TCP");
        QVERIFY(request.hasToken("supported", "path") && request.hasToken("supported", "outbound") &&
                request.hasToken("supported", "gruu"));
        const SipContact &contact = request.contacts().first();
        QCOMPARE(contact.instance(), settings.device.toString().toUtf8());
        QCOMPARE(contact.regId(), 1u);
        QCOMPARE(contact.address.displayName, "phone");
        QCOMPARE(contact.pushApplications(), (QList<QByteArray>{"mms.ua", "wml.ua"}));
        QCOMPARE(contact.address.uri.port, registrar.sources.first());
        const Result<QVector<WakeRoute>> routes = wakeRoutesOf(contact.address.uri);
        QVERIFY(routes.ok());
        QCOMPARE(routes->size(), 1);
        QCOMPARE(routes->first().bearer, u"wsp-udp"_s);
        QCOMPARE(routes->first().address, u"127.0.0.1"_s);
        QCOMPARE(routes->first().port.number(), client.clientPort());
    }

    void takesItsOwnBindingOutOfSeveral()
    {
        FakeRegistrar registrar;
        registrar.script.grant = 77;
        PushClient client(ClientFixture::settings(registrar));
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        QCOMPARE(log.last("registered"_L1).value(u"expires"_s).toInt(), 77);
    }

    void answersTheStrongestChallenge()
    {
        FakeRegistrar registrar;
        registrar.script.password = "secret";
        PushClientSettings settings = ClientFixture::settings(registrar);
        settings.password = u"secret"_s;
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        QCOMPARE(registrar.registers.size(), 2);
        QVERIFY(registrar.registers.at(1).header("authorization").contains("SHA-256"));
        QCOMPARE(registrar.registers.at(1).callId().toByteArray(),
                 registrar.registers.at(0).callId().toByteArray());
        QVERIFY(registrar.registers.at(1).cseq() > registrar.registers.at(0).cseq());
    }

    void answersMd5Alone()
    {
        FakeRegistrar registrar;
        registrar.script.password = "secret";
        registrar.script.algorithms = {SipDigestAlgorithm::Md5};
        PushClientSettings settings = ClientFixture::settings(registrar);
        settings.password = u"secret"_s;
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
    }

    void usesTheNextNonceWithoutBeingAsked()
    {
        FakeRegistrar registrar;
        registrar.script.password = "secret";
        registrar.script.nextNonce = true;
        PushClientSettings settings = ClientFixture::settings(registrar);
        settings.password = u"secret"_s;
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        client.registerNow();
        QTRY_COMPARE(log.count("registered"_L1), 2);
        QCOMPARE(registrar.registers.size(), 3);
    }

    void takesANewNonceForAStaleOne()
    {
        FakeRegistrar registrar;
        registrar.script.password = "secret";
        registrar.script.nextNonce = true;
        PushClientSettings settings = ClientFixture::settings(registrar);
        settings.password = u"secret"_s;
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        registrar.script.nextNonce = false;
        client.registerNow();
        QTRY_COMPARE(log.count("registered"_L1), 2);
        client.registerNow();
        QTRY_COMPARE(log.count("registered"_L1), 3);
        QCOMPARE(log.count("register-failed"_L1), 0);
    }

    void givesUpOnAWrongPasswordUntilTheNextTry()
    {
        FakeRegistrar registrar;
        registrar.script.password = "secret";
        PushClientSettings settings = ClientFixture::settings(registrar);
        settings.password = u"wrong"_s;
        settings.retryDelay = Milliseconds(60000);
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("register-failed"_L1), 1);
        QCOMPARE(log.last("register-failed"_L1).value(u"status"_s).toInt(), 401);
        QCOMPARE(registrar.registers.size(), 2);
        registrar.script.password = "wrong";
        client.registerNow();
        QTRY_COMPARE(log.count("registered"_L1), 1);
    }

    void asksForLongerAfter423()
    {
        FakeRegistrar registrar;
        registrar.script.minExpires = 90;
        PushClientSettings settings = ClientFixture::settings(registrar);
        settings.expires = 30;
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        QCOMPARE(log.last("registered"_L1).value(u"expires"_s).toInt(), 90);
        QCOMPARE(registrar.registers.size(), 2);
    }

    void refreshesBeforeItRunsOut()
    {
        FakeRegistrar registrar;
        registrar.script.grant = 1;
        PushClient client(ClientFixture::settings(registrar));
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 2);
        QVERIFY(log.last("registered"_L1).value(u"refresh"_s).toBool());
        QCOMPARE(registrar.sources.at(1), registrar.sources.at(0));
    }

    void repeatsUnansweredRequestsOverUdp()
    {
        FakeRegistrar registrar;
        registrar.script.ignoreFirst = 2;
        PushClient client(ClientFixture::settings(registrar));
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        QVERIFY(registrar.registers.size() >= 3);
        QCOMPARE(registrar.registers.at(0).bytes(), registrar.registers.at(2).bytes());
        QCOMPARE(log.count("register-failed"_L1), 0);
    }

    void triesAgainOverAFreshFlowWhenNothingAnswers()
    {
        FakeRegistrar registrar;
        registrar.script.mute = true;
        PushClient client(ClientFixture::settings(registrar));
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_VERIFY(log.count("register-failed"_L1) >= 1);
        QCOMPARE(log.last("register-failed"_L1).value(u"status"_s).toInt(), 0);
        registrar.script.mute = false;
        QTRY_COMPARE(log.count("registered"_L1), 1);
        QVERIFY(registrar.sources.last() != registrar.sources.first());
    }

    void waitsAsLongAsItIsTold()
    {
        FakeRegistrar registrar;
        registrar.script.statuses = {503};
        PushClient client(ClientFixture::settings(registrar));
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("register-failed"_L1), 1);
        // And a little longer, so that all who were told the same do not come back at once.
        const int wait = log.last("register-failed"_L1).value(u"retry_ms"_s).toInt();
        QVERIFY2(wait >= 1000 && wait <= 2000, qPrintable(QString::number(wait)));
        QTRY_COMPARE(log.count("registered"_L1), 1);
    }

    void comesBackAfterTheServerClosedTcp()
    {
        FakeRegistrar registrar;
        PushClient client(ClientFixture::settings(registrar, ClientTransport::Tcp));
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        registrar.closeConnections();
        QTRY_COMPARE(log.count("flow-lost"_L1), 1);
        QTRY_COMPARE(log.count("registered"_L1), 2);
    }

    void unregistersWithoutNamingTheWakeRoute()
    {
        FakeRegistrar registrar;
        PushClient client(ClientFixture::settings(registrar));
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        client.unregister();
        QTRY_COMPARE(log.count("unregistered"_L1), 1);
        QVERIFY(!client.isRegistered());
        QCOMPARE(registrar.registers.last().expires(), std::optional<quint32>(0));
        QVERIFY(!registrar.lastContact().uriParameters().contains("pn-prid"));
    }

    void saysGoodbyeWhenStopped()
    {
        FakeRegistrar registrar;
        PushClient client(ClientFixture::settings(registrar));
        EventLog log(client);
        bool ended = false;
        connect(&client, &PushClient::stopped, this, [&] { ended = true; });
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        client.stop(true);
        QTRY_VERIFY(ended);
        QCOMPARE(log.count("unregistered"_L1), 1);
        QCOMPARE(log.all.last().code, u"stopped"_s);
        QCOMPARE(client.clientPort(), quint16(0));
    }

    void refusesSettingsThatCannotWork_data()
    {
        QTest::addColumn<QString>("field");
        for (const char *field : {"user", "device", "registrar", "expires", "gateway"})
            QTest::newRow(field) << QString::fromLatin1(field);
    }
    void refusesSettingsThatCannotWork()
    {
        QFETCH(QString, field);
        FakeRegistrar registrar;
        PushClientSettings settings = ClientFixture::settings(registrar);
        if (field == u"user"_s)
            settings.user = {};
        else if (field == u"device"_s)
            settings.device = {};
        else if (field == u"registrar"_s)
            settings.registrarPort = 0;
        else if (field == u"expires"_s)
            settings.expires = 0;
        else
            settings.gateways = {u"not an address"_s};
        PushClient client(settings);
        const Result<Done> started = client.start();
        QVERIFY(!started.ok());
        QCOMPARE(QByteArray(started.error().code), "client-settings");
        QCOMPARE(started.error().about, field);
    }

    void namesAClientPortThatIsTaken()
    {
        FakeRegistrar registrar;
        QUdpSocket taken;
        QVERIFY(taken.bind(QHostAddress::LocalHost, 0, QAbstractSocket::DontShareAddress));
        PushClientSettings settings = ClientFixture::settings(registrar);
        settings.clientPort = taken.localPort();
        PushClient client(settings);
        const Result<Done> started = client.start();
        QVERIFY(!started.ok());
        QCOMPARE(QByteArray(started.error().code), "client-bind");
    }
};

QTEST_GUILESS_MAIN(TestRegistering)
#include "tst_registering.moc"
