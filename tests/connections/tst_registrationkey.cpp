// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/datagram/registrationkey.h"

#include <QRandomGenerator>
#include <QTest>

using namespace reveille;

class TestRegistrationKey : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void itIsReadAsItWasWritten()
    {
        QRandomGenerator random(3);
        for (int i = 0; i < 10000; ++i) {
            const quint64 key = i == 0 ? ~quint64(0) : random.generate64();
            const QByteArray text = textOfKey(key);
            QCOMPARE(text.size(), 11);
            QCOMPARE(keyOfText(text), key);
        }
        QCOMPARE(textOfKey(0xfbefbe0000000001), QByteArray("----AAAAAAE"));
    }

    void nothingElseIsAKey_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("short") << QByteArray("----AAAAAA");
        QTest::newRow("long") << QByteArray("----AAAAAAEA");
        QTest::newRow("padded") << QByteArray("----AAAAAAE=");
        QTest::newRow("plain base64") << QByteArray("++++AAAAAAE");
        QTest::newRow("a space") << QByteArray("--- AAAAAAE");
        QTest::newRow("a zero octet") << QByteArray("---\0" "AAAAAAE", 11);
        QTest::newRow("beyond ASCII") << QByteArray("---\xc3\xa4" "AAAAAE");
        QTest::newRow("bits that are none") << QByteArray("----AAAAAAF");
        QTest::newRow("a bad last digit") << QByteArray("----AAAAAA=");
    }

    void nothingElseIsAKey()
    {
        QFETCH(QByteArray, text);
        QCOMPARE(keyOfText(text), quint64(0));
    }
};

QTEST_GUILESS_MAIN(TestRegistrationKey)
#include "tst_registrationkey.moc"
