// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/shared/bytestream.h"
#include "eventloop/epolldispatcher.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <sys/socket.h>
#include <unistd.h>

using namespace reveille;

namespace {

/// A connected pair over loopback: ours as a descriptor, the peer's as a plain blocking one.
struct Connected {
    Connected()
    {
        QTcpServer server;
        if (!server.listen(QHostAddress::LocalHost))
            qFatal("no listener");
        QTcpSocket connecting;
        connecting.connectToHost(QHostAddress::LocalHost, server.serverPort());
        if (!server.waitForNewConnection(5000) || !connecting.waitForConnected(5000))
            qFatal("no connection");
        const std::unique_ptr<QTcpSocket> taken(server.nextPendingConnection());
        ours = ::dup(int(taken->socketDescriptor()));
        peer = ::dup(int(connecting.socketDescriptor()));
        peerPort = connecting.localPort();
        // The sockets go without a FIN: their descriptors are not the last.
    }
    ~Connected()
    {
        if (peer >= 0)
            ::close(peer);
    }
    Q_DISABLE_COPY_MOVE(Connected)
    void closePeer() { ::close(std::exchange(peer, -1)); }
    void resetPeer()
    {
        const linger now{1, 0};
        ::setsockopt(peer, SOL_SOCKET, SO_LINGER, &now, sizeof now);
        closePeer();
    }
    int ours = -1, peer = -1;
    quint16 peerPort = 0;
};

QByteArray readAll(int descriptor, qsizetype length)
{
    QByteArray all;
    while (all.size() < length) {
        QByteArray part(65536, Qt::Uninitialized);
        const ssize_t count = ::recv(descriptor, part.data(), size_t(part.size()), MSG_DONTWAIT);
        if (count > 0)
            all.append(part.constData(), count);
        else if (count == 0)
            break;
        else
            QCoreApplication::processEvents();
    }
    return all;
}

} // namespace

class TestByteStream : public QObject
{
    Q_OBJECT
    using Ending = ByteStream::Ending;

private Q_SLOTS:
    void octetsGoBothWaysAndThePeerIsNamed()
    {
        Connected pair;
        PlainStream stream(pair.ours);
        QSignalSpy received(&stream, &ByteStream::received);
        QCOMPARE(stream.peerAddress(), QHostAddress(QHostAddress::LocalHost));
        QCOMPARE(stream.peerPort(), pair.peerPort);
        QVERIFY(stream.write("down"));
        QCOMPARE(readAll(pair.peer, 4), QByteArray("down"));
        QCOMPARE(::send(pair.peer, "up", 2, 0), ssize_t(2));
        QTRY_COMPARE(received.size(), 1);
        QCOMPARE(received[0][0].toByteArray(), QByteArray("up"));
    }
    void anOrderlyCloseAndAResetAreToldApart_data()
    {
        QTest::addColumn<bool>("reset");
        QTest::addColumn<bool>("plain");
        for (const bool plain : {true, false}) {
            QTest::addRow("closed, %s", plain ? "plain" : "socket") << false << plain;
            QTest::addRow("reset, %s", plain ? "plain" : "socket") << true << plain;
        }
    }
    void anOrderlyCloseAndAResetAreToldApart()
    {
        QFETCH(bool, reset);
        QFETCH(bool, plain);
        Connected pair;
        std::unique_ptr<ByteStream> stream;
        if (plain) {
            stream = std::make_unique<PlainStream>(pair.ours);
        } else {
            auto *socket = new QTcpSocket;
            QVERIFY(socket->setSocketDescriptor(pair.ours));
            stream = std::make_unique<SocketStream>(socket);
        }
        QVector<Ending> endings;
        connect(stream.get(), &ByteStream::ended, this, [&](Ending ending) { endings.append(ending); });
        if (reset)
            pair.resetPeer();
        else
            pair.closePeer();
        QTRY_COMPARE(endings.size(), 1);
        QCOMPARE(endings[0], reset ? Ending::Reset : Ending::ByPeer);
        QVERIFY(!stream->write("late"));
        QCoreApplication::processEvents();
        QCOMPARE(endings.size(), 1);
    }
    void whatThePeerDoesNotReadWaitsAndArrivesInOrder()
    {
        Connected pair;
        PlainStream stream(pair.ours);
        QByteArray sent;
        for (int i = 0; stream.unsent() == 0 || i < 200; ++i) {
            const QByteArray piece = QByteArray::number(i).rightJustified(8) + QByteArray(50000, char('a' + i % 26));
            QVERIFY(stream.write(piece));
            sent += piece;
        }
        QVERIFY(stream.unsent() > 0);
        QCOMPARE(readAll(pair.peer, sent.size()), sent);
        QTRY_COMPARE(stream.unsent(), 0);
        QVERIFY(stream.write("more"));
        QCOMPARE(readAll(pair.peer, 4), QByteArray("more"));
    }
    void itWaitsAnewRightAfterTheLastOfTheOldHasGone()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral("two notifiers")));
        Connected pair;
        PlainStream stream(pair.ours);
        QByteArray sent;
        const auto fill = [&](char octet) {
            const qsizetype before = stream.unsent();
            while (stream.unsent() == before) {
                sent += QByteArray(100000, octet);
                QVERIFY(stream.write(QByteArray(100000, octet)));
            }
        };
        for (char octet = 'a'; octet < 'f'; ++octet) {
            fill(octet);
            // Drained and told so, and filled again before the event loop comes round.
            QByteArray part(1 << 20, Qt::Uninitialized);
            qsizetype read = 0;
            while (stream.unsent() > 0) {
                const ssize_t count = ::recv(pair.peer, part.data(), size_t(part.size()), MSG_DONTWAIT);
                if (count > 0) {
                    QCOMPARE(QByteArrayView(part).first(count), QByteArrayView(sent).sliced(read, count));
                    read += count;
                }
                QCoreApplication::processEvents();
            }
            sent.remove(0, read);
            fill(octet);
            QVERIFY(stream.unsent() > 0);
            QCOMPARE(readAll(pair.peer, sent.size()), sent);
            sent.clear();
            QTRY_COMPARE(stream.unsent(), 0);
        }
    }
    void closedGentlyItSendsWhatWaitsAndTellsNothing()
    {
        Connected pair;
        PlainStream stream(pair.ours);
        QSignalSpy ended(&stream, &ByteStream::ended);
        QByteArray sent;
        while (stream.unsent() == 0) {
            sent += QByteArray(100000, 'x');
            QVERIFY(stream.write(QByteArray(100000, 'x')));
        }
        stream.closeGently();
        QVERIFY(!stream.write("late"));
        QCOMPARE(readAll(pair.peer, sent.size() + 1), sent); // up to the end of the stream
        QVERIFY(ended.isEmpty());
    }
    void aWriteOnATornConnectionIsToldLaterNotFromWithin()
    {
        Connected pair;
        PlainStream stream(pair.ours);
        QVector<Ending> endings;
        connect(&stream, &ByteStream::ended, this, [&](Ending ending) { endings.append(ending); });
        pair.resetPeer();
        QVERIFY(QTest::qWaitFor([&] { return !stream.write("x"); }));
        QVERIFY(endings.size() <= 1);
        QTRY_COMPARE(endings.size(), 1);
        QCOMPARE(endings[0], Ending::Reset);
    }
    void abortedItTellsNothing()
    {
        Connected pair;
        PlainStream stream(pair.ours);
        QSignalSpy ended(&stream, &ByteStream::ended);
        stream.abort();
        stream.abort();
        QCOMPARE(readAll(pair.peer, 1), QByteArray());
        QCoreApplication::processEvents();
        QVERIFY(ended.isEmpty());
    }
    void theReceiverMayEndItFromWithin()
    {
        Connected pair;
        PlainStream stream(pair.ours);
        int heard = 0;
        connect(&stream, &ByteStream::received, this, [&] {
            ++heard;
            stream.abort();
        });
        QCOMPARE(::send(pair.peer, "one", 3, 0), ssize_t(3));
        QTRY_COMPARE(heard, 1);
    }
};

int main(int argc, char *argv[])
{
    QCoreApplication::setEventDispatcher(new EpollDispatcher); // as in the thread of the server
    QCoreApplication application(argc, argv);
    TestByteStream test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_bytestream.moc"
