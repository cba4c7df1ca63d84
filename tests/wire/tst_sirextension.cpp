// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/sir.h"
#include "wire/wsp.h"

#include <QMessageAuthenticationCode>
#include <QRandomGenerator>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

const QByteArray noFields = QByteArray::fromHex("02000000000000");

QByteArray octets(const char *hex)
{
    return QByteArray::fromHex(hex);
}

DeviceId device(const char *text)
{
    return *DeviceId::parse(QString::fromLatin1(text));
}

SessionRequest requestForPhone()
{
    SessionRequest sir;
    sir.applications = {{ApplicationId::Kind::Number, 2, {}}};
    sir.contactPoints = {{quint8(0x00), quint16(5060), octets("c000020a")}};
    sir.protocolOptions = {0};
    sir.device = device("urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6");
    sir.time = {1795200000000};
    sir.nonce = octets("deadbeef");
    return sir;
}

template <typename T>
T oneOf(QRandomGenerator &random, std::initializer_list<T> choices)
{
    return *(choices.begin() + random.bounded(int(choices.size())));
}

QByteArray randomOctets(QRandomGenerator &random, int size)
{
    QByteArray result;
    for (int i = 0; i < size; ++i)
        result.append(char(random.bounded(256)));
    return result;
}

QVector<ContactPoint> randomPoints(QRandomGenerator &random)
{
    QVector<ContactPoint> points(random.bounded(4));
    for (ContactPoint &point : points) {
        if (random.bounded(2))
            point.bearer = quint8(random.bounded(256));
        if (random.bounded(2))
            point.port = quint16(random.bounded(65536));
        point.address = randomOctets(random, random.bounded(64));
    }
    return points;
}

SessionRequest randomRequest(QRandomGenerator &random)
{
    SessionRequest sir;
    sir.version = random.bounded(5);
    for (int i = random.bounded(4); i > 0; --i) {
        sir.applications.append(
            oneOf<ApplicationId>(random, {{},
                                          {ApplicationId::Kind::Number, 1 + random.bounded(0xfffffffeu), {}},
                                          {ApplicationId::Kind::Number, 1 + random.bounded(200u), {}},
                                          {ApplicationId::Kind::Uri, 0, u"urn:example:b\u00fcro"_s},
                                          {ApplicationId::Kind::Uri, 0, u"\u00e9t\u00e9:x"_s}}));
    }
    sir.wspPoints = randomPoints(random);
    if (sir.version == 0)
        return sir;
    sir.contactPoints = randomPoints(random);
    for (int i = random.bounded(4); i > 0; --i)
        sir.protocolOptions.append(random.generate() >> random.bounded(32));
    sir.provUrl = randomOctets(random, random.bounded(200));
    for (int i = random.bounded(3); i > 0; --i)
        sir.cpiTags.append(randomOctets(random, 4));
    if (sir.version == 1)
        return sir;
    if (random.bounded(2)) {
        sir.device = device(oneOf<const char *>(
            random,
            {"urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "urn:gsma:imei:35209900-176148-0",
             "sip:alice@lab.example;gr=urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
             "http://lab.example/d/1", "urn:dev:ow:10e2073a01080063", "rfid:30AEF4A8B4C7E0400000000A",
             "esn:80A1B2C3", "mac:00a0c91e6bf6", "fingerprint:sha-1:4AADB9B13F82183B540212DF3E5D496B19E57CAB",
             "other:lab printer", "other:mac:00a0c91e6bf6"}));
    }
    if (random.bounded(2))
        sir.user = *PublicUserId::parse(oneOf<QString>(
            random, {u"sip:alice@lab.example"_s, u"tel:+491701234567"_s, u"tel:+4917012345678"_s}));
    sir.requests = SirRequests::fromInt(random.bounded(0x80));
    sir.applicationName = oneOf<QString>(random, {u""_s, u"x-wap-application:mms.ua"_s, u"mms.ua"_s,
                                                  u"x-oma-nec:otaprov.ua"_s, u"B\u00fcro"_s});
    sir.gateway = oneOf<QString>(random, {u""_s, u"sip:192.0.2.10:5060;transport=udp"_s});
    if (random.bounded(2))
        sir.time = {qint64(random.generate()) * 1000};
    if (random.bounded(2))
        sir.nonce = randomOctets(random, 4);
    sir.authenticator = randomOctets(random, random.bounded(33));
    return sir;
}

} // namespace

/// Version 2: the extension records of our house.
class TestSirExtension : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void writesRecordsToTheOctet_data();
    void writesRecordsToTheOctet();
    void readsBackRandomRequests();
    void readsBackWhatRandomOctetsMeant();
    void signsOverEverythingBefore();
    void verifiesOnlyWhatWasSigned();
    void refusesOctetsBehindTheAuthenticator();
    void refusesShortAuthenticators();
    void skipsTagsItDoesNotKnow();
    void takesTheFirstOfARepeatedTag();
    void refusesBrokenRecords_data();
    void refusesBrokenRecords();
    void refusesTruncatedRecordsAtEachOctet();
    void fitsOneShortMessage();
};

void TestSirExtension::writesRecordsToTheOctet_data()
{
    QTest::addColumn<SessionRequest>("sir");
    QTest::addColumn<QByteArray>("records");
    const auto row = [](const char *name, auto change, const QByteArray &records) {
        SessionRequest sir;
        change(sir);
        QTest::newRow(name) << sir << records;
    };
    const auto withDevice = [](const char *text) {
        return [text](SessionRequest &sir) {
            sir.device = device(text);
        };
    };
    row(
        "nothing", [](SessionRequest &) {}, "");
    row("UUID", withDevice("urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"),
        "011102f81d4fae7dec11d0a76500a0c91e6bf6");
    row("IMEI", withDevice("urn:gsma:imei:35209900-176148-0"), "01080335209900176148");
    row("MAC", withDevice("mac:00a0c91e6bf6"), "01070800a0c91e6bf6");
    row("ESN", withDevice("esn:80A1B2C3"), "010907" + "80A1B2C3"_ba.toHex());
    row("URI", withDevice("http://lab.example/d"), "011504" + "http://lab.example/d"_ba.toHex());
    row("other", withDevice("other:lab printer"), "010c0a" + "lab printer"_ba.toHex());
    row(
        "SIP user", [](SessionRequest &sir) { sir.user = *PublicUserId::parse(u"sip:a@b.example"); },
        "020f" + "sip:a@b.example"_ba.toHex());
    row(
        "telephone user", [](SessionRequest &sir) { sir.user = *PublicUserId::parse(u"tel:+49170123456"); },
        "02070149170123456f");
    row(
        "requests",
        [](SessionRequest &sir) { sir.requests = SirRequest::Capability | SirRequest::RegistrationMessage; },
        "030121");
    row(
        "registered application",
        [](SessionRequest &sir) { sir.applicationName = u"x-wap-application:mms.ua"_s; }, "040184");
    row(
        "application of a third party",
        [](SessionRequest &sir) { sir.applicationName = u"x-oma-nec:otaprov.ua"_s; }, "0403029001");
    row(
        "application by name", [](SessionRequest &sir) { sir.applicationName = u"mail"_s; }, "04046d61696c");
    row(
        "gateway", [](SessionRequest &sir) { sir.gateway = u"sip:g"_s; }, "05057369703a67");
    row(
        "time", [](SessionRequest &sir) { sir.time = {1000 * qint64(0x6920a1b0)}; }, "06046920a1b0");
    row(
        "time and nonce",
        [](SessionRequest &sir) {
            sir.time = {1000 * qint64(0x6920a1b0)};
            sir.nonce = octets("01020304");
        },
        "06086920a1b001020304");
}

void TestSirExtension::writesRecordsToTheOctet()
{
    QFETCH(SessionRequest, sir);
    QFETCH(QByteArray, records);
    const QByteArray body = encodeSir(sir);
    QCOMPARE(body.toHex(), noFields.toHex() + records);
    const Result<SessionRequest> again = decodeSir(body);
    QVERIFY(again.ok());
    QVERIFY(*again == sir);
}

void TestSirExtension::readsBackRandomRequests()
{
    QRandomGenerator random(20261120);
    for (int i = 0; i < 20000; ++i) {
        const SessionRequest sir = randomRequest(random);
        const QByteArray body = encodeSir(sir);
        const Result<SessionRequest> again = decodeSir(body);
        QVERIFY2(again.ok(), body.toHex().constData());
        QVERIFY2(*again == sir, body.toHex().constData());
        QCOMPARE(encodeSir(*again), body);
    }
}

void TestSirExtension::readsBackWhatRandomOctetsMeant()
{
    QRandomGenerator random(42);
    int readable = 0;
    for (int i = 0; i < 50000; ++i) {
        QByteArray body = encodeSir(randomRequest(random));
        body[random.bounded(int(body.size()))] = char(random.bounded(256));
        const Result<SessionRequest> sir = decodeSir(body);
        if (!sir.ok())
            continue;
        ++readable;
        const Result<SessionRequest> again = decodeSir(encodeSir(*sir));
        QVERIFY2(again.ok() && *again == *sir, body.toHex().constData());
    }
    QVERIFY(readable > 1000);
}

void TestSirExtension::signsOverEverythingBefore()
{
    const QByteArray body = encodeSir(requestForPhone(), "secret");
    const QByteArray before = body.chopped(sirAuthenticatorSize);
    QCOMPARE(before.last(2).toHex(), "0708"_ba);
    const QByteArray expected =
        QMessageAuthenticationCode::hash(before, "secret", QCryptographicHash::Sha256);
    QCOMPARE(body.last(sirAuthenticatorSize), expected.first(sirAuthenticatorSize));
    QCOMPARE(decodeSir(body)->authenticator, body.last(sirAuthenticatorSize));
    QVERIFY(verifySir(body, "secret"));
}

void TestSirExtension::verifiesOnlyWhatWasSigned()
{
    const QByteArray body = encodeSir(requestForPhone(), "secret");
    QVERIFY(!verifySir(body, "Secret"));
    QVERIFY(!verifySir(body, QByteArray()));
    QVERIFY(!verifySir(encodeSir(requestForPhone()), "secret"));
    for (qsizetype i = 0; i < body.size(); ++i) {
        for (int bit = 0; bit < 8; ++bit) {
            QByteArray changed = body;
            changed[i] = char(changed[i] ^ (1 << bit));
            QVERIFY2(!verifySir(changed, "secret"), qPrintable(QString::number(i)));
        }
        QVERIFY(!verifySir(body.first(i), "secret"));
    }
    QVERIFY(*decodeSir(encodeSir(*decodeSir(body))) == *decodeSir(body));
}

void TestSirExtension::refusesOctetsBehindTheAuthenticator()
{
    const QByteArray body = encodeSir(requestForPhone(), "secret") + octets("0300");
    QVERIFY(decodeSir(body).error().is("sir-extension"));
    QVERIFY(!verifySir(body, "secret"));
}

void TestSirExtension::refusesShortAuthenticators()
{
    SessionRequest sir = requestForPhone();
    const QByteArray prefix = encodeSir(sir);
    for (int size : {1, 7, 8, 16, 32, 33}) {
        const QByteArray before = prefix + '\x07' + char(size);
        QByteArray mac = QMessageAuthenticationCode::hash(before, "secret", QCryptographicHash::Sha256);
        mac.resize(size, '\0');
        QCOMPARE(verifySir(before + mac, "secret"), size >= sirAuthenticatorSize && size <= 32);
    }
}

void TestSirExtension::skipsTagsItDoesNotKnow()
{
    const Result<SessionRequest> sir = decodeSir(noFields + octets("00 00 c8 03 010203 0301 81 ff00"));
    QVERIFY(sir.ok());
    QVERIFY(sir->requests == SirRequests(SirRequest::Capability));
}

void TestSirExtension::takesTheFirstOfARepeatedTag()
{
    const Result<SessionRequest> sir = decodeSir(noFields + octets("030101 030102"));
    QVERIFY(sir.ok());
    QVERIFY(sir->requests == SirRequests(SirRequest::Capability));
}

void TestSirExtension::refusesBrokenRecords_data()
{
    QTest::addColumn<QByteArray>("records");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("no length") << "01"_ba
                               << "sir-truncated"_ba;
    QTest::newRow("length past the end") << "010502"_ba
                                         << "sir-truncated"_ba;
    QTest::newRow("broken length") << "018001"_ba
                                   << "sir-uintvar"_ba;
    QTest::newRow("device without kind") << "0100"_ba
                                         << "sir-extension"_ba;
    QTest::newRow("device of no kind") << "01020041"_ba
                                       << "sir-extension"_ba;
    QTest::newRow("device of an unknown kind") << "01020b41"_ba
                                               << "sir-extension"_ba;
    QTest::newRow("UUID of 15 octets") << "011002f81d4fae7dec11d0a76500a0c91e6b"_ba
                                       << "sir-extension"_ba;
    QTest::newRow("MAC of 5 octets") << "01060800a0c91e6b"_ba
                                     << "sir-extension"_ba;
    QTest::newRow("IMEI of letters") << "010803352099001761aa"_ba
                                     << "sir-extension"_ba;
    QTest::newRow("user that is none") << "020161"_ba
                                       << "sir-extension"_ba;
    QTest::newRow("telephone without digits") << "020101"_ba
                                              << "sir-extension"_ba;
    QTest::newRow("requests without bits") << "0300"_ba
                                           << "sir-extension"_ba;
    QTest::newRow("application of control characters") << "04020709"_ba
                                                       << "sir-extension"_ba;
    QTest::newRow("application cut") << "04020290"_ba
                                     << "sir-extension"_ba;
    QTest::newRow("gateway that is no UTF-8") << "0502c328"_ba
                                              << "sir-extension"_ba;
    QTest::newRow("empty gateway") << "0500"_ba
                                   << "sir-extension"_ba;
    QTest::newRow("time of 3 octets") << "0603010203"_ba
                                      << "sir-extension"_ba;
    QTest::newRow("nonce of 3 octets") << "060701020304010203"_ba
                                       << "sir-extension"_ba;
    QTest::newRow("empty authenticator") << "0700"_ba
                                         << "sir-extension"_ba;
}

void TestSirExtension::refusesBrokenRecords()
{
    QFETCH(QByteArray, records);
    QFETCH(QByteArray, code);
    const Result<SessionRequest> sir = decodeSir(noFields + QByteArray::fromHex(records));
    QVERIFY(!sir.ok());
    QCOMPARE(QByteArray(sir.error().code), code);
}

void TestSirExtension::refusesTruncatedRecordsAtEachOctet()
{
    SessionRequest rich = requestForPhone();
    rich.user = *PublicUserId::parse(u"sip:alice@lab.example");
    rich.requests = SirRequest::Capability;
    rich.applicationName = u"mail"_s;
    rich.gateway = u"sip:192.0.2.10"_s;
    const QByteArray body = encodeSir(rich, "secret");
    const QVector<DecodedField> fields = explainSir(body);
    const int extension = int(body.indexOf(octets("011102")));
    for (int end = extension + 1; end < body.size(); ++end) {
        const auto ends = [end](const DecodedField &field) {
            return field.depth == 0 && field.offset + field.length == end && field.name != "time"_L1;
        };
        const bool whole = std::any_of(fields.begin(), fields.end(), ends);
        QCOMPARE(decodeSir(QByteArrayView(body).first(end)).ok(), whole);
    }
}

void TestSirExtension::fitsOneShortMessage()
{
    constexpr qsizetype shortMessage = 140;
    constexpr qsizetype userDataHeader = 7; // two ports, wire-facts section 3
    WspPush push;
    push.transactionId = 1;
    push.applicationId = 1;
    push.data = encodeSir(requestForPhone(), "secret");
    qInfo("compact: %lld octets with user data header",
          static_cast<long long>(userDataHeader + encodeWspPush(push).size()));
    QVERIFY(userDataHeader + encodeWspPush(push).size() <= shortMessage);

    SessionRequest asked = requestForPhone();
    asked.gateway = u"sip:192.0.2.10:5060;transport=udp"_s;
    asked.requests = SirRequest::Capability;
    push.data = encodeSir(asked, "secret");
    qInfo("with gateway URI and requests: %lld octets",
          static_cast<long long>(userDataHeader + encodeWspPush(push).size()));
    QVERIFY(userDataHeader + encodeWspPush(push).size() <= shortMessage);
    QVERIFY(verifySir(decodeWspPush(encodeWspPush(push))->data, "secret"));
}

QTEST_APPLESS_MAIN(TestSirExtension)
#include "tst_sirextension.moc"
