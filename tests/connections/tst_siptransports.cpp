// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/sip/siptransports.h"
#include "sippeer.h"
#include "support/fakeclock.h"
#include "wire/stun.h"

#include <sys/socket.h>

using namespace reveille;
using namespace std::chrono_literals;

namespace {

const QByteArray optionsText =
    "OPTIONS sip:lab.example SIP/2.0\r\nVia: SIP/2.0/TCP a;branch=z9hG4bK1\r\nMax-Forwards: 70\r\n"
    "From: <sip:a@b>;tag=1\r\nTo: <sip:a@b>\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\nContent-Length: "
    "4\r\n\r\nbody";

struct Recorder final : SipTransportListener {
    QVector<std::pair<SipFlow, QByteArray>> messages;
    QVector<SipFlow> keepAlives;
    QVector<std::pair<SipFlow, bool>> closed;
    QVector<std::pair<SipFlow, QString>> errors;

    void messageReceived(const SipFlow &flow, const QByteArray &bytes) override
    {
        messages.append({flow, bytes});
    }
    void keepAliveReceived(const SipFlow &flow) override { keepAlives.append(flow); }
    void streamClosed(const SipFlow &flow, bool reset) override { closed.append({flow, reset}); }
    void unreachable(const SipFlow &flow, const QString &what) override { errors.append({flow, what}); }
};

} // namespace

class TestSipTransports : public QObject {
    Q_OBJECT

    struct Fixture {
        explicit Fixture(std::function<void(SipSettings &)> change = {})
        {
            settings.udp.port = settings.tcp.port = 0;
            if (change)
                change(settings);
            transports = std::make_unique<SipTransports>(settings, clock, clock, recorder,
                                                         [this](const SipFlow &) { return inUse; });
            bound = *transports->listen();
        }
        quint16 port(const char *key) const
        {
            return bound.value(QString::fromLatin1(key)).section(u':', -1).toUShort();
        }
        FakeClock clock;
        SipSettings settings;
        Recorder recorder;
        bool inUse = false;
        std::unique_ptr<SipTransports> transports;
        QMap<QString, QString> bound;
    };

private Q_SLOTS:
    void portZeroMeansAnyFreePort()
    {
        Fixture f;
        QVERIFY(f.port("sip_udp") != 0);
        QVERIFY(f.port("sip_tcp") != 0);
        QCOMPARE(f.transports->uri(),
                 QStringLiteral("sip:127.0.0.1:%1;transport=udp").arg(f.port("sip_udp")));
    }
    void whatIsOffIsNotBound()
    {
        Fixture f([](SipSettings &s) { s.udp.enabled = false; });
        QCOMPARE(f.bound.keys(), QStringList{QStringLiteral("sip_tcp")});
        QVERIFY(f.transports->uri().endsWith(QStringLiteral(";transport=tcp")));
    }
    void aTakenPortIsNamed_data()
    {
        QTest::addColumn<bool>("udp");
        QTest::newRow("udp") << true;
        QTest::newRow("tcp") << false;
    }
    void aTakenPortIsNamed()
    {
        QFETCH(bool, udp);
        Fixture first;
        SipSettings settings;
        settings.udp.port = udp ? first.port("sip_udp") : 0;
        settings.tcp.port = udp ? 0 : first.port("sip_tcp");
        SipTransports second(settings, first.clock, first.clock, first.recorder,
                             [](const SipFlow &) { return false; });
        const auto result = second.listen();
        QVERIFY(!result);
        QVERIFY(result.error().is("listen-failed"));
        QCOMPARE(result.error().about, QStringLiteral("sip/%1 127.0.0.1:%2: address in use")
                                           .arg(udp ? QStringLiteral("udp") : QStringLiteral("tcp"))
                                           .arg(udp ? settings.udp.port : settings.tcp.port));
        QVERIFY(second.uri().isEmpty()); // all or nothing
    }

    // --- UDP
    void aDatagramIsHandedOnWithItsFlow()
    {
        Fixture f;
        UdpPeer peer(f.port("sip_udp"));
        peer.send("hello");
        QTRY_COMPARE(f.recorder.messages.size(), 1);
        QCOMPARE(f.recorder.messages[0].second, QByteArray("hello"));
        QCOMPARE(f.recorder.messages[0].first.peer(), QStringLiteral("127.0.0.1:%1").arg(peer.port()));
        QVERIFY(f.transports->send(f.recorder.messages[0].first, "answer"));
        QCOMPARE(peer.receiveBytes(), QByteArray("answer"));
    }
    void aBurstIsReadWhole()
    {
        Fixture f;
        UdpPeer peer(f.port("sip_udp"));
        for (int i = 0; i < 500; ++i)
            peer.send("x" + QByteArray::number(i));
        QTRY_COMPARE(f.recorder.messages.size(), 500);
    }
    void stunIsAnsweredAndCountsAsKeepAlive()
    {
        Fixture f;
        UdpPeer peer(f.port("sip_udp"));
        const QByteArray transaction = "abcdefghijkl";
        peer.send(encodeStunRequest(transaction));
        const Result<StunResponse> response = parseStunResponse(peer.receiveBytes());
        QVERIFY(response.ok());
        QCOMPARE(response->transaction, transaction);
        QCOMPARE(response->mapped.toString(), QStringLiteral("127.0.0.1"));
        QCOMPARE(response->port, peer.port());
        QCOMPARE(f.recorder.keepAlives.size(), 1);
        QVERIFY(f.recorder.messages.isEmpty());
    }
    void lineEndsOverUdpAreKeepAlives_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("double") << QByteArray("\r\n\r\n");
        QTest::newRow("single") << QByteArray("\r\n");
        QTest::newRow("zero octets") << QByteArray(4, '\0');
        QTest::newRow("nothing") << QByteArray();
    }
    void lineEndsOverUdpAreKeepAlives()
    {
        QFETCH(QByteArray, bytes);
        Fixture f;
        UdpPeer peer(f.port("sip_udp"));
        peer.send(bytes);
        QTRY_COMPARE(f.recorder.keepAlives.size(), 1);
        QVERIFY(f.recorder.messages.isEmpty());
    }
    void aClosedPortIsNoticed()
    {
        Fixture f;
        quint16 closed = 0;
        {
            QUdpSocket gone;
            gone.bind(QHostAddress::LocalHost, 0);
            closed = gone.localPort();
        }
        const SipFlow flow = SipFlow::of(SipTransport::Udp, QHostAddress(QHostAddress::LocalHost), closed);
        QVERIFY(f.transports->send(flow, "to nobody"));
        QTRY_COMPARE(f.recorder.errors.size(), 1);
        QCOMPARE(f.recorder.errors[0].first, flow);
        QCOMPARE(f.recorder.errors[0].second, QStringLiteral("ICMP port unreachable"));
        // and the socket goes on, for everybody
        UdpPeer peer(f.port("sip_udp"));
        peer.send("still there");
        QTRY_COMPARE(f.recorder.messages.size(), 1);
        QVERIFY(f.transports->send(f.recorder.messages[0].first, "yes"));
        QCOMPARE(peer.receiveBytes(), QByteArray("yes"));
    }
    void aQueuedErrorCostsNobodyADatagram()
    {
        Fixture f;
        UdpPeer peer(f.port("sip_udp"));
        peer.send("hello");
        QTRY_COMPARE(f.recorder.messages.size(), 1);
        quint16 closed = 0;
        {
            QUdpSocket gone;
            gone.bind(QHostAddress::LocalHost, 0);
            closed = gone.localPort();
        }
        f.transports->send(SipFlow::of(SipTransport::Udp, QHostAddress(QHostAddress::LocalHost), closed),
                           "lost");
        QVERIFY(f.transports->send(f.recorder.messages[0].first, "kept"));
        QCOMPARE(peer.receiveBytes(), QByteArray("kept"));
    }

    // --- TCP
    void aStreamIsCutIntoMessages_data()
    {
        QTest::addColumn<int>("piece");
        for (const int piece : {1, 7, 100, 100000})
            QTest::addRow("%d octets at a time", piece) << piece;
    }
    void aStreamIsCutIntoMessages()
    {
        QFETCH(int, piece);
        Fixture f;
        TcpPeer peer(f.port("sip_tcp"));
        const QByteArray both = optionsText + optionsText;
        for (qsizetype i = 0; i < both.size(); i += piece)
            peer.send(both.mid(i, piece));
        QTRY_COMPARE(f.recorder.messages.size(), 2);
        QCOMPARE(f.recorder.messages[0].second, optionsText);
        QCOMPARE(f.recorder.messages[1].second, optionsText);
        QVERIFY(f.transports->send(f.recorder.messages[0].first, optionsText));
        QCOMPARE(peer.receiveBytes(), optionsText);
    }
    void aPingIsAnsweredWithAPong()
    {
        Fixture f;
        TcpPeer peer(f.port("sip_tcp"));
        peer.send("\r\n\r\n");
        QCOMPARE(peer.receiveBytes(), QByteArray("\r\n"));
        QCOMPARE(f.recorder.keepAlives.size(), 1);
    }
    void closedAndResetAreToldApart_data()
    {
        QTest::addColumn<bool>("reset");
        QTest::newRow("closed") << false;
        QTest::newRow("reset") << true;
    }
    void closedAndResetAreToldApart()
    {
        QFETCH(bool, reset);
        Fixture f;
        TcpPeer peer(f.port("sip_tcp"));
        peer.send(optionsText);
        QTRY_COMPARE(f.recorder.messages.size(), 1);
        if (reset) {
            const linger hard{1, 0};
            setsockopt(int(peer.socket().socketDescriptor()), SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
            peer.socket().abort();
        } else {
            peer.socket().disconnectFromHost();
        }
        QTRY_COMPARE(f.recorder.closed.size(), 1);
        QCOMPARE(f.recorder.closed[0].second, reset);
        QCOMPARE(f.recorder.closed[0].first, f.recorder.messages[0].first);
        QVERIFY(!f.transports->send(f.recorder.closed[0].first, "late"));
    }
    void moreThanTheLimitAreTurnedAway()
    {
        Fixture f([](SipSettings &s) { s.maxStreams = 2; });
        TcpPeer one(f.port("sip_tcp")), two(f.port("sip_tcp")), three(f.port("sip_tcp"));
        QTRY_VERIFY(!three.isOpen());
        one.send(optionsText);
        two.send(optionsText);
        QTRY_COMPARE(f.recorder.messages.size(), 2);
        one.socket().disconnectFromHost();
        QTRY_COMPARE(f.recorder.closed.size(), 1);
        TcpPeer four(f.port("sip_tcp"));
        four.send(optionsText);
        QTRY_COMPARE(f.recorder.messages.size(), 3);
    }
    void whoSaysNothingIsClosed()
    {
        Fixture f;
        TcpPeer mute(f.port("sip_tcp")), talker(f.port("sip_tcp"));
        talker.send(optionsText);
        QTRY_COMPARE(f.recorder.messages.size(), 1);
        f.clock.advance(30s);
        QTRY_VERIFY(!mute.isOpen());
        QVERIFY(talker.isOpen());
    }
    void aMessageThatDoesNotEndIsClosed()
    {
        Fixture f;
        f.inUse = true;
        TcpPeer slow(f.port("sip_tcp"));
        slow.send(optionsText + optionsText.left(50));
        QTRY_COMPARE(f.recorder.messages.size(), 1);
        f.clock.advance(60s);
        QTRY_VERIFY(!slow.isOpen());
    }
    void silenceClosesOnlyWhatIsOfNoUse()
    {
        Fixture f;
        f.inUse = true;
        TcpPeer peer(f.port("sip_tcp"));
        peer.send(optionsText);
        QTRY_COMPARE(f.recorder.messages.size(), 1);
        f.clock.advance(3600s);
        QVERIFY(f.recorder.closed.isEmpty());
        f.inUse = false;
        f.clock.advance(60s);
        QTRY_VERIFY(!peer.isOpen());
    }
    void octetsThatAreNoSipCloseTheConnection()
    {
        Fixture f;
        TcpPeer peer(f.port("sip_tcp"));
        peer.send("\x16\x03\x01\x02 this is a TLS hello or the like\r\n\r\n\r\n\r\n");
        QTRY_VERIFY(!peer.isOpen());
    }
    void whoDoesNotReadIsClosed()
    {
        Fixture f([](SipSettings &s) { s.maxWriteBuffer = 64 * 1024; });
        TcpPeer peer(f.port("sip_tcp"));
        peer.send(optionsText);
        QTRY_COMPARE(f.recorder.messages.size(), 1);
        peer.socket().setReadBufferSize(1);
        const SipFlow flow = f.recorder.messages[0].first;
        const QByteArray piece(32 * 1024, 'x');
        bool taken = true;
        for (int i = 0; i < 2000 && taken; ++i)
            taken = f.transports->send(flow, piece);
        QVERIFY(!taken);
        QTRY_COMPARE(f.recorder.closed.size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestSipTransports)
#include "tst_siptransports.moc"
