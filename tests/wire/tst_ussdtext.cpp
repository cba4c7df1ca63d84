// SPDX-License-Identifier: GPL-3.0-or-later
#include "vectors.h"
#include "wire/ussdtext.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

class TestUssdText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsWhatItWrote_data()
    {
        QTest::addColumn<UssdForm>("form");
        QTest::newRow("base64") << UssdForm::Base64;
        QTest::newRow("hex") << UssdForm::Hex;
        QTest::newRow("binary") << UssdForm::Binary;
    }
    void readsWhatItWrote()
    {
        QFETCH(UssdForm, form);
        const QByteArray push = vectorOctets(u"wsp-push-sir"_s);
        QVERIFY(!push.isEmpty());
        const QByteArray text = encodeUssdPush(push, form);
        QVERIFY(text.size() <= ussdLimit(form));
        QCOMPARE(*decodeUssdPush(text), push);
    }
    void asTextItIsOfTheDefaultAlphabet()
    {
        QByteArray all;
        for (int i = 0; i < 133; ++i)
            all.append(char(i * 2));
        const QByteArray text = encodeUssdPush(all, UssdForm::Base64);
        QCOMPARE(text.size(), 182); // 133 octets are what fits
        for (const char c : text)
            QVERIFY(isalnum(static_cast<unsigned char>(c)) || c == '+' || c == '/' || c == ':');
    }
    void refusesWhatIsNotWhatItSays_data()
    {
        QTest::addColumn<QByteArray>("string");
        QTest::addColumn<QByteArray>("code");
        QTest::newRow("nothing") << QByteArray() << "ussd-empty"_ba;
        QTest::newRow("too long") << QByteArray(183, 'A') << "ussd-too-long"_ba;
        QTest::newRow("base64") << "SIR:*"_ba
                                << "ussd-text"_ba;
        QTest::newRow("base64 of nothing") << "SIR:"_ba
                                           << "ussd-text"_ba;
        QTest::newRow("hex") << "SIR;0g"_ba
                             << "ussd-text"_ba;
        QTest::newRow("half an octet") << "SIR;012"_ba
                                       << "ussd-text"_ba;
    }
    void refusesWhatIsNotWhatItSays()
    {
        QFETCH(QByteArray, string);
        QFETCH(QByteArray, code);
        const Result<QByteArray> read = decodeUssdPush(string);
        QVERIFY(!read.ok());
        QCOMPARE(QByteArray(read.error().code), code);
    }
};

QTEST_GUILESS_MAIN(TestUssdText)
#include "tst_ussdtext.moc"
