// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/ipaddress.h"

#include <QtTest>

using namespace reveille;

class IpAddressTest : public QObject {
    Q_OBJECT

    static IpAddress address(const char *text) { return *IpAddress::parse(QString::fromLatin1(text)); }

private Q_SLOTS:
    void hasOneSpelling_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("canonical");
        const auto row = [](const char *text, const char *canonical) {
            QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(canonical);
        };
        row("192.0.2.10", "192.0.2.10");
        row(" 192.0.2.10 ", "192.0.2.10");
        row("0.0.0.0", "0.0.0.0");
        row("255.255.255.255", "255.255.255.255");
        row("2001:db8::1", "2001:db8::1");
        row("2001:DB8:0:0:0:0:0:1", "2001:db8::1");
        row("[2001:db8::1]", "2001:db8::1");
        row("2001:0db8:0000:0001:0000:0000:0000:0001", "2001:db8:0:1::1");
        row("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1");
        row("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1");
        row("1:0:0:2:0:0:0:3", "1:0:0:2::3");
        row("::", "::");
        row("::1", "::1");
        row("1::", "1::");
        row("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0");
        row("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8");
        row("::1:2", "::1:2");
        row("::ffff:192.0.2.10", "192.0.2.10");
        row("::FFFF:c000:020a", "192.0.2.10");
        row("64:ff9b::192.0.2.33", "64:ff9b::c000:221");
    }
    void hasOneSpelling()
    {
        QFETCH(QString, text);
        const Result<IpAddress> parsed = IpAddress::parse(text);
        QVERIFY(parsed.ok());
        QTEST(parsed->toString(), "canonical");
        QCOMPARE(*IpAddress::parse(parsed->toString()), *parsed);
        QCOMPARE(IpAddress::fromBytes(parsed->bytes()), *parsed);
        QCOMPARE(parsed->isV4(), parsed->bytes().size() == 4);
        QVERIFY(!parsed->isNull());
    }

    void refusesWhatIsNoAddress_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("code");
        QTest::newRow("nothing") << QString() << QByteArray("address-empty");
        for (const char *text :
             {"1.2.3", "1.2.3.4.5", "256.0.0.1", "1.2.3.-4", "01.2.3.4", "0x7f.0.0.1", "127.1", "localhost",
              "[192.0.2.1]", "[]", "[::1", "::1]", "1::2::3", "12345::", ":::", "fe80::1%eth0",
              "1:2:3:4:5:6:7:8:9", "1.2.3.4 5", "::ffff:1.2.3"}) {
            QTest::newRow(text) << QString::fromLatin1(text) << QByteArray("address-characters");
        }
        QTest::newRow("very long") << QString(100000, u'1') << QByteArray("address-characters");
        QTest::newRow("zero octet inside")
            << QStringLiteral("1.2.3.4") + QChar(0) + u'5' << QByteArray("address-characters");
        QTest::newRow("digits of another script")
            << QStringLiteral(u"\u0661.2.3.4") << QByteArray("address-characters");
    }
    void refusesWhatIsNoAddress()
    {
        QFETCH(QString, text);
        const Result<IpAddress> parsed = IpAddress::parse(text);
        QVERIFY(!parsed.ok());
        QTEST(QByteArray(parsed.error().code), "code");
        QVERIFY(parsed.error().about.size() <= 64);
    }

    void takesOnlyFourOrSixteenOctets()
    {
        for (int size = 0; size < 40; ++size)
            QCOMPARE(IpAddress::fromBytes(QByteArray(size, '\x07')).isNull(), size != 4 && size != 16);
        QVERIFY(IpAddress().toString().isEmpty());
    }

    void knowsLoopback_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("loopback");
        QTest::newRow("first") << QStringLiteral("127.0.0.1") << true;
        QTest::newRow("last") << QStringLiteral("127.255.255.255") << true;
        QTest::newRow("IPv6") << QStringLiteral("::1") << true;
        QTest::newRow("mapped") << QStringLiteral("::ffff:127.0.0.1") << true;
        QTest::newRow("below") << QStringLiteral("126.255.255.255") << false;
        QTest::newRow("above") << QStringLiteral("128.0.0.1") << false;
        QTest::newRow("any IPv6") << QStringLiteral("::") << false;
        QTest::newRow("other IPv6") << QStringLiteral("2001:db8::1") << false;
    }
    void knowsLoopback()
    {
        QFETCH(QString, text);
        QTEST(IpAddress::parse(text)->isLoopback(), "loopback");
        QVERIFY(!IpAddress().isLoopback());
    }

    void knowsWhatIsPublic_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isPublic");
        for (const char *text : {"8.8.8.8", "192.0.43.8", "172.15.255.255", "172.32.0.0", "100.63.255.255", "223.255.255.255",
                                 "2606:4700::1111", "2a00::1"})
            QTest::newRow(text) << QString::fromLatin1(text) << true;
        for (const char *text : {"0.0.0.0", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.255.0.1", "169.254.169.254", "172.16.0.1",
                                 "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.1",
                                 "203.0.113.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1",
                                 "::ffff:10.0.0.1", "64:ff9b::a00:1", "fc00::1", "fd00::1", "fe80::1", "ff02::1", "2001::1",
                                 "2001:db8::1", "2002:7f00:1::1"})
            QTest::newRow(text) << QString::fromLatin1(text) << false;
    }
    void knowsWhatIsPublic()
    {
        QFETCH(QString, text);
        const auto read = IpAddress::parse(text);
        QVERIFY(read);
        QTEST(read->isPublic(), "isPublic");
        QVERIFY(!IpAddress().isPublic());
    }

    void networkHoldsItsAddresses_data()
    {
        QTest::addColumn<QString>("network");
        QTest::addColumn<QString>("canonical");
        QTest::addColumn<QString>("inside");
        QTest::addColumn<QString>("outside");
        const auto row = [](const char *network, const char *canonical, const char *inside,
                            const char *outside) {
            QTest::newRow(network) << QString::fromLatin1(network) << QString::fromLatin1(canonical)
                                   << QString::fromLatin1(inside) << QString::fromLatin1(outside);
        };
        row("10.0.0.0/8", "10.0.0.0/8", "10.255.0.1", "11.0.0.1");
        row("10.1.2.3/8", "10.0.0.0/8", "10.0.0.0", "9.255.255.255");
        row("192.0.2.128/25", "192.0.2.128/25", "192.0.2.128", "192.0.2.127");
        row("192.0.2.4/30", "192.0.2.4/30", "192.0.2.7", "192.0.2.8");
        row("192.0.2.1", "192.0.2.1/32", "192.0.2.1", "192.0.2.0");
        row("0.0.0.0/0", "0.0.0.0/0", "203.0.113.9", "::1");
        row("::/0", "::/0", "2001:db8::1", "192.0.2.1");
        row("2001:db8::/32", "2001:db8::/32", "2001:db8:ffff::1", "2001:db9::1");
        row("[2001:db8::]/33", "2001:db8::/33", "2001:db8:7fff::1", "2001:db8:8000::1");
        row("::1", "::1/128", "::1", "::2");
        row("::ffff:10.0.0.0/104", "10.0.0.0/8", "10.1.1.1", "11.1.1.1");
        row(" 10.0.0.0/8 ", "10.0.0.0/8", "10.1.1.1", "11.1.1.1");
    }
    void networkHoldsItsAddresses()
    {
        QFETCH(QString, network);
        QFETCH(QString, inside);
        QFETCH(QString, outside);
        const Result<IpNetwork> parsed = IpNetwork::parse(network);
        QVERIFY(parsed.ok());
        QTEST(parsed->toString(), "canonical");
        QCOMPARE(*IpNetwork::parse(parsed->toString()), *parsed);
        QVERIFY(parsed->contains(*IpAddress::parse(inside)));
        QVERIFY(!parsed->contains(*IpAddress::parse(outside)));
        QVERIFY(!parsed->contains(IpAddress()));
    }

    void everyPrefixLengthCutsAtItsBit()
    {
        const IpAddress ones = address("255.255.255.255");
        for (int length = 1; length <= 32; ++length) {
            const auto network = IpNetwork::parse(QStringLiteral("255.255.255.255/%1").arg(length));
            QByteArray flipped = ones.bytes();
            flipped[(length - 1) / 8] =
                char(quint8(flipped.at((length - 1) / 8)) ^ (0x80 >> ((length - 1) % 8)));
            QVERIFY(network->contains(ones));
            QVERIFY(!network->contains(IpAddress::fromBytes(flipped)));
            if (length < 32) {
                QByteArray beyond = ones.bytes();
                beyond[length / 8] = char(quint8(beyond.at(length / 8)) ^ (0x80 >> (length % 8)));
                QVERIFY(network->contains(IpAddress::fromBytes(beyond)));
            }
        }
    }

    void refusesWhatIsNoNetwork_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("code");
        const auto row = [](const char *text, const char *code) {
            QTest::newRow(*text ? text : "nothing") << QString::fromLatin1(text) << QByteArray(code);
        };
        row("", "address-empty");
        row("/8", "address-empty");
        row("10.0.0/8", "address-characters");
        row("10.0.0.0/", "network-prefix");
        row("10.0.0.0/33", "network-prefix");
        row("10.0.0.0/-1", "network-prefix");
        row("10.0.0.0/+8", "network-prefix");
        row("10.0.0.0/8/8", "network-prefix");
        row("10.0.0.0/255.0.0.0", "network-prefix");
        row("10.0.0.0/4294967304", "network-prefix");
        row("::/129", "network-prefix");
        row("::ffff:10.0.0.0/95", "network-prefix");
    }
    void refusesWhatIsNoNetwork()
    {
        QFETCH(QString, text);
        const Result<IpNetwork> parsed = IpNetwork::parse(text);
        QVERIFY(!parsed.ok());
        QTEST(QByteArray(parsed.error().code), "code");
    }

    void emptyListAllowsNobody()
    {
        const auto none = parseNetworks(u"  ");
        QVERIFY(none.ok());
        QVERIFY(none->isEmpty());
        QVERIFY(!anyContains(*none, address("127.0.0.1")));
        QVERIFY(!IpNetwork().contains(address("127.0.0.1")));
        QVERIFY(!IpNetwork().contains(IpAddress()));
        QVERIFY(IpNetwork().toString().isEmpty());
    }

    void listHoldsEachNetwork()
    {
        const auto list = parseNetworks(u"127.0.0.0/8, ::1 ,10.0.0.0/8");
        QVERIFY(list.ok());
        QCOMPARE(list->size(), 3);
        QVERIFY(anyContains(*list, address("127.0.0.1")));
        QVERIFY(anyContains(*list, address("::1")));
        QVERIFY(anyContains(*list, address("10.9.9.9")));
        QVERIFY(!anyContains(*list, address("192.0.2.1")));
        QVERIFY(!anyContains(*list, IpAddress()));
    }

    void listWithOneWrongItemIsRefused()
    {
        QVERIFY(parseNetworks(u"127.0.0.1,,::1").error().is("address-empty"));
        QVERIFY(parseNetworks(u"127.0.0.1,").error().is("address-empty"));
        QVERIFY(parseNetworks(u"127.0.0.1,lab.example").error().is("address-characters"));
        QCOMPARE(parseNetworks(u"127.0.0.1,10.0.0.0/99").error().about, QStringLiteral("10.0.0.0/99"));
    }
};

QTEST_GUILESS_MAIN(IpAddressTest)
#include "tst_ipaddress.moc"
