// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/httpmessage.h"
#include "wire/httpresponseparser.h"
#include "wire/httptarget.h"

#include <QTest>

using namespace reveille;
using State = HttpResponseParser::State;
using namespace Qt::StringLiterals;

class TestHttpMessage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void writesResponses_data();
    void writesResponses();
    void letsNoValueStartAnotherField();
    void readsBackWhatItWrites();
    void readsResponsesSplitAtEachOctet_data();
    void readsResponsesSplitAtEachOctet();
    void readsManyResponsesAtOnce();
    void readsALongBodyAtOnce();
    void passesOverInterimResponses();
    void readsNoBodyAfterHead();
    void refusesHostileResponses_data();
    void refusesHostileResponses();
    void failsABodyThatIsCutOff();
    void decodesPercentEscapes_data();
    void decodesPercentEscapes();
    void refusesBrokenEscapes_data();
    void refusesBrokenEscapes();
    void takesTargetsApart();
    void encodesWhatItDecodes();
};

void TestHttpMessage::writesResponses_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("keepAlive");
    QTest::addColumn<bool>("head");
    QTest::addColumn<HttpFraming::Body>("body");
    QTest::addColumn<QByteArray>("octets");
    const auto whole = HttpFraming::Body::Whole;
    QTest::newRow("plain") << 200 << true << false << whole
                           << QByteArray("HTTP/1.1 200 OK\r\nA: b\r\nContent-Length: 2\r\n\r\nhi");
    QTest::newRow("close") << 503 << false << false << whole
                           << QByteArray("HTTP/1.1 503 Service Unavailable\r\nA: b\r\nConnection: close\r\n"
                                         "Content-Length: 2\r\n\r\nhi");
    QTest::newRow("head") << 200 << true << true << whole
                          << QByteArray("HTTP/1.1 200 OK\r\nA: b\r\nContent-Length: 2\r\n\r\n");
    QTest::newRow("no content") << 204 << true << false << whole
                                << QByteArray("HTTP/1.1 204 No Content\r\nA: b\r\n\r\n");
    QTest::newRow("chunked") << 200 << true << false << HttpFraming::Body::Chunked
                             << QByteArray("HTTP/1.1 200 OK\r\nA: b\r\nTransfer-Encoding: chunked\r\n\r\n");
    QTest::newRow("to the end") << 200 << false << false << HttpFraming::Body::ToTheEnd
                                << QByteArray("HTTP/1.1 200 OK\r\nA: b\r\nConnection: close\r\n\r\n");
}

void TestHttpMessage::writesResponses()
{
    QFETCH(int, status);
    QFETCH(bool, keepAlive);
    QFETCH(bool, head);
    QFETCH(HttpFraming::Body, body);
    HttpResponse response;
    response.status = status;
    response.headers.add("A", "b");
    response.body = "hi";
    QTEST(serialise(response, {keepAlive, head, body}), "octets");
}

void TestHttpMessage::letsNoValueStartAnotherField()
{
    HttpResponse response;
    response.headers.add("Location", "/a\r\nSet-Cookie: x");
    QCOMPARE(serialise(response),
             QByteArray("HTTP/1.1 200 OK\r\nLocation: /aSet-Cookie: x\r\nContent-Length: 0\r\n\r\n"));
}

void TestHttpMessage::readsBackWhatItWrites()
{
    HttpResponse response;
    response.status = 202;
    response.headers.add("Content-Type", "application/json");
    response.body = "{\"id\":\"p-1\"}";
    HttpResponseParser parser;
    QCOMPARE(parser.feed(serialise(response)), State::Complete);
    const HttpResponse read = parser.take();
    QCOMPARE(read.status, 202);
    QCOMPARE(read.body, response.body);
    QCOMPARE(read.headers.value("content-type"), QByteArray("application/json"));
    QVERIFY(!parser.closes());
}

void TestHttpMessage::readsResponsesSplitAtEachOctet_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<bool>("toTheEnd");
    QTest::newRow("length") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello") << false;
    QTest::newRow("chunked")
        << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n")
        << false;
    QTest::newRow("to the end") << QByteArray("HTTP/1.1 200 OK\r\n\r\nhello") << true;
    QTest::newRow("our chunks") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n") +
                                       httpChunk("hello") + httpLastChunk()
                                << false;
}

void TestHttpMessage::readsResponsesSplitAtEachOctet()
{
    QFETCH(QByteArray, octets);
    QFETCH(bool, toTheEnd);
    for (qsizetype at = 0; at <= octets.size(); ++at) {
        HttpResponseParser parser;
        parser.feed(octets.first(at));
        QCOMPARE(parser.feed(octets.sliced(at)), toTheEnd ? State::NeedMore : State::Complete);
        QCOMPARE(parser.finish(), State::Complete);
        QCOMPARE(parser.take().body, QByteArray("hello"));
    }
}

void TestHttpMessage::readsManyResponsesAtOnce()
{
    HttpResponseParser parser(200, 100);
    parser.feed(QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi").repeated(100));
    for (int i = 0; i < 100; ++i) {
        QCOMPARE(parser.state(), State::Complete);
        QCOMPARE(parser.take().body, QByteArray("hi"));
    }
    QCOMPARE(parser.state(), State::NeedMore);
}

void TestHttpMessage::readsALongBodyAtOnce()
{
    const QByteArray body(1000, 'x');
    HttpResponseParser told(200, 1000);
    QCOMPARE(told.feed("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + body), State::Complete);
    QCOMPARE(told.take().body, body);
    HttpResponseParser chunked(200, 1000);
    QCOMPARE(chunked.feed("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + httpChunk(body) +
                          httpLastChunk()),
             State::Complete);
    QCOMPARE(chunked.take().body, body);
}

void TestHttpMessage::passesOverInterimResponses()
{
    HttpResponseParser parser;
    QCOMPARE(parser.feed("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"),
             State::Complete);
    QCOMPARE(parser.take().status, 201);
}

void TestHttpMessage::readsNoBodyAfterHead()
{
    HttpResponseParser parser;
    parser.expectHead();
    QCOMPARE(parser.feed("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n"), State::Complete);
    QCOMPARE(parser.take().body, QByteArray());
}

void TestHttpMessage::refusesHostileResponses_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("no HTTP") << QByteArray("SSH-2.0-x\r\n\r\n") << QByteArray("http-response");
    QTest::newRow("long body") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 101\r\n\r\n")
                               << QByteArray("http-body-too-large");
    QTest::newRow("long body to the end")
        << QByteArray("HTTP/1.1 200 OK\r\n\r\n") + QByteArray(101, 'x') << QByteArray("http-body-too-large");
    QTest::newRow("long header") << QByteArray("HTTP/1.1 200 OK\r\nX: ") + QByteArray(300, 'x')
                                 << QByteArray("http-header-too-large");
    QTest::newRow("both framings")
        << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n")
        << QByteArray("http-response");
}

void TestHttpMessage::refusesHostileResponses()
{
    QFETCH(QByteArray, octets);
    HttpResponseParser parser(200, 100);
    QCOMPARE(parser.feed(octets), State::Failed);
    QTEST(QByteArray(parser.failure()), "code");
}

void TestHttpMessage::failsABodyThatIsCutOff()
{
    HttpResponseParser parser;
    parser.feed("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel");
    QCOMPARE(parser.finish(), State::Failed);
    QCOMPARE(QByteArray(parser.failure()), QByteArray("http-body-cut"));
}

void TestHttpMessage::decodesPercentEscapes_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<bool>("plus");
    QTest::addColumn<QString>("text");
    QTest::newRow("urn") << QByteArray("urn%3Auuid%3Af81d4fae") << false << u"urn:uuid:f81d4fae"_s;
    QTest::newRow("gruu") << QByteArray("sip%3aalice%40x%3Bgr%3D1") << false << u"sip:alice@x;gr=1"_s;
    QTest::newRow("slash") << QByteArray("a%2Fb") << false << u"a/b"_s;
    QTest::newRow("plus stays") << QByteArray("%2B49+1") << false << u"+49+1"_s;
    QTest::newRow("plus is space") << QByteArray("%2B49+1") << true << u"+49 1"_s;
    QTest::newRow("UTF-8") << QByteArray("%C3%A4") << false << u"\u00e4"_s;
}

void TestHttpMessage::decodesPercentEscapes()
{
    QFETCH(QByteArray, octets);
    QFETCH(bool, plus);
    const auto decoded = percentDecode(octets, plus);
    QVERIFY(decoded);
    QTEST(*decoded, "text");
}

void TestHttpMessage::refusesBrokenEscapes_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::newRow("cut") << QByteArray("a%4");
    QTest::newRow("no digits") << QByteArray("%zz");
    QTest::newRow("NUL") << QByteArray("a%00b");
    QTest::newRow("line end") << QByteArray("a%0d%0ab");
    QTest::newRow("not UTF-8") << QByteArray("%ff");
    QTest::newRow("overlong") << QByteArray("%c0%af");
}

void TestHttpMessage::refusesBrokenEscapes()
{
    QFETCH(QByteArray, octets);
    const auto decoded = percentDecode(octets);
    QVERIFY(!decoded);
    QVERIFY(decoded.error().is("http-escape"));
}

void TestHttpMessage::takesTargetsApart()
{
    const auto target = HttpTarget::parse("/v1/users/sip%3Aa%2Fb?limit=5&query=a+b%26c&flag&limit=6");
    QVERIFY(target);
    QCOMPARE(target->segments, (QVector<QByteArray>{"v1", "users", "sip%3Aa%2Fb"}));
    QCOMPARE(target->item(u"limit"), u"5"_s);
    QCOMPARE(target->item(u"query"), u"a b&c"_s);
    QVERIFY(target->hasItem(u"flag"));
    QVERIFY(!target->hasItem(u"other"));
    QVERIFY(!HttpTarget::parse("/?" + QByteArray("a=1&").repeated(65)));
    QVERIFY(!HttpTarget::parse("/?a=%4"));
}

void TestHttpMessage::encodesWhatItDecodes()
{
    const QString text = u"sip:alice@lab.example;gr=a/b%25 \u00e4?#"_s;
    QCOMPARE(*percentDecode(percentEncode(text)), text);
}

QTEST_GUILESS_MAIN(TestHttpMessage)
#include "tst_httpmessage.moc"
