// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/datagram/registrationtable.h"

#include <QRandomGenerator>
#include <QTest>

#include <map>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

DatagramPeer peerOf(int n)
{
    if (n % 5 == 4)
        return DatagramPeer::of(*IpAddress::parse(u"2001:db8::%1"_s.arg(n)), 5683, n % 2 == 0);
    return DatagramPeer::of(*IpAddress::parse(u"10.0.%1.%2"_s.arg(n / 200).arg(n % 200)), 5683, false);
}

} // namespace

class TestRegistrationTable : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keepsWhatAPlainMapKeeps();
    void findsSeveralBehindOneAddress();
    void takesOverWhatChangesAndOnlyThat();
    void givesBackWhatOneNeeded();
    void oneTakesFewOctets_data();
    void oneTakesFewOctets();
    void drawsKeysThatAreNotInUse();
    void keepsPeersSmallAndReadable();
};

void TestRegistrationTable::keepsWhatAPlainMapKeeps()
{
    QRandomGenerator random(7);
    RegistrationTable table;
    std::map<quint64, std::pair<quint64, int>> plain; // key -> connection, peer
    QVector<quint64> keys;
    for (int round = 0; round < 60000; ++round) {
        const int what = random.bounded(10);
        const int peer = random.bounded(500);
        if (what < 5 || keys.isEmpty()) {
            RegistrationTable::Entry entry;
            entry.key = table.newKey();
            entry.connection = ConnectionId{quint64(round + 1)};
            entry.peer = peerOf(peer);
            QVERIFY(table.add(entry));
            plain[entry.key] = {entry.connection.number, peer};
            keys.append(entry.key);
        } else if (what < 7) {
            const quint64 key = keys[random.bounded(int(keys.size()))];
            RegistrationTable::Entry entry = *table.find(key);
            entry.peer = peerOf(peer);
            QVERIFY(table.update(entry));
            plain[key].second = peer;
        } else {
            const qsizetype at = random.bounded(int(keys.size()));
            table.remove(keys[at]);
            plain.erase(keys[at]);
            keys.removeAt(at);
        }
        if (round % 5000 != 0)
            continue;
        QCOMPARE(table.size(), qsizetype(plain.size()));
        std::map<int, QVector<quint64>> behind;
        for (const auto &[key, value] : plain) {
            const auto entry = table.find(key);
            QVERIFY(entry && entry->connection.number == value.first && entry->peer == peerOf(value.second));
            behind[value.second].append(value.first);
        }
        for (int n = 0; n < 500; ++n) {
            QVector<quint64> found;
            for (const ConnectionId id : table.at(peerOf(n)))
                found.append(id.number);
            QVector<quint64> wanted = behind[n];
            std::sort(found.begin(), found.end());
            std::sort(wanted.begin(), wanted.end());
            QCOMPARE(found, wanted);
            QCOMPARE(table.hasPeer(peerOf(n)), !wanted.isEmpty());
        }
    }
    QVERIFY(!table.find(0));
}

void TestRegistrationTable::findsSeveralBehindOneAddress()
{
    RegistrationTable table;
    for (quint64 n = 1; n <= 3; ++n) {
        RegistrationTable::Entry entry;
        entry.key = n;
        entry.connection = ConnectionId{n};
        entry.peer = peerOf(1);
        QVERIFY(table.add(entry));
    }
    table.remove(2);
    QCOMPARE(table.at(peerOf(1)).size(), 2);
    table.remove(2);
    table.remove(3);
    table.remove(1);
    QVERIFY(!table.hasPeer(peerOf(1)));
    QCOMPARE(table.size(), 0);
}

void TestRegistrationTable::takesOverWhatChangesAndOnlyThat()
{
    RegistrationTable table;
    const RegistrationTable::Entry first{7, ConnectionId{quint64(1) << 40}, peerOf(1), true, 0xffffffff};
    QVERIFY(table.add(first));
    QVERIFY(*table.find(7) == first);
    for (const int n : {4, 9, 2}) { // IPv6, secure and not, and back
        RegistrationTable::Entry changed{7, first.connection, peerOf(n), n == 9, quint32(n)};
        QVERIFY(table.update(changed));
        QVERIFY(*table.find(7) == changed);
        QCOMPARE(table.at(peerOf(n)), QVector<ConnectionId>{first.connection});
        QVERIFY(!table.hasPeer(first.peer));
    }
    QVERIFY(!table.update({8, first.connection, peerOf(4), false, 1}));
    QVERIFY(!table.hasPeer(peerOf(4)));
}

void TestRegistrationTable::givesBackWhatOneNeeded()
{
    RegistrationTable table;
    size_t most = 0;
    for (int round = 0; round < 20; ++round) {
        for (int n = 0; n < 20000; ++n)
            QVERIFY(table.add({quint64(n + 1), ConnectionId{1}, peerOf(n % 200 * 5 + 4), false, 0}));
        for (int n = 0; n < 20000; ++n)
            table.remove(quint64(n + 1));
        QCOMPARE(table.size(), 0);
        if (round == 0)
            most = table.memory();
    }
    QVERIFY(table.memory() <= most);
}

void TestRegistrationTable::oneTakesFewOctets_data()
{
    QTest::addColumn<bool>("wide");
    QTest::addColumn<int>("octets");
    QTest::newRow("IPv4") << false << 45;
    QTest::newRow("IPv6") << true << 61;
}

void TestRegistrationTable::oneTakesFewOctets()
{
    QFETCH(bool, wide);
    QFETCH(int, octets);
    constexpr int count = 300000;
    RegistrationTable table;
    for (int n = 0; n < count; ++n) {
        DatagramPeer peer;
        peer.setV4(quint32(n));
        peer.octets[0] = wide ? 0x20 : 0;
        peer.port = 5683;
        QVERIFY(table.add({table.newKey(), ConnectionId{quint64(n + 1)}, peer, false, 86400}));
    }
    QVERIFY2(table.memory() <= size_t(count) * size_t(octets), qPrintable(QString::number(double(table.memory()) / count)));
}

void TestRegistrationTable::drawsKeysThatAreNotInUse()
{
    RegistrationTable table;
    QSet<quint64> drawn;
    for (int i = 0; i < 1000; ++i)
        drawn.insert(table.newKey());
    QCOMPARE(drawn.size(), 1000);
    QVERIFY(!drawn.contains(0));
}

void TestRegistrationTable::keepsPeersSmallAndReadable()
{
    QVERIFY(sizeof(DatagramPeer) <= 20);
    for (const char *text : {"10.0.0.7:5683", "[2001:db8::1]:1", "127.0.0.1:65535"}) {
        DatagramPeer peer;
        QVERIFY(DatagramPeer::fromText(QString::fromLatin1(text), true, &peer));
        QCOMPARE(peer.text(), QString::fromLatin1(text));
        QVERIFY(peer.secure);
    }
    DatagramPeer peer;
    QVERIFY(!DatagramPeer::fromText(u"10.0.0.7"_s, false, &peer));
    QCOMPARE(DatagramPeer::of(*IpAddress::parse(u"::ffff:10.0.0.7"), 1, false),
             DatagramPeer::of(*IpAddress::parse(u"10.0.0.7"), 1, false));
}

QTEST_GUILESS_MAIN(TestRegistrationTable)
#include "tst_registrationtable.moc"
