// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testpaths.h"
#include "vectors.h"
#include "wire/multipart.h"
#include "wire/papentities.h"
#include "wire/papreader.h"

#include <QFile>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

/// Content-Type and body of an HTTP message in a file.
std::pair<QByteArray, QByteArray> httpMessage(const QByteArray &octets)
{
    const qsizetype end = octets.indexOf("\r\n\r\n");
    QByteArray type;
    for (const QByteArray &line : octets.first(end).split('\n')) {
        if (line.toLower().startsWith("content-type:"))
            type = line.mid(13).trimmed();
    }
    return {type, octets.mid(end + 4)};
}

} // namespace

class TestMultipart : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsMediaTypes();
    void refusesMediaTypes_data();
    void refusesMediaTypes();
    void cutsParts();
    void readsBackWhatItWrites();
    void refuses_data();
    void refuses();
    void undoesTransferEncodings();
    void readsTheVector();
    void readsWhatKannelsInitiatorSends_data();
    void readsWhatKannelsInitiatorSends();
    void readsControlAlone();
    void readsCapabilities();
    void refusesEntities_data();
    void refusesEntities();
    void findsNoPartInATruncatedVector();
};

void TestMultipart::readsMediaTypes()
{
    const auto media = MediaType::parse(R"( Multipart/Related ; Boundary=ab=_?c; type="application/xml" ;start="<a\"b>"; )");
    QVERIFY2(media, media ? "" : media.error().code);
    QCOMPARE(media->type, QByteArray("multipart/related"));
    QCOMPARE(media->parameter("boundary"), QByteArray("ab=_?c"));
    QCOMPARE(media->parameter("type"), QByteArray("application/xml"));
    QCOMPARE(media->parameter("start"), QByteArray("<a\"b>"));
    QCOMPARE(media->parameter("other"), QByteArray());
}

void TestMultipart::refusesMediaTypes_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("code");
    const auto row = [](const char *name, const QByteArray &text, const char *code) { QTest::newRow(name) << text << QByteArray(code); };
    row("empty", "", "media-type-name");
    row("no slash", "multipart", "media-type-name");
    row("no subtype", "multipart/", "media-type-name");
    row("space inside", "a b/c", "media-type-name");
    row("no value", "a/b; c=", "media-type-parameter");
    row("no equals", "a/b; c", "media-type-parameter");
    row("no name", "a/b; =c", "media-type-parameter");
    row("twice", "a/b; c=1; C=2", "media-type-parameter");
    row("open quote", "a/b; c=\"1", "media-type-parameter");
    row("open escape", "a/b; c=\"1\\", "media-type-parameter");
    row("behind the quote", "a/b; c=\"1\" d", "media-type-parameter");
    row("control character", QByteArray("a/b; c=\"1\r\n2\""), "media-type-parameter");
    row("too many", "a/b" + QByteArray(";a=b").repeated(1) + QByteArray(";c=d") + QByteArray(";e=f;g=h;i=j;k=l;m=n;o=p;q=r;s=t;u=v;w=x;y=z;aa=b;ab=c;ac=d;ad=e"),
        "media-type-parameter");
    row("too long", "a/b;c=" + QByteArray(1024, 'x'), "media-type-too-long");
}

void TestMultipart::refusesMediaTypes()
{
    QFETCH(QByteArray, text);
    const auto media = MediaType::parse(text);
    QVERIFY(!media);
    QTEST(QByteArray(media.error().code), "code");
}

void TestMultipart::cutsParts()
{
    const auto parts = parseMultipart("preamble\r\n--b\r\nA: 1\r\nB:\r\n 2\r\n\r\none\r\n--bx\r\n\r\n--b \t\r\n\r\n\r\n--b--  \r\nepilogue\r\n--b\r\n", "b");
    // "--bx" is a delimiter with something behind it: the boundary must not occur in a part.
    QVERIFY(!parts);
    const auto good = parseMultipart("preamble\r\n--b\r\nA: 1\r\nB:\r\n 2\r\n\r\none\r\n-b\r\n\r\n--b \t\r\n\r\n\r\n--b--  \r\nepilogue\r\n--b\r\n", "b");
    QVERIFY2(good, good ? "" : good.error().code);
    QCOMPARE(good->size(), 2);
    QCOMPARE((*good)[0].headers.value("a"), QByteArray("1"));
    QCOMPARE((*good)[0].headers.value("b"), QByteArray("2"));
    QCOMPARE((*good)[0].body, QByteArray("one\r\n-b\r\n"));
    QCOMPARE((*good)[1].body, QByteArray());
}

void TestMultipart::readsBackWhatItWrites()
{
    BodyPart first;
    first.headers.add("Content-Type", "application/xml");
    first.body = QByteArray("a\r\n--part-0\r\n\0\xff", 16);
    const QVector<BodyPart> parts{first, {{}, {}}, {{}, "\r\n"}};
    const QByteArray boundary = multipartBoundary(parts);
    const auto again = parseMultipart(toMultipartBytes(parts, boundary), boundary);
    QVERIFY2(again, again ? "" : again.error().code);
    QVERIFY(*again == parts);

    BodyPart sly;
    sly.headers.add("X", "a\r\nInjected: b");
    QVERIFY(toMultipartBytes({sly}, "b").contains("X: aInjected: b\r\n\r\n"));
}

void TestMultipart::refuses_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("boundary");
    QTest::addColumn<QByteArray>("code");
    const auto row = [](const char *name, const QByteArray &body, const char *code, const QByteArray &boundary = "b") {
        QTest::newRow(name) << body << boundary << QByteArray(code);
    };
    row("no boundary", "x", "multipart-boundary", "");
    row("boundary long", "x", "multipart-boundary", QByteArray(71, 'b'));
    row("boundary with line end", "x", "multipart-boundary", "a\r\nb");
    row("boundary ends in space", "x", "multipart-boundary", "a ");
    row("empty", "", "multipart-no-part");
    row("other boundary", "--c\r\n\r\n\r\n--c--", "multipart-no-part");
    row("delimiter in a line", "x --b\r\n\r\n\r\n--b--", "multipart-no-part");
    row("only the last", "--b--", "multipart-no-part");
    row("preamble", QByteArray(1025, 'x') + "\r\n--b\r\n\r\n\r\n--b--", "multipart-preamble");
    row("cut off in delimiter", "--b", "multipart-unterminated");
    row("cut off", "--b\r\n\r\nabc", "multipart-unterminated");
    row("last without dashes", "--b\r\n\r\nabc\r\n--b\r\n", "multipart-unterminated");
    row("line feeds first", "--b\n\nabc\r\n--b\r\n\r\n\n--b--", "multipart-delimiter");
    row("line feeds later", "--b\r\n\r\nabc\n--b--", "multipart-unterminated");
    row("behind delimiter", "--b x\r\n\r\nabc\r\n--b--", "multipart-delimiter");
    row("behind the last", "--b\r\n\r\nabc\r\n--b--x", "multipart-delimiter");
    row("no header", "--b\r\nabc\r\n--b--", "multipart-header");
    row("no blank line", "--b\r\nA: b\r\n--b--", "multipart-header");
    row("header without colon", "--b\r\nA b\r\n\r\n\r\n--b--", "multipart-header");
    row("header with space", "--b\r\nA : b\r\n\r\n\r\n--b--", "multipart-header");
    row("header with NUL", QByteArray("--b\r\nA: \0\r\n\r\n\r\n--b--", 20), "multipart-header");
    row("no part", "--b\r\n--b--", "multipart-header");
    row("header large", "--b\r\nA: " + QByteArray(8192, 'x') + "\r\n\r\n\r\n--b--", "multipart-header-too-large");
    row("many headers", "--b\r\n" + QByteArray("A: b\r\n").repeated(33) + "\r\n\r\n--b--", "multipart-header");
    row("many parts", QByteArray("--b\r\n\r\n\r\n").repeated(9) + "--b--", "multipart-parts");
}

void TestMultipart::refuses()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, boundary);
    const auto parts = parseMultipart(body, boundary);
    QVERIFY(!parts);
    QTEST(QByteArray(parts.error().code), "code");
}

void TestMultipart::undoesTransferEncodings()
{
    BodyPart part;
    part.body = "aGVs\r\nbG8=\r\n";
    QCOMPARE(*decodedBody(part), part.body);
    part.headers.set("content-transfer-encoding", "8bit");
    QCOMPARE(*decodedBody(part), part.body);
    part.headers.set("content-transfer-encoding", "BASE64");
    QCOMPARE(*decodedBody(part), QByteArray("hello"));
    part.body = "a*";
    QVERIFY(decodedBody(part).error().is("multipart-base64"));
    part.headers.set("content-transfer-encoding", "quoted-printable");
    QVERIFY(decodedBody(part).error().is("multipart-encoding"));
}

void TestMultipart::readsTheVector()
{
    const auto [type, body] = httpMessage(vectorMessage(u"pap-http-post"_s));
    const auto entities = PapEntities::parse(type, body);
    QVERIFY2(entities, entities ? "" : entities.error().code);
    QVERIFY(parsePap(entities->control));
    QVERIFY(entities->content);
    QCOMPARE(entities->content->headers.value("Content-Type"), QByteArray("text/vnd.wap.si; charset=UTF-8"));
    QCOMPARE(entities->content->headers.value("X-WAP-Application-Id"), QByteArray("x-wap-application:wml.ua"));
    QVERIFY(entities->content->body.endsWith("</si>\r\n"));
    QVERIFY(entities->capabilities.isEmpty());
}

void TestMultipart::readsWhatKannelsInitiatorSends_data()
{
    QTest::addColumn<QByteArray>("contentType");
    QTest::newRow("testppg-sms") << QByteArray("text/vnd.wap.si");
    QTest::newRow("testppg-hardcoded") << QByteArray("text/vnd.wap.si");
    QTest::newRow("testppg-base64") << QByteArray("text/vnd.wap.si");
    QTest::newRow("testppg-lf") << QByteArray("text/vnd.wap.si");
    QTest::newRow("testppg-epilogue") << QByteArray("text/vnd.wap.si");
    QTest::newRow("testppg-multipart") << QByteArray("multipart/related; boundary=fsahgwruijkfldsa");
}

void TestMultipart::readsWhatKannelsInitiatorSends()
{
    QFile file(testData(u"pap/%1.http").arg(QString::fromLatin1(QTest::currentDataTag())));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto [type, body] = httpMessage(file.readAll());
    const auto entities = PapEntities::parse(type, body);
    QVERIFY2(entities, entities ? "" : entities.error().code);
    QTEST(entities->content->headers.value("Content-Type"), "contentType");
    const auto document = parsePap(entities->control);
    QVERIFY2(document, document ? "" : document.error().error.code);
    QCOMPARE(std::get<PapPushMessage>(document->body).pushId, u"9fjeo39jf084@pi.com"_s);
    if (type.contains("base64"))
        QVERIFY(entities->content->body.startsWith("<?xml"));
}

void TestMultipart::readsControlAlone()
{
    const auto entities = PapEntities::parse("application/xml; charset=UTF-8", "<x/>");
    QVERIFY(entities);
    QCOMPARE(entities->control, QByteArray("<x/>"));
    QVERIFY(!entities->content);
}

void TestMultipart::readsCapabilities()
{
    const auto entities = PapEntities::parse("multipart/related; boundary=b",
                                             "--b\r\nContent-Type: application/xml\r\n\r\n<x/>\r\n--b\r\nContent-Type: text/plain\r\n\r\nhi"
                                             "\r\n--b\r\nContent-Type: application/xml\r\nContent-Transfer-Encoding: base64\r\n\r\nPHJkZi8+\r\n--b--");
    QVERIFY2(entities, entities ? "" : entities.error().code);
    QCOMPARE(entities->content->body, QByteArray("hi"));
    QCOMPARE(entities->capabilities, QByteArray("<rdf/>"));
}

void TestMultipart::refusesEntities_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("code");
    const QByteArray xml = "--b\r\nContent-Type: application/xml\r\n\r\n<x/>\r\n";
    const QByteArray related = "multipart/related; boundary=b";
    QTest::newRow("none") << QByteArray() << QByteArray() << QByteArray("media-type-name");
    QTest::newRow("JSON") << QByteArray("application/json") << QByteArray("{}") << QByteArray("pap-media-type");
    QTest::newRow("mixed") << QByteArray("multipart/mixed; boundary=b") << xml + "--b--" << QByteArray("pap-media-type");
    QTest::newRow("control no XML") << related << QByteArray("--b\r\nContent-Type: text/plain\r\n\r\n\r\n--b--") << QByteArray("pap-control-type");
    QTest::newRow("control without type") << related << QByteArray("--b\r\n\r\n\r\n--b--") << QByteArray("pap-control-type");
    QTest::newRow("content without type") << related << xml + "--b\r\n\r\nhi\r\n--b--" << QByteArray("pap-content-type");
    QTest::newRow("four parts") << related << xml + xml + xml + xml + "--b--" << QByteArray("pap-parts");
    QTest::newRow("no boundary") << QByteArray("multipart/related") << xml + "--b--" << QByteArray("multipart-boundary");
}

void TestMultipart::refusesEntities()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    const auto entities = PapEntities::parse(type, body);
    QVERIFY(!entities);
    QTEST(QByteArray(entities.error().code), "code");
}

void TestMultipart::findsNoPartInATruncatedVector()
{
    const auto [type, body] = httpMessage(vectorMessage(u"pap-http-post"_s));
    const qsizetype end = body.lastIndexOf("--");
    for (qsizetype size = 0; size < end; ++size)
        QVERIFY(!PapEntities::parse(type, body.first(size)));
    QVERIFY(PapEntities::parse(type, body.first(end + 2)));
}

QTEST_GUILESS_MAIN(TestMultipart)
#include "tst_multipart.moc"
