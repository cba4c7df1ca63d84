// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/datagram/dtlsentry.h"
#include "connections/datagram/dtlsidentity.h"

#include <QTest>

using namespace reveille;
using namespace std::chrono_literals;
using Step = DtlsEntry::Step;

namespace {

/// As short as one may be: no session, no cookie, one suite, no extensions.
const QByteArray hello = QByteArray::fromHex("16fefd00000000000000000036" "0100002a000000000000002a" "fefd")
    + QByteArray(32, 'r') + QByteArray::fromHex("00" "00" "0002c0a8" "0100");
const QByteArray data = QByteArray::fromHex("17fefd0001000000000001000400000000");

DatagramSettings small()
{
    DatagramSettings settings;
    settings.allowed = *parseNetworks(u"10.0.0.0/8");
    settings.maxDtls = 4;
    settings.maxHandshakes = 2;
    return settings;
}

DatagramPeer at(quint16 port, QStringView address = u"10.0.0.7")
{
    return DatagramPeer::of(*IpAddress::parse(address), port, true);
}

bool nobody(const DatagramPeer &)
{
    return false;
}

} // namespace

class TestDtlsEntry : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void goesThroughAHandshake()
    {
        const DatagramSettings settings = small();
        DtlsEntry entry(settings);
        QCOMPARE(entry.step(at(1), hello, 0ms), Step::Greet);
        QCOMPARE(entry.sessions(), 0); // nothing is kept before the cookie has come back
        entry.begin(at(1), 0ms);
        QCOMPARE(entry.step(at(1), data, 1ms), Step::Shake);
        entry.finished(at(1), 2ms);
        QVERIFY(entry.isOpen(at(1)));
        QCOMPARE(entry.handshakes(), 0);
        QCOMPARE(entry.step(at(1), data, 3ms), Step::Decrypt);
        QCOMPARE(entry.step(at(1), hello, 4ms), Step::Greet); // has lost its session
        QCOMPARE(entry.toEndFor(at(1), 4ms), QVector<DatagramPeer>{at(1)});
    }
    void ignoresWhatBeginsNothing_data()
    {
        QTest::addColumn<QByteArray>("datagram");
        QTest::addColumn<QString>("from");
        const QString allowed = QStringLiteral("10.0.0.7");
        QTest::newRow("empty") << QByteArray() << allowed;
        QTest::newRow("data of a session nobody has") << data << allowed;
        QTest::newRow("half a hello") << hello.left(40) << allowed;
        QTest::newRow("a hello in pieces") << QByteArray(hello).replace(22, 3, QByteArray::fromHex("000010")) << allowed;
        QTest::newRow("TLS") << QByteArray(hello).replace(1, 2, QByteArray::fromHex("0303")) << allowed;
        QTest::newRow("from elsewhere") << hello << QStringLiteral("192.0.2.1");
    }
    void ignoresWhatBeginsNothing()
    {
        QFETCH(QByteArray, datagram);
        QFETCH(QString, from);
        const DatagramSettings settings = small();
        const DtlsEntry entry(settings);
        QCOMPARE(entry.step(at(1, from), datagram, 0ms), Step::Ignore);
    }
    void dawdlersMakeRoomAtTheLimit()
    {
        const DatagramSettings settings = small();
        DtlsEntry entry(settings);
        entry.begin(at(1), 0ms);
        entry.begin(at(2), 1000ms);
        QCOMPARE(entry.step(at(3), hello, 1999ms), Step::Full);
        QCOMPARE(entry.step(at(3), hello, 2000ms), Step::Greet);
        QCOMPARE(entry.toEndFor(at(3), 2000ms), QVector<DatagramPeer>{at(1)});
        entry.end(at(1));
        entry.begin(at(3), 2000ms);
        QCOMPARE(entry.handshakes(), 2);
        QCOMPARE(entry.step(at(4), hello, 2000ms), Step::Full);
    }
    void openSessionsDoNotMakeRoom()
    {
        const DatagramSettings settings = small();
        DtlsEntry entry(settings);
        for (quint16 port = 1; port <= 4; ++port) {
            entry.begin(at(port), 0ms);
            entry.finished(at(port), 0ms);
        }
        QCOMPARE(entry.step(at(5), hello, 50s), Step::Full);
        QCOMPARE(entry.step(at(4), hello, 50s), Step::Greet);
    }
    void endsWhatTakesTooLongOrIsIdle()
    {
        const DatagramSettings settings = small();
        DtlsEntry entry(settings);
        entry.begin(at(1), 0ms);
        entry.begin(at(2), 0ms);
        entry.finished(at(2), 0ms);
        QVERIFY(entry.overdue(settings.handshakeTime - 1ms, nobody).isEmpty());
        QCOMPARE(entry.overdue(settings.handshakeTime, nobody), QVector<DatagramPeer>{at(1)});
        entry.end(at(1));
        entry.heard(at(2), 10s);
        QVERIFY(entry.overdue(settings.dtlsIdle, nobody).isEmpty());
        QCOMPARE(entry.overdue(10s + settings.dtlsIdle, nobody), QVector<DatagramPeer>{at(2)});
        QVERIFY(entry.overdue(10s + settings.dtlsIdle, [](const DatagramPeer &) { return true; }).isEmpty());
    }
    void identitiesNameUsers_data()
    {
        QTest::addColumn<QByteArray>("identity");
        QTest::addColumn<QString>("user");
        QTest::newRow("user part") << QByteArray("alice") << QStringLiteral("sip:alice@lab.example");
        QTest::newRow("public user ID") << QByteArray("sip:bob@other.example") << QStringLiteral("sip:bob@other.example");
        QTest::newRow("empty") << QByteArray() << QString();
        QTest::newRow("not UTF-8") << QByteArray("\xff\xfe") << QString();
        QTest::newRow("too long") << QByteArray(longestDtlsIdentity + 1, 'a') << QString();
        QTest::newRow("no user") << QByteArray("sip:@lab.example") << QString();
    }
    void identitiesNameUsers()
    {
        QFETCH(QByteArray, identity);
        QFETCH(QString, user);
        const auto found = userOfDtlsIdentity(identity, QStringLiteral("lab.example"));
        QCOMPARE(found ? found->toString() : QString(), user);
    }
};

QTEST_GUILESS_MAIN(TestDtlsEntry)
#include "tst_dtlsentry.moc"
