// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/xmltext.h"

#include <QTest>
#include <QXmlStreamReader>

using namespace reveille;
using namespace Qt::StringLiterals;

/// The values of attributes, against what they have to be and against a reader of XML.
class TestXmlText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void writes_data();
    void writes();
    void everyCharacterComesBackOrIsLeftOut();

private:
    static QByteArray written(const QString &text)
    {
        std::string out("<");
        appendXml(out, text);
        return QByteArray::fromStdString(out).sliced(1);
    }
};

void TestXmlText::writes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("xml");
    const auto row = [](const char *name, const QString &text, const QByteArray &xml) { QTest::newRow(name) << text << xml; };
    row("nothing", {}, "");
    row("plain", u"1001 Accepted~\x7f"_s, "1001 Accepted~\x7f");
    row("markup", u"<a b=\"c\">&amp;'</a>"_s, "&lt;a b=&quot;c&quot;&gt;&amp;amp;'&lt;/a&gt;");
    row("white space", u"a\tb\nc\rd"_s, "a&#9;b&#10;c&#13;d");
    row("Latin", u"\u00e4\u0080"_s, "\xc3\xa4\xc2\x80");
    row("the last below the surrogates and the first above", u"\ud7ff\ue000"_s, "\xed\x9f\xbf\xee\x80\x80");
    row("a pair", u"\U0001f514!"_s, "\xf0\x9f\x94\x94!");
    row("a high half alone", u"a"_s + QChar(0xd83d) + u"b"_s, "ab");
    row("a high half at the end", u"a"_s + QChar(0xd83d), "a");
    row("a low half alone", u"a"_s + QChar(0xdd14) + u"b"_s, "ab");
    row("halves the wrong way round", u"a"_s + QChar(0xdd14) + QChar(0xd83d) + u"b"_s, "ab");
    row("two high halves and a low one", QString(QChar(0xd83d)) + QChar(0xd83d) + QChar(0xdd14), "\xf0\x9f\x94\x94");
    row("no characters", QString(QChar(0xfffe)) + QChar(0xffff) + QChar(0xfffd), "\xef\xbf\xbd");
    for (char16_t c = 0; c < 0x20; ++c) {
        if (c != '\t' && c != '\n' && c != '\r')
            QTest::addRow("control %02x", uint(c)) << u"a"_s + QChar(c) + u"b"_s << QByteArray("ab");
    }
}

void TestXmlText::writes()
{
    QFETCH(QString, text);
    QFETCH(QByteArray, xml);
    QCOMPARE(written(text), xml);
}

void TestXmlText::everyCharacterComesBackOrIsLeftOut()
{
    for (char32_t c = 0; c <= 0x10ffff; c += c < 0x11000 ? 1 : 0x101) {
        const QString text = u"a"_s + (c < 0x10000 ? QString(QChar(char16_t(c))) : QString::fromUcs4(&c, 1)) + u"b"_s;
        const bool isCharacter = c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c <= 0xd7ff) || (c >= 0xe000 && c <= 0xfffd) || c >= 0x10000;
        QXmlStreamReader reader("<x y=\"" + written(text) + "\"/>");
        reader.readNextStartElement();
        QVERIFY2(!reader.hasError(), qPrintable(QString::number(c, 16) + u' ' + reader.errorString()));
        QCOMPARE(reader.attributes().value("y"_L1), isCharacter ? text : u"ab"_s);
    }
}

QTEST_GUILESS_MAIN(TestXmlText)
#include "tst_xmltext.moc"
