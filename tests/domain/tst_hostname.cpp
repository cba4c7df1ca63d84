// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/hostname.h"

#include <QtTest>

using namespace reveille;

class HostNameTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void givesOneSpelling_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("host");
        QTest::addColumn<int>("port");
        QTest::newRow("name") << QStringLiteral("lab.example") << QStringLiteral("lab.example") << 0;
        QTest::newRow("capitals") << QStringLiteral("Lab.EXAMPLE") << QStringLiteral("lab.example") << 0;
        QTest::newRow("final dot") << QStringLiteral("lab.example.") << QStringLiteral("lab.example") << 0;
        QTest::newRow("one label") << QStringLiteral("localhost") << QStringLiteral("localhost") << 0;
        QTest::newRow("inner hyphen, digits")
            << QStringLiteral("a-1.9b.c3") << QStringLiteral("a-1.9b.c3") << 0;
        QTest::newRow("port") << QStringLiteral("lab.example:5070") << QStringLiteral("lab.example") << 5070;
        QTest::newRow("IPv4") << QStringLiteral("192.0.2.1") << QStringLiteral("192.0.2.1") << 0;
        QTest::newRow("IPv4 and port")
            << QStringLiteral("192.0.2.1:5060") << QStringLiteral("192.0.2.1") << 5060;
        QTest::newRow("IPv6") << QStringLiteral("[2001:DB8:0:0::1]") << QStringLiteral("[2001:db8::1]") << 0;
        QTest::newRow("IPv6 and port") << QStringLiteral("[::1]:99") << QStringLiteral("[::1]") << 99;
        QTest::newRow("mapped IPv4") << QStringLiteral("[::ffff:192.0.2.1]") << QStringLiteral("192.0.2.1")
                                     << 0;
        QTest::newRow("longest label")
            << QString(63, u'a') + QStringLiteral(".b") << QString(63, u'a') + QStringLiteral(".b") << 0;
    }
    void givesOneSpelling()
    {
        QFETCH(QString, text);
        const std::optional<HostPort> parsed = HostPort::parse(text);
        QVERIFY(parsed.has_value());
        QTEST(parsed->host, "host");
        QTEST(int(parsed->port), "port");
    }

    void refusesWhatIsNoHost_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : {"",
                                 ".",
                                 "..",
                                 "a..b",
                                 "-a.b",
                                 "a-.b",
                                 "a_b",
                                 "a b",
                                 "1.2.3",
                                 "1.2.3.4.5",
                                 "256.1.1.1",
                                 "a.1",
                                 "[::1",
                                 "::1",
                                 "[1.2.3.4]",
                                 "[]",
                                 "a:",
                                 "a:0",
                                 "a:65536",
                                 "a:+5",
                                 "a: 5",
                                 "a:5:6",
                                 "[::1]5",
                                 "[::1]:",
                                 "[fe80::1%eth0]",
                                 "a/b",
                                 "\xc3\xa9.example"}) {
            QTest::newRow(*text ? text : "nothing") << QString::fromUtf8(text);
        }
        QTest::newRow("label too long") << QString(64, u'a') + QStringLiteral(".b");
        QTest::newRow("name too long") << QStringLiteral("abcdefghi.").repeated(26) + QStringLiteral("b");
    }
    void refusesWhatIsNoHost()
    {
        QFETCH(QString, text);
        QVERIFY(!HostPort::parse(text).has_value());
    }
};

QTEST_GUILESS_MAIN(HostNameTest)
#include "tst_hostname.moc"
