// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/sir.h"
#include "wire/vectors.h"

#include <QCryptographicHash>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

ContactPoint point(std::optional<quint8> bearer, std::optional<quint16> port, const char *address)
{
    return {bearer, port, QByteArray::fromHex(address)};
}

ApplicationId number(quint32 id)
{
    return {ApplicationId::Kind::Number, id, {}};
}

SessionRequest version(int number)
{
    SessionRequest sir;
    sir.version = number;
    return sir;
}

QByteArray octets(const char *hex)
{
    return QByteArray::fromHex(hex);
}

} // namespace

/// Versions 0 and 1, and what every version shares.
class TestSir : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsVectors_data();
    void readsVectors();
    void writesVectorsToTheOctet_data() { readsVectors_data(); }
    void writesVectorsToTheOctet();
    void hashesTheProvUrlOfTheVector();
    void acceptsBodiesThatEndAfterAnyField();
    void refusesBodiesCutInsideAField_data() { readsVectors_data(); }
    void refusesBodiesCutInsideAField();
    void readsNoHigherFieldInVersion0();
    void keepsAVersionAboveItsOwn();
    void writesRegisteredUrisAsNumbers();
    void readsNumbersInEveryForm();
    void refusesHostileBodies_data();
    void refusesHostileBodies();
    void boundsWhatOneBodyMayHold();
    void explainsEveryOctetOnce_data() { readsVectors_data(); }
    void explainsEveryOctetOnce();
    void explainsWhereItStops();
};

void TestSir::readsVectors_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<SessionRequest>("expected");
    const ContactPoint http = point(0x0b, 4035, "c000020a");

    SessionRequest v0 = version(0);
    v0.applications = {number(2)};
    v0.wspPoints = {point(0x0b, 9201, "c000020a")};
    QTest::newRow("version 0") << u"sir-v0"_s << v0;

    SessionRequest v1 = version(1);
    v1.applications = {number(2), number(4)};
    v1.contactPoints = {http};
    v1.protocolOptions = {0};
    QTest::newRow("version 1") << u"sir-v1"_s << v1;

    SessionRequest full = version(1);
    full.applications = {number(2), number(0x10)};
    full.wspPoints = {point(0x0b, 9201, "c0000214")};
    full.contactPoints = {http, point(0x00, 4036, "c000020b")};
    full.protocolOptions = {0, 1};
    full.provUrl = "http://ppg.example.net/prov";
    full.cpiTags = {octets("a1b2c3d4")};
    QTest::newRow("every field") << u"sir-v1-full"_s << full;

    SessionRequest hashed = version(1);
    hashed.applications = {ApplicationId()};
    hashed.contactPoints = {http};
    hashed.protocolOptions = {1};
    hashed.provUrl = octets("c58e61c8");
    hashed.cpiTags = {octets("a1b2c3d4")};
    QTest::newRow("hashed ProvURL") << u"sir-v1-hashed-provurl"_s << hashed;

    SessionRequest v6 = version(1);
    v6.applications = {number(2)};
    v6.contactPoints = {point(0x01, {}, "20010db8000000000000000000000010")};
    v6.protocolOptions = {0};
    QTest::newRow("IPv6 without port") << u"sir-v1-ipv6-noport"_s << v6;

    SessionRequest cut = version(1);
    cut.applications = {number(2)};
    cut.contactPoints = {http};
    QTest::newRow("ends early") << u"sir-v1-truncated"_s << cut;
}

void TestSir::readsVectors()
{
    QFETCH(QString, name);
    QFETCH(SessionRequest, expected);
    const QByteArray body = vectorOctets(name);
    QVERIFY(!body.isEmpty());
    const Result<SessionRequest> sir = decodeSir(body);
    QVERIFY2(sir.ok(), sir.ok() ? "" : sir.error().code);
    QCOMPARE(sir->version, expected.version);
    QVERIFY(*sir == expected);
}

void TestSir::writesVectorsToTheOctet()
{
    QFETCH(QString, name);
    QFETCH(SessionRequest, expected);
    QByteArray body = vectorOctets(name);
    if (name == "sir-v1-truncated"_L1)
        body += QByteArray(3, '\0'); // what we write is always complete
    QCOMPARE(encodeSir(expected).toHex(), body.toHex());
}

void TestSir::hashesTheProvUrlOfTheVector()
{
    const QByteArray hash = QCryptographicHash::hash("http://ppg.example.net/prov", QCryptographicHash::Sha1);
    QCOMPARE(decodeSir(vectorOctets(u"sir-v1-hashed-provurl"_s))->provUrl, hash.first(4));
}

void TestSir::acceptsBodiesThatEndAfterAnyField()
{
    const QByteArray body = vectorOctets(u"sir-v1-full"_s);
    for (int end : {1, 6, 15, 32, 35, 63, 68}) {
        const Result<SessionRequest> sir = decodeSir(QByteArrayView(body).first(end));
        QVERIFY2(sir.ok(), qPrintable(QString::number(end)));
        QCOMPARE(sir->cpiTags.isEmpty(), end < 68);
        QCOMPARE(sir->provUrl.isEmpty(), end < 63);
        QCOMPARE(sir->wspPoints.isEmpty(), end < 15);
    }
}

void TestSir::refusesBodiesCutInsideAField()
{
    QFETCH(QString, name);
    const QByteArray body = vectorOctets(name);
    const QVector<DecodedField> fields = explainSir(body);
    QVERIFY(!decodeSir(QByteArrayView()).ok());
    for (int end = 1; end < body.size(); ++end) {
        const bool afterField = std::any_of(fields.begin(), fields.end(), [end](const DecodedField &field) {
            return field.depth == 0 && field.offset + field.length == end;
        });
        const Result<SessionRequest> sir = decodeSir(QByteArrayView(body).first(end));
        QCOMPARE(sir.ok(), afterField);
        if (!sir.ok())
            QVERIFY2(sir.error().is("sir-truncated"), sir.error().code);
    }
}

void TestSir::readsNoHigherFieldInVersion0()
{
    const Result<SessionRequest> sir = decodeSir(octets("000000ffffff"));
    QVERIFY(sir.ok());
    QVERIFY(*sir == version(0));
    SessionRequest rich = version(0);
    rich.provUrl = "http://ppg.example.net/";
    rich.gateway = u"sip:192.0.2.10"_s;
    QCOMPARE(encodeSir(rich, "key").toHex(), "000000"_ba);
    rich.version = 1;
    QVERIFY(decodeSir(encodeSir(rich, "key"))->gateway.isEmpty());
}

void TestSir::keepsAVersionAboveItsOwn()
{
    SessionRequest sir = version(7);
    sir.gateway = u"sip:192.0.2.10"_s;
    const QByteArray body = encodeSir(sir);
    QCOMPARE(int(body.front()), 7);
    QVERIFY(*decodeSir(body) == sir);
    QCOMPARE(quint8(encodeSir(version(1000)).front()), quint8(255));
    QCOMPARE(quint8(encodeSir(version(-1)).front()), quint8(0));
}

void TestSir::writesRegisteredUrisAsNumbers()
{
    SessionRequest sir = version(0);
    sir.applications = {{ApplicationId::Kind::Uri, 0, u"x-wap-application:mms.ua"_s},
                        {ApplicationId::Kind::Uri, 0, u"x-wap-application:example.ua"_s},
                        number(0x9001),
                        ApplicationId()};
    const QByteArray body = encodeSir(sir);
    QCOMPARE(body.toHex(), "00"_ba + "26" + "b284" + "b2" + "x-wap-application:example.ua"_ba.toHex() + "00" +
                               "b2029001" + "b280" + "00");
    const Result<SessionRequest> again = decodeSir(body);
    QVERIFY(again->applications[0] == number(4));
    QVERIFY(again->applications[1] == sir.applications[1]);
    QVERIFY(again->applications[2] == sir.applications[2]);
    QVERIFY(again->applications[3] == sir.applications[3]);
}

void TestSir::readsNumbersInEveryForm()
{
    const Result<SessionRequest> sir = decodeSir(octets("000db20102b20400000100b202000000"));
    QVERIFY(sir.ok());
    QVERIFY(sir->applications[0] == number(2));
    QVERIFY(sir->applications[1] == number(256));
    QVERIFY(sir->applications[2] == ApplicationId());
}

void TestSir::refusesHostileBodies_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("empty") << ""_ba
                           << "sir-empty"_ba;
    QTest::newRow("length past the end") << "010a00"_ba
                                         << "sir-truncated"_ba;
    QTest::newRow("huge length") << "018fffffff7f00"_ba
                                 << "sir-truncated"_ba;
    QTest::newRow("33-bit length") << "019fffffff7f00"_ba
                                   << "sir-uintvar"_ba;
    QTest::newRow("leading 80") << "018001"_ba
                                << "sir-uintvar"_ba;
    QTest::newRow("bare ASCII number") << "0001310000"_ba
                                       << "sir-application"_ba;
    QTest::newRow("other header") << "0002af8100"_ba
                                  << "sir-application"_ba;
    QTest::newRow("header without value") << "0001b200"_ba
                                          << "sir-application"_ba;
    QTest::newRow("text without end") << "0003b2414200"_ba
                                      << "sir-application"_ba;
    QTest::newRow("empty quoted text") << "0003b27f0000"_ba
                                       << "sir-application"_ba;
    QTest::newRow("number of 5 octets") << "0007b205000000000100"_ba
                                        << "sir-application"_ba;
    QTest::newRow("number cut") << "0003b2029000"_ba
                                << "sir-application"_ba;
    QTest::newRow("address cut") << "000003c40b0f"_ba
                                 << "sir-address"_ba;
    QTest::newRow("point without bearer") << "00000180"_ba
                                          << "sir-address"_ba;
    QTest::newRow("point with half a port") << "0000024001"_ba
                                            << "sir-address"_ba;
    QTest::newRow("address behind the list") << "00000204c000020a"_ba
                                             << "sir-address"_ba;
    QTest::newRow("option cut") << "010000000181"_ba
                                << "sir-uintvar"_ba;
    QTest::newRow("tags past the end") << "01000000000002a1b2c3d4"_ba
                                       << "sir-truncated"_ba;
    QTest::newRow("4 G tags") << "0100000000008fffffff7f"_ba
                              << "sir-truncated"_ba;
    QTest::newRow("other implementation")
        << withoutUserDataHeader(vectorOctets(u"kannel-sir-wrong"_s)).mid(17).toHex() << "sir-application"_ba;
}

void TestSir::refusesHostileBodies()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, code);
    const QByteArray raw = QByteArray::fromHex(body);
    const Result<SessionRequest> sir = decodeSir(raw);
    QVERIFY(!sir.ok());
    QCOMPARE(QByteArray(sir.error().code), code);
    const QVector<DecodedField> fields = explainSir(raw);
    QCOMPARE(fields.constLast().name, u"error"_s);
    QCOMPARE(fields.constLast().value.toLatin1(), code);
}

void TestSir::boundsWhatOneBodyMayHold()
{
    SessionRequest sir = version(1);
    sir.applications.fill(ApplicationId(), sirMaxEntries);
    sir.contactPoints.fill(ContactPoint(), sirMaxEntries);
    sir.protocolOptions.fill(0, sirMaxEntries);
    sir.cpiTags.fill("abcd"_ba, sirMaxEntries);
    QVERIFY(*decodeSir(encodeSir(sir)) == sir);
    for (int field = 0; field < 4; ++field) {
        SessionRequest more = sir;
        if (field == 0)
            more.applications.append(ApplicationId());
        else if (field == 1)
            more.contactPoints.append(ContactPoint());
        else if (field == 2)
            more.protocolOptions.append(0);
        else
            more.cpiTags.append("abcd"_ba);
        QVERIFY(decodeSir(encodeSir(more)).error().is("sir-too-many"));
    }
    QVERIFY(decodeSir(QByteArray(sirMaxSize + 1, '\0')).error().is("sir-too-long"));
}

void TestSir::explainsEveryOctetOnce()
{
    QFETCH(QString, name);
    const QByteArray body = vectorOctets(name);
    qsizetype covered = 0;
    for (const DecodedField &field : explainSir(body)) {
        if (field.depth != 0)
            continue;
        QCOMPARE(field.offset, int(covered));
        covered += field.length;
    }
    QCOMPARE(covered, body.size());
}

void TestSir::explainsWhereItStops()
{
    const QVector<DecodedField> fields = explainSir(octets("0102b282ff"));
    QCOMPARE(fields.size(), 4);
    QCOMPARE(fields[1].name, u"application_list"_s);
    QCOMPARE(fields[2].value, u"x-wap-application:wml.ua"_s);
    QCOMPARE(fields[2].offset, 2);
    QCOMPARE(fields[3].name, u"error"_s);
    QCOMPARE(fields[3].offset, 4);
}

QTEST_APPLESS_MAIN(TestSir)
#include "tst_sir.moc"
