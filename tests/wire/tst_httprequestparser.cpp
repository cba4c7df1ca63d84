// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/httprequestparser.h"

#include <QTest>

using namespace reveille;
using State = HttpRequestParser::State;

namespace {

const QByteArray get = QByteArrayLiteral("GET /v1/status HTTP/1.1\r\nHost: localhost\r\n\r\n");
const QByteArray post =
    QByteArrayLiteral("POST /v1/pushes?x=1 HTTP/1.1\r\nHost: localhost:8080\r\nContent-Length: 5\r\n"
                      "Content-Type: application/json\r\n\r\nhello");
const QByteArray chunked =
    QByteArrayLiteral("POST /v1/pushes HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                      "5;note=1\r\nhello\r\n1\r\n!\r\n0\r\nX-Trailer: 1\r\n\r\n");

HttpRequestParser parserWith(qsizetype header, qint64 body)
{
    HttpLimits limits;
    limits.header = header;
    limits.body = body;
    return HttpRequestParser(limits);
}

} // namespace

class TestHttpRequestParser : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsRequestsSplitAtEachOctet_data();
    void readsRequestsSplitAtEachOctet();
    void readsRequestsOctetByOctet_data() { readsRequestsSplitAtEachOctet_data(); }
    void readsRequestsOctetByOctet();
    void readsPipelinedRequestsOneByOne();
    void dropsTrailers();
    void tellsWhetherTheConnectionStays_data();
    void tellsWhetherTheConnectionStays();
    void takesAuthorityOfAbsoluteTarget();
    void tellsOfExpectationBeforeTheBody();
    void refuses_data();
    void refuses();
    void refusesOctetByOctet_data() { refuses_data(); }
    void refusesOctetByOctet();
    void neverServesWhatFollowsBrokenFraming();
    void boundsHeader();
    void boundsBody_data();
    void boundsBody();
    void boundsBodyByWhatItIsFor_data();
    void boundsBodyByWhatItIsFor();
    void boundsChunkOverhead();
    void needsMoreForEveryPrefix();
};

void TestHttpRequestParser::readsRequestsSplitAtEachOctet_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("get") << get << QByteArray("GET") << QByteArray("/v1/status") << QByteArray();
    QTest::newRow("post") << post << QByteArray("POST") << QByteArray("/v1/pushes?x=1")
                          << QByteArray("hello");
    QTest::newRow("chunked") << chunked << QByteArray("POST") << QByteArray("/v1/pushes")
                             << QByteArray("hello!");
    QTest::newRow("empty chunked")
        << QByteArray("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
        << QByteArray("POST") << QByteArray("/") << QByteArray();
    QTest::newRow("empty lines first")
        << QByteArray("\r\n\r\n") + get << QByteArray("GET") << QByteArray("/v1/status") << QByteArray();
    QTest::newRow("no body") << QByteArray(
                                    "DELETE /v1/users/a HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")
                             << QByteArray("DELETE") << QByteArray("/v1/users/a") << QByteArray();
    QTest::newRow("1.0 without host")
        << QByteArray("GET / HTTP/1.0\r\n\r\n") << QByteArray("GET") << QByteArray("/") << QByteArray();
    QTest::newRow("unknown method") << QByteArray("BREW /pot HTTP/1.1\r\nHost: a\r\n\r\n")
                                    << QByteArray("BREW") << QByteArray("/pot") << QByteArray();
    QTest::newRow("asterisk") << QByteArray("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n") << QByteArray("OPTIONS")
                              << QByteArray("*") << QByteArray();
}

void TestHttpRequestParser::readsRequestsSplitAtEachOctet()
{
    QFETCH(QByteArray, octets);
    for (qsizetype at = 0; at <= octets.size(); ++at) {
        HttpRequestParser parser;
        parser.feed(octets.first(at));
        QCOMPARE(parser.feed(octets.sliced(at)), State::Complete);
        const HttpRequest request = parser.take();
        QTEST(request.method, "method");
        QTEST(request.target, "target");
        QTEST(request.body, "body");
        QCOMPARE(parser.state(), State::NeedMore);
        QVERIFY(parser.isIdle());
    }
}

void TestHttpRequestParser::readsRequestsOctetByOctet()
{
    QFETCH(QByteArray, octets);
    HttpRequestParser parser;
    for (qsizetype i = 0; i < octets.size(); ++i)
        QCOMPARE(parser.feed(octets.sliced(i, 1)),
                 i + 1 == octets.size() ? State::Complete : State::NeedMore);
    QTEST(parser.take().body, "body");
}

void TestHttpRequestParser::readsPipelinedRequestsOneByOne()
{
    HttpRequestParser parser;
    QCOMPARE(parser.feed(post + get + chunked + get.first(10)), State::Complete);
    QCOMPARE(parser.take().body, QByteArray("hello"));
    QCOMPARE(parser.state(), State::Complete);
    QCOMPARE(parser.take().method, QByteArray("GET"));
    QCOMPARE(parser.state(), State::Complete);
    QCOMPARE(parser.take().body, QByteArray("hello!"));
    QCOMPARE(parser.state(), State::NeedMore);
    QVERIFY(!parser.isIdle());
    QCOMPARE(parser.feed(get.sliced(10)), State::Complete);
}

void TestHttpRequestParser::dropsTrailers()
{
    HttpRequestParser parser;
    QCOMPARE(parser.feed("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"
                         "Authorization: Bearer x\r\nConnection: close\r\n\r\n"),
             State::Complete);
    const HttpRequest request = parser.take();
    QVERIFY(!request.headers.has("Authorization"));
    QVERIFY(request.keepAlive);
}

void TestHttpRequestParser::tellsWhetherTheConnectionStays_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<bool>("stays");
    QTest::newRow("1.1") << get << true;
    QTest::newRow("1.1 close") << QByteArray("GET / HTTP/1.1\r\nHost: a\r\nConnection: Close\r\n\r\n")
                               << false;
    QTest::newRow("1.0") << QByteArray("GET / HTTP/1.0\r\n\r\n") << false;
    QTest::newRow("1.0 keep-alive") << QByteArray("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n") << true;
}

void TestHttpRequestParser::tellsWhetherTheConnectionStays()
{
    QFETCH(QByteArray, octets);
    HttpRequestParser parser;
    QCOMPARE(parser.feed(octets), State::Complete);
    QTEST(parser.take().keepAlive, "stays");
}

void TestHttpRequestParser::takesAuthorityOfAbsoluteTarget()
{
    HttpRequestParser parser;
    QCOMPARE(parser.feed("GET http://127.0.0.1:8081/v1/status?a=b HTTP/1.1\r\nHost: evil.example\r\n\r\n"),
             State::Complete);
    const HttpRequest request = parser.take();
    QCOMPARE(request.target, QByteArray("/v1/status?a=b"));
    QCOMPARE(request.headers.value("Host"), QByteArray("127.0.0.1:8081"));
    QCOMPARE(request.headers.count("host"), 1);
}

void TestHttpRequestParser::tellsOfExpectationBeforeTheBody()
{
    HttpRequestParser parser;
    QCOMPARE(parser.feed("PUT /a HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 2\r\n\r\n"),
             State::NeedMore);
    QVERIFY(parser.hasHead());
    QVERIFY(parser.head().expectsContinue);
    QCOMPARE(parser.head().target, QByteArray("/a"));
    QCOMPARE(parser.feed("ok"), State::Complete);
    QCOMPARE(parser.take().body, QByteArray("ok"));
    QVERIFY(!parser.hasHead());
}

void TestHttpRequestParser::refuses_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("code");
    const auto row = [](const char *name, const QByteArray &octets, int status, const char *code) {
        QTest::newRow(name) << octets << status << QByteArray(code);
    };
    const QByteArray start("POST / HTTP/1.1\r\nHost: a\r\n");
    const QByteArray coded = start + "Transfer-Encoding: chunked\r\n\r\n";
    row("length beside coding", start + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", 400,
        "http-framing");
    row("coding beside length", start + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n", 400,
        "http-framing");
    row("two lengths", start + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n", 400, "http-framing");
    row("two equal lengths", start + "Content-Length: 5\r\nContent-Length: 5\r\n\r\n", 400, "http-framing");
    row("length list", start + "Content-Length: 5, 5\r\n\r\n", 400, "http-framing");
    row("length sign", start + "Content-Length: +5\r\n\r\n", 400, "http-framing");
    row("length negative", start + "Content-Length: -1\r\n\r\n", 400, "http-framing");
    row("length hex", start + "Content-Length: 0x5\r\n\r\n", 400, "http-framing");
    row("length empty", start + "Content-Length:\r\n\r\n", 400, "http-framing");
    row("length wraps", start + "Content-Length: 18446744073709551621\r\n\r\n", 400, "http-framing");
    row("length huge", start + "Content-Length: 999999999999999999\r\n\r\n", 413, "http-body-too-large");
    row("two codings", start + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n", 400,
        "http-framing");
    row("other coding", start + "Transfer-Encoding: xchunked\r\n\r\n", 501, "http-transfer-coding");
    row("coding list", start + "Transfer-Encoding: gzip, chunked\r\n\r\n", 501, "http-transfer-coding");
    row("coding quoted", start + "Transfer-Encoding: \"chunked\"\r\n\r\n", 501, "http-transfer-coding");
    row("coding in 1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400, "http-framing");
    row("space before colon", start + "Content-Length : 5\r\n\r\n", 400, "http-field");
    row("tab before colon", start + "Transfer-Encoding\t: chunked\r\n\r\n", 400, "http-field");
    row("space before name", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400, "http-folded-line");
    row("folded line", start + "X: 1\r\n 2\r\n\r\n", 400, "http-folded-line");
    row("folded coding", start + "Transfer-Encoding:\r\n chunked\r\n\r\n", 400, "http-folded-line");
    row("no colon", start + "Nonsense\r\n\r\n", 400, "http-field");
    row("no name", start + ": 1\r\n\r\n", 400, "http-field");
    row("bare LF in the end", "GET / HTTP/1.1\nHost: a\n\n", 400, "http-line-ending");
    row("bare LF between", start + "X: 1\nContent-Length: 5\r\n\r\n", 400, "http-line-ending");
    row("bare CR", start + "X: 1\rContent-Length: 5\r\n\r\n", 400, "http-line-ending");
    row("NUL in value", start + QByteArray("X: 1\0002\r\n\r\n", 10), 400, "http-field");
    row("control in value", start + "X: 1\x01\r\n\r\n", 400, "http-field");
    row("no host", "GET / HTTP/1.1\r\n\r\n", 400, "http-host");
    row("two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400, "http-host");
    row("HTTP 2", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505, "http-version");
    row("HTTP 1.2", "GET / HTTP/1.2\r\nHost: a\r\n\r\n", 505, "http-version");
    row("preface of HTTP 2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, "http-version");
    row("no version", "GET /\r\nHost: a\r\n\r\n", 400, "http-request-line");
    row("lower-case version", "GET / http/1.1\r\nHost: a\r\n\r\n", 400, "http-request-line");
    row("two spaces", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400, "http-request-line");
    row("space in target", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400, "http-request-line");
    row("octet over 7 bits in target", "GET /\xc3\xa4 HTTP/1.1\r\nHost: a\r\n\r\n", 400, "http-request-line");
    row("method no token", "GE(T / HTTP/1.1\r\nHost: a\r\n\r\n", 400, "http-request-line");
    row("relative target", "GET a/b HTTP/1.1\r\nHost: a\r\n\r\n", 400, "http-request-line");
    row("connect", "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", 400, "http-request-line");
    row("foreign scheme", "GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400, "http-request-line");
    row("TLS hello", QByteArray("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11), 400, "http-field");
    row("chunk size empty", coded + "\r\nhello\r\n0\r\n\r\n", 400, "http-body");
    row("chunk size sign", coded + "+5\r\nhello\r\n0\r\n\r\n", 400, "http-body");
    row("chunk size prefix", coded + "0x5\r\nhello\r\n0\r\n\r\n", 400, "http-body");
    row("chunk size wraps", coded + "10000000000000005\r\nhello\r\n0\r\n\r\n", 400, "http-body");
    row("chunk size huge", coded + "7fffffff\r\nhello\r\n0\r\n\r\n", 413, "http-body-too-large");
    row("chunk longer than told", coded + "3\r\nhello\r\n0\r\n\r\n", 400, "http-body");
    row("chunk line bare LF", coded + "5;a=1\nx\r\nhello\r\n0\r\n\r\n", 400, "http-body");
    row("long target", "GET /" + QByteArray(9000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", 414,
        "http-target-too-long");
    row("endless method", QByteArray(40, 'A'), 400, "http-request-line");
    QByteArray many = start;
    for (int i = 0; i < 101; ++i)
        many += "X: 1\r\n";
    row("many fields", many + "\r\n", 431, "http-header-too-large");
}

void TestHttpRequestParser::refuses()
{
    QFETCH(QByteArray, octets);
    HttpRequestParser parser;
    QCOMPARE(parser.feed(octets), State::Failed);
    QTEST(parser.failure().status, "status");
    QTEST(QByteArray(parser.failure().code), "code");
    QCOMPARE(parser.feed(get), State::Failed);
    QCOMPARE(parser.buffered(), 0);
}

void TestHttpRequestParser::refusesOctetByOctet()
{
    QFETCH(QByteArray, octets);
    HttpRequestParser parser;
    for (qsizetype i = 0; i < octets.size() && parser.state() == State::NeedMore; ++i)
        parser.feed(octets.sliced(i, 1));
    QCOMPARE(parser.state(), State::Failed);
    QTEST(parser.failure().status, "status");
}

void TestHttpRequestParser::neverServesWhatFollowsBrokenFraming()
{
    HttpRequestParser parser;
    parser.feed(
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n");
    QCOMPARE(parser.state(), State::Failed);
    QVERIFY(!parser.hasHead());
}

void TestHttpRequestParser::boundsHeader()
{
    HttpRequestParser parser = parserWith(200, 100);
    QCOMPARE(parser.feed("GET / HTTP/1.1\r\nHost: a\r\nX: "), State::NeedMore);
    QCOMPARE(parser.feed(QByteArray(200, 'x')), State::Failed);
    QCOMPARE(parser.failure().status, 431);
}

void TestHttpRequestParser::boundsBody_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<bool>("fits");
    const QByteArray start("POST / HTTP/1.1\r\nHost: a\r\n");
    QTest::newRow("length at the limit") << start + "Content-Length: 10\r\n\r\n0123456789" << true;
    QTest::newRow("length over it") << start + "Content-Length: 11\r\n\r\n" << false;
    QTest::newRow("chunks at the limit")
        << start + "Transfer-Encoding: chunked\r\n\r\n5\r\n01234\r\n5\r\n56789\r\n0\r\n\r\n"
        << true;
    QTest::newRow("chunks over it") << start + "Transfer-Encoding: chunked\r\n\r\n5\r\n01234\r\n6\r\n"
                                    << false;
}

void TestHttpRequestParser::boundsBody()
{
    QFETCH(QByteArray, octets);
    QFETCH(bool, fits);
    HttpRequestParser parser = parserWith(1000, 10);
    QCOMPARE(parser.feed(octets), fits ? State::Complete : State::Failed);
    if (!fits)
        QCOMPARE(parser.failure().status, 413);
}

void TestHttpRequestParser::boundsBodyByWhatItIsFor_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<int>("octets");
    QTest::addColumn<bool>("fits");
    constexpr int mega = 1024 * 1024;
    QTest::newRow("within the limit of all") << QByteArray("/") << 1000 << true;
    QTest::newRow("over the limit of all") << QByteArray("/") << 1001 << false;
    QTest::newRow("large, and may be") << QByteArray("/large") << 1001 << true;
    QTest::newRow("larger than any default") << QByteArray("/large") << 4 * mega << true;
    QTest::newRow("over the limit of large ones") << QByteArray("/large") << 4 * mega + 1 << false;
}

void TestHttpRequestParser::boundsBodyByWhatItIsFor()
{
    QFETCH(QByteArray, target);
    QFETCH(int, octets);
    QFETCH(bool, fits);
    HttpLimits limits;
    limits.body = 1000;
    const auto bodyLimit = [](const HttpRequest &request, qint64 limit) {
        return request.target == "/large" ? qint64(4 * 1024 * 1024) : limit;
    };
    const QByteArray start = "POST " + target + " HTTP/1.1\r\nHost: a\r\n", body(octets, 'x');
    HttpRequestParser told(limits, bodyLimit);
    told.feed(start + "Content-Length: " + QByteArray::number(octets) + "\r\n\r\n");
    QCOMPARE(told.state(), fits ? State::NeedMore : State::Failed); // before any of it came
    if (fits) {
        QCOMPARE(told.feed(body), State::Complete);
        QCOMPARE(told.take().body, body);
    }
    HttpRequestParser chunked(limits, bodyLimit);
    chunked.feed(start + "Transfer-Encoding: chunked\r\n\r\n" + QByteArray::number(octets, 16) + "\r\n" + body + "\r\n0\r\n\r\n");
    QCOMPARE(chunked.state(), fits ? State::Complete : State::Failed);
    if (fits)
        QCOMPARE(chunked.take().body, body);
    for (const HttpRequestParser *parser : {&told, &chunked}) {
        if (!fits)
            QCOMPARE(QByteArray(parser->failure().code), QByteArray("http-body-too-large"));
    }
}

void TestHttpRequestParser::boundsChunkOverhead()
{
    const QByteArray start("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    HttpRequestParser extension = parserWith(200, 10);
    QCOMPARE(extension.feed(start), State::NeedMore);
    QCOMPARE(extension.feed("1;" + QByteArray(400, 'a')), State::Failed);
    QCOMPARE(extension.failure().status, 431);

    HttpRequestParser trailers = parserWith(200, 10);
    QCOMPARE(trailers.feed(start + "0\r\n"), State::NeedMore);
    QCOMPARE(trailers.feed("X: " + QByteArray(400, 'a')), State::Failed);
}

void TestHttpRequestParser::needsMoreForEveryPrefix()
{
    const QByteArray all = chunked;
    for (qsizetype length = 0; length < all.size(); ++length) {
        HttpRequestParser parser;
        QCOMPARE(parser.feed(all.first(length)), State::NeedMore);
    }
}

QTEST_GUILESS_MAIN(TestHttpRequestParser)
#include "tst_httprequestparser.moc"
