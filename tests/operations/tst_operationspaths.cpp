// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/operationsfixture.h"

#include <QJsonArray>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

/// What is told of the paths to devices: their lifelines and what was learned of networks.
class TestOperationsPaths : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { f = std::make_unique<OperationsFixture>(); }
    void cleanup() { f.reset(); }

    void showsAndForgetsNetworks();
    void showsTheLifelineOfADevice();

private:
    std::unique_ptr<OperationsFixture> f;
};

void TestOperationsPaths::showsAndForgetsNetworks()
{
    const IpAddress peer = *IpAddress::parse(u"203.0.113.7");
    QVERIFY(f->get("/v1/networks").value(u"items").toArray().isEmpty());
    f->engine->pinholes().sample(peer, PathTransport::Udp, Milliseconds(60000), true, PinholeSample::Source::Test);
    f->engine->pinholes().sample(peer, PathTransport::Udp, Milliseconds(90000), false, PinholeSample::Source::Missed);
    const QJsonArray networks = f->get("/v1/networks").value(u"items").toArray();
    QCOMPARE(networks.size(), 1);
    const QJsonObject network = networks[0].toObject();
    QCOMPARE(network.value(u"prefix").toString(), u"203.0.113.0/24"_s);
    QCOMPARE(network.value(u"transport").toString(), u"udp"_s);
    QCOMPARE(network.value(u"longest_open_ms").toInt(), 60000);
    QCOMPARE(network.value(u"shortest_closed_ms").toInt(), 90000);
    QCOMPARE(network.value(u"keep_alive_ms").toInt(), 48000);
    QVERIFY(network.value(u"confidence").toInt() > 0);
    const QJsonObject sample = network.value(u"samples").toArray().at(1).toObject();
    QCOMPARE(sample.value(u"source").toString(), u"missed"_s);
    QCOMPARE(sample.value(u"open").toBool(true), false);
    QVERIFY(f->ask("GET", "/metrics").body.contains("\nreveille_networks_learned 1\n"));

    QCOMPARE(HttpPeer::code(f->ask("DELETE", "/v1/networks/203.0.113.0%2F24/tcp")), u"network-unknown"_s);
    QCOMPARE(HttpPeer::code(f->ask("DELETE", "/v1/networks/203.0.113.0%2F99/udp")), u"network-prefix"_s);
    QCOMPARE(f->ask("DELETE", "/v1/networks/203.0.113.0%2F24/udp").status, 204);
    QVERIFY(f->get("/v1/networks").value(u"items").toArray().isEmpty());
}

void TestOperationsPaths::showsTheLifelineOfADevice()
{
    f->bind(1);
    const QJsonObject history = f->get(OperationsFixture::path(f->deviceId(1), "/history"));
    QCOMPARE(history.value(u"device").toString(), f->deviceId(1).toString());
    QVERIFY(history.value(u"since").isString());
    QVERIFY(history.value(u"marks").isArray());
    QCOMPARE(history.value(u"probes_lost").toInt(-1), 0);
    QCOMPARE(HttpPeer::code(f->ask("GET", f->path(f->deviceId(2), "/history"))), u"device-unknown"_s);
}

QTEST_GUILESS_MAIN(TestOperationsPaths)
#include "tst_operationspaths.moc"
