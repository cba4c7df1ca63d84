// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/datagram/udpsocket.h"
#include "support/fakeclock.h"

#include <QEventLoop>
#include <QTest>
#include <QTimer>
#include <QUdpSocket>

using namespace reveille;

namespace {

struct Receiver : DatagramReceiver {
    void received(const DatagramPeer &, QByteArrayView datagram) override
    {
        datagrams.append(datagram.toByteArray());
        if (onReceived)
            onReceived();
    }
    void unreachable(const DatagramPeer &peer, const QString &) override
    {
        lost.append(peer);
        if (onLost)
            onLost();
    }

    QVector<QByteArray> datagrams;
    QVector<DatagramPeer> lost;
    std::function<void()> onReceived, onLost;
};

/// Counts what a socket is told by the clock.
struct Ticks : QObject {
    int count = 0;
    bool eventFilter(QObject *, QEvent *event) override
    {
        count += event->type() == QEvent::Timer;
        return false;
    }
};

} // namespace

/// A socket that many datagrams come to, one by one, reads by the clock until they get fewer.
class TestUdpSocketPolling : public QObject
{
    Q_OBJECT

    Receiver m_receiver;
    FakeClock m_clock;
    std::unique_ptr<UdpSocket> m_socket;
    QUdpSocket m_sender;
    quint16 m_port = 0;

    void sendOne(const QByteArray &datagram) { m_sender.writeDatagram(datagram, QHostAddress::LocalHost, m_port); }

    /// Comes back after the socket has done with the read that found it.
    void sendAndAwait(const QByteArray &datagram)
    {
        QEventLoop loop;
        m_receiver.onReceived = [&] { loop.quit(); };
        QTimer::singleShot(10000, &loop, [&] { loop.exit(1); });
        sendOne(datagram);
        QCOMPARE(loop.exec(), 0);
        m_receiver.onReceived = {};
    }

    /// Each datagram is read before the next is sent, so each one wakes the socket: 3000 a second, for two windows or
    /// until it polls.
    void sendMany()
    {
        const Milliseconds end = m_clock.monotonic() + 2 * ReadPace::window;
        for (int i = 0; m_clock.monotonic() <= end && !m_socket->isPolling(); ++i) {
            if (i % 3 == 0)
                m_clock.advance(Milliseconds(1));
            sendAndAwait("busy");
        }
    }
    void sendUntilPolling()
    {
        sendMany();
        QVERIFY(m_socket->isPolling());
        m_receiver.datagrams.clear();
    }
    void sendUntilWoken()
    {
        for (int i = 0; i < ReadPace::quietWindows; ++i) {
            QVERIFY(m_socket->isPolling());
            m_clock.advance(ReadPace::window);
            sendAndAwait("rare");
        }
        QVERIFY(!m_socket->isPolling());
        m_receiver.datagrams.clear();
    }

private Q_SLOTS:
    void init()
    {
        m_receiver = {};
        m_socket = std::make_unique<UdpSocket>(m_receiver, m_clock);
        QVERIFY(m_socket->listen(Endpoint()));
        m_port = m_socket->local().section(u':', 1).toUShort();
        QVERIFY(m_sender.bind(QHostAddress::LocalHost, 0) || m_sender.state() == QAbstractSocket::BoundState);
    }

    void cleanup()
    {
        m_socket.reset();
        m_sender.close();
    }

    void datagramsThatComeWhilePollingAreAllReadInOrder()
    {
        sendUntilPolling();
        for (int i = 0; i < 300; ++i)
            sendOne(QByteArray::number(i));
        QTRY_COMPARE(m_receiver.datagrams.size(), 300);
        for (int i = 0; i < 300; ++i)
            QCOMPARE(m_receiver.datagrams[i], QByteArray::number(i));
    }

    void aBurstIsNoReasonToPoll()
    {
        m_clock.advance(ReadPace::window);
        sendAndAwait("first");
        for (int i = 0; i < 1000; ++i)
            sendAndAwait("burst");
        m_clock.advance(Milliseconds(60000));
        sendAndAwait("later");
        QVERIFY(!m_socket->isPolling());
    }

    void pollingEndsWhenDatagramsGetFewAndTheNextOneIsStillRead()
    {
        sendUntilPolling();
        sendUntilWoken();
        sendAndAwait("alone");
        QCOMPARE(m_receiver.datagrams, QVector<QByteArray>{"alone"});
        QVERIFY(!m_socket->isPolling());
    }

    void aSocketThatJustLeftPollingIsWokenHoweverManyCome()
    {
        sendUntilPolling();
        sendUntilWoken();
        sendMany();
        QVERIFY(!m_socket->isPolling());
        m_clock.advance(ReadPace::rest);
        sendUntilPolling();
    }

    void aPeerThatIsUnreachableIsToldOfInBothWays_data()
    {
        QTest::addColumn<bool>("whilePolling");
        QTest::newRow("woken") << false;
        QTest::newRow("by the clock") << true;
    }

    void aPeerThatIsUnreachableIsToldOfInBothWays()
    {
        QFETCH(bool, whilePolling);
        QUdpSocket gone;
        QVERIFY(gone.bind(QHostAddress::LocalHost, 0));
        const DatagramPeer peer = DatagramPeer::of(*IpAddress::parse(QStringLiteral("127.0.0.1")), gone.localPort(), false);
        gone.close();
        if (whilePolling)
            sendUntilPolling();
        QVERIFY(m_socket->send(peer, "nobody there"));
        QTRY_COMPARE(m_receiver.lost, QVector<DatagramPeer>{peer});
    }

    void anErrorHoldsNoDatagramUpWhilePolling()
    {
        QUdpSocket gone;
        QVERIFY(gone.bind(QHostAddress::LocalHost, 0));
        const DatagramPeer peer = DatagramPeer::of(*IpAddress::parse(QStringLiteral("127.0.0.1")), gone.localPort(), false);
        gone.close();
        sendUntilPolling();
        Ticks ticks;
        m_socket->installEventFilter(&ticks);
        int lostAt = 0, readAt = 0;
        m_receiver.onLost = [&] { lostAt = ticks.count; };
        m_receiver.onReceived = [&] { readAt = ticks.count; };
        for (int i = 0; i < 10; ++i)
            sendOne("behind it");
        QVERIFY(m_socket->send(peer, "nobody there"));
        QTRY_COMPARE(m_receiver.datagrams.size(), 10);
        QTRY_COMPARE(m_receiver.lost.size(), 1);
        QCOMPARE(readAt, lostAt);
        m_receiver.onLost = m_receiver.onReceived = {};
    }

    void aSocketClosedByItsReceiverWhilePollingReadsNoMore()
    {
        sendUntilPolling();
        m_receiver.onReceived = [this] { m_socket->close(); };
        for (int i = 0; i < 10; ++i)
            sendOne("last");
        QTRY_COMPARE(m_receiver.datagrams.size(), 1);
        QVERIFY(!m_socket->isPolling());
        QCoreApplication::processEvents();
        QCOMPARE(m_receiver.datagrams.size(), 1);
        QVERIFY(m_socket->listen(Endpoint()));
    }
};

QTEST_GUILESS_MAIN(TestUdpSocketPolling)
#include "tst_udpsocketpolling.moc"
