// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/msisdn.h"

#include <QtTest>

using namespace reveille;

class MsisdnTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsEverySpelling_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("digits");
        const QString number = QStringLiteral("491701234567");
        QTest::newRow("plus") << QStringLiteral("+491701234567") << number;
        QTest::newRow("digits alone") << number << number;
        QTest::newRow("dialled from abroad") << QStringLiteral("00491701234567") << number;
        QTest::newRow("spaces") << QStringLiteral("+49 170 1234567") << number;
        QTest::newRow("hyphens") << QStringLiteral("+49-170-123-45-67") << number;
        QTest::newRow("dots") << QStringLiteral("+49.170.1234567") << number;
        QTest::newRow("parentheses and slash") << QStringLiteral("+49 (170) / 1234567") << number;
        QTest::newRow("trunk zero of home callers") << QStringLiteral("+49 (0)170 1234567") << number;
        QTest::newRow("tel URI") << QStringLiteral("tel:+49-170-1234567") << number;
        QTest::newRow("tel URI in capitals") << QStringLiteral("TEL:+491701234567") << number;
        QTest::newRow("tel URI with parameter") << QStringLiteral("tel:+491701234567;ext=5") << number;
        QTest::newRow("spaces around") << QStringLiteral("  +491701234567 ") << number;
        QTest::newRow("shortest") << QStringLiteral("12345") << QStringLiteral("12345");
        QTest::newRow("longest") << QStringLiteral("+123456789012345") << QStringLiteral("123456789012345");
    }
    void readsEverySpelling()
    {
        QFETCH(QString, text);
        QFETCH(QString, digits);
        const Result<Msisdn> number = Msisdn::parse(text);
        QVERIFY2(number.ok(), number.ok() ? "" : number.error().code);
        QCOMPARE(number->digits(), digits);
        QCOMPARE(number->toString(), u'+' + digits);
        QCOMPARE(*Msisdn::parse(number->toString()), *number);
        QCOMPARE(*Msisdn::parse(number->digits()), *number);
    }

    void refusesWhatIsNoNumber_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("code");
        QTest::newRow("nothing") << QString() << QByteArray("msisdn-empty");
        QTest::newRow("only a scheme") << QStringLiteral("tel:") << QByteArray("msisdn-empty");
        QTest::newRow("only parameters") << QStringLiteral("tel:;ext=1") << QByteArray("msisdn-empty");
        QTest::newRow("only a plus") << QStringLiteral("+") << QByteArray("msisdn-too-short");
        QTest::newRow("only separators") << QStringLiteral("-()-") << QByteArray("msisdn-too-short");
        QTest::newRow("four digits") << QStringLiteral("+1234") << QByteArray("msisdn-too-short");
        QTest::newRow("sixteen digits")
            << QStringLiteral("+1234567890123456") << QByteArray("msisdn-too-long");
        QTest::newRow("very long") << QString(5000, u'1') << QByteArray("msisdn-too-long");
        QTest::newRow("national") << QStringLiteral("01701234567") << QByteArray("msisdn-national");
        QTest::newRow("three zeros") << QStringLiteral("000491701234567") << QByteArray("msisdn-national");
        QTest::newRow("plus and zero") << QStringLiteral("+0491701234567") << QByteArray("msisdn-national");
        QTest::newRow("letters") << QStringLiteral("+49170FLOWERS") << QByteArray("msisdn-characters");
        QTest::newRow("second plus") << QStringLiteral("+49+1701234567") << QByteArray("msisdn-characters");
        QTest::newRow("SIP URI") << QStringLiteral("sip:+491701234567@lab.example")
                                 << QByteArray("msisdn-characters");
        QTest::newRow("line break") << QStringLiteral("+49170\r\n1234567") << QByteArray("msisdn-characters");
        QTest::newRow("digits of another script")
            << QStringLiteral(u"+\u0664\u0669\u0661\u0667\u0660\u0661") << QByteArray("msisdn-characters");
    }
    void refusesWhatIsNoNumber()
    {
        QFETCH(QString, text);
        const Result<Msisdn> number = Msisdn::parse(text);
        QVERIFY(!number.ok());
        QTEST(QByteArray(number.error().code), "code");
        QVERIFY(number.error().about.size() <= 64);
        QVERIFY(!number.error().about.contains(u'\n'));
    }

    void isEmptyUntilGiven()
    {
        QVERIFY(Msisdn().isEmpty());
        QVERIFY(Msisdn().toString().isEmpty());
    }
};

QTEST_GUILESS_MAIN(MsisdnTest)
#include "tst_msisdn.moc"
