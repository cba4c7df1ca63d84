// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/esme.h"
#include "e2e/jsonprocess.h"
#include "support/testpaths.h"

#include <QJsonArray>
#include <QUdpSocket>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

quint16 portOf(const QString &endpoint)
{
    return endpoint.section(u':', -1).toUShort();
}

} // namespace

/// The program around the simulators: arguments, exit codes, commands, signals.
class TestSimProgram : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void exitCodes_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("says");
        const auto row = [](const char *name, const QStringList &arguments, int code, const char *says) {
            QTest::newRow(name) << arguments << code << QByteArray(says);
        };
        row("help", {u"--help"_s}, 0, "smsc");
        row("help of nat", {u"nat"_s, u"--help"_s}, 0, "udp_timeout_ms");
        row("help of smsc", {u"smsc"_s, u"--help"_s}, 0, "receipt_form");
        row("version", {u"--version"_s}, 0, "reveille-sim " REVEILLE_VERSION);
        row("nothing", {}, 2, "command-missing");
        row("unknown", {u"phone"_s}, 2, "command-unknown: phone");
        row("unknown option", {u"nat"_s, u"--sing"_s}, 2, "option-unknown: sing");
        row("no port", {u"nat"_s}, 2, "option-missing: udp");
        row("no server port", {u"nat"_s, u"--udp=127.0.0.1"_s}, 2, "option-value: udp");
        row("no address", {u"nat"_s, u"--tcp=server.example:5060"_s}, 2, "option-value: tcp");
        row("no outside", {u"nat"_s, u"--udp=127.0.0.1:5060"_s, u"--outside=x"_s}, 2,
            "option-value: outside");
        row("no seed", {u"nat"_s, u"--udp=127.0.0.1:5060"_s, u"--seed=x"_s}, 2, "option-value: seed");
        row("bad setting", {u"nat"_s, u"--udp=127.0.0.1:5060"_s, u"--set=outbound.loss_percent=200"_s}, 2,
            "json-field-value: outbound.loss_percent");
        row("no setting", {u"smsc"_s, u"--set=x"_s}, 2, "setting-form: x");
        row("no terminal", {u"smsc"_s, u"--terminal=12"_s}, 2, "option-value: terminal");
        row("not its address", {u"smsc"_s, u"--listen=192.0.2.1:0"_s}, 1, "listen-failed: 192.0.2.1:0");
    }
    void exitCodes()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, code);
        QFETCH(QByteArray, says);
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(builtProgram(u"reveille-sim"), arguments);
        QVERIFY(process.waitForFinished(10000));
        const QByteArray said = process.readAll();
        QCOMPARE(process.exitCode(), code);
        QVERIFY2(said.contains(says), said.constData());
    }

    void theLastCommandNeedsNoNewline()
    {
        QProcess process;
        process.start(builtProgram(u"reveille-sim"), {u"smsc"_s, u"--listen=127.0.0.1:0"_s});
        process.write(R"({"do":"quit"})");
        process.closeWriteChannel();
        QVERIFY(process.waitForFinished(10000));
        QCOMPARE(process.exitCode(), 0);
    }

    void theNatObeysItsCommands()
    {
        QUdpSocket server, device;
        QVERIFY(server.bind(QHostAddress::LocalHost, 0));
        const QString at = u"127.0.0.1:"_s + QString::number(server.localPort());
        JsonProcess nat(u"reveille-sim"_s);
        QVERIFY(nat.start({u"nat"_s, u"--udp"_s, at, u"--tcp"_s, at, u"--outside"_s, u"127.0.9.1"_s}));
        QTRY_COMPARE(nat.count("ready"), 1);
        QVERIFY(portOf(nat.last("ready")[u"tcp_1"_s].toString()) > 0);
        device.writeDatagram("hello", QHostAddress::LocalHost,
                             portOf(nat.last("ready")[u"udp_1"_s].toString()));
        QTRY_VERIFY(server.hasPendingDatagrams());
        QTRY_COMPARE(nat.count("mapping-made"), 1);

        nat.write(R"({"do":"mappings"})");
        QTRY_COMPARE(nat.count("mappings"), 1);
        const QJsonArray mappings = nat.last("mappings")[u"mappings"_s].toArray();
        QCOMPARE(mappings.size(), 1);
        QVERIFY(mappings[0][u"outside"_s].toString().startsWith(u"127.0.9.1:"));
        nat.write(R"({"do":"set","udp_timeout_ms":60000,"inbound":{"loss_percent":3}})");
        QTRY_COMPARE(nat.count("changed"), 1);
        QCOMPARE(nat.last("changed")[u"inbound"_s][u"loss_percent"_s].toInt(), 3);
        nat.write(R"({"do":"rebind"})");
        QTRY_COMPARE(nat.count("done"), 1);
        QCOMPARE(nat.last("done")[u"count"_s].toInt(), 1);
        nat.write("rebind");
        QTRY_COMPARE(nat.count("command-refused"), 1);
        QCOMPARE(nat.last("command-refused")[u"code"_s].toString(), u"json-syntax"_s);
        nat.write(QByteArray(200'000, 'x'));
        QTRY_COMPARE(nat.count("command-refused"), 2);
        QCOMPARE(nat.last("command-refused")[u"code"_s].toString(), u"json-too-long"_s);
        nat.write(R"({"do":"counters"})");
        QTRY_COMPARE(nat.count("counters"), 1);
        QCOMPARE(nat.last("counters")[u"rebound"_s].toInt(), 1);
        QCOMPARE(nat.last("counters")[u"packets_out"_s].toInt(), 1);
        nat.write(R"({"do":"quit"})");
        QTRY_VERIFY(!nat.isRunning());
        QCOMPARE(nat.exitCode(), 0);
    }

    void theSmscObeysItsCommands()
    {
        JsonProcess smsc(u"reveille-sim"_s);
        QVERIFY(smsc.start({u"smsc"_s, u"--listen=127.0.0.1:0"_s, u"--terminal=491701234567=127.0.0.1:9"_s,
                            u"--set=password=s3cret"_s}));
        QTRY_COMPARE(smsc.count("ready"), 1);
        Esme esme(portOf(smsc.last("ready")[u"smpp"_s].toString()));
        esme.bind(SmppCommand::BindTransceiver, "ppg1", "s3cret");
        QTRY_COMPARE(smsc.count("bound"), 1);
        smsc.write(R"({"do":"terminal","msisdn":"+491701111111","place":"127.0.0.1:10","reachable":false})");
        QTRY_COMPARE(smsc.count("done"), 1);
        smsc.write(R"({"do":"terminals"})");
        QTRY_COMPARE(smsc.count("terminals"), 1);
        QCOMPARE(smsc.last("terminals")[u"terminals"_s].toArray().size(), 2);
        smsc.write(R"({"do":"remove","msisdn":"491709999999"})");
        QTRY_COMPARE(smsc.count("command-refused"), 1);
        QCOMPARE(smsc.last("command-refused")[u"code"_s].toString(), u"terminal-unknown"_s);
        smsc.write(R"({"do":"set","receipts":"none"})");
        QTRY_COMPARE(smsc.count("changed"), 1);
        esme.say(Esme::sms("x"));
        QTRY_COMPARE(smsc.count("message-ended"), 1);
        smsc.write(R"({"do":"counters"})");
        QTRY_COMPARE(smsc.last("counters")[u"delivered"_s].toInt(), 1);
        smsc.write(R"({"do":"unbind"})");
        QTRY_COMPARE(esme.count(SmppCommand::Unbind), 1);
        smsc.write(R"({"do":"drop"})");
        QTRY_VERIFY(!esme.isConnected());
        QVERIFY2(!smsc.transcript().contains("s3cret"), smsc.transcript().constData());
        smsc.terminate();
        QTRY_VERIFY(!smsc.isRunning());
        QCOMPARE(smsc.exitCode(), 0);
    }

    void quietLeavesOutWhatThereIsMuchOf()
    {
        JsonProcess smsc(u"reveille-sim"_s);
        QVERIFY(smsc.start({u"smsc"_s, u"--listen=127.0.0.1:0"_s, u"--quiet"_s}));
        QTRY_COMPARE(smsc.count("ready"), 1);
        Esme esme(portOf(smsc.last("ready")[u"smpp"_s].toString()));
        esme.bind();
        esme.say(Esme::sms("x"));
        QTRY_COMPARE(esme.count(SmppCommand::DeliverSm), 1);
        smsc.write(R"({"do":"counters"})");
        QTRY_COMPARE(smsc.count("counters"), 1);
        QCOMPARE(smsc.count("bound"), 1);
        QCOMPARE(smsc.count("submit"), 0);
    }
};

QTEST_GUILESS_MAIN(TestSimProgram)
#include "tst_simprogram.moc"
