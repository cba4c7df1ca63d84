// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/datagram/udpsocket.h"
#include "support/fakeclock.h"

#include <QTest>
#include <QUdpSocket>

using namespace reveille;

namespace {

/// Keeps nothing of what comes.
struct Nobody : DatagramReceiver {
    void received(const DatagramPeer &, QByteArrayView) override {}
    void unreachable(const DatagramPeer &, const QString &) override {}
};

} // namespace

class TestUdpSocket : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void overIpv4ItSendsToNoAddressThatOnlyEndsLikeOne()
    {
        QUdpSocket bystander;
        QVERIFY(bystander.bind(QHostAddress(QHostAddress::LocalHost), 0));
        Nobody nobody;
        FakeClock clock;
        UdpSocket socket(nobody, clock);
        QVERIFY(socket.listen({true, QHostAddress(QHostAddress::LocalHost), 0}).ok());
        const auto peerAt = [&](QStringView address) {
            return DatagramPeer::of(*IpAddress::parse(address), bystander.localPort(), false);
        };
        // The last four octets are 127.0.0.1.
        QVERIFY(!socket.send(peerAt(u"2001:db8::7f00:1"), "stray"));
        QCOMPARE(socket.unsent(), quint64(1));
        QVERIFY(socket.send(peerAt(u"127.0.0.1"), "meant"));
        QTRY_VERIFY(bystander.hasPendingDatagrams());
        QByteArray datagram(bystander.pendingDatagramSize(), Qt::Uninitialized);
        bystander.readDatagram(datagram.data(), datagram.size());
        QCOMPARE(datagram, QByteArray("meant"));
        QVERIFY(!bystander.hasPendingDatagrams());
    }
};

QTEST_GUILESS_MAIN(TestUdpSocket)
#include "tst_udpsocket.moc"
