// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/fakeregistrar.h"
#include "e2e/jsonprocess.h"
#include "wire/sir.h"
#include "wire/wsp.h"
#include "support/testpaths.h"

#include <QTemporaryDir>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

/// The program around the client: arguments, exit codes, commands, signals.
class TestClientProgram : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void exitCodes_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("help") << QStringList{u"--help"_s} << 0 << QByteArray("--client-port");
        QTest::newRow("version") << QStringList{u"--version"_s} << 0
                                 << QByteArray("reveille-client " REVEILLE_VERSION);
        QTest::newRow("no user") << QStringList{} << 2 << QByteArray("option-missing: user");
        QTest::newRow("unknown") << QStringList{u"--sing"_s} << 2 << QByteArray("option-unknown: sing");
        QTest::newRow("cannot bind") << QStringList{u"--user=sip:a@b.example"_s, u"--local=192.0.2.1"_s} << 1
                                     << QByteArray("client-bind");
    }
    void exitCodes()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, code);
        QFETCH(QByteArray, says);
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(builtProgram(u"reveille-client"), arguments);
        QVERIFY(process.waitForFinished(10000));
        QCOMPARE(process.exitCode(), code);
        const QByteArray said = process.readAll();
        QVERIFY2(said.contains(says), said.constData());
    }

    void obeysItsCommands()
    {
        FakeRegistrar registrar;
        JsonProcess client(u"reveille-client"_s);
        QVERIFY(client.start({u"--user=sip:alice@lab.example"_s,
                              u"--registrar=127.0.0.1:"_s + QString::number(registrar.udpPort())}));
        QTRY_COMPARE(client.count("registered"), 1);
        const QVector<QPair<QByteArray, const char *>> commands{
            {"silent", "silent"},          {"answer", "answering"},    {"drop", "dropped"},
            {"register", "reconnecting"},  {"refuse 486", "refusing"}, {"refuse 0", "refusing"},
            {"unregister", "unregistered"}};
        for (const auto &[command, event] : commands) {
            const int before = client.count(event), registered = client.count("registered");
            client.write(command);
            QTRY_VERIFY2(client.count(event) > before, command.constData());
            if (command == "answer" || command == "register")
                QTRY_VERIFY2(client.count("registered") > registered, command.constData());
        }
        client.write("nonsense");
        QTRY_VERIFY(client.transcript().contains("unknown command: nonsense"));
        client.write("quit");
        QTRY_VERIFY(!client.isRunning());
        QCOMPARE(client.exitCode(), 0);
        QCOMPARE(client.count("stopped"), 1);
    }

    void endsOnSigterm()
    {
        FakeRegistrar registrar;
        JsonProcess client(u"reveille-client"_s);
        QVERIFY(client.start({u"--user=sip:alice@lab.example"_s, u"--transport=tcp"_s,
                              u"--registrar=127.0.0.1:"_s + QString::number(registrar.tcpPort())}));
        QTRY_COMPARE(client.count("registered"), 1);
        client.terminate();
        QTRY_VERIFY(!client.isRunning());
        QCOMPARE(client.exitCode(), 0);
        QCOMPARE(client.count("unregistered"), 1);
        QCOMPARE(registrar.registers.last().expires(), std::optional<quint32>(0));
    }

    void aKilledClientTakesThePushOnce()
    {
        QTemporaryDir folder;
        FakeRegistrar registrar;
        const QStringList arguments{u"--user=sip:alice@lab.example"_s, u"--registrar=127.0.0.1:"_s + QString::number(registrar.udpPort()),
                                    u"--state="_s + folder.filePath(u"state"_s)};
        JsonProcess first(u"reveille-client"_s);
        QVERIFY(first.start(arguments));
        QTRY_COMPARE(first.count("registered"), 1);
        registrar.sendMessage("p-1", "hello");
        QTRY_COMPARE(registrar.responses.size(), 1); // it is told, then kept, then confirmed
        QTRY_COMPARE(first.count("push-received"), 1);
        first.kill();
        JsonProcess second(u"reveille-client"_s);
        QVERIFY(second.start(arguments));
        QTRY_COMPARE(second.count("registered"), 1);
        QCOMPARE(second.count("state-restored"), 1);
        QCOMPARE(registrar.registers.last().callId().toByteArray(), registrar.registers.first().callId().toByteArray());
        registrar.sendMessage("p-1", "hello"); // as by a server that did not hear the confirmation
        registrar.sendMessage("p-2", "next");
        QTRY_COMPARE(second.count("push-received"), 2);
        QVERIFY(second.all("push-received").first().value(u"duplicate"_s).toBool());
        QVERIFY(!second.last("push-received").value(u"duplicate"_s).toBool());
    }

    void asksOnItsOutputAndObeysItsInput()
    {
        FakeRegistrar registrar;
        JsonProcess client(u"reveille-client"_s);
        QVERIFY(client.start({u"--user=sip:alice@lab.example"_s, u"--registrar=127.0.0.1:"_s + QString::number(registrar.udpPort()), u"--ask"_s,
                              u"--application=mail,command=/bin/echo started {application}"_s}));
        QTRY_COMPARE(client.count("registered"), 1);
        client.write("drop");
        QTRY_COMPARE(client.count("dropped"), 1);
        SessionRequest sir;
        sir.applicationName = u"mail"_s;
        sir.gateway = u"sip:127.0.0.1"_s;
        WspPush push;
        push.data = encodeSir(sir);
        const auto port = quint16(client.last("started").value(u"client_port"_s).toInt());
        QUdpSocket().writeDatagram(encodeWspPush(push), QHostAddress(QHostAddress::LocalHost), port);
        QTRY_COMPARE(client.count("decision-asked"), 1);
        client.write("deny 7");
        QTRY_VERIFY(client.transcript().contains("unknown command: deny 7"));
        QCOMPARE(client.count("application-started"), 0);
        client.write("allow 1");
        QTRY_COMPARE(client.count("application-ended"), 1);
        QCOMPARE(client.last("application-output").value(u"line"_s).toString(), u"started mail"_s);
    }

    void neverPrintsThePassword()
    {
        FakeRegistrar registrar;
        registrar.script.password = "topsecret";
        JsonProcess client(u"reveille-client"_s);
        QVERIFY(client.start({u"--user=sip:alice@lab.example"_s, u"--password=topsecret"_s,
                              u"--registrar=127.0.0.1:"_s + QString::number(registrar.udpPort())}));
        QTRY_COMPARE(client.count("registered"), 1);
        QVERIFY(!client.transcript().contains("topsecret"));
    }
};

QTEST_GUILESS_MAIN(TestClientProgram)
#include "tst_clientprogram.moc"
