// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/stun.h"
#include "wire/vectors.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

const QByteArray transaction = QByteArray::fromHex("b7e7a701bc34d686fa87dfae");

QByteArray message(const char *type, const char *attributes)
{
    const QByteArray body = QByteArray::fromHex(attributes);
    QByteArray octets = QByteArray::fromHex(type);
    octets.append(char(body.size() >> 8)).append(char(body.size() & 0xff));
    return octets + QByteArray::fromHex("2112a442") + transaction + body;
}

QByteArray errorOf(const char *code)
{
    return QByteArray(code);
}

} // namespace

class TestStun : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsTheRequestVector();
    void writesTheVectors();
    void readsTheResponseVector();
    void carriesEveryAddress_data();
    void carriesEveryAddress();
    void tellsStunFromSip_data();
    void tellsStunFromSip();
    void refusesCutMessagesAtEachOctet();
    void skipsAttributesOfOtherServers();
    void prefersTheMixedAddress();
    void refusesHostileMessages_data();
    void refusesHostileMessages();
    void writesNoResponseWithoutAddress();
};

void TestStun::readsTheRequestVector()
{
    const Result<QByteArray> id = parseStunRequest(vectorOctets(u"stun-binding-request"_s));
    QVERIFY(id.ok());
    QCOMPARE(*id, transaction);
}

void TestStun::writesTheVectors()
{
    QCOMPARE(encodeStunRequest(transaction).toHex(), vectorOctets(u"stun-binding-request"_s).toHex());
    QCOMPARE(encodeStunResponse(transaction, *IpAddress::parse(u"192.0.2.50"), 49152).toHex(),
             vectorOctets(u"stun-binding-response"_s).toHex());
}

void TestStun::readsTheResponseVector()
{
    const Result<StunResponse> response = parseStunResponse(vectorOctets(u"stun-binding-response"_s));
    QVERIFY(response.ok());
    QCOMPARE(response->transaction, transaction);
    QCOMPARE(response->mapped.toString(), u"192.0.2.50"_s);
    QCOMPARE(response->port, quint16(49152));
}

void TestStun::carriesEveryAddress_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<quint16>("port");
    QTest::newRow("IPv4") << u"10.1.2.3"_s << quint16(1);
    QTest::newRow("IPv6") << u"2001:db8::1234:5678"_s << quint16(65535);
    QTest::newRow("loopback") << u"::1"_s << quint16(5060);
}

void TestStun::carriesEveryAddress()
{
    QFETCH(QString, address);
    QFETCH(quint16, port);
    const QByteArray octets = encodeStunResponse(transaction, *IpAddress::parse(address), port);
    const Result<StunResponse> response = parseStunResponse(octets);
    QVERIFY(response.ok());
    QCOMPARE(response->mapped.toString(), address);
    QCOMPARE(response->port, port);
    QVERIFY(!octets.contains(IpAddress::parse(address)->bytes()));
}

void TestStun::tellsStunFromSip_data()
{
    QTest::addColumn<QByteArray>("datagram");
    QTest::addColumn<bool>("stun");
    QTest::newRow("request") << encodeStunRequest(transaction) << true;
    QTest::newRow("SIP") << "REGISTER sip:lab.example SIP/2.0\r\n\r\n"_ba << false;
    QTest::newRow("keep-alive") << "\r\n\r\n"_ba << false;
    QTest::newRow("empty") << ""_ba << false;
    QTest::newRow("19 octets") << encodeStunRequest(transaction).chopped(1) << false;
    QTest::newRow("other cookie") << encodeStunRequest(transaction).replace(4, 1, "\x20") << false;
    QTest::newRow("first bits set") << encodeStunRequest(transaction).replace(0, 1, "\x40") << false;
}

void TestStun::tellsStunFromSip()
{
    QFETCH(QByteArray, datagram);
    QFETCH(bool, stun);
    QCOMPARE(isStun(datagram), stun);
    QCOMPARE(parseStunRequest(datagram).ok(), stun);
}

void TestStun::refusesCutMessagesAtEachOctet()
{
    const QByteArray response = vectorOctets(u"stun-binding-response"_s);
    for (qsizetype end = 0; end < response.size(); ++end)
        QVERIFY(!parseStunResponse(QByteArrayView(response).first(end)).ok());
    QVERIFY(!parseStunResponse(response + '\0').ok());
}

void TestStun::skipsAttributesOfOtherServers()
{
    const Result<StunResponse> response =
        parseStunResponse(message("0101", "80220003616263ff 002000080001e112e112a670 80280004deadbeef"));
    QVERIFY(response.ok());
    QCOMPARE(response->port, quint16(49152));
    QVERIFY(parseStunRequest(message("0001", "802200036162 6300")).ok());
}

void TestStun::prefersTheMixedAddress()
{
    const char *plainFirst = "000100080001003500010203 002000080001e112e112a670";
    const char *mixedFirst = "002000080001e112e112a670 000100080001003500010203";
    for (const char *attributes : {plainFirst, mixedFirst})
        QCOMPARE(parseStunResponse(message("0101", attributes))->mapped.toString(), u"192.0.2.50"_s);
    QCOMPARE(parseStunResponse(message("0101", "00010008000100350a010203"))->mapped.toString(),
             u"10.1.2.3"_s);
}

void TestStun::refusesHostileMessages_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<QByteArray>("asRequest");
    QTest::addColumn<QByteArray>("asResponse");
    QTest::newRow("error response") << message("0111", "") << "stun-not-request"_ba
                                    << "stun-error-response"_ba;
    QTest::newRow("no address") << message("0101", "") << "stun-not-request"_ba
                                << "stun-no-address"_ba;
    QTest::newRow("unknown family") << message("0101", "002000080003e112e112a670") << "stun-not-request"_ba
                                    << "stun-attribute"_ba;
    QTest::newRow("IPv6 in 4 octets") << message("0101", "002000080002e112e112a670") << "stun-not-request"_ba
                                      << "stun-attribute"_ba;
    QTest::newRow("attribute past the end") << message("0001", "80220005616263ff") << "stun-attribute"_ba
                                            << "stun-not-response"_ba;
    QTest::newRow("attribute to be understood") << message("0001", "00300000") << "stun-attribute-unknown"_ba
                                                << "stun-not-response"_ba;
    QTest::newRow("indication") << message("0011", "") << "stun-not-request"_ba
                                << "stun-not-response"_ba;
    QTest::newRow("length too great") << message("0001", "").replace(3, 1, "\x04") << "stun-length"_ba
                                      << "stun-length"_ba;
    QTest::newRow("length not of four") << message("0001", "000000") << "stun-length"_ba
                                        << "stun-length"_ba;
}

void TestStun::refusesHostileMessages()
{
    QFETCH(QByteArray, octets);
    QFETCH(QByteArray, asRequest);
    QFETCH(QByteArray, asResponse);
    const Result<QByteArray> request = parseStunRequest(octets);
    const Result<StunResponse> response = parseStunResponse(octets);
    QVERIFY(!request.ok());
    QVERIFY(!response.ok());
    QCOMPARE(errorOf(request.error().code), asRequest);
    QCOMPARE(errorOf(response.error().code), asResponse);
}

void TestStun::writesNoResponseWithoutAddress()
{
    QVERIFY(encodeStunResponse(transaction, IpAddress(), 1).isEmpty());
    QVERIFY(encodeStunResponse("short", *IpAddress::parse(u"10.0.0.1"), 1).isEmpty());
}

QTEST_APPLESS_MAIN(TestStun)
#include "tst_stun.moc"
