// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/clientport.h"

#include <QtTest>

using namespace reveille;

class ClientPortTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsDecimalText_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("number");
        QTest::newRow("WAP push") << QStringLiteral("2948") << 2948;
        QTest::newRow("lowest") << QStringLiteral("1") << 1;
        QTest::newRow("highest") << QStringLiteral("65535") << 65535;
        QTest::newRow("spaces around") << QStringLiteral(" 80 ") << 80;
        QTest::newRow("leading zeros") << QStringLiteral("0000000000000080") << 80;
    }
    void readsDecimalText()
    {
        QFETCH(QString, text);
        const Result<ClientPort> port = ClientPort::parse(text);
        QVERIFY(port.ok());
        QTEST(int(port->number()), "number");
        QVERIFY(port->isSet());
    }

    void refusesWhatIsNoPort_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("code");
        QTest::newRow("nothing") << QString() << QByteArray("port-empty");
        QTest::newRow("only spaces") << QStringLiteral("  ") << QByteArray("port-empty");
        QTest::newRow("zero") << QStringLiteral("0") << QByteArray("port-range");
        QTest::newRow("one too many") << QStringLiteral("65536") << QByteArray("port-range");
        QTest::newRow("wraps 32 bits to 1") << QStringLiteral("4294967297") << QByteArray("port-range");
        QTest::newRow("wraps 64 bits") << QString(400, u'9') << QByteArray("port-range");
        QTest::newRow("negative") << QStringLiteral("-1") << QByteArray("port-characters");
        QTest::newRow("signed") << QStringLiteral("+80") << QByteArray("port-characters");
        QTest::newRow("hexadecimal") << QStringLiteral("0x50") << QByteArray("port-characters");
        QTest::newRow("inner space") << QStringLiteral("8 0") << QByteArray("port-characters");
        QTest::newRow("digits of another script")
            << QStringLiteral(u"\u0668\u0660") << QByteArray("port-characters");
    }
    void refusesWhatIsNoPort()
    {
        QFETCH(QString, text);
        const Result<ClientPort> port = ClientPort::parse(text);
        QVERIFY(!port.ok());
        QTEST(QByteArray(port.error().code), "code");
        QVERIFY(port.error().about.size() <= 64);
    }

    void isUnsetUntilGiven()
    {
        QVERIFY(!ClientPort().isSet());
        QCOMPARE(ClientPort(ClientPort::wapPush), *ClientPort::parse(u"2948"));
        QVERIFY(!(ClientPort(1) == ClientPort(2)));
    }
};

QTEST_GUILESS_MAIN(ClientPortTest)
#include "tst_clientport.moc"
