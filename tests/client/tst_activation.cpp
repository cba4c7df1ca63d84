// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/clientfixture.h"
#include "client/fakedirectory.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

ClientApplication application(const QString &text)
{
    return ClientApplication::parse(text).valueOr({});
}

SessionRequest sirFor(const QString &name, SirRequests requests = {})
{
    SessionRequest sir = ClientFixture::sir();
    sir.applicationName = name;
    sir.requests = requests;
    return sir;
}

qsizetype indexOf(const EventLog &log, QLatin1StringView code, qsizetype from = 0)
{
    for (qsizetype i = from; i < log.all.size(); ++i) {
        if (log.all.at(i).code == code)
            return i;
    }
    return -1;
}

QByteArray featuresOf(const FakeRegistrar &registrar)
{
    return registrar.lastContact().parameters().value("+g.oma.pusheventapp");
}

} // namespace

/// What a device does about a SIR beyond coming back: whether its owner wants it, and the application it names.
class TestActivation : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void startsTheProgramThatASirNames_data()
    {
        QTest::addColumn<QString>("start");
        QTest::newRow("before connecting") << u"before"_s;
        QTest::newRow("after connecting") << u"after"_s;
    }
    void startsTheProgramThatASirNames()
    {
        QFETCH(QString, start);
        FakeRegistrar registrar;
        PushClientSettings settings = ClientFixture::settings(registrar);
        settings.installed = {application(u"mail,start=%1,command=/bin/sh -c \"echo $REVEILLE_NAMED $0; exit 4\" {requests}"_s.arg(start)),
                              application(u"chat,command=/bin/false"_s)};
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        client.closeFlow();
        ClientFixture::wake(client, sirFor(u"Mail"_s, SirRequest::RegistrationMessage));
        QTRY_COMPARE(log.count("application-ended"_L1), 1);
        QCOMPARE(log.last("application-ended"_L1).value(u"exit_code"_s).toInt(), 4);
        QCOMPARE(log.last("application-output"_L1).value(u"line"_s).toString(), u"mail registration_message"_s);
        QCOMPARE(log.count("application-started"_L1), 1);
        QTRY_COMPARE(log.count("registered"_L1), 2);
        const qsizetype activated = indexOf(log, "application-activated"_L1);
        QCOMPARE(log.all.at(activated).fields.value(u"when"_s).toString(), start);
        QCOMPARE(activated < indexOf(log, "reconnecting"_L1), start == u"before");
    }

    void theApplicationSaysWhatWasAskedFor_data()
    {
        QTest::addColumn<QString>("start");
        QTest::newRow("before connecting") << u"before"_s;
        QTest::newRow("after connecting") << u"after"_s;
    }
    void theApplicationSaysWhatWasAskedFor()
    {
        QFETCH(QString, start);
        FakeRegistrar registrar;
        PushClientSettings settings = ClientFixture::settings(registrar);
        settings.informationTime = Milliseconds(60000);
        const QString said = 
            u"{\"information\":{\"capability\":{\"content_types\":[\"text/x-mail\"]},\"security\":{\"tls\":true}}}"_s;
        settings.installed = {application(u"mail,start=%1,command=/bin/echo"_s.arg(start))};
        settings.installed.first().arguments = {said};
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        client.closeFlow();
        ClientFixture::wake(client, sirFor(u"mail"_s, SirRequest::Capability | SirRequest::Preferences));
        QTRY_COMPARE(log.count("information-answered"_L1), 1);
        const QJsonObject body = QJsonDocument::fromJson(registrar.requests.last().body()).object();
        const QJsonObject capability = body.value(u"capability"_s).toObject();
        QCOMPARE(capability.value(u"content_types"_s).toArray().first().toString(), u"text/x-mail"_s);
        QCOMPARE(capability.value(u"sir_version"_s).toInt(), 2);
        QVERIFY(body.contains(u"preferences"_s));
        QVERIFY(!body.contains(u"security"_s)); // nobody asked
    }

    void anApplicationThatSaysNothingIsNotWaitedForLonger()
    {
        FakeRegistrar registrar;
        PushClientSettings settings = ClientFixture::settings(registrar);
        settings.informationTime = Milliseconds(50);
        settings.installed = {application(u"mail,command=/bin/sleep 600"_s)};
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        client.closeFlow();
        ClientFixture::wake(client, sirFor(u"mail"_s, SirRequest::Capability));
        QTRY_COMPARE(log.count("information-answered"_L1), 1);
        QCOMPARE(log.count("application-ended"_L1), 0);
    }

    void aDormantApplicationRegistersOnceActivated()
    {
        FakeRegistrar registrar;
        PushClientSettings settings = ClientFixture::settings(registrar);
        settings.installed = {application(u"mail,dormant"_s), application(u"chat"_s), application(u"news,dormant,start=before"_s)};
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        QCOMPARE(featuresOf(registrar), "chat");
        client.closeFlow();
        ClientFixture::wake(client, sirFor(u"mail"_s));
        QTRY_COMPARE(log.count("registered"_L1), 2);
        QTRY_COMPARE(log.count("application-activated"_L1), 1);
        QCOMPARE(featuresOf(registrar), "mail,chat");
        client.closeFlow();
        SessionRequest news = sirFor(u"news"_s);
        news.nonce = "next";
        ClientFixture::wake(client, news);
        QTRY_COMPARE(log.count("registered"_L1), 3);
        QCOMPARE(featuresOf(registrar), "mail,chat,news");
        QCOMPARE(log.count("application-started"_L1), 0);
        QVERIFY(log.last("application-activated"_L1).value(u"built_in"_s).toBool());
    }

    void aDormantApplicationGetsItsSessionOnceActivated()
    {
        FakeDirectory directory;
        FakeRegistrar nobody;
        PushClientSettings settings = ClientFixture::settings(nobody);
        settings.connect = ClientConnect::Datagram;
        settings.registrarPort = directory.port();
        settings.testsPinholes = false;
        settings.installed = {application(u"mail,session=mail-1,dormant,port=0"_s), application(u"chat,session=chat-1"_s)};
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        QCOMPARE(directory.requests("rd").size(), 1);
        QCOMPARE(directory.requests("rd").first().s, "chat-1");
        directory.push("mail-1", "p-1", "early");
        client.goSilent();
        ClientFixture::wake(client, sirFor(u"mail"_s));
        QTRY_COMPARE(log.count("registered"_L1), 3);
        QCOMPARE(directory.requests("rd").at(1).s, "mail-1");
        QCOMPARE(log.count("push-received"_L1), 0);
        directory.push("mail-1", "p-2", "hello");
        QTRY_COMPARE(log.count("push-received"_L1), 1);
        QVERIFY(client.clientPort(u"mail"_s) != 0);
        QVERIFY(client.clientPort(u"mail"_s) != client.clientPort());
        QCOMPARE(client.clientPort(u"chat"_s), quint16(0));
    }

    void aDeviceWithDormantApplicationsAloneCanBeWoken_data()
    {
        QTest::addColumn<QString>("session");
        QTest::newRow("registered for the device") << QString();
        QTest::newRow("not registered") << u"mail-1"_s;
    }
    void aDeviceWithDormantApplicationsAloneCanBeWoken()
    {
        QFETCH(QString, session);
        FakeDirectory directory;
        FakeRegistrar nobody;
        PushClientSettings settings = ClientFixture::settings(nobody);
        settings.connect = ClientConnect::Datagram;
        settings.registrarPort = directory.port();
        settings.testsPinholes = false;
        settings.installed = {application(u"mail,dormant"_s)};
        settings.installed.first().session = session;
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start().ok());
        const int before = session.isEmpty() ? 1 : 0;
        QTRY_COMPARE(log.count("registering"_L1), 1);
        QTRY_COMPARE(log.count("registered"_L1), before);
        client.goSilent();
        ClientFixture::wake(client, sirFor(u"mail"_s));
        QTRY_COMPARE(log.count("registered"_L1), before + 1);
        QCOMPARE(directory.requests("rd").last().app, "mail");
        QCOMPARE(directory.requests("rd").first().app, session.isEmpty() ? "" : "mail");
        QCOMPARE(directory.requests("rd").last().s, session.isEmpty() ? settings.device.toString().toLatin1() : "mail-1");
        QTRY_COMPARE(log.count("application-activated"_L1), 1);
    }

    void programsAreGivenTimeToEnd()
    {
        FakeRegistrar registrar;
        PushClientSettings settings = ClientFixture::settings(registrar);
        settings.installed = {application(
            u"mail,command=/bin/sh -c \"trap 'echo bye; exit 7' TERM; echo up; sleep 600 & while :; do wait; done\""_s)};
        PushClient client(settings);
        EventLog log(client);
        QSignalSpy stopped(&client, &PushClient::stopped);
        QVERIFY(client.start().ok());
        ClientFixture::wake(client, sirFor(u"mail"_s));
        QTRY_COMPARE(log.last("application-output"_L1).value(u"line"_s).toString(), u"up"_s);
        client.stop();
        QTRY_COMPARE(stopped.size(), 1);
        QCOMPARE(log.last("application-ended"_L1).value(u"exit_code"_s).toInt(), 7);
        QCOMPARE(log.all.last().code, u"stopped"_s);
        QCOMPARE(log.count("stopped"_L1), 1);
    }

    void anApplicationHasAPortOfItsOwn()
    {
        FakeRegistrar registrar;
        PushClientSettings settings = ClientFixture::settings(registrar);
        settings.installed = {application(u"mms.ua,port=0"_s), application(u"mail,port=0"_s)};
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        const auto send = [&](const WspPush &push, quint16 port) {
            QUdpSocket().writeDatagram(encodeWspPush(push), QHostAddress(QHostAddress::LocalHost), port);
        };
        WspPush push;
        push.contentType = u"text/plain"_s;
        push.contentTypeParameters = {{u"charset"_s, u"utf-8"_s}};
        push.data = "hello";
        send(push, client.clientPort(u"mail"_s));
        QTRY_COMPARE(log.count("push-received"_L1), 1);
        const QJsonObject got = log.last("push-received"_L1);
        QCOMPARE(got.value(u"application"_s).toString(), u"mail"_s);
        QCOMPARE(got.value(u"over"_s).toString(), u"wsp"_s);
        QCOMPARE(got.value(u"body"_s).toString(), u"hello"_s);
        QCOMPARE(got.value(u"content_type"_s).toString(), u"text/plain;charset=utf-8"_s);
        push.applicationId = 4;
        send(push, client.clientPort());
        QTRY_COMPARE(log.count("push-received"_L1), 2);
        QCOMPARE(log.last("push-received"_L1).value(u"application"_s).toString(), u"x-wap-application:mms.ua"_s);

        client.closeFlow();
        WspPush sir;
        sir.data = encodeSir(ClientFixture::sir());
        send(sir, client.clientPort(u"mail"_s));
        QTRY_COMPARE(log.count("application-activated"_L1), 1);
        QCOMPARE(log.last("application-activated"_L1).value(u"application"_s).toString(), u"mail"_s);
        client.setDeaf(true);
        send(push, client.clientPort(u"mail"_s));
        client.setDeaf(false);
        send(push, client.clientPort(u"mms.ua"_s));
        QTRY_COMPARE(log.last("push-received"_L1).value(u"application"_s).toString(), u"x-wap-application:mms.ua"_s);
    }

    void refusesWhatItsOwnerDoesNotWant()
    {
        FakeRegistrar registrar;
        PushClientSettings settings = ClientFixture::settings(registrar);
        settings.installed = {application(u"mail"_s), application(u"chat"_s)};
        settings.preferences.unwanted = {u"chat"_s};
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        client.closeFlow();
        ClientFixture::wake(client, sirFor(u"chat"_s));
        QTRY_COMPARE(log.count("sir-refused"_L1), 1);
        QVERIFY(registrar.requests.isEmpty()); // silent where it is not asked for its refusal
        SessionRequest asking = sirFor(u"game"_s, SirRequest::Refusal);
        asking.nonce = "2222";
        ClientFixture::wake(client, asking);
        QTRY_COMPARE(log.count("refusal-answered"_L1), 1);
        const QJsonObject body = QJsonDocument::fromJson(registrar.requests.first().body()).object();
        QCOMPARE(body.value(u"status"_s).toInt(), 404);
        QCOMPARE(body.value(u"reason"_s).toString(), u"not-able-application"_s);
        QCOMPARE(log.count("reconnecting"_L1), 0);
        QCOMPARE(log.count("application-activated"_L1), 0);
    }

    void aDatagramDeviceRefusesOverCoapThoughItIsAway()
    {
        FakeDirectory directory;
        FakeRegistrar nobody;
        PushClientSettings settings = ClientFixture::settings(nobody);
        settings.connect = ClientConnect::Datagram;
        settings.registrarPort = directory.port();
        settings.testsPinholes = false;
        settings.preferences.unwanted = {u"chat"_s};
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        client.goSilent();
        ClientFixture::wake(client, sirFor(u"chat"_s, SirRequest::Refusal));
        QTRY_COMPARE(log.count("refusal-answered"_L1), 1);
        QTRY_COMPARE(directory.requests("returned").size(), 1);
        QVERIFY(directory.requests("returned").first().payload.contains("not-wanted-application"));
        QVERIFY(nobody.requests.isEmpty());
    }

    void asksItsUser_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("reason");
        QTest::newRow("allowed") << QByteArray("allow") << QString();
        QTest::newRow("denied") << QByteArray("deny") << u"denied"_s;
        QTest::newRow("no answer") << QByteArray() << u"not-decided"_s;
    }
    void asksItsUser()
    {
        QFETCH(QByteArray, answer);
        QFETCH(QString, reason);
        FakeRegistrar registrar;
        PushClientSettings settings = ClientFixture::settings(registrar);
        settings.preferences.asks = true;
        settings.preferences.askTime = Milliseconds(answer.isEmpty() ? 20 : 60000);
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        client.closeFlow();
        ClientFixture::wake(client, sirFor(u"mail"_s));
        QTRY_COMPARE(log.count("decision-asked"_L1), 1);
        QCOMPARE(log.last("decision-asked"_L1).value(u"application"_s).toString(), u"mail"_s);
        if (!answer.isEmpty()) {
            SessionRequest again = sirFor(u"mail"_s);
            again.nonce = "2222";
            ClientFixture::wake(client, again);
            QTRY_COMPARE(log.last("sir-ignored"_L1).value(u"reason"_s).toString(), u"not-decided-yet"_s);
            QVERIFY(client.decide(u"1"_s, answer == "allow"));
        }
        QTRY_COMPARE(log.count("decision-taken"_L1), 1);
        if (reason.isEmpty()) {
            QTRY_COMPARE(log.count("registered"_L1), 2);
        } else {
            QTRY_COMPARE(log.last("sir-refused"_L1).value(u"reason"_s).toString(), reason);
            QCOMPARE(log.count("reconnecting"_L1), 0);
        }
    }

    void aUserIsAskedAboutEmptyWakeUpsToo()
    {
        FakeRegistrar registrar;
        PushClientSettings settings = ClientFixture::settings(registrar);
        settings.preferences.asks = true;
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        client.closeFlow();
        ClientFixture::send(client, {});
        QTRY_COMPARE(log.count("decision-asked"_L1), 1);
        QCOMPARE(log.count("reconnecting"_L1), 0);
        QVERIFY(client.decide(u"1"_s, true));
        QTRY_COMPARE(log.last("reconnecting"_L1).value(u"because"_s).toString(), u"wake"_s);
        QTRY_COMPARE(log.count("registered"_L1), 2);
    }

    void takesNoTwoApplicationsOfOneName()
    {
        FakeRegistrar registrar;
        PushClientSettings settings = ClientFixture::settings(registrar);
        settings.installed = {application(u"mms.ua"_s), application(u"x-wap-application:mms.ua"_s)};
        PushClient client(settings);
        const auto started = client.start();
        QVERIFY(!started.ok());
        QCOMPARE(started.error().about, u"application"_s);
    }
};

QTEST_GUILESS_MAIN(TestActivation)
#include "tst_activation.moc"
