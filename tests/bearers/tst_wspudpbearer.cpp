// SPDX-License-Identifier: GPL-3.0-or-later
#include "bearers/wspudpbearer.h"

#include "engine/timerwheel.h"
#include "wire/wsp.h"

#include <QNetworkDatagram>
#include <QTest>

using namespace reveille;

namespace {

WspUdpBearer::Settings settings()
{
    WspUdpBearer::Settings s;
    s.name = QStringLiteral("wsp");
    s.allowedNetworks = *parseNetworks(u"127.0.0.0/8, ::1/128");
    return s;
}

WakeMessage messageTo(const QString &address, quint16 port)
{
    WakeMessage m;
    m.wake = WakeId(QStringLiteral("w-1"));
    m.route = {QStringLiteral("wsp-udp"), address, ClientPort(port), WakeRoute::Source::Client};
    m.sir = QByteArray::fromHex("0102b2820008c40b0fc3c000020a");
    return m;
}

} // namespace

class TestWspUdpBearer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sendsTheEncodedDatagramToTheClientPort_data()
    {
        QTest::addColumn<QString>("address");
        QTest::newRow("IPv4") << QStringLiteral("127.0.0.1");
        QTest::newRow("IPv6") << QStringLiteral("::1");
    }
    void sendsTheEncodedDatagramToTheClientPort()
    {
        QFETCH(QString, address);
        QUdpSocket terminal;
        QVERIFY(terminal.bind(QHostAddress(address), 0));
        SystemClock clock;
        TimerWheel timers(clock);
        WspUdpBearer bearer(settings(), timers);
        QByteArray code;
        const WakeMessage message = messageTo(address, terminal.localPort());
        bearer.send(message, [&](const WakeReceipt &receipt) { code = receipt.code; });
        QTRY_VERIFY(terminal.hasPendingDatagrams());
        const QByteArray octets = terminal.receiveDatagram().data();
        QCOMPARE(octets, bearer.encode(message));
        const Result<WspPush> push = decodeWspPush(octets);
        QVERIFY(push.ok());
        QCOMPARE(push->contentType, QStringLiteral("application/vnd.wap.sia"));
        QCOMPARE(push->data, message.sir);
        QCOMPARE(code, QByteArray("sent"));
        QCOMPARE(bearer.health().sent, quint64(1));
    }
    void placesTheIdentityWhereTold()
    {
        SystemClock clock;
        TimerWheel timers(clock);
        WspUdpBearer bearer(settings(), timers);
        WakeMessage message = messageTo(QStringLiteral("127.0.0.1"), 2948);
        message.device = *DeviceId::parse(u"urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6");
        message.placement = IdentityPlacement::Header;
        const Result<WspPush> push = decodeWspPush(bearer.encode(message));
        QVERIFY(push.ok());
        QCOMPARE(push->header(QLatin1StringView("X-Reveille-Device")), message.device.toString());
        message.placement = IdentityPlacement::HeaderValue;
        const Result<WspPush> other = decodeWspPush(bearer.encode(message));
        QVERIFY(other.ok());
        QVERIFY(other->contentTypeParameters.contains({QStringLiteral("device"), message.device.toString()}));
        message.placement = IdentityPlacement::Body;
        QVERIFY(!bearer.encode(message).contains("f81d4fae"));
    }
    void neverSendsOutsideItsNetworks_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QByteArray>("code");
        QTest::newRow("public") << QStringLiteral("192.0.2.1") << QByteArray("network-not-allowed");
        QTest::newRow("mapped") << QStringLiteral("::ffff:192.0.2.1") << QByteArray("network-not-allowed");
        QTest::newRow("name") << QStringLiteral("localhost") << QByteArray("address-not-ip");
        QTest::newRow("number") << QStringLiteral("491701234567") << QByteArray("address-not-ip");
    }
    void neverSendsOutsideItsNetworks()
    {
        QFETCH(QString, address);
        QFETCH(QByteArray, code);
        SystemClock clock;
        TimerWheel timers(clock);
        WspUdpBearer bearer(settings(), timers);
        const WakeMessage message = messageTo(address, 2948);
        QCOMPARE(QByteArray(bearer.canReach(message.route).error().code), code);
        std::optional<WakeReceipt> receipt;
        bearer.send(message, [&](const WakeReceipt &r) { receipt = r; });
        QTRY_VERIFY(receipt.has_value());
        QCOMPARE(receipt->kind, WakeReceipt::Kind::Failed);
        QCOMPARE(receipt->code, code);
        QCOMPARE(bearer.health().sent, quint64(0));
    }
    void aClosedPortIsToldAsFailure()
    {
        QUdpSocket closed;
        QVERIFY(closed.bind(QHostAddress::LocalHost, 0));
        const quint16 port = closed.localPort();
        closed.close();
        SystemClock clock;
        TimerWheel timers(clock);
        WspUdpBearer bearer(settings(), timers);
        QVector<QByteArray> codes;
        bearer.send(messageTo(QStringLiteral("127.0.0.1"), port), [&](const WakeReceipt &r) { codes.append(r.code); });
        QTRY_COMPARE(codes, (QVector<QByteArray>{"sent", "port-unreachable"}));
        QCOMPARE(bearer.health().failed, quint64(1));
    }
    void theQueueIsBounded()
    {
        SystemClock clock;
        TimerWheel timers(clock);
        WspUdpBearer::Settings s = settings();
        s.queueLimit = 3;
        WspUdpBearer bearer(s, timers);
        QVector<QByteArray> codes;
        QUdpSocket terminal;
        QVERIFY(terminal.bind(QHostAddress::LocalHost, 0));
        for (int i = 0; i < 5; ++i)
            bearer.send(messageTo(QStringLiteral("127.0.0.1"), terminal.localPort()), [&](const WakeReceipt &r) { codes.append(r.code); });
        QTRY_COMPARE(codes.size(), 5);
        QCOMPARE(codes.count("queue-full"), 2);
        QCOMPARE(codes.count("sent"), 3);
    }
};

QTEST_GUILESS_MAIN(TestWspUdpBearer)
#include "tst_wspudpbearer.moc"
