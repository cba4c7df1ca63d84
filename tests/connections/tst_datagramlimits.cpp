// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/datagramtestserver.h"

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

const char phone[] = "urn:uuid:00000000-0000-4000-8000-000000000001";
const char tablet[] = "urn:uuid:00000000-0000-4000-8000-000000000002";
const char alice[] = "sip:alice@lab.example";
const QString tabletText = QString::fromLatin1(tablet);

} // namespace

/// What happens at the limits of the datagram side.
class TestDatagramLimits : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aPushThatFindsNoRoomWaitsAndIsNoEvidence()
    {
        DatagramSettings settings = DatagramTestServer::settings();
        settings.message.maxExchanges = 1;
        DatagramTestServer server(settings);
        CoapPeer one(server.port()), other(server.port());
        QVERIFY(!one.registerAs(phone, alice, "s-1").isEmpty());
        QVERIFY(!other.registerAs(tablet, alice, "s-2").isEmpty());
        const PushId first = server.push(u"s-1"_s, "first"), second = server.push(u"s-2"_s, "second");
        server.clock.advance(Milliseconds(0));
        const QByteArray datagram = one.take();
        QCOMPARE(server.stateOf(second), PushState::Waiting);
        QCOMPARE(server.engine().pushes().push(second)->deliveries.first().reason, QByteArray("busy-too-many"));
        QCOMPARE(server.stateOf(tabletText), LivenessState::Up);
        QCOMPARE(server.datagram.counters().refused, quint64(1));
        one.send(CoapPeer::answerTo(datagram, CoapCode::Changed));
        QTRY_COMPARE(server.stateOf(first), PushState::Delivered);
        // It goes out once there is room.
        QVERIFY(QTest::qWaitFor([&] { server.clock.advance(Milliseconds(1000)); return other.hasDatagram(); }));
        other.send(CoapPeer::answerTo(other.take(), CoapCode::Changed));
        QTRY_COMPARE(server.stateOf(second), PushState::Delivered);
    }
    void testsOfPinholesAreBounded()
    {
        DatagramSettings settings = DatagramTestServer::settings();
        settings.maxPinholeTests = 1;
        DatagramTestServer server(settings, nullptr, {});
        CoapPeer one(server.port()), other(server.port());
        CoapBuilder first = one.request(CoapCode::Post, "pinhole"), second = other.request(CoapCode::Post, "pinhole");
        const QByteArray granted = one.ask(first);
        QCOMPARE(coapCodeText(codeOf(granted)), QByteArray("2.04"));
        QVERIFY(payloadOf(granted) != "d=0");
        const QByteArray refused = other.ask(second);
        QCOMPARE(coapCodeText(codeOf(refused)), QByteArray("5.03"));
        QCOMPARE(CoapMessage::parse(refused)->number(CoapOptionNumber::MaxAge), std::optional<quint32>(60));
    }
};

QTEST_GUILESS_MAIN(TestDatagramLimits)
#include "tst_datagramlimits.moc"
