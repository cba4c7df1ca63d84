// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/coapvalue.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

class TestCoapValue : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void writesNumbersInTheShortestForm_data();
    void writesNumbersInTheShortestForm();
    void readsLeadingZerosAndNoFifthOctet();
    void readsEveryBlock();
    void refusesBlocksOutOfBounds();
    void readsWhereADeviceListens_data();
    void readsWhereADeviceListens();
    void refusesEverythingButAddressLiterals_data();
    void refusesEverythingButAddressLiterals();
    void readsTheRegistrationAnswer();
};

void TestCoapValue::writesNumbersInTheShortestForm_data()
{
    QTest::addColumn<quint32>("value");
    QTest::addColumn<QByteArray>("octets");
    QTest::newRow("0") << 0u << QByteArray();
    QTest::newRow("1") << 1u << QByteArray("\x01", 1);
    QTest::newRow("255") << 255u << QByteArray("\xff", 1);
    QTest::newRow("256") << 256u << QByteArray("\x01\x00", 2);
    QTest::newRow("65536") << 65536u << QByteArray("\x01\x00\x00", 3);
    QTest::newRow("most") << 0xffffffffu << QByteArray("\xff\xff\xff\xff", 4);
}

void TestCoapValue::writesNumbersInTheShortestForm()
{
    QFETCH(quint32, value);
    QFETCH(QByteArray, octets);
    QCOMPARE(coapNumber(value), octets);
    QCOMPARE(coapNumber(QByteArrayView(octets)), std::optional<quint32>(value));
}

void TestCoapValue::readsLeadingZerosAndNoFifthOctet()
{
    QCOMPARE(coapNumber(QByteArrayView("\0\0\7", 3)), std::optional<quint32>(7));
    QVERIFY(!coapNumber(QByteArrayView("\0\0\0\0\7", 5)));
}

void TestCoapValue::readsEveryBlock()
{
    for (quint32 number = 0; number < 1u << 24; number += number < 4096 ? 1 : 977) {
        const QByteArray octets = coapNumber(number);
        const Result<CoapBlock> block = CoapBlock::parse(octets);
        QCOMPARE(block.ok(), (number & 7) != 7);
        if (block)
            QCOMPARE(block->toNumber(), number);
    }
}

void TestCoapValue::refusesBlocksOutOfBounds()
{
    QVERIFY(CoapBlock::parse(QByteArrayView("\x07", 1)).error().is("coap-block"));
    QVERIFY(CoapBlock::parse(QByteArrayView("\0\0\0\0", 4)).error().is("coap-block"));
}

void TestCoapValue::readsWhereADeviceListens_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("canonical");
    const auto row = [](const char *text, const char *canonical) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(canonical);
    };
    row("coap://192.0.2.50:61616", "coap://192.0.2.50:61616");
    row("coap://192.0.2.50", "coap://192.0.2.50:5683");
    row("coaps://192.0.2.50/", "coaps://192.0.2.50:5684");
    row("COAP://[2001:DB8::1]:7", "coap://[2001:db8::1]:7");
    row("coap://[::1]", "coap://[::1]:5683");
}

void TestCoapValue::readsWhereADeviceListens()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, canonical);
    const Result<CoapBase> base = CoapBase::parse(text);
    QVERIFY(base.ok());
    QCOMPARE(base->toText(), canonical);
    QCOMPARE(*CoapBase::parse(canonical), *base);
}

void TestCoapValue::refusesEverythingButAddressLiterals_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text :
         {"", "coap://", "coap:192.0.2.1", "http://192.0.2.1", "coap://device.example", "coap://localhost:5683",
          "coap://192.0.2.1:0", "coap://192.0.2.1:65536", "coap://192.0.2.1:", "coap://192.0.2.1:5x",
          "coap://192.0.2.1/push", "coap://192.0.2.1?x", "coap://u@192.0.2.1", "coap://2001:db8::1", "coap://[2001:db8::1",
          "coap://[192.0.2.1]", "coap://192.0.2.1:5683:1", "coap://0x7f000001", "coap://[fe80::1%25eth0]", " coap://192.0.2.1"})
        QTest::newRow(text[0] ? text : "empty") << QByteArray(text);
}

void TestCoapValue::refusesEverythingButAddressLiterals()
{
    QFETCH(QByteArray, text);
    const Result<CoapBase> base = CoapBase::parse(text);
    QVERIFY(!base.ok());
    QVERIFY(base.error().is("coap-base"));
}

void TestCoapValue::readsTheRegistrationAnswer()
{
    QCOMPARE((CoapRegistrationAnswer{25, 86400}).toText(), QByteArray("ka=25;lt=86400"));
    QCOMPARE(*CoapRegistrationAnswer::parse("lt=60;x=1;ka=7"), (CoapRegistrationAnswer{7, 60}));
    QCOMPARE(CoapRegistrationAnswer::parse("lt=4294967295")->lifetime, 4294967295u);
    for (const char *text : {"", "ka=25", "ka=;lt=1", "lt=-1", "lt=4294967296", "ka=86401;lt=1", "lt=1e3"})
        QVERIFY2(CoapRegistrationAnswer::parse(text).error().is("coap-answer"), text);
}

QTEST_GUILESS_MAIN(TestCoapValue)
#include "tst_coapvalue.moc"
