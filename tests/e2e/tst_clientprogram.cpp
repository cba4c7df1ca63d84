// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/fakeregistrar.h"
#include "e2e/jsonprocess.h"
#include "support/testpaths.h"

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
