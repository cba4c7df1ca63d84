// SPDX-License-Identifier: GPL-3.0-or-later
#include "sippeer.h"
#include "siptestserver.h"
#include "support/testpaths.h"

#include <QDir>
#include <QFile>
#include <QRandomGenerator>

using namespace reveille;
using namespace std::chrono_literals;

namespace {

const QByteArray good = "REGISTER sip:lab.example SIP/2.0\r\nVia: SIP/2.0/UDP "
                        "127.0.0.1:5099;branch=z9hG4bKgood;rport\r\nMax-Forwards: 70\r\n"
                        "From: <sip:alice@lab.example>;tag=a\r\nTo: <sip:alice@lab.example>\r\nCall-ID: "
                        "broken\r\nCSeq: 1 REGISTER\r\n"
                        "Contact: <sip:alice@127.0.0.1:5099>\r\nContent-Length: 0\r\n\r\n";

QByteArray with(const QByteArray &what, const QByteArray &instead)
{
    QByteArray text = good;
    return text.replace(what, instead);
}

} // namespace

/// Messages after RFC 4475 and the fault classes of other servers, over real sockets: the server answers as
/// it should, or says nothing, and answers the next good request in any case.
class TestSipBrokenInput : public QObject {
    Q_OBJECT

    static void askWhetherItLives(SipTestServer &server)
    {
        UdpPeer udp(server.udpPort());
        QCOMPARE(udp.ask(PeerRequest{.method = "OPTIONS"}.bytes(udp)), 200);
        TcpPeer tcp(server.tcpPort());
        QCOMPARE(tcp.ask(PeerRequest{.method = "OPTIONS"}.bytes(tcp)), 200);
    }

private Q_SLOTS:
    void brokenDatagrams_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("status"); ///< 0 = no answer, -1 = any or none
        const auto row = [](const char *name, const QByteArray &bytes, int status) {
            QTest::newRow(name) << bytes << status;
        };
        row("the good one", good, 200);
        row("garbage", "\xff\xfe\x80garbage\x01\x02", 0);
        row("HTTP", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", 0);
        row("start line only", "REGISTER sip:lab.example SIP/2.0\r\n\r\n", 0);
        row("no Via", with("Via: SIP/2.0/UDP 127.0.0.1:5099;branch=z9hG4bKgood;rport\r\n", ""), 0);
        row("no From", with("From: <sip:alice@lab.example>;tag=a\r\n", ""), 400);
        row("no Call-ID", with("Call-ID: broken\r\n", ""), 400);
        row("CSeq of another method", with("1 REGISTER", "1 OPTIONS"), 400);
        row("CSeq too large", with("CSeq: 1 ", "CSeq: 99999999999 "), 400);
        row("negative Content-Length", with("Content-Length: 0", "Content-Length: -999"), 400);
        row("Content-Length beyond the datagram", with("Content-Length: 0", "Content-Length: 9999"), 400);
        row("Content-Length that wraps", with("Content-Length: 0", "Content-Length: 18446744073709551617"),
            400);
        row("version", with("SIP/2.0\r\nVia", "SIP/7.0\r\nVia"), 505);
        row("Max-Forwards", with("Max-Forwards: 70", "Max-Forwards: 300"), 400);
        row("unterminated quote", with("To: <sip", "To: \"Mr. J. <sip"), 400);
        row("backslash at the end of a quote", with("To: <sip", "To: \"a\\\" <sip"), 400);
        row("escaped nothing in Request-URI", with("sip:lab.example SIP", "sip:%@lab.example SIP"), 400);
        row("blanks in Request-URI", with("sip:lab.example SIP", "sip:lab.example;a = b SIP"), 400);
        row("angle brackets around Request-URI", with("sip:lab.example SIP", "<sip:lab.example> SIP"), 400);
        row("unknown scheme", with("sip:lab.example SIP", "nobodyKnowsThisScheme:totallyopaque SIP"), 416);
        row("broken Contact",
            with("Contact: <sip:alice@127.0.0.1:5099>", "Contact: <sip:alice@127.0.0.1:99999>"), 400);
        row("empty Contact", with("Contact: <sip:alice@127.0.0.1:5099>", "Contact: "), -1);
        row("repeated To", with("Call-ID:", "To: <sip:bob@lab.example>\r\nCall-ID:"), 400);
        row("NUL in a header", with("Call-ID: broken", QByteArray("Call-ID: bro\0ken", 16)), -1);
        row("bare LF", QByteArray(good).replace("\r\n", "\n"), -1);
        row("hundreds of headers", with("Call-ID:", QByteArray("X-A: b\r\n").repeated(300) + "Call-ID:"), -1);
        row("hundreds of contacts", with("Contact: ", "Contact: " + QByteArray("<sip:a@b>,").repeated(500)),
            -1);
        row("very long header", with("Call-ID:", "X-Long: " + QByteArray(50000, 'x') + "\r\nCall-ID:"), -1);
        row("deep route",
            with("Call-ID:", "Route: " + QByteArray("<sip:a;lr>,").repeated(2000) + "<sip:b;lr>\r\nCall-ID:"),
            -1);
        row("largest datagram", good + QByteArray(65507 - good.size(), 'x'), -1);
        row("answer to nothing",
            "SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP x;branch=z9hG4bKx\r\nFrom: <sip:a@b>;tag=1\r\nTo: "
            "<sip:a@b>;tag=2\r\n"
            "Call-ID: c\r\nCSeq: 1 MESSAGE\r\nContent-Length: 0\r\n\r\n",
            0);
        row("answer with status 999",
            "SIP/2.0 999 X\r\nVia: SIP/2.0/UDP x;branch=z9hG4bKx\r\nFrom: <sip:a@b>;tag=1\r\nTo: "
            "<sip:a@b>;tag=2\r\n"
            "Call-ID: c\r\nCSeq: 1 MESSAGE\r\nContent-Length: 0\r\n\r\n",
            0);
        row("ACK to nothing", QByteArray(good).replace("REGISTER", "ACK"), 0);
        row("STUN cut short", QByteArray::fromHex("000100002112a442"), 0);
        row("STUN that lies about its length", QByteArray::fromHex("0001ffff2112a442") + QByteArray(12, 'x'),
            0);
    }
    void brokenDatagrams()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, status);
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        peer.send(bytes);
        // the marker's answer comes after anything the broken one brings
        const PeerRequest marker{.method = "OPTIONS", .callId = "marker"};
        peer.send(marker.bytes(peer));
        QVector<int> answers;
        for (;;) {
            // what repeats a broken header may be broken itself
            const QByteArray answer = peer.receiveBytes();
            QVERIFY(answer.startsWith("SIP/2.0 "));
            if (answer.contains("Call-ID: marker"))
                break;
            answers.append(answer.mid(8, 3).toInt());
        }
        // a new contact is answered from the store, later than the marker
        if (status == 200)
            answers.append(peer.receive()->statusCode());
        if (status > 0)
            QCOMPARE(answers, QVector<int>{status});
        else if (status == 0)
            QVERIFY(answers.isEmpty());
        else
            QVERIFY(answers.size() <= 1);
        askWhetherItLives(server);
    }

    void brokenStreams_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("garbage") << QByteArray("\x80\x81\x82\x83\x84") + QByteArray(100, 'z') + "\r\n\r\n";
        QTest::newRow("no Content-Length") << with("Content-Length: 0\r\n", "");
        QTest::newRow("negative Content-Length") << with("Content-Length: 0", "Content-Length: -1");
        QTest::newRow("two Content-Lengths")
            << with("Content-Length: 0", "Content-Length: 0\r\nContent-Length: 5");
        QTest::newRow("endless head")
            << QByteArray("REGISTER sip:lab.example SIP/2.0\r\n") + QByteArray("X: y\r\n").repeated(20000);
        QTest::newRow("huge Content-Length") << with("Content-Length: 0", "Content-Length: 4294967295");
        QTest::newRow("one endless line") << QByteArray(200000, 'A');
    }
    void brokenStreams()
    {
        QFETCH(QByteArray, bytes);
        SipTestServer server;
        TcpPeer peer(server.tcpPort());
        peer.send(bytes);
        QTRY_VERIFY(!peer.isOpen());
        askWhetherItLives(server);
    }

    void halvesOfDatagramsAndRandomDamage()
    {
        SipTestServer server;
        UdpPeer peer(server.udpPort());
        QRandomGenerator random(4475);
        for (qsizetype i = 0; i < good.size(); i += 3)
            peer.send(good.left(i));
        for (int i = 0; i < 1000; ++i) {
            QByteArray damaged = good;
            for (int k = random.bounded(1, 6); k > 0; --k)
                damaged[random.bounded(int(damaged.size()))] = char(random.bounded(256));
            peer.send(damaged);
            if (i % 50 == 0)
                QTest::qWait(1);
        }
        askWhetherItLives(server);
    }

    /// The messages of the wire vectors that are requests to a server.
    void vectorsAreTakenOrRefusedInOrder()
    {
        SipTestServer server;
        const QDir folder(testData(u"vectors"));
        const QStringList names = folder.entryList({QStringLiteral("sip-*.msg")});
        QVERIFY(!names.isEmpty());
        for (const QString &name : names) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            UdpPeer udp(server.udpPort());
            udp.send(file.readAll());
        }
        askWhetherItLives(server);
    }
};

QTEST_GUILESS_MAIN(TestSipBrokenInput)
#include "tst_sipbrokeninput.moc"
