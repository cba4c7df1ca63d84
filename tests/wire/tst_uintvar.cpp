// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/bcd.h"
#include "wire/bytereader.h"
#include "wire/uintvar.h"

#include <QRandomGenerator>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;
using Fault = ByteReader::UintvarFault;

class TestUintvar : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void writesAndReads_data();
    void writesAndReads();
    void readsBackRandomNumbers();
    void refusesWhatIsNoNumber_data();
    void refusesWhatIsNoNumber();
    void movesNothingOnAFault();
    void neverReadsPastTheEnd();
    void packsDigits_data();
    void packsDigits();
    void refusesHalvesThatAreNoDigits();
};

void TestUintvar::writesAndReads_data()
{
    QTest::addColumn<quint32>("number");
    QTest::addColumn<QByteArray>("octets");
    QTest::newRow("zero") << 0u << "00"_ba;
    QTest::newRow("largest of one octet") << 127u << "7f"_ba;
    QTest::newRow("smallest of two") << 128u << "8100"_ba;
    QTest::newRow("smallest of three") << 16384u << "818000"_ba;
    QTest::newRow("largest") << 0xffffffffu << "8fffffff7f"_ba;
}

void TestUintvar::writesAndReads()
{
    QFETCH(quint32, number);
    QFETCH(QByteArray, octets);
    QByteArray written;
    appendUintvar(written, number);
    QCOMPARE(written.toHex(), octets);
    QCOMPARE(uintvarSize(number), int(written.size()));
    Fault fault = Fault::Invalid;
    ByteReader reader(written);
    QCOMPARE(reader.uintvar(fault), number);
    QCOMPARE(fault, Fault::None);
    QVERIFY(reader.atEnd());
}

void TestUintvar::readsBackRandomNumbers()
{
    QRandomGenerator random(20261120);
    for (int i = 0; i < 10000; ++i) {
        const quint32 number = random.generate() >> random.bounded(32);
        QByteArray octets;
        appendUintvar(octets, number);
        Fault fault = Fault::Invalid;
        QCOMPARE(ByteReader(octets).uintvar(fault), number);
        QCOMPARE(fault, Fault::None);
    }
}

void TestUintvar::refusesWhatIsNoNumber_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<int>("fault");
    QTest::newRow("nothing") << ""_ba << int(Fault::Truncated);
    QTest::newRow("cut off") << "81"_ba << int(Fault::Truncated);
    QTest::newRow("leading 80") << "8001"_ba << int(Fault::Invalid);
    QTest::newRow("33 bits") << "9080808000"_ba << int(Fault::Invalid);
    QTest::newRow("six octets") << "818080808000"_ba << int(Fault::Invalid);
}

void TestUintvar::refusesWhatIsNoNumber()
{
    QFETCH(QByteArray, octets);
    QFETCH(int, fault);
    const QByteArray raw = QByteArray::fromHex(octets);
    Fault found = Fault::None;
    QCOMPARE(ByteReader(raw).uintvar(found), 0u);
    QCOMPARE(int(found), fault);
}

void TestUintvar::movesNothingOnAFault()
{
    const QByteArray octets = QByteArray::fromHex("8001");
    ByteReader reader(octets, 40);
    Fault fault = Fault::None;
    reader.uintvar(fault);
    QCOMPARE(reader.position(), 40);
    QVERIFY(!reader.uint32());
    QVERIFY(!reader.zeroTerminated());
    QVERIFY(!reader.octets(3));
    QVERIFY(!reader.octets(-1));
    QCOMPARE(reader.position(), 40);
    QCOMPARE(*reader.uint16(), quint16(0x8001));
}

void TestUintvar::neverReadsPastTheEnd()
{
    ByteReader reader((QByteArrayView()));
    QVERIFY(reader.atEnd());
    QVERIFY(!reader.peek());
    QVERIFY(!reader.octet());
    QVERIFY(!reader.part(1));
    QVERIFY(reader.part(0).has_value());
    QCOMPARE(reader.rest().size(), 0);
}

void TestUintvar::packsDigits_data()
{
    QTest::addColumn<QString>("digits");
    QTest::addColumn<QByteArray>("octets");
    QTest::newRow("even") << u"35209900176148"_s << "35209900176148"_ba;
    QTest::newRow("odd") << u"491"_s << "491f"_ba;
    QTest::newRow("none") << u""_s << ""_ba;
}

void TestUintvar::packsDigits()
{
    QFETCH(QString, digits);
    QFETCH(QByteArray, octets);
    QCOMPARE(toBcd(digits).toHex(), octets);
    QCOMPARE(fromBcd(QByteArray::fromHex(octets)), std::optional(digits));
}

void TestUintvar::refusesHalvesThatAreNoDigits()
{
    for (const char *octets : {"4f11", "a1", "1a", "ff"})
        QVERIFY2(!fromBcd(QByteArray::fromHex(octets)), octets);
}

QTEST_APPLESS_MAIN(TestUintvar)
#include "tst_uintvar.moc"
