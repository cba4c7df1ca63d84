// SPDX-License-Identifier: GPL-3.0-or-later
#include "eventloop/epolldispatcher.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryFile>
#include <QTest>
#include <QThread>
#include <QTimer>

#include <sys/socket.h>
#include <unistd.h>

using namespace reveille;

namespace {

struct Pair {
    Pair()
    {
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends) != 0)
            qFatal("no socket pair");
    }
    ~Pair()
    {
        for (const int end : ends) {
            if (end >= 0)
                ::close(end);
        }
    }
    Q_DISABLE_COPY_MOVE(Pair)
    void write(const char *text) { (void)!::write(ends[1], text, strlen(text)); }
    void drain()
    {
        char buffer[64];
        while (::read(ends[0], buffer, sizeof buffer) > 0) { }
    }
    int ends[2] = {-1, -1};
};

} // namespace

/// Sockets, wake-ups and loops of a thread that runs on EpollDispatcher: this test's main thread does.
class TestEpollDispatcher : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aReadableSocketIsToldUntilItIsRead()
    {
        Pair pair;
        QSocketNotifier notifier(pair.ends[0], QSocketNotifier::Read);
        int told = 0;
        connect(&notifier, &QSocketNotifier::activated, this, [&] {
            if (++told >= 3)
                pair.drain();
        });
        pair.write("x");
        QTRY_COMPARE(told, 3);
        QCoreApplication::processEvents();
        QCOMPARE(told, 3);
        pair.write("y");
        QTRY_COMPARE(told, 4);
    }
    void readAndWriteOfOneDescriptorAreToldApart()
    {
        Pair pair;
        QSocketNotifier read(pair.ends[0], QSocketNotifier::Read), write(pair.ends[0], QSocketNotifier::Write);
        int readable = 0, writable = 0;
        connect(&read, &QSocketNotifier::activated, this, [&] {
            ++readable;
            pair.drain();
        });
        connect(&write, &QSocketNotifier::activated, this, [&] {
            ++writable;
            write.setEnabled(false);
        });
        QTRY_COMPARE(writable, 1);
        QCOMPARE(readable, 0);
        pair.write("x");
        QTRY_COMPARE(readable, 1);
        QCOMPARE(writable, 1);
        write.setEnabled(true);
        QTRY_COMPARE(writable, 2);
    }
    void whatANotifierWantedAtLastCounts()
    {
        Pair pair;
        QSocketNotifier read(pair.ends[0], QSocketNotifier::Read), write(pair.ends[0], QSocketNotifier::Write);
        write.setEnabled(false);
        int readable = 0, writable = 0;
        connect(&read, &QSocketNotifier::activated, this, [&] {
            ++readable;
            pair.drain();
        });
        connect(&write, &QSocketNotifier::activated, this, [&] { ++writable; });
        write.setEnabled(true);
        write.setEnabled(false);
        pair.write("x");
        QTRY_COMPARE(readable, 1);
        QCOMPARE(writable, 0);
        read.setEnabled(false);
        write.setEnabled(true);
        pair.write("y");
        QTRY_VERIFY(writable > 0);
        QCOMPARE(readable, 1);
    }
    void aChangeOfADescriptorThatIsGoneConcernsNoOther()
    {
        auto pair = std::make_unique<Pair>();
        const int number = pair->ends[0];
        auto read = std::make_unique<QSocketNotifier>(number, QSocketNotifier::Read);
        auto write = std::make_unique<QSocketNotifier>(number, QSocketNotifier::Write);
        QCoreApplication::processEvents();
        write->setEnabled(false); // told only before the next wait
        read.reset();
        write.reset();
        pair.reset();
        Pair next;
        QCOMPARE(next.ends[0], number);
        QSocketNotifier later(next.ends[0], QSocketNotifier::Read);
        int told = 0;
        connect(&later, &QSocketNotifier::activated, this, [&] {
            ++told;
            next.drain();
        });
        next.write("x");
        QTRY_COMPARE(told, 1);
    }
    void aNotifierRemovedByAnotherReadyOneIsNotTold()
    {
        Pair one, two;
        int told = 0;
        auto first = std::make_unique<QSocketNotifier>(one.ends[0], QSocketNotifier::Read);
        auto second = std::make_unique<QSocketNotifier>(two.ends[0], QSocketNotifier::Read);
        connect(first.get(), &QSocketNotifier::activated, this, [&] {
            ++told;
            second.reset();
            one.drain();
        });
        connect(second.get(), &QSocketNotifier::activated, this, [&] {
            ++told;
            first.reset();
            two.drain();
        });
        one.write("x");
        two.write("x");
        QTRY_COMPARE(told, 1);
        QCoreApplication::processEvents();
        QCOMPARE(told, 1);
    }
    void aDescriptorNumberUsedAgainIsWatchedAgain()
    {
        for (int round = 0; round < 3; ++round) {
            Pair pair;
            const int kept = ::dup(pair.ends[0]); // the open file outlives its number
            {
                QSocketNotifier notifier(pair.ends[0], QSocketNotifier::Read);
                bool told = false;
                connect(&notifier, &QSocketNotifier::activated, this, [&] {
                    told = true;
                    pair.drain();
                });
                pair.write("x");
                QTRY_VERIFY(told);
            }
            ::close(kept);
        }
    }
    void theOtherEndsCloseIsToldToAReader()
    {
        Pair pair;
        QSocketNotifier notifier(pair.ends[0], QSocketNotifier::Read);
        int told = 0;
        connect(&notifier, &QSocketNotifier::activated, this, [&] {
            ++told;
            notifier.setEnabled(false);
        });
        ::close(std::exchange(pair.ends[1], -1));
        QTRY_COMPARE(told, 1);
    }
    void aRegularFileIsAlwaysReady()
    {
        QTemporaryFile file;
        QVERIFY(file.open());
        QSocketNotifier notifier(file.handle(), QSocketNotifier::Read);
        int told = 0;
        connect(&notifier, &QSocketNotifier::activated, this, [&] { ++told; });
        QTRY_VERIFY(told >= 3);
    }
    void anotherThreadWakesIt()
    {
        int heard = 0;
        QThread *other = QThread::create([&] {
            for (int i = 0; i < 1000; ++i)
                QMetaObject::invokeMethod(this, [&] { ++heard; }, Qt::QueuedConnection);
        });
        other->start();
        QTRY_COMPARE(heard, 1000);
        other->wait();
        delete other;
    }
    void anotherThreadEndsItsLoop()
    {
        for (int round = 0; round < 50; ++round) {
            QThread thread;
            thread.setEventDispatcher(new EpollDispatcher);
            thread.start();
            thread.quit();
            QVERIFY(thread.wait(10000));
        }
    }
    void socketsCanBeLeftOutOfATurn()
    {
        Pair pair;
        QSocketNotifier notifier(pair.ends[0], QSocketNotifier::Read);
        int told = 0;
        connect(&notifier, &QSocketNotifier::activated, this, [&] {
            ++told;
            pair.drain();
        });
        pair.write("x");
        QEventLoop loop;
        QTimer::singleShot(20, &loop, &QEventLoop::quit);
        loop.exec(QEventLoop::ExcludeSocketNotifiers);
        QCOMPARE(told, 0);
        QTRY_COMPARE(told, 1);
    }
    void aNestedLoopHandlesTheOtherSockets()
    {
        Pair one, two;
        QSocketNotifier outer(one.ends[0], QSocketNotifier::Read), inner(two.ends[0], QSocketNotifier::Read);
        QStringList order;
        connect(&inner, &QSocketNotifier::activated, this, [&] {
            two.drain();
            order.append(QStringLiteral("inner"));
        });
        connect(&outer, &QSocketNotifier::activated, this, [&] {
            one.drain();
            QEventLoop nested;
            connect(&inner, &QSocketNotifier::activated, &nested, &QEventLoop::quit);
            two.write("x");
            nested.exec();
            order.append(QStringLiteral("outer"));
        });
        one.write("x");
        QTRY_COMPARE(order, (QStringList{QStringLiteral("inner"), QStringLiteral("outer")}));
    }
    void manyTcpConnectionsTalkAtOnce()
    {
        constexpr int count = 300; // more than one helping of EpollWatches::maxEvents
        QTcpServer server;
        server.setMaxPendingConnections(count);
        QVERIFY(server.listen(QHostAddress::LocalHost));
        connect(&server, &QTcpServer::newConnection, this, [&] {
            while (QTcpSocket *socket = server.nextPendingConnection()) {
                connect(socket, &QTcpSocket::readyRead, socket, [socket] { socket->write(socket->readAll()); });
                connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            }
        });
        std::vector<std::unique_ptr<QTcpSocket>> peers;
        qint64 echoed = 0;
        for (int i = 0; i < count; ++i) {
            peers.push_back(std::make_unique<QTcpSocket>());
            QTcpSocket *peer = peers.back().get();
            connect(peer, &QTcpSocket::connected, this, [peer] { peer->write("twenty octets a ping"); });
            connect(peer, &QTcpSocket::readyRead, this, [&echoed, peer] { echoed += peer->readAll().size(); });
            peer->connectToHost(QHostAddress::LocalHost, server.serverPort());
        }
        QTRY_COMPARE(echoed, count * 20);
        peers.clear();
        QTRY_VERIFY(server.findChildren<QTcpSocket *>().isEmpty());
    }
};

int main(int argc, char **argv)
{
    QCoreApplication::setEventDispatcher(new EpollDispatcher);
    QCoreApplication application(argc, argv);
    TestEpollDispatcher test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_epolldispatcher.moc"
