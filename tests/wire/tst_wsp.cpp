// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/vectors.h"
#include "wire/wsp.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

QByteArray octets(const char *hex)
{
    return QByteArray::fromHex(hex);
}

/// A datagram whose headers are given in hex; the length in front is computed.
QByteArray datagram(const QByteArray &headers, const QByteArray &data = {})
{
    const QByteArray raw = QByteArray::fromHex(headers);
    return octets("2a06") + char(raw.size()) + raw + data;
}

const DecodedField *fieldNamed(const QVector<DecodedField> &fields, QLatin1StringView name)
{
    for (const DecodedField &field : fields) {
        if (field.name == name)
            return &field;
    }
    return nullptr;
}

const QString phone = u"urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"_s;

} // namespace

class TestWsp : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsVectors_data();
    void readsVectors();
    void writesVectorsToTheOctet_data() { readsVectors_data(); }
    void writesVectorsToTheOctet();
    void readsWhatAnotherImplementationWrote();
    void passesOnABodyThatIsNoSir();
    void refusesDatagramsCutInTheHeaders_data() { readsVectors_data(); }
    void refusesDatagramsCutInTheHeaders();
    void placesTheIdentityInAHeader();
    void placesTheIdentityInAHeaderValue();
    void readsNoIdentityWhereThereIsNone();
    void readsContentTypes_data();
    void readsContentTypes();
    void writesRegisteredNamesAsNumbers();
    void passesOverOtherCodePages();
    void keepsHeadersItDoesNotTreat();
    void leavesOutNamesThatAreNoToken();
    void explainsDownToTheSir();
    void explainsEveryOctetOfTheHeaders();
};

void TestWsp::readsVectors_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("transaction");
    QTest::addColumn<qint64>("application");
    QTest::addColumn<QString>("uri");
    QTest::addColumn<int>("flag");
    QTest::newRow("plain") << u"wsp-push-sir"_s << 0x2a << qint64(1) << QString() << -1;
    QTest::newRow("push flag") << u"wsp-push-sir-pushflag"_s << 0x2b << qint64(1) << QString() << 4;
    QTest::newRow("long-integer") << u"wsp-push-longint-appid"_s << 0x2c << qint64(0x9001) << QString() << -1;
    QTest::newRow("URI") << u"wsp-push-uri-appid"_s << 0x2d << qint64(-1) << u"x-wap-application:example.ua"_s
                         << -1;
    QTest::newRow("long body") << u"sms-concat-reassembled-wsp"_s << 0x02 << qint64(1) << QString() << -1;
}

void TestWsp::readsVectors()
{
    QFETCH(QString, name);
    QFETCH(int, transaction);
    QFETCH(qint64, application);
    QFETCH(QString, uri);
    QFETCH(int, flag);
    const Result<WspPush> push = decodeWspPush(vectorOctets(name));
    QVERIFY(push.ok());
    QCOMPARE(int(push->transactionId), transaction);
    QCOMPARE(push->contentType, u"application/vnd.wap.sia"_s);
    QCOMPARE(push->applicationId ? qint64(*push->applicationId) : -1, application);
    QCOMPARE(push->applicationUri, uri);
    QCOMPARE(push->pushFlag ? int(*push->pushFlag) : -1, flag);
    QVERIFY(push->otherHeaders.isEmpty());
    QVERIFY(decodeSir(push->data).ok());
}

void TestWsp::writesVectorsToTheOctet()
{
    QFETCH(QString, name);
    const QByteArray vector = vectorOctets(name);
    QCOMPARE(encodeWspPush(*decodeWspPush(vector)).toHex(), vector.toHex());
}

void TestWsp::readsWhatAnotherImplementationWrote()
{
    const QByteArray vector = withoutUserDataHeader(vectorOctets(u"kannel-si-sms"_s));
    const Result<WspPush> push = decodeWspPush(vector);
    QVERIFY(push.ok());
    QCOMPARE(push->contentType, u"application/vnd.wap.sic"_s);
    QVERIFY(!push->applicationId);
    QCOMPARE(push->otherHeaders.size(), 3);
    QCOMPARE(push->otherHeaders[0].name, u"Date"_s);
    QCOMPARE(push->otherHeaders[0].text, u"2026-11-20T19:30:00.000Z"_s);
    QCOMPARE(push->otherHeaders[1].text, u"50"_s);
    QCOMPARE(push->otherHeaders[2].text, u"1.3"_s);
    QCOMPARE(push->data.first(3).toHex(), "02056a"_ba);
    QCOMPARE(encodeWspPush(*push), vector);
}

void TestWsp::passesOnABodyThatIsNoSir()
{
    const QByteArray vector = withoutUserDataHeader(vectorOctets(u"kannel-sir-wrong"_s));
    const Result<WspPush> push = decodeWspPush(vector);
    QVERIFY(push.ok());
    QVERIFY(decodeSir(push->data).error().is("sir-application"));
    QCOMPARE(explainWspPush(vector).constLast().value, u"sir-application"_s);
}

void TestWsp::refusesDatagramsCutInTheHeaders()
{
    QFETCH(QString, name);
    const QByteArray vector = vectorOctets(name);
    const qsizetype headersEnd = 3 + quint8(vector[2]);
    for (qsizetype end = 0; end < vector.size(); ++end)
        QCOMPARE(decodeWspPush(QByteArrayView(vector).first(end)).ok(), end >= headersEnd);
}

void TestWsp::placesTheIdentityInAHeader()
{
    WspPush push;
    push.applicationId = 1;
    setDeviceHeader(push, *DeviceId::parse(phone));
    const QByteArray wire = encodeWspPush(push);
    QVERIFY(wire.contains("X-Reveille-Device\0urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6\0"_ba));
    const Result<WspPush> again = decodeWspPush(wire);
    QVERIFY(*again == push);
    QCOMPARE(deviceInHeader(*again).toString(), phone);
    QCOMPARE(again->header("x-reveille-DEVICE"_L1), phone);
    QVERIFY(deviceInParameter(*again).isEmpty());
}

void TestWsp::placesTheIdentityInAHeaderValue()
{
    WspPush push;
    push.applicationId = 1;
    setDeviceParameter(push, *DeviceId::parse(phone));
    const QByteArray wire = encodeWspPush(push);
    QCOMPARE(wire.mid(3, 3).toHex(), "1f36b4"_ba); // Value-length quote, 54 octets, the type
    const Result<WspPush> again = decodeWspPush(wire);
    QVERIFY(*again == push);
    QCOMPARE(again->contentType, u"application/vnd.wap.sia"_s);
    QCOMPARE(deviceInParameter(*again).toString(), phone);
    QVERIFY(deviceInHeader(*again).isEmpty());
}

void TestWsp::readsNoIdentityWhereThereIsNone()
{
    WspPush push;
    QVERIFY(deviceInHeader(push).isEmpty());
    QVERIFY(deviceInParameter(push).isEmpty());
    push.addHeader(u"X-Reveille-Device"_s, u"urn:uuid:broken"_s);
    QVERIFY(deviceInHeader(push).isEmpty());
}

void TestWsp::readsContentTypes_data()
{
    using Parameters = QVector<std::pair<QString, QString>>;
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QString>("type");
    QTest::addColumn<Parameters>("parameters");
    QTest::newRow("number") << "b4"_ba << u"application/vnd.wap.sia"_s << Parameters();
    QTest::newRow("number not known") << "fe"_ba << u"0x7e"_s << Parameters();
    QTest::newRow("text") << "text/x-a"_ba.toHex() + "00" << u"text/x-a"_s << Parameters();
    QTest::newRow("charset") << "03ae81ea"_ba << u"application/vnd.wap.sic"_s
                             << Parameters{{u"charset"_s, u"utf-8"_s}};
    QTest::newRow("charset of two octets") << "05838102"
                                              "03f7"_ba
                                           << u"text/plain"_s << Parameters{{u"charset"_s, u"utf-16"_s}};
    QTest::newRow("charset not known")
        << "0483810164"_ba << u"text/plain"_s << Parameters{{u"charset"_s, u"100"_s}};
    QTest::newRow("long type") << "03020201"_ba << u"0x201"_s << Parameters();
    QTest::newRow("length after a quote")
        << "1f03ae81ea"_ba << u"application/vnd.wap.sic"_s << Parameters{{u"charset"_s, u"utf-8"_s}};
    QTest::newRow("two parameters") << "0883"
                                       "610062006300"
                                       "81"_ba
                                    << u"text/plain"_s << Parameters{{u"a"_s, u"b"_s}, {u"c"_s, u"1"_s}};
    QTest::newRow("quoted string") << "06836100"_ba + "226200" << u"text/plain"_s
                                   << Parameters{{u"a"_s, u"b"_s}};
    QTest::newRow("no value") << "04836100"_ba + "00" << u"text/plain"_s << Parameters{{u"a"_s, u""_s}};
    QTest::newRow("number for a value")
        << "04836100"_ba + "87" << u"text/plain"_s << Parameters{{u"a"_s, u"7"_s}};
    QTest::newRow("typed name") << "0483856100"_ba << u"text/plain"_s << Parameters{{u"name"_s, u"a"_s}};
    QTest::newRow("typed q") << "03838014"_ba << u"text/plain"_s << Parameters{{u"q"_s, u"20"_s}};
}

void TestWsp::readsContentTypes()
{
    using Parameters = QVector<std::pair<QString, QString>>;
    QFETCH(QByteArray, headers);
    QFETCH(QString, type);
    QFETCH(Parameters, parameters);
    const Result<WspPush> push = decodeWspPush(datagram(headers));
    QVERIFY2(push.ok(), push.ok() ? "" : push.error().code);
    QCOMPARE(push->contentType, type);
    QCOMPARE(push->contentTypeParameters, parameters);
    const Result<WspPush> again = decodeWspPush(encodeWspPush(*push));
    QVERIFY(again.ok() && *again == *push);
}

void TestWsp::writesRegisteredNamesAsNumbers()
{
    WspPush push;
    push.contentType = u"Text/Plain"_s;
    push.contentTypeParameters = {{u"Charset"_s, u"UTF-8"_s}};
    push.applicationUri = u"x-oma-application:ulp.ua"_s;
    QCOMPARE(encodeWspPush(push).toHex(), "000606"
                                          "038381ea"
                                          "af90"_ba);
    const Result<WspPush> again = decodeWspPush(encodeWspPush(push));
    QCOMPARE(again->applicationId, std::optional<quint32>(0x10));
    QVERIFY(again->applicationUri.isEmpty());
}

void TestWsp::passesOverOtherCodePages()
{
    const Result<WspPush> push = decodeWspPush(datagram("b4"
                                                        "7f10"
                                                        "af85"
                                                        "02"
                                                        "b482"
                                                        "7f01"
                                                        "af81"));
    QVERIFY(push.ok());
    QCOMPARE(push->applicationId, std::optional<quint32>(1));
    QVERIFY(!push->pushFlag);
    QVERIFY(push->otherHeaders.isEmpty());
    QVERIFY(decodeWspPush(datagram("b4"
                                   "7f"))
                .error()
                .is("wsp-header"));
    QVERIFY(decodeWspPush(datagram("b4"
                                   "7f00"))
                .error()
                .is("wsp-header"));
}

void TestWsp::keepsHeadersItDoesNotTreat()
{
    const QByteArray wire = datagram("b4"
                                     "8e"
                                     "687474703a2f2f6100"
                                     "b387"
                                     "d0"
                                     "1f03aabbcc"
                                     "582d4100"
                                     "6200"
                                     "80"
                                     "81");
    const Result<WspPush> push = decodeWspPush(wire);
    QVERIFY(push.ok());
    QCOMPARE(push->otherHeaders.size(), 5);
    QCOMPARE(push->otherHeaders[0].text, u"http://a"_s);
    QCOMPARE(push->otherHeaders[1].text, u"7"_s);
    QCOMPARE(push->otherHeaders[2].name, u"0x50"_s);
    QCOMPARE(push->otherHeaders[2].text, u"aabbcc"_s);
    QCOMPARE(push->header("X-A"_L1), u"b"_s);
    QCOMPARE(push->header("Accept"_L1), u"1"_s);
    QVERIFY(*decodeWspPush(encodeWspPush(*push)) == *push);
}

void TestWsp::leavesOutNamesThatAreNoToken()
{
    WspPush push;
    push.addHeader(u"X Y"_s, u"v"_s);
    push.addHeader(u""_s, u"v"_s);
    push.addHeader(u"X-\u00e4"_s, u"v"_s);
    push.contentTypeParameters = {{u"a b"_s, u"v"_s}};
    QCOMPARE(encodeWspPush(push).toHex(), "000602"
                                          "01b4"_ba);
}

void TestWsp::explainsDownToTheSir()
{
    const QVector<DecodedField> fields = explainWspPush(vectorOctets(u"wsp-push-sir"_s));
    const DecodedField *application = fieldNamed(fields, "X-Wap-Application-Id"_L1);
    QVERIFY(application);
    QCOMPARE(application->value, u"x-wap-application:push.sia"_s);
    QCOMPARE(application->offset, 4);
    QCOMPARE(application->length, 2);
    const DecodedField *port = fieldNamed(fields, "port"_L1);
    QVERIFY(port);
    QCOMPARE(port->value, u"4035"_s);
    QCOMPARE(port->offset, 6 + 10);
    QCOMPARE(port->length, 2);
    const DecodedField *address = fieldNamed(fields, "address"_L1);
    QCOMPARE(address->value, u"192.0.2.10"_s);
}

void TestWsp::explainsEveryOctetOfTheHeaders()
{
    WspPush push = *decodeWspPush(vectorOctets(u"wsp-push-sir-pushflag"_s));
    setDeviceHeader(push, *DeviceId::parse(phone));
    const QByteArray wire = encodeWspPush(push);
    qsizetype covered = 0;
    for (const DecodedField &field : explainWspPush(wire)) {
        if (field.depth != 0)
            continue;
        QCOMPARE(field.offset, int(covered));
        covered += field.length;
    }
    QCOMPARE(covered, wire.size());
}

QTEST_APPLESS_MAIN(TestWsp)
#include "tst_wsp.moc"
