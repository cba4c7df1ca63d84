// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/octettext.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

class TestOctetText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void hexadecimalAndBase64ReadBackToTheSame()
    {
        QByteArray octets;
        for (int i = 0; i < 256; ++i)
            octets.append(char(i));
        QCOMPARE(QByteArray::fromHex(octetsAs(OctetText::Hex, octets).toLatin1()), octets);
        QCOMPARE(QByteArray::fromBase64(octetsAs(OctetText::Base64, octets).toLatin1()), octets);
        QVERIFY(octetsAs(OctetText::Hex, octets).startsWith(u"00 01 02"_s));
    }

    void anArrayHasTwelveALineAndAnIdentifierForAName()
    {
        const QString text = octetsAs(OctetText::CArray, QByteArray(13, '\x26'), u"wsp push!"_s);
        QVERIFY2(text.startsWith(u"static const unsigned char wsp_push[13] = {\n    0x26, "_s), qPrintable(text));
        QCOMPARE(text.count(u"0x26"_s), 13);
        QCOMPARE(text.count(u'\n'), 4); // head, twelve, one, end
        QVERIFY(octetsAs(OctetText::CArray, "a", u"7bit"_s).contains(u" octets_7bit[1]"_s));
        QVERIFY(octetsAs(OctetText::CArray, "a", {}).contains(u" octets[1]"_s));
    }

    void nothingIsWrittenAsNothing()
    {
        QVERIFY(octetsAs(OctetText::Hex, {}).isEmpty());
        QVERIFY(octetsAs(OctetText::Base64, {}).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestOctetText)
#include "tst_octettext.moc"
