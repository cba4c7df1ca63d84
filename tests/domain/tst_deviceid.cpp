// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/deviceid.h"

#include <QMetaEnum>
#include <QtTest>

using namespace reveille;
using Kind = DeviceId::Kind;

class DeviceIdTest : public QObject {
    Q_OBJECT

    static QString u(const char *text) { return QString::fromUtf8(text); }

private Q_SLOTS:
    void readsEverySpelling_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<Kind>("kind");
        QTest::addColumn<QString>("canonical");
        QTest::addColumn<QString>("value");
        const auto row = [](const char *text, Kind kind, const char *canonical, const char *value) {
            QTest::newRow(text) << u(text) << kind << u(canonical) << u(value);
        };
        const char *uuid = "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6";
        const char *uuidValue = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6";
        row(uuid, Kind::Uuid, uuid, uuidValue);
        row("URN:UUID:F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6", Kind::Uuid, uuid, uuidValue);
        row("<urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6>", Kind::Uuid, uuid, uuidValue);
        row("\"<urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6>\"", Kind::Uuid, uuid, uuidValue);
        row("uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6", Kind::Uuid, uuid, uuidValue);
        row("{F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6}", Kind::Uuid, uuid, uuidValue);
        row(uuidValue, Kind::Uuid, uuid, uuidValue);
        row("  f81d4fae-7dec-11d0-a765-00a0c91e6bf6 ", Kind::Uuid, uuid, uuidValue);

        const char *imei = "urn:gsma:imei:35209900-176148-0";
        const char *imeiValue = "35209900176148";
        row(imei, Kind::Imei, imei, imeiValue);
        row("urn:gsma:imei:35209900-176148-1", Kind::Imei, imei, imeiValue);
        row("URN:GSMA:IMEI:35209900-176148-0;svn=42", Kind::Imei, imei, imeiValue);
        row("imei:35209900176148", Kind::Imei, imei, imeiValue);
        row("imei:352099001761481", Kind::Imei, imei, imeiValue);
        row("imei:352099001761480", Kind::Imei, imei, imeiValue);
        row("IMEI:35-209900-176148-1", Kind::Imei, imei, imeiValue);
        row("imei:3520990017614899", Kind::Imei, imei, imeiValue);

        const char *mac = "mac:00a0c91e6bf6";
        row(mac, Kind::Mac, mac, "00a0c91e6bf6");
        row("MAC:00-A0-C9-1E-6B-F6", Kind::Mac, mac, "00a0c91e6bf6");
        row("00:a0:c9:1e:6b:f6", Kind::Mac, mac, "00a0c91e6bf6");
        row("00-A0-C9-1E-6B-F6", Kind::Mac, mac, "00a0c91e6bf6");
        row("00a0.c91e.6bf6", Kind::Mac, mac, "00a0c91e6bf6");

        row("esn:80ab12cd", Kind::Esn, "esn:80AB12CD", "80AB12CD");
        row("esn:12811211469", Kind::Esn, "esn:80AB12CD", "80AB12CD");
        row("esn:128-11211469", Kind::Esn, "esn:80AB12CD", "80AB12CD");
        row("esn:00000000000", Kind::Esn, "esn:00000000", "00000000");
        row("esn:25516777215", Kind::Esn, "esn:FFFFFFFF", "FFFFFFFF");

        row("rfid:3034f4d2a80c1e4000000001", Kind::Rfid, "rfid:3034F4D2A80C1E4000000001",
            "3034F4D2A80C1E4000000001");
        row("rfid:0123456789abcdef0123456789abcdef", Kind::Rfid, "rfid:0123456789ABCDEF0123456789ABCDEF",
            "0123456789ABCDEF0123456789ABCDEF");

        row("fingerprint:SHA-1:4a:ad:b9:b1:3f:82:18:3b:54:02:12:df:3e:5d:49:6b:19:e5:7c:ab",
            Kind::Fingerprint, "fingerprint:sha-1:4AADB9B13F82183B540212DF3E5D496B19E57CAB",
            "sha-1:4AADB9B13F82183B540212DF3E5D496B19E57CAB");
        row("fingerprint:md5 00112233445566778899aabbccddeeff", Kind::Fingerprint,
            "fingerprint:md5:00112233445566778899AABBCCDDEEFF", "md5:00112233445566778899AABBCCDDEEFF");

        row("urn:EPC:id:sgtin:1.2.3", Kind::Urn, "urn:epc:id:sgtin:1.2.3", "urn:epc:id:sgtin:1.2.3");
        row("URN:imei-x:a%2fb", Kind::Urn, "urn:imei-x:a%2Fb", "urn:imei-x:a%2Fb");
        row("urn:lab:a?+r?=q#f", Kind::Urn, "urn:lab:a", "urn:lab:a");

        row("https://Lab.Example/Devices/7", Kind::Uri, "https://lab.example/Devices/7",
            "https://lab.example/Devices/7");
        row("COAP://U@[2001:DB8::A]:5683/x?Y#Z", Kind::Uri, "coap://U@[2001:db8::a]:5683/x?Y#Z",
            "coap://U@[2001:db8::a]:5683/x?Y#Z");
        row("sip:Phone@LAB.example;transport=TCP", Kind::Uri, "sip:Phone@lab.example;transport=TCP",
            "sip:Phone@lab.example;transport=TCP");
        row("tag:lab%2a:x", Kind::Uri, "tag:lab%2A:x", "tag:lab%2A:x");

        row("sip:alice@LAB.example;gr=urn:uuid:F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6", Kind::Gruu,
            "sip:alice@lab.example;gr=urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
            "sip:alice@lab.example;gr=urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6");
        row("<sips:alice@lab.example;transport=tcp;GR=kjh29x97us97d?a=b>", Kind::Gruu,
            "sip:alice@lab.example;gr=kjh29x97us97d", "sip:alice@lab.example;gr=kjh29x97us97d");
        row("sip:tgruu.7hs1@lab.example;gr", Kind::Gruu, "sip:tgruu.7hs1@lab.example;gr",
            "sip:tgruu.7hs1@lab.example;gr");

        row("other:Fridge 7", Kind::Other, "other:Fridge 7", "Fridge 7");
        row("Fridge 7", Kind::Other, "other:Fridge 7", "Fridge 7");
        row("K\xc3\xbchlschrank", Kind::Other, "other:K\xc3\xbchlschrank", "K\xc3\xbchlschrank");
        row("35209900176148", Kind::Other, "other:35209900176148", "35209900176148");
        row("other:urn:uuid:x", Kind::Other, "other:urn:uuid:x", "urn:uuid:x");
        row("\xf0\x9f\x93\xb1", Kind::Other, "other:\xf0\x9f\x93\xb1", "\xf0\x9f\x93\xb1");
    }
    void readsEverySpelling()
    {
        QFETCH(QString, text);
        QFETCH(Kind, kind);
        const Result<DeviceId> id = DeviceId::parse(text);
        QVERIFY2(id.ok(), id.ok() ? "" : id.error().code);
        QCOMPARE(id->kind(), kind);
        QTEST(id->toString(), "canonical");
        QTEST(id->value(), "value");
        QVERIFY(!id->isEmpty());

        const Result<DeviceId> again = DeviceId::parse(id->toString());
        QVERIFY(again.ok());
        QCOMPARE(*again, *id);
        QCOMPARE(again->toString(), id->toString());
        const Result<DeviceId> byKind = DeviceId::parse(kind, id->toString());
        QVERIFY(byKind.ok());
        QCOMPARE(byKind->toString(), id->toString());
        const Result<DeviceId> byValue = DeviceId::parse(kind, id->value());
        QVERIFY2(byValue.ok(), byValue.ok() ? "" : byValue.error().code);
        QCOMPARE(byValue->kind(), kind);
        QCOMPARE(*byValue, *id);
    }

    void refusesWhatIsNoIdentity_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("code");
        const auto row = [](const char *text, const char *code) {
            QTest::newRow(*text ? text : "nothing") << u(text) << QByteArray(code);
        };
        row("", "device-empty");
        row("  ", "device-empty");
        row("<>", "device-empty");
        row("\"\"", "device-empty");
        row("imei:", "device-empty");
        row("other: ", "device-empty");
        row("urn:uuid:", "device-empty");
        row("urn:uuid:f81d4fae", "device-uuid");
        row("urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bg6", "device-uuid");
        row("urn:uuid:f81d4fae7dec-11d0-a765-00a0c91e6bf6-", "device-uuid");
        row("urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e-bf6", "device-uuid");
        row("{f81d4fae}", "device-uuid");
        row("zzzzzzzz-7dec-11d0-a765-00a0c91e6bf6", "device-uuid");
        row("imei:3520990017614", "device-imei");
        row("imei:35209900176148123", "device-imei");
        row("imei:3520990017614x", "device-imei");
        row("urn:gsma:imei:;svn=1", "device-imei");
        row("imei:352099001761482", "device-imei-check-digit");
        row("urn:gsma:imei:35209900-176148-7", "device-imei-check-digit");
        row("mac:00a0c91e6bf", "device-mac");
        row("mac:00a0c91e6bf6ff", "device-mac");
        row("mac:00a0c91e6bfg", "device-mac");
        row("esn:80ab12c", "device-esn");
        row("esn:80ab12cg", "device-esn");
        row("esn:25600000000", "device-esn");
        row("esn:00016777216", "device-esn");
        row("esn:123456789", "device-esn");
        row("rfid:3034", "device-rfid");
        row("rfid:3034f4d2a80c1e400000000g", "device-rfid");
        row("fingerprint:sha-256", "device-fingerprint");
        row("fingerprint:sha-1:00", "device-fingerprint");
        row("fingerprint:crc:00112233445566778899aabbccddeeff", "device-fingerprint");
        row("fingerprint:md5:zz112233445566778899aabbccddeeff", "device-fingerprint");
        row("urn:x:y", "device-urn");
        row("urn:lab:", "device-urn");
        row("urn:-ab:c", "device-urn");
        row("urn:ab-:c", "device-urn");
        row("urn:a_b:c", "device-urn");
        row("urn:lab:a b", "device-urn");
        row("urn:lab:a%2", "device-urn");
        row("urn:lab:/a", "device-urn");
        row("urn:abcdefghijklmnopqrstuvwxyz0123456:c", "device-urn");
        row("http://a b", "device-characters");
        row("http://a/%zz", "device-characters");
        row("http://a/<x>", "device-characters");
        row("sip:alice@lab_1;gr=x", "device-characters");
        row("sip:alice@lab.example;gr=%", "device-characters");
        row("line\nbreak", "device-characters");
        row("tab\there", "device-characters");
        QTest::newRow("too long") << QString(256, QChar(u'a')) << QByteArray("device-too-long");
        QTest::newRow("too long with its prefix")
            << QString(250, QChar(u'a')) << QByteArray("device-too-long");
        QTest::newRow("zero inside") << QStringLiteral("a") + QChar(0) + QChar(u'b')
                                     << QByteArray("device-characters");
    }
    void refusesWhatIsNoIdentity()
    {
        QFETCH(QString, text);
        const Result<DeviceId> id = DeviceId::parse(text);
        QVERIFY2(!id.ok(), qPrintable(id.ok() ? id->toString() : QString()));
        QTEST(QByteArray(id.error().code), "code");
        QVERIFY(id.error().about.size() <= 64);
    }

    void takesTheKindGiven_data()
    {
        QTest::addColumn<Kind>("kind");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("result"); // canonical text, or the code of the error
        const auto row = [](Kind kind, const char *text, const char *result) {
            const char *name = QMetaEnum::fromType<Kind>().valueToKey(int(kind));
            QTest::newRow(qPrintable(u(name) + QChar(u' ') + u(text))) << kind << u(text) << u(result);
        };
        row(Kind::Imei, "35209900176148", "urn:gsma:imei:35209900-176148-0");
        row(Kind::Imei, "352099001761482", "device-imei-check-digit");
        row(Kind::Imei, "mac:00a0c91e6bf6", "device-imei");
        row(Kind::Mac, "00a0c91e6bf6", "mac:00a0c91e6bf6");
        row(Kind::Mac, "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "device-mac");
        row(Kind::Esn, "80ab12cd", "esn:80AB12CD");
        row(Kind::Esn, "mac:00a0c91e6bf6", "device-esn");
        row(Kind::Rfid, "3034f4d2a80c1e4000000001", "rfid:3034F4D2A80C1E4000000001");
        row(Kind::Rfid, "imei:35209900176148", "device-rfid");
        row(Kind::Fingerprint, "md5:00112233445566778899aabbccddeeff",
            "fingerprint:md5:00112233445566778899AABBCCDDEEFF");
        row(Kind::Fingerprint, "mac:00a0c91e6bf6", "device-fingerprint");
        row(Kind::Uuid, "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
            "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6");
        row(Kind::Uuid, "Fridge", "device-uuid");
        row(Kind::Uuid, "imei:35209900176148", "device-uuid");
        row(Kind::Urn, "urn:LAB:7", "urn:lab:7");
        row(Kind::Urn, "Fridge", "device-urn");
        row(Kind::Urn, "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "device-urn");
        row(Kind::Uri, "HTTP://A/b", "http://a/b");
        row(Kind::Uri, "Fridge", "device-characters");
        row(Kind::Uri, "sip:a@b;gr=x", "device-characters");
        row(Kind::Gruu, "sip:a@b;gr=x", "sip:a@b;gr=x");
        row(Kind::Gruu, "sip:a@b", "device-characters");
        row(Kind::Other, "00:a0:c9:1e:6b:f6", "other:00:a0:c9:1e:6b:f6");
        row(Kind::Other, "imei:1", "other:imei:1");
        row(Kind::Other, "", "device-empty");
        row(Kind::None, "mac:00a0c91e6bf6", "mac:00a0c91e6bf6");
    }
    void takesTheKindGiven()
    {
        QFETCH(Kind, kind);
        QFETCH(QString, text);
        const Result<DeviceId> id = DeviceId::parse(kind, text);
        QTEST(id.ok() ? id->toString() : QString::fromLatin1(id.error().code), "result");
    }

    void comparesByKind_data()
    {
        QTest::addColumn<QString>("one");
        QTest::addColumn<QString>("two");
        QTest::addColumn<bool>("same");
        const auto row = [](const char *one, const char *two, bool same) {
            QTest::newRow(qPrintable(u(one) + QStringLiteral(" / ") + u(two))) << u(one) << u(two) << same;
        };
        row("imei:352099001761481", "imei:3520990017614823", true);
        row("imei:35209900176148", "imei:35209900176149", false);
        row("mac:00a0c91e6bf6", "00:A0:C9:1E:6B:F6", true);
        row("esn:80ab12cd", "esn:12811211469", true);
        row("mac:00a0c91e6bf6", "other:00a0c91e6bf6", false);
        row("other:A", "other:a", false);
        row("urn:lab:A", "URN:LAB:A", true);
        row("urn:lab:A", "urn:lab:a", false);
        row("http://A/x", "http://a/x", true);
        row("http://a/X", "http://a/x", false);
        row("sip:a@b;gr=urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
            "sip:other@c;gr=urn:uuid:F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6", true);
        row("sip:a@b;gr=opaque", "sip:a@c;gr=opaque", false);
        row("sip:a@b;gr", "sip:a@b;gr=x", false);
    }
    void comparesByKind()
    {
        QFETCH(QString, one);
        QFETCH(QString, two);
        QFETCH(bool, same);
        const DeviceId a = *DeviceId::parse(one);
        const DeviceId b = *DeviceId::parse(two);
        QCOMPARE(a == b, same);
        QCOMPARE(a < b || b < a, !same);
        if (same)
            QCOMPARE(qHash(a), qHash(b));
    }

    void isEmptyUntilGiven()
    {
        QVERIFY(DeviceId().isEmpty());
        QVERIFY(DeviceId().value().isEmpty());
        QVERIFY(DeviceId().toString().isEmpty());
        QCOMPARE(DeviceId(), DeviceId());
    }

    void survivesAnyText()
    {
        QRandomGenerator random(7);
        const QString alphabet = u("uri:mae-sip@gr=%;<>\"{}/?#.0123456789abcdefF \xc3\xa9");
        int accepted = 0;
        for (int round = 0; round < 50000; ++round) {
            QString text;
            for (int length = int(random.bounded(40)); length > 0; --length)
                text += alphabet.at(random.bounded(int(alphabet.size())));
            const Result<DeviceId> id = DeviceId::parse(text);
            if (!id)
                continue;
            ++accepted;
            const Result<DeviceId> again = DeviceId::parse(id->toString());
            QVERIFY2(again.ok(), qPrintable(text));
            QVERIFY2(again->toString() == id->toString() && again->kind() == id->kind(), qPrintable(text));
        }
        QVERIFY(accepted > 1000);
    }
};

QTEST_GUILESS_MAIN(DeviceIdTest)
#include "tst_deviceid.moc"
