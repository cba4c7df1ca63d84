// SPDX-License-Identifier: GPL-3.0-or-later
#include "vectors.h"
#include "wire/smsassembler.h"
#include "wire/smsuserdata.h"
#include "wire/wsp.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

class TestSmsUserData : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void writesASirAsTheVectorHasIt()
    {
        const QByteArray userData = vectorOctets(u"sms-ud-sir"_s);
        const auto parts = splitSms(withoutUserDataHeader(userData), {2948, 9200}, 1, false);
        QVERIFY(parts.ok());
        QCOMPARE(parts->size(), 1);
        QCOMPARE(encodeSmsUserData(parts->first()).toHex(), userData.toHex());
    }
    void splitsAndPutsTogetherAsTheVectorsHaveIt_data()
    {
        QTest::addColumn<QString>("vector");
        QTest::addColumn<quint16>("reference");
        QTest::addColumn<bool>("wide");
        QTest::newRow("8-bit") << u"sms-ud-concat-ref8-part%1"_s << quint16(0x5a) << false;
        QTest::newRow("16-bit") << u"sms-ud-concat-ref16-part%1"_s << quint16(0x1234) << true;
    }
    void splitsAndPutsTogetherAsTheVectorsHaveIt()
    {
        QFETCH(QString, vector);
        QFETCH(quint16, reference);
        QFETCH(bool, wide);
        const QByteArray whole = vectorOctets(u"sms-concat-reassembled-wsp"_s);
        const auto parts = splitSms(whole, {2948, 9200}, reference, wide);
        QVERIFY(parts.ok());
        QCOMPARE(parts->size(), 2);
        SmsAssembler assembler({});
        for (int i : {1, 0}) { // in any order
            const QByteArray octets = vectorOctets(vector.arg(i + 1));
            QVERIFY(!octets.isEmpty());
            QCOMPARE(encodeSmsUserData(parts->at(i)).toHex(), octets.toHex());
            const auto read = decodeSmsUserData(octets);
            QVERIFY(read.ok());
            QCOMPARE(*read, parts->at(i));
            const auto put = assembler.take(u"+49170"_s, *read, Milliseconds(0));
            QCOMPARE(put.has_value(), i == 0);
            if (put) {
                QCOMPARE(put->payload.toHex(), whole.toHex());
                QCOMPARE(*put->ports, (SmsPorts{2948, 9200}));
            }
        }
        QCOMPARE(assembler.open(), 0);
    }
    void readsWhatKannelMade()
    {
        const auto read = decodeSmsUserData(vectorOctets(u"kannel-si-sms"_s));
        QVERIFY(read.ok());
        QCOMPARE(*read->ports, (SmsPorts{2948, 9200}));
        QVERIFY(!read->concatenation);
        const auto push = decodeWspPush(read->payload);
        QVERIFY(push.ok());
        QCOMPARE(push->contentType, u"application/vnd.wap.sic"_s);
    }
    void readsTheUserDataOfATransportUnit()
    {
        const QByteArray unit = vectorOctets(u"sms-submit-tpdu"_s);
        QCOMPARE(unit.right(31), vectorOctets(u"sms-ud-sir"_s));
        QVERIFY(decodeSmsUserData(unit.right(31)).ok());
    }
    void readsElementsAsTheyCome_data()
    {
        QTest::addColumn<QByteArray>("octets");
        QTest::addColumn<int>("port"); // -1: none
        QTest::addColumn<int>("sequence");
        QTest::newRow("concatenation first") << "0b00035a02010504 0b8423f0aa"_ba << 2948 << 1;
        QTest::newRow("unknown between") << "0f00035a0201700201020504 0b8423f0aa"_ba << 2948 << 1;
        QTest::newRow("8-bit ports") << "0404020506aa"_ba << 5 << -1;
        QTest::newRow("no elements") << "00aa"_ba << -1 << -1;
        QTest::newRow("total 0") << "0500035a0001aa"_ba << -1 << -1;
        QTest::newRow("sequence 0") << "0500035a0200aa"_ba << -1 << -1;
        QTest::newRow("beyond total") << "0500035a0203aa"_ba << -1 << -1;
        QTest::newRow("wrong size of a known one") << "0400025a02aa"_ba << -1 << -1;
        QTest::newRow("twice: the last") << "0c05040b8423f005040b8523f0aa"_ba << 2949 << -1;
    }
    void readsElementsAsTheyCome()
    {
        QFETCH(QByteArray, octets);
        QFETCH(int, port);
        QFETCH(int, sequence);
        const auto read = decodeSmsUserData(QByteArray::fromHex(octets));
        QVERIFY(read.ok());
        QCOMPARE(read->ports ? int(read->ports->destination) : -1, port);
        QCOMPARE(read->concatenation ? int(read->concatenation->sequence) : -1, sequence);
        QCOMPARE(read->payload.toHex(), "aa"_ba);
    }
    void refusesWhatIsCutOff_data()
    {
        QTest::addColumn<QByteArray>("octets");
        QTest::addColumn<QByteArray>("code");
        QTest::newRow("nothing") << QByteArray() << "sms-empty"_ba;
        QTest::newRow("header") << "06050b84"_ba
                                << "sms-header"_ba;
        QTest::newRow("element") << "0205ffaa"_ba
                                 << "sms-header"_ba;
        QTest::newRow("length of an element") << "0105aa"_ba
                                              << "sms-header"_ba;
    }
    void refusesWhatIsCutOff()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QByteArray, code);
        const auto read = decodeSmsUserData(QByteArray::fromHex(octets));
        QVERIFY(!read.ok());
        QCOMPARE(QByteArray(read.error().code), code);
    }
    void partsHoldAsMuchAsFits_data()
    {
        QTest::addColumn<int>("size");
        QTest::addColumn<bool>("wide");
        QTest::addColumn<int>("parts");
        QTest::newRow("one octet") << 1 << false << 1;
        QTest::newRow("just one") << 133 << false << 1;
        QTest::newRow("one more") << 134 << false << 2;
        QTest::newRow("just two") << 256 << false << 2;
        QTest::newRow("three") << 257 << false << 3;
        QTest::newRow("just two, wide") << 254 << true << 2;
        QTest::newRow("three, wide") << 255 << true << 3;
    }
    void partsHoldAsMuchAsFits()
    {
        QFETCH(int, size);
        QFETCH(bool, wide);
        QFETCH(int, parts);
        const auto split = splitSms(QByteArray(size, 'x'), {}, 7, wide);
        QVERIFY(split.ok());
        QCOMPARE(split->size(), parts);
        for (const SmsUserData &part : *split)
            QVERIFY(encodeSmsUserData(part).size() <= smsUserDataLimit);
    }
    void tooManyPartsAreRefused()
    {
        QCOMPARE(splitSms(QByteArray(600, 'x'), {}, 7, false, 4).error().code, "sms-too-long");
        QCOMPARE(splitSms(QByteArray(256 * 128, 'x'), {}, 7, false).error().code, "sms-too-long");
        QCOMPARE(splitSms({}, {}, 7, false).error().code, "sms-empty");
    }
    void duplicatesAndStrangersDoNotMix()
    {
        const auto parts = *splitSms(QByteArray(200, 'x'), {}, 7, false);
        SmsAssembler assembler({});
        QVERIFY(!assembler.take(u"a"_s, parts[0], Milliseconds(0)));
        QVERIFY(!assembler.take(u"a"_s, parts[0], Milliseconds(0)));
        QVERIFY(!assembler.take(u"b"_s, parts[1], Milliseconds(0)));
        QCOMPARE(assembler.open(), 2);
        const auto whole = assembler.take(u"a"_s, parts[1], Milliseconds(0));
        QVERIFY(whole.has_value());
        QCOMPARE(whole->payload.size(), 200);
    }
    void missingPartsAreGivenUpInTime()
    {
        const auto parts = *splitSms(QByteArray(200, 'x'), {}, 7, false);
        SmsAssembler assembler({100, Milliseconds(1000)});
        QVERIFY(!assembler.take(u"a"_s, parts[0], Milliseconds(0)));
        QVERIFY(!assembler.take(u"a"_s, parts[1], Milliseconds(1001)));
        QCOMPARE(assembler.givenUp(), 1);
        QCOMPARE(assembler.expire(Milliseconds(5000)), 1);
        QCOMPARE(assembler.open(), 0);
    }
    void openMessagesAreBounded()
    {
        const auto parts = *splitSms(QByteArray(200, 'x'), {}, 7, false);
        SmsAssembler assembler({10, Milliseconds(1000)});
        for (int i = 0; i < 1000; ++i)
            QVERIFY(!assembler.take(QString::number(i), parts[0], Milliseconds(i / 10)));
        QCOMPARE(assembler.open(), 10);
        QCOMPARE(assembler.givenUp(), 990);
        QVERIFY(assembler.take(u"999"_s, parts[1], Milliseconds(100)));
    }
};

QTEST_GUILESS_MAIN(TestSmsUserData)
#include "tst_smsuserdata.moc"
