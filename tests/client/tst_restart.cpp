// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/clientfixture.h"
#include "client/fakedirectory.h"
#include "client/memory/clientmemory.h"
#include "wire/coapbuilder.h"

#include <QTemporaryDir>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

/// What a device that keeps its state still knows in another life. A life ends without a word, as when it is killed.
class TestRestart : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    PushClientSettings keeping(PushClientSettings settings) const
    {
        settings.stateFile = m_folder.filePath(QString::fromLatin1(QTest::currentTestFunction()));
        return settings;
    }

    static ClientMemory memoryIn(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? clientMemoryFromJson(file.readAll()).valueOr({}) : ClientMemory();
    }

private Q_SLOTS:
    void aPushRepeatedAfterARestartIsADuplicate()
    {
        FakeRegistrar registrar;
        const PushClientSettings settings = keeping(ClientFixture::settings(registrar));
        {
            PushClient client(settings);
            EventLog log(client);
            QVERIFY(client.start().ok());
            QTRY_COMPARE(log.count("registered"_L1), 1);
            registrar.sendMessage("p-1", "hello");
            QTRY_COMPARE(log.count("push-received"_L1), 1);
        }
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start().ok());
        QCOMPARE(log.last("state-restored"_L1).value(u"pushes"_s).toInt(), 1);
        QTRY_COMPARE(log.count("registered"_L1), 1);
        registrar.sendMessage("p-1", "hello");
        registrar.sendMessage("p-2", "next");
        QTRY_COMPARE(log.count("push-received"_L1), 2);
        QVERIFY(log.all.at(log.all.size() - 2).fields.value(u"duplicate"_s).toBool());
        QVERIFY(!log.last("push-received"_L1).value(u"duplicate"_s).toBool());
        QTRY_COMPARE(registrar.responses.size(), 3);
        QCOMPARE(registrar.responses.last().statusCode(), 200);
    }

    void aPushOfWhichNobodyWasToldIsNoDuplicate()
    {
        FakeRegistrar registrar;
        const PushClientSettings settings = keeping(ClientFixture::settings(registrar));
        const QString then = settings.stateFile + u".then"_s;
        {
            PushClient client(settings);
            connect(&client, &PushClient::happened, this, [&](const ClientEvent &event) {
                if (event.code == u"push-received")
                    QFile::copy(settings.stateFile, then); // what would be left if it were killed now
            });
            EventLog log(client);
            QVERIFY(client.start().ok());
            QTRY_COMPARE(log.count("registered"_L1), 1);
            registrar.sendMessage("p-1", "hello");
            QTRY_COMPARE(registrar.responses.size(), 1);
            QCOMPARE(memoryIn(settings.stateFile).pushes.size(), 1);
        }
        QVERIFY(QFile::remove(settings.stateFile) && QFile::rename(then, settings.stateFile));
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        registrar.sendMessage("p-1", "hello");
        QTRY_COMPARE(log.count("push-received"_L1), 1);
        QVERIFY(!log.last("push-received"_L1).value(u"duplicate"_s).toBool());
    }

    void aPushByDatagramIsKeptApart()
    {
        FakeRegistrar registrar;
        PushClientSettings settings = keeping(ClientFixture::settings(registrar));
        settings.listensForCoap = true;
        {
            PushClient client(settings);
            EventLog log(client);
            QVERIFY(client.start().ok());
            CoapBuilder push(CoapType::Confirmable, CoapCode::Post, 1, "tok");
            push.path("push").query("id", "p-1").payload("hello");
            QUdpSocket().writeDatagram(push.bytes(), QHostAddress(QHostAddress::LocalHost), client.coapPort());
            QTRY_COMPARE(log.count("push-received"_L1), 1);
            QTRY_COMPARE(memoryIn(settings.stateFile).datagramPushes.size(), 1);
            QCOMPARE(memoryIn(settings.stateFile).pushes.size(), 0);
        }
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        registrar.sendMessage("p-1", "hello");
        QTRY_COMPARE(log.count("push-received"_L1), 1);
        QVERIFY(log.last("push-received"_L1).value(u"duplicate"_s).toBool());
    }

    void whatCouldNotBeReadAgainIsRefusedAtOnce()
    {
        FakeRegistrar registrar;
        PushClientSettings settings = keeping(ClientFixture::settings(registrar));
        settings.user = *PublicUserId::parse(QString(240, u'a') + u"@lab.example"_s); // and "sip:" before it
        PushClient client(settings);
        const auto started = client.start();
        QVERIFY(!started.ok());
        QCOMPARE(QByteArray(started.error().code), "client-settings");
        QCOMPARE(started.error().about, u"user"_s);
        QVERIFY(!QFile::exists(settings.stateFile));
    }

    void listensWhereItDid()
    {
        FakeRegistrar registrar;
        PushClientSettings settings = keeping(ClientFixture::settings(registrar));
        settings.installed = {ClientApplication::parse(u"mail,port=0"_s).valueOr({})};
        quint16 device = 0, mail = 0;
        {
            PushClient client(settings);
            EventLog log(client);
            QVERIFY(client.start().ok());
            QTRY_COMPARE(log.count("registered"_L1), 1);
            device = client.clientPort();
            mail = client.clientPort(u"mail"_s);
            client.stop();
        }
        {
            PushClient client(settings);
            QVERIFY(client.start().ok());
            QCOMPARE(client.clientPort(), device);
            QCOMPARE(client.clientPort(u"mail"_s), mail);
        }
        QUdpSocket other;
        QVERIFY(other.bind(QHostAddress(QHostAddress::LocalHost), device, QUdpSocket::DontShareAddress));
        PushClient client(settings);
        QVERIFY(client.start().ok());
        QVERIFY(client.clientPort() != 0 && client.clientPort() != device);
    }

    void theKeptIntervalGivesWay_data()
    {
        QTest::addColumn<bool>("insists");
        QTest::newRow("to the next grant") << false;
        QTest::newRow("to the one asked for") << true;
    }
    void theKeptIntervalGivesWay()
    {
        QFETCH(bool, insists);
        FakeDirectory directory;
        FakeRegistrar nobody;
        PushClientSettings settings = keeping(ClientFixture::settings(nobody));
        settings.stateFile += QString::fromLatin1(insists ? "1" : "0");
        settings.connect = ClientConnect::Datagram;
        settings.registrarPort = directory.port();
        settings.testsPinholes = false;
        settings.keepAliveInterval = Milliseconds(33000);
        settings.insistsOnInterval = insists;
        directory.script.granted = "ka=7;lt=60";
        {
            PushClient client(settings);
            EventLog log(client);
            QVERIFY(client.start().ok());
            QTRY_COMPARE(log.count("registered"_L1), 1);
            client.stop();
        }
        directory.script.granted = "lt=60";
        {
            PushClient client(settings);
            EventLog log(client);
            QVERIFY(client.start().ok());
            QCOMPARE(client.settings().keepAliveInterval, Milliseconds(insists ? 33000 : 7000));
            QTRY_COMPARE(log.count("registered"_L1), 1);
            QCOMPARE(client.settings().keepAliveInterval, Milliseconds(33000));
            client.stop();
        }
        QCOMPARE(memoryIn(settings.stateFile).keepAlive, Milliseconds(0));
    }

    void registersAsTheSameUserAgent()
    {
        FakeRegistrar registrar;
        const PushClientSettings settings = keeping(ClientFixture::settings(registrar));
        QByteArray gruu;
        for (int life = 0; life < 3; ++life) {
            PushClient client(settings);
            EventLog log(client);
            QVERIFY(client.start().ok());
            QCOMPARE(client.gruu().isEmpty(), life == 0);
            QTRY_COMPARE(log.count("registered"_L1), 1);
            client.registerNow();
            QTRY_COMPARE(log.count("registered"_L1), 2);
        }
        QCOMPARE(registrar.registers.size(), 6);
        for (qsizetype i = 1; i < registrar.registers.size(); ++i) {
            const SipMessage &before = registrar.registers.at(i - 1), &after = registrar.registers.at(i);
            QCOMPARE(after.callId().toByteArray(), before.callId().toByteArray());
            QVERIFY(after.cseq() > before.cseq());
        }
    }

    void aNewServerIsANewStart()
    {
        FakeRegistrar first, second;
        {
            PushClient client(keeping(ClientFixture::settings(first)));
            EventLog log(client);
            QVERIFY(client.start().ok());
            QTRY_COMPARE(log.count("registered"_L1), 1);
        }
        PushClient client(keeping(ClientFixture::settings(second)));
        EventLog log(client);
        QVERIFY(client.start().ok());
        QVERIFY(!log.last("state-restored"_L1).value(u"same_server"_s).toBool());
        QVERIFY(client.gruu().isEmpty());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        QVERIFY(second.registers.last().callId().toByteArray() != first.registers.last().callId().toByteArray());
    }

    void aSirObeyedBeforeIsNotObeyedAgain()
    {
        FakeRegistrar registrar;
        registrar.script.password = "secret";
        registrar.script.realm = "another.example";
        PushClientSettings settings = keeping(ClientFixture::settings(registrar));
        settings.password = u"secret"_s;
        settings.provenFor = Milliseconds(0);
        const QByteArray key = sirKey(sipDigestHa1(SipDigestAlgorithm::Sha256, "alice", "another.example", "secret"));
        const SessionRequest sir = ClientFixture::sir();
        {
            PushClient client(settings);
            EventLog log(client);
            QVERIFY(client.start().ok());
            QTRY_COMPARE(log.count("registered"_L1), 1);
            ClientFixture::wake(client, sir, key);
            QTRY_COMPARE(log.count("registered"_L1), 2);
        }
        registrar.script.mute = true; // so that it has only what it kept to know the realm by
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start().ok());
        ClientFixture::wake(client, sir, key);
        QTRY_COMPARE(log.count("sir-ignored"_L1), 1);
        QCOMPARE(log.last("sir-ignored"_L1).value(u"reason"_s).toString(), u"not-safe-replayed"_s);
        SessionRequest fresh = sir;
        fresh.nonce = "zyxw";
        ClientFixture::wake(client, fresh, key);
        QTRY_COMPARE(log.count("reconnecting"_L1), 1);
    }

    void refreshesItsDatagramRegistration_data()
    {
        QTest::addColumn<bool>("forgotten");
        QTest::newRow("known") << false;
        QTest::newRow("forgotten by the server") << true;
    }
    void refreshesItsDatagramRegistration()
    {
        QFETCH(bool, forgotten);
        FakeDirectory directory;
        FakeRegistrar nobody;
        PushClientSettings settings = keeping(ClientFixture::settings(nobody));
        settings.stateFile += QString::fromLatin1(forgotten ? "1" : "0");
        settings.connect = ClientConnect::Datagram;
        settings.registrarPort = directory.port();
        settings.testsPinholes = false;
        settings.sessions = {{u"mail-1"_s, u"mail"_s}};
        directory.script.granted = "ka=7;lt=60";
        {
            PushClient client(settings);
            EventLog log(client);
            QVERIFY(client.start().ok());
            QTRY_COMPARE(log.count("registered"_L1), 1);
            QTRY_VERIFY(QFile(settings.stateFile).size() > 0);
            client.stop(); // without a word to the server
            QTRY_COMPARE(log.count("stopped"_L1), 1);
        }
        directory.script.mute = true;
        for (int life = 0; life < 2; ++life) { // ended before it has registered
            PushClient client(settings);
            QVERIFY(client.start().ok());
        }
        directory.script.mute = false;
        directory.all.clear();
        directory.script.forgets = forgotten;
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start().ok());
        QCOMPARE(log.last("state-restored"_L1).value(u"keep_alive_ms"_s).toInt(), 7000);
        QTRY_COMPARE(log.count("registered"_L1), 1);
        QCOMPARE(log.last("registered"_L1).value(u"refresh"_s).toBool(), !forgotten);
        QCOMPARE(directory.requests("rd/key1").size(), 1);
        QCOMPARE(directory.requests("rd").size(), forgotten ? 1 : 0);
    }

    void anActivatedApplicationStaysActivated()
    {
        FakeRegistrar registrar;
        PushClientSettings settings = keeping(ClientFixture::settings(registrar));
        settings.installed = {ClientApplication::parse(u"mail,dormant"_s).valueOr({})};
        {
            PushClient client(settings);
            EventLog log(client);
            QVERIFY(client.start().ok());
            QTRY_COMPARE(log.count("registered"_L1), 1);
            client.closeFlow();
            SessionRequest sir = ClientFixture::sir();
            sir.applicationName = u"mail"_s;
            ClientFixture::wake(client, sir);
            QTRY_COMPARE(log.count("registered"_L1), 2);
            client.stop();
        }
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        QCOMPARE(registrar.lastContact().parameters().value("+g.oma.pusheventapp"), "mail");
    }

    void takesTheStateOfNobodyElse()
    {
        FakeRegistrar registrar;
        PushClientSettings settings = keeping(ClientFixture::settings(registrar));
        {
            PushClient client(settings);
            QVERIFY(client.start().ok());
        }
        PushClient twin(settings);
        QVERIFY(twin.start().ok());
        PushClient second(settings);
        QCOMPARE(QByteArray(second.start().error().code), "state-in-use");
        twin.stop();
        settings.device = *DeviceId::parse(u"urn:uuid:f81d4fae-7dec-41d0-a765-00a0c91e6bff");
        PushClient other(settings);
        QCOMPARE(QByteArray(other.start().error().code), "state-other-device");
        QFile broken(settings.stateFile);
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write("{\"version\":1,");
        broken.close();
        PushClient third(settings);
        QCOMPARE(QByteArray(third.start().error().code), "json-syntax");
    }

    void saysSoOnceWhereItCannotKeep()
    {
        FakeRegistrar registrar;
        PushClientSettings settings = keeping(ClientFixture::settings(registrar));
        QTemporaryDir folder;
        settings.stateFile = folder.filePath(u"state"_s);
        PushClient client(settings);
        EventLog log(client);
        QVERIFY(client.start().ok());
        QTRY_COMPARE(log.count("registered"_L1), 1);
        QVERIFY(folder.remove());
        registrar.sendMessage("p-1", "hello");
        registrar.sendMessage("p-2", "hello");
        QTRY_COMPARE(log.count("push-received"_L1), 2);
        QCOMPARE(log.count("state-failed"_L1), 1);
    }
};

QTEST_GUILESS_MAIN(TestRestart)
#include "tst_restart.moc"
