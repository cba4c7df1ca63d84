// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/otahttpvalues.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;
using Kind = OtaTerminalId::Kind;

Q_DECLARE_METATYPE(reveille::OtaTerminalId::Kind)

class TestOtaHttpValues : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsStatuses_data();
    void readsStatuses();
    void saysWhatMayBeSentAgain();
    void computesTheTagOfAllValues();
    void readsTagsOfOldTerminals_data();
    void readsTagsOfOldTerminals();
    void refusesWhatIsNoTag_data();
    void refusesWhatIsNoTag();
    void takesDefaultsForWhatIsNotTold();
    void readsBothNamesOfTheLargestMessage();
    void takesListsApart();
    void boundsLists();
    void ignoresNumbersThatAreNone();
    void readsTerminalIds_data();
    void readsTerminalIds();
    void namesDevicesByTerminalId_data();
    void namesDevicesByTerminalId();
    void refusesBrokenTerminalIds();
    void negotiatesVersions_data();
    void negotiatesVersions();
    void readsWakeRoutes();
    void refusesBrokenWakeRoutes_data();
    void refusesBrokenWakeRoutes();
};

void TestOtaHttpValues::readsStatuses_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("bare") << QByteArray("400") << 400 << QByteArray();
    QTest::newRow("with text") << QByteArray(" 256 CPITag mismatch ") << 256 << QByteArray("CPITag mismatch");
    QTest::newRow("short") << QByteArray("40") << 0 << QByteArray();
    QTest::newRow("long") << QByteArray("4000") << 0 << QByteArray();
    QTest::newRow("empty") << QByteArray() << 0 << QByteArray();
    QTest::newRow("word") << QByteArray("yes") << 0 << QByteArray();
    QTest::newRow("sign") << QByteArray("-40") << 0 << QByteArray();
}

void TestOtaHttpValues::readsStatuses()
{
    QFETCH(QByteArray, value);
    QFETCH(int, code);
    QFETCH(QByteArray, text);
    const std::optional<OtaStatus> status = OtaStatus::parse(value);
    QCOMPARE(status.has_value(), code != 0);
    if (status) {
        QCOMPARE(status->code, code);
        QCOMPARE(status->text, text);
        QCOMPARE(OtaStatus::parse(status->toValue()), status);
    }
}

void TestOtaHttpValues::saysWhatMayBeSentAgain()
{
    const auto status = [](int code) { return OtaStatus{code, {}}; };
    for (const int code : {234, 237, 300})
        QVERIFY(status(code).mayResend());
    for (const int code : {235, 236, 238, 256, 257, 301, 302, 400, 401, 500, 501, 600})
        QVERIFY(!status(code).mayResend());
    QVERIFY(status(299).rejectsPush() && !status(300).rejectsPush() && !status(200).rejectsPush());
    QVERIFY(status(301).rejectsRegistration() && !status(400).rejectsRegistration());
    QVERIFY(status(401).acceptsPush() && !status(500).acceptsPush());
    QVERIFY(status(501).acceptsRegistration() && !status(600).acceptsRegistration());
}

void TestOtaHttpValues::computesTheTagOfAllValues()
{
    OtaCpi cpi;
    cpi.contentTypes = {u"application/vnd.wap.sia"_s, u"text/vnd.wap.si"_s, u"application/vnd.wap.mms-message"_s};
    cpi.encodings = {u"deflate"_s};
    cpi.languages = {u"en"_s};
    cpi.applications = {u"x-wap-application:wml.ua"_s, u"x-wap-application:mms.ua"_s};
    cpi.maxMessageSize = 30000;
    cpi.maxPushRequests = 2;
    QCOMPARE(cpi.tag().toValue(), QByteArray("Iyf7RA=="));
    QCOMPARE(cpi.tag().octets(), QByteArray::fromHex("2327fb44"));
    cpi.maxPushRequests = 3;
    QVERIFY(cpi.tag().toValue() != "Iyf7RA==");
}

void TestOtaHttpValues::readsTagsOfOldTerminals_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("octets");
    const QByteArray octets = QByteArray::fromHex("2327fb44");
    QTest::newRow("base64") << QByteArray("Iyf7RA==") << octets;
    QTest::newRow("base64 without padding") << QByteArray("Iyf7RA") << octets;
    QTest::newRow("octets") << octets << octets;
    QTest::newRow("hex") << QByteArray("2327fb44") << octets;
    QTest::newRow("hex in capitals") << QByteArray("2327FB44") << octets;
    QTest::newRow("hex without zeros in front") << QByteArray("327fb44") << QByteArray::fromHex("0327fb44");
    QTest::newRow("six hex digits") << QByteArray("27fb44") << QByteArray::fromHex("0027fb44");
}

void TestOtaHttpValues::readsTagsOfOldTerminals()
{
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, octets);
    const std::optional<CpiTag> tag = CpiTag::parse(value);
    QVERIFY(tag.has_value());
    QCOMPARE(tag->octets(), octets);
    QCOMPARE(tag->toValue(), value); // it is given back what it wrote
}

void TestOtaHttpValues::refusesWhatIsNoTag_data()
{
    QTest::addColumn<QByteArray>("value");
    for (const char *value : {"", "Iyf7RA=", "Iyf7RA===", "Iyf7RAAA", "2327fb445", "not a tag", "!yf7RA=="})
        QTest::addRow("'%s'", value) << QByteArray(value);
}

void TestOtaHttpValues::refusesWhatIsNoTag()
{
    QFETCH(QByteArray, value);
    QVERIFY(!CpiTag::parse(value));
}

void TestOtaHttpValues::takesDefaultsForWhatIsNotTold()
{
    HttpHeaders headers;
    QVERIFY(!OtaCpi::isToldBy(headers));
    const OtaCpi cpi = OtaCpi::read(headers);
    QCOMPARE(cpi.contentTypes, QStringList({u"application/vnd.wap.sia"_s, u"text/vnd.wap.si"_s}));
    QCOMPARE(cpi.encodings, QStringList(u"identity"_s));
    QCOMPARE(cpi.maxMessageSize, 1400);
    QCOMPARE(cpi.maxPushRequests, 1);
    QVERIFY(cpi.subscriptions().isEmpty());
    cpi.writeTo(headers);
    QVERIFY(OtaCpi::isToldBy(headers));
    QCOMPARE(OtaCpi::read(headers), cpi);
}

void TestOtaHttpValues::readsBothNamesOfTheLargestMessage()
{
    HttpHeaders headers;
    headers.add("X-Wap-Push-MsgSize", "9000");
    QVERIFY(OtaCpi::isToldBy(headers));
    QCOMPARE(OtaCpi::read(headers).maxMessageSize, 9000);
    headers.add("X-Wap-Push-MaxMsgSize", "30000");
    QCOMPARE(OtaCpi::read(headers).maxMessageSize, 30000);
}

void TestOtaHttpValues::takesListsApart()
{
    HttpHeaders headers;
    headers.add("x-wap-push-accept", "text/plain,image/*");
    headers.add("X-Wap-Push-Accept", " text/html ");
    headers.add("X-Wap-Push-Accept-AppID", "x-wap-application:a,x-wap-application:b, http://c.example/d,e");
    const OtaCpi cpi = OtaCpi::read(headers);
    QCOMPARE(cpi.contentTypes, QStringList({u"text/plain"_s, u"image/*"_s, u"text/html"_s}));
    QCOMPARE(cpi.applications,
             QStringList({u"x-wap-application:a"_s, u"x-wap-application:b"_s, u"http://c.example/d,e"_s}));
    QCOMPARE(cpi.subscriptions(), cpi.applications);
}

void TestOtaHttpValues::boundsLists()
{
    HttpHeaders headers;
    headers.add("X-Wap-Push-Accept", QByteArray("text/plain,").repeated(1000));
    headers.add("X-Wap-Push-Accept-AppID", "x:" + QByteArray(300, 'a') + ", x:b");
    const OtaCpi cpi = OtaCpi::read(headers);
    QCOMPARE(cpi.contentTypes.size(), OtaCpi::maxItems);
    QCOMPARE(cpi.applications, QStringList(u"x:b"_s));
}

void TestOtaHttpValues::ignoresNumbersThatAreNone()
{
    for (const char *value : {"", "0", "-1", "1e3", "99999999999999999999", "many"}) {
        HttpHeaders headers;
        headers.add("X-Wap-Push-MaxMsgSize", value);
        headers.add("X-Wap-Push-Accept-MaxPushReq", value);
        QCOMPARE(OtaCpi::read(headers).maxMessageSize, 1400);
        QCOMPARE(OtaCpi::read(headers).maxPushRequests, 1);
    }
}

void TestOtaHttpValues::readsTerminalIds_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("value");
    QTest::newRow("msisdn") << QByteArray("4358408201681") << Kind::Msisdn << u"358408201681"_s;
    QTest::newRow("imsi") << QByteArray("5262011234567890") << Kind::Imsi << u"262011234567890"_s;
    QTest::newRow("iccid") << QByteArray("18949012345678901234") << Kind::Iccid << u"8949012345678901234"_s;
    QTest::newRow("esn") << QByteArray("3a1B2c3D4") << Kind::Esn << u"a1B2c3D4"_s;
    QTest::newRow("ipv4") << QByteArray("6192000002010") << Kind::IPv4 << u"192000002010"_s;
    QTest::newRow("ipv6") << QByteArray("72001:db8::1") << Kind::IPv6 << u"2001:db8::1"_s;
    QTest::newRow("nai") << QByteArray("01alice@lab.example") << Kind::Nai << u"alice@lab.example"_s;
    QTest::newRow("assigned") << QByteArray("00phone_operator.example") << Kind::Assigned << u"phone_operator.example"_s;
    QTest::newRow("provisioned") << QByteArray("pump-7") << Kind::Provisioned << u"pump-7"_s;
    QTest::newRow("device") << QByteArray("urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6") << Kind::Provisioned
                            << u"urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"_s;
    QTest::newRow("no shape") << QByteArray("4a") << Kind::Provisioned << u"4a"_s;
}

void TestOtaHttpValues::readsTerminalIds()
{
    QFETCH(QByteArray, text);
    QFETCH(Kind, kind);
    QFETCH(QString, value);
    const Result<OtaTerminalId> id = OtaTerminalId::parse(text);
    QVERIFY(id.ok());
    QCOMPARE(id->kind(), kind);
    QCOMPARE(id->value(), value);
    QCOMPARE(id->toString().toUtf8(), text);
}

void TestOtaHttpValues::namesDevicesByTerminalId_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("device");
    QTest::newRow("msisdn") << QByteArray("4358408201681") << u"tel:+358408201681"_s;
    QTest::newRow("imsi") << QByteArray("5262011234567890") << u"other:imsi:262011234567890"_s;
    QTest::newRow("esn") << QByteArray("3a1B2c3D4") << u"esn:A1B2C3D4"_s;
    QTest::newRow("uuid") << QByteArray("urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6")
                          << u"urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"_s;
    QTest::newRow("mac") << QByteArray("mac:00a0c91e6bf6") << u"mac:00a0c91e6bf6"_s;
    QTest::newRow("name") << QByteArray("pump-7") << u"other:pump-7"_s;
    QTest::newRow("address") << QByteArray("6192000002010") << QString();
}

void TestOtaHttpValues::namesDevicesByTerminalId()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, device);
    const DeviceId id = OtaTerminalId::parse(text)->deviceId();
    QCOMPARE(id, DeviceId::parse(device).valueOr({}));
    QCOMPARE(OtaTerminalId::parse(text)->msisdn().has_value(), text.startsWith('4'));
    if (!id.isEmpty())
        QCOMPARE(OtaTerminalId::of(id).deviceId(), id);
    QCOMPARE(OtaTerminalId::of(*Msisdn::parse(u"+358408201681")).toString(), u"4358408201681"_s);
}

void TestOtaHttpValues::refusesBrokenTerminalIds()
{
    QVERIFY(!OtaTerminalId::parse(""));
    QVERIFY(!OtaTerminalId::parse(QByteArray(256, 'a')));
    QVERIFY(!OtaTerminalId::parse("a\x01"));
    QVERIFY(!OtaTerminalId::parse("\xff\xfe"));
}

void TestOtaHttpValues::negotiatesVersions_data()
{
    QTest::addColumn<QByteArray>("list");
    QTest::addColumn<bool>("included");
    QTest::newRow("one") << QByteArray("1.0") << true;
    QTest::newRow("list") << QByteArray("2.0, 1.3 ,1.0") << true;
    QTest::newRow("wildcard") << QByteArray("2.*,1.*") << true;
    QTest::newRow("other wildcard") << QByteArray("2.*") << false;
    QTest::newRow("any") << QByteArray("*") << true;
    QTest::newRow("begins alike") << QByteArray("1.01") << false;
    QTest::newRow("empty") << QByteArray() << false;
}

void TestOtaHttpValues::negotiatesVersions()
{
    QFETCH(QByteArray, list);
    QFETCH(bool, included);
    QCOMPARE(otaVersionsInclude(list, "1.0"), included);
}

void TestOtaHttpValues::readsWakeRoutes()
{
    const Result<WakeRoute> route = parseOtaWakeRoute("SMS; address=+491701234567 ;port=2948;later=x");
    QVERIFY(route.ok());
    QCOMPARE(route->bearer, u"sms"_s);
    QCOMPARE(route->address, u"491701234567"_s);
    QCOMPARE(route->port.number(), 2948);
    QCOMPARE(route->source, WakeRoute::Source::Client);
    QCOMPARE(otaWakeRouteValue(*route), QByteArray("sms;address=491701234567;port=2948"));
    QVERIFY(!parseOtaWakeRoute("wsp-udp;address=10.0.0.7")->port.isSet());
}

void TestOtaHttpValues::refusesBrokenWakeRoutes_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("empty") << QByteArray() << QByteArray("ota-wake-bearer");
    QTest::newRow("bearer") << QByteArray("s m s;address=1") << QByteArray("ota-wake-bearer");
    QTest::newRow("no address") << QByteArray("sms") << QByteArray("ota-wake-address");
    QTest::newRow("long address") << "sms;address=" + QByteArray(300, '1') << QByteArray("ota-wake-address");
    QTest::newRow("port") << QByteArray("sms;address=1;port=70000") << QByteArray("ota-wake-port");
}

void TestOtaHttpValues::refusesBrokenWakeRoutes()
{
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, code);
    const Result<WakeRoute> route = parseOtaWakeRoute(value);
    QVERIFY(!route.ok());
    QCOMPARE(QByteArray(route.error().code), code);
}

QTEST_GUILESS_MAIN(TestOtaHttpValues)
#include "tst_otahttpvalues.moc"
