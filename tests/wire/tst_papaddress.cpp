// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/papaddress.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;
using Kind = PapAddress::Kind;

class TestPapAddress : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reads_data();
    void reads();
    void keepsExtensions();
    void refuses_data();
    void refuses();
};

void TestPapAddress::reads_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("client");
    QTest::newRow("phone") << u"WAPPUSH=+155519990730/TYPE=PLMN@ppg.carrier.com"_s << Kind::Phone << u"+155519990730"_s;
    QTest::newRow("phone with separators") << u"WAPPUSH=+1-555-1999.0730/TYPE=PLMN@ppg"_s << Kind::Phone << u"+155519990730"_s;
    QTest::newRow("user") << u"WAPPUSH=john.doe%40wapforum.org/TYPE=USER@ppg.carrier.com"_s << Kind::User << u"john.doe@wapforum.org"_s;
    QTest::newRow("user as URI") << u"WAPPUSH=sip%3Aalice%40lab.example/TYPE=USER@ppg"_s << Kind::User << u"sip:alice@lab.example"_s;
    QTest::newRow("lower case") << u"wappush=47397547589/type=user@carrier.com"_s << Kind::User << u"47397547589"_s;
    QTest::newRow("IPv4") << u"WAPPUSH=213.243.140.102/TYPE=IPv4@ppg.carrier.com"_s << Kind::IPv4 << u"213.243.140.102"_s;
    QTest::newRow("IPv4 with zeros") << u"WAPPUSH=010.001.002.003/TYPE=IPV4@ppg"_s << Kind::IPv4 << u"10.1.2.3"_s;
    QTest::newRow("IPv6") << u"WAPPUSH=fe80:0000:0000:0000:0000:0000:0001:0002/TYPE=IPv6@ppg"_s << Kind::IPv6 << u"fe80::1:2"_s;
    QTest::newRow("Mobitex") << u"WAPPUSH=12345678/TYPE=MAN@ppg"_s << Kind::Mobitex << u"12345678"_s;
    QTest::newRow("other") << u"WAPPUSH=a%2fb/TYPE=X_400@ppg"_s << Kind::Other << u"a/b"_s;
    QTest::newRow("slashes outside") << u"/WAPPUSH=bob/TYPE=USER/@ppg"_s << Kind::User << u"bob"_s;
    QTest::newRow("UTF-8") << u"WAPPUSH=%C3%A4/TYPE=USER@ppg"_s << Kind::User << u"\u00e4"_s;
}

void TestPapAddress::reads()
{
    QFETCH(QString, text);
    QFETCH(Kind, kind);
    QFETCH(QString, client);
    const auto address = PapAddress::parse(text);
    QVERIFY2(address, address ? "" : address.error().code);
    QCOMPARE(address->kind, kind);
    const bool isIp = kind == Kind::IPv4 || kind == Kind::IPv6;
    QCOMPARE(isIp ? address->ip.toString() : kind == Kind::Phone ? address->phone.toString() : address->client, client);
}

void TestPapAddress::keepsExtensions()
{
    const auto address = PapAddress::parse(u"WAPPUSH=+4917012345/SUB=42/x_1=a%20b/TYPE=plmn@ppg.one-two.net");
    QVERIFY(address);
    QCOMPARE(address->extensions, (QVector<PapAddress::Extension>{{u"SUB"_s, u"42"_s}, {u"x_1"_s, u"a%20b"_s}}));
    QCOMPARE(address->type, u"plmn"_s);
    QCOMPARE(address->gateway, u"ppg.one-two.net"_s);
}

void TestPapAddress::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("code");
    const auto row = [](const char *code, const QString &text) { QTest::newRow(qPrintable(text.left(60))) << text << QByteArray(code); };
    row("pap-address-gateway", u""_s);
    row("pap-address-gateway", u"push_all"_s);
    row("pap-address-gateway", u"WAPPUSH=bob/TYPE=USER@"_s);
    row("pap-address-gateway", u"WAPPUSH=bob/TYPE=USER@a..b"_s);
    row("pap-address-gateway", u"WAPPUSH=bob/TYPE=USER@-a"_s);
    row("pap-address-gateway", u"WAPPUSH=bob/TYPE=USER@a b"_s);
    row("pap-address-keyword", u"bob/TYPE=USER@ppg"_s);
    row("pap-address-keyword", u"//WAPPUSH=bob/TYPE=USER@ppg"_s);
    row("pap-address-type", u"WAPPUSH=bob@ppg"_s);
    row("pap-address-type", u"WAPPUSH=bob/TYPE=@ppg"_s);
    row("pap-address-type", u"WAPPUSH=bob/TYPE=A-B@ppg"_s);
    row("pap-address-type", u"WAPPUSH=bob/TYPE=USER/TYPE=USER@ppg"_s);
    row("pap-address-type", u"WAPPUSH=bob/TYPE=USER/a=b@ppg"_s);
    row("pap-address-extension", u"WAPPUSH=bob/=b/TYPE=USER@ppg"_s);
    row("pap-address-extension", u"WAPPUSH=bob/a=/TYPE=USER@ppg"_s);
    row("pap-address-extension", u"WAPPUSH=bob/a=%zz/TYPE=USER@ppg"_s);
    row("pap-address-escape", u"WAPPUSH=b b/TYPE=USER@ppg"_s);
    row("pap-address-escape", u"WAPPUSH=b%4/TYPE=USER@ppg"_s);
    row("pap-address-escape", u"WAPPUSH=%ff/TYPE=USER@ppg"_s);
    row("pap-address-escape", u"WAPPUSH=b@c/TYPE=USER@ppg"_s);
    row("pap-address-client", u"WAPPUSH=/TYPE=USER@ppg"_s);
    row("pap-address-client", u"WAPPUSH=491701234567/TYPE=PLMN@ppg"_s);
    row("pap-address-client", u"WAPPUSH=+/TYPE=PLMN@ppg"_s);
    row("pap-address-client", u"WAPPUSH=+49-/TYPE=PLMN@ppg"_s);
    row("pap-address-client", u"WAPPUSH=+49 170/TYPE=PLMN@ppg"_s);
    row("pap-address-client", u"WAPPUSH=+491701234567890123/TYPE=PLMN@ppg"_s);
    row("pap-address-client", u"WAPPUSH=1.2.3/TYPE=IPv4@ppg"_s);
    row("pap-address-client", u"WAPPUSH=1.2.3.256/TYPE=IPv4@ppg"_s);
    row("pap-address-client", u"WAPPUSH=1.2.3./TYPE=IPv4@ppg"_s);
    row("pap-address-client", u"WAPPUSH=1.2.3.4./TYPE=IPv4@ppg"_s);
    row("pap-address-client", u"WAPPUSH=1.2.3.4.5/TYPE=IPv4@ppg"_s);
    row("pap-address-client", u"WAPPUSH=1..2.3/TYPE=IPv4@ppg"_s);
    row("pap-address-client", u"WAPPUSH=0001.2.3.4/TYPE=IPv4@ppg"_s);
    row("pap-address-client", u"WAPPUSH=1,2.3.4/TYPE=IPv4@ppg"_s);
    row("pap-address-client", u"WAPPUSH=::1/TYPE=IPv6@ppg"_s);
    row("pap-address-client", u"WAPPUSH=1234567/TYPE=MAN@ppg"_s);
    row("pap-address-too-long", u"WAPPUSH="_s + QString(PapAddress::longest, u'a') + u"/TYPE=USER@ppg"_s);
}

void TestPapAddress::refuses()
{
    QFETCH(QString, text);
    const auto address = PapAddress::parse(text);
    QVERIFY(!address);
    QTEST(QByteArray(address.error().code), "code");
}

QTEST_GUILESS_MAIN(TestPapAddress)
#include "tst_papaddress.moc"
