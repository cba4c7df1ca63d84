// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/httprequestparser.h"
#include "wire/httpresponseparser.h"
#include "wire/otahttp.h"
#include "wire/otahttpauth.h"
#include "wire/vectors.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

Timestamp at(const char *iso)
{
    return Timestamp{QDateTime::fromString(QString::fromLatin1(iso), Qt::ISODate).toMSecsSinceEpoch()};
}

std::optional<HttpRequest> requestOf(const QByteArray &octets)
{
    HttpRequestParser parser;
    return parser.feed(octets) == HttpRequestParser::State::Complete ? std::optional(parser.take()) : std::nullopt;
}

std::optional<OtaAnswer> answerOf(const QByteArray &octets)
{
    HttpResponseParser parser(8192, 65536);
    if (parser.feed(octets) != HttpResponseParser::State::Complete)
        return std::nullopt;
    return OtaAnswer::read(parser.take());
}

} // namespace

class TestOtaHttp : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void writesTheVectorsOctetForOctet_data();
    void writesTheVectorsOctetForOctet();
    void readsBackItsRequests_data() { writesTheVectorsOctetForOctet_data(); }
    void readsBackItsRequests();
    void readsTheAnswerWithCpi();
    void readsTheOtherAnswers_data();
    void readsTheOtherAnswers();
    void readsAnswersCutAtEachOctet();
    void readsBackItsAnswers();
    void unwrapsTheContent();
    void refusesBrokenContent_data();
    void refusesBrokenContent();
    void refusesOtherRequests_data();
    void refusesOtherRequests();
    void refusesSmuggledFraming_data();
    void refusesSmuggledFraming();
    void tellsAnEmptyProvUrlFromNone();
    void tellsHowOftenItIsHeard();
    void letsNoValueStartAnotherField();
    void provesItselfByDigest();
    void provesItselfByBasic();
    void readsChallenges();
    void refusesBrokenAuthentication_data();
    void refusesBrokenAuthentication();
    void masksCredentials();
};

void TestOtaHttp::writesTheVectorsOctetForOctet_data()
{
    QTest::addColumn<QString>("vector");
    QTest::addColumn<OtaRequest>("request");
    OtaRequest first;
    first.date = at("2026-11-20T19:30:00Z");
    QTest::newRow("first") << u"otahttp-options"_s << first;
    OtaRequest tagged;
    tagged.cpiTag = *CpiTag::parse("Iyf7RA==");
    QTest::newRow("tag") << u"otahttp-options-cpitag"_s << tagged;
    OtaRequest challenge;
    challenge.authenticate =
        OtaChallenge{OtaChallenge::Scheme::Digest, "ppg.example.net", "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v"}
            .toValue();
    QTest::newRow("challenge") << u"otahttp-options-auth"_s << challenge;
    OtaContent content;
    content.contentType = "text/vnd.wap.si; charset=UTF-8";
    content.application = "x-wap-application:wml.ua";
    content.date = at("2026-11-20T19:30:02Z");
    content.body = "<?xml version=\"1.0\"?>\r\n<!DOCTYPE si PUBLIC \"-//WAPFORUM//DTD SI 1.0//EN\" "
                   "\"http://www.wapforum.org/DTD/si.dtd\">\r\n<si><indication href=\"http://www.example.com/m/1\" "
                   "si-id=\"m1\" action=\"signal-high\">You have new mail</indication></si>\r\n";
    OtaRequest push = tagged;
    push.isPush = true;
    push.date = at("2026-11-20T19:30:03Z");
    push.info = {"authenticated", "last"};
    push.content = content.toBytes();
    QTest::newRow("push") << u"otahttp-post-si"_s << push;
}

void TestOtaHttp::writesTheVectorsOctetForOctet()
{
    QFETCH(QString, vector);
    QFETCH(OtaRequest, request);
    QVERIFY(!vectorMessage(vector).isEmpty());
    QCOMPARE(request.toBytes(), vectorMessage(vector));
}

void TestOtaHttp::readsBackItsRequests()
{
    QFETCH(QString, vector);
    QFETCH(OtaRequest, request);
    const std::optional<HttpRequest> http = requestOf(vectorMessage(vector));
    QVERIFY(http.has_value());
    QVERIFY(http->headers.has("Host") && http->headers.value("Host").isEmpty());
    const Result<OtaRequest> read = OtaRequest::read(*http);
    QVERIFY(read.ok());
    QCOMPARE(*read, request);
}

void TestOtaHttp::readsTheAnswerWithCpi()
{
    const std::optional<OtaAnswer> answer = answerOf(vectorMessage(u"otahttp-options-resp-501"_s));
    QVERIFY(answer.has_value());
    QCOMPARE(answer->http, 204);
    QCOMPARE(answer->status.code, 501);
    QVERIFY(otaVersionsInclude(answer->versions, otaHttpVersion));
    QCOMPARE(answer->terminal.msisdn()->toString(), u"+358408201681"_s);
    QCOMPARE(int(*answer->bearer), 0x0b);
    QVERIFY(answer->cpi.has_value());
    QCOMPARE(answer->cpi->maxMessageSize, 30000);
    QCOMPARE(answer->cpi->maxPushRequests, 2);
    QCOMPARE(answer->cpi->subscriptions().size(), 2);
    QCOMPARE(answer->cpi->tag(), answer->cpiTag);
    QVERIFY(!answer->closes);
}

void TestOtaHttp::readsTheOtherAnswers_data()
{
    QTest::addColumn<QString>("vector");
    QTest::addColumn<int>("http");
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("tagged");
    QTest::newRow("same") << u"otahttp-options-resp-500"_s << 204 << 500 << false;
    QTest::newRow("accepted") << u"otahttp-post-resp-400"_s << 204 << 400 << false;
    QTest::newRow("mismatch") << u"otahttp-post-resp-256"_s << 204 << 256 << true;
    QTest::newRow("version") << u"otahttp-resp-600"_s << 400 << 600 << false;
    QTest::newRow("credentials") << u"otahttp-options-auth-resp"_s << 204 << 500 << false;
}

void TestOtaHttp::readsTheOtherAnswers()
{
    QFETCH(QString, vector);
    QFETCH(int, http);
    QFETCH(int, status);
    QFETCH(bool, tagged);
    const std::optional<OtaAnswer> answer = answerOf(vectorMessage(vector));
    QVERIFY(answer.has_value());
    QCOMPARE(answer->http, http);
    QCOMPARE(answer->status.code, status);
    QCOMPARE(!answer->cpiTag.isEmpty(), tagged);
    QVERIFY(!answer->cpi.has_value());
}

void TestOtaHttp::readsAnswersCutAtEachOctet()
{
    const QByteArray octets = vectorMessage(u"otahttp-options-resp-501"_s) + vectorMessage(u"otahttp-post-resp-400"_s);
    for (qsizetype cut = 1; cut < octets.size(); ++cut) {
        HttpResponseParser parser(8192, 65536);
        QVector<int> statuses;
        for (const QByteArray &part : {octets.left(cut), octets.mid(cut)}) {
            parser.feed(part);
            while (parser.state() == HttpResponseParser::State::Complete)
                statuses.append(OtaAnswer::read(parser.take()).status.code);
        }
        QCOMPARE(statuses, QVector<int>({501, 400}));
    }
}

void TestOtaHttp::readsBackItsAnswers()
{
    OtaAnswer answer;
    answer.status = {501, "Accepted"};
    answer.versions = otaHttpVersion;
    answer.terminal = *OtaTerminalId::parse("urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6");
    answer.bearer = 0x0b;
    answer.cpi = OtaCpi();
    answer.cpi->maxMessageSize = 65536;
    answer.cpiTag = answer.cpi->tag();
    answer.authorization = OtaCredentials::answer({}, "alice", "secret", "OPTIONS").toValue();
    answer.user = u"sip:alice@lab.example"_s;
    answer.device = u"urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"_s;
    answer.routes = {*parseOtaWakeRoute("sms;address=491701234567;port=2948"), *parseOtaWakeRoute("wsp-udp;address=::1")};
    answer.closes = true;
    const std::optional<OtaAnswer> again = answerOf(serialise(answer.toResponse()));
    QVERIFY(again.has_value());
    QCOMPARE(*again, answer);
}

void TestOtaHttp::unwrapsTheContent()
{
    const std::optional<HttpRequest> http = requestOf(vectorMessage(u"otahttp-post-si"_s));
    const Result<OtaContent> content = OtaContent::parse(OtaRequest::read(*http)->content, 4096);
    QVERIFY(content.ok());
    QCOMPARE(content->contentType, QByteArray("text/vnd.wap.si; charset=UTF-8"));
    QCOMPARE(content->application, QByteArray("x-wap-application:wml.ua"));
    QCOMPARE(content->body.size(), 231);
    QCOMPARE(OtaContent::parse(content->toBytes(), 4096).value(), *content);
}

void TestOtaHttp::refusesBrokenContent_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("empty") << QByteArray() << QByteArray("ota-content");
    QTest::newRow("request") << QByteArray("GET / HTTP/1.1\r\n\r\n") << QByteArray("ota-content");
    QTest::newRow("cut") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nshort") << QByteArray("ota-content");
    QTest::newRow("large") << "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n" + QByteArray(9, 'x')
                           << QByteArray("ota-content-too-large");
}

void TestOtaHttp::refusesBrokenContent()
{
    QFETCH(QByteArray, octets);
    QFETCH(QByteArray, code);
    const Result<OtaContent> content = OtaContent::parse(octets, 8);
    QVERIFY(!content.ok());
    QCOMPARE(QByteArray(content.error().code), code);
}

void TestOtaHttp::refusesOtherRequests_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("target") << QByteArray("OPTIONS / HTTP/1.1\r\nHost:\r\n\r\n") << QByteArray("ota-target");
    QTest::newRow("method") << QByteArray("GET /wappush HTTP/1.1\r\nHost:\r\n\r\n") << QByteArray("ota-method");
    QTest::newRow("content") << QByteArray("POST /wappush HTTP/1.1\r\nHost:\r\nContent-Type: text/plain\r\n"
                                           "Content-Length: 0\r\n\r\n")
                             << QByteArray("ota-content-type");
}

void TestOtaHttp::refusesOtherRequests()
{
    QFETCH(QByteArray, octets);
    QFETCH(QByteArray, code);
    const std::optional<HttpRequest> http = requestOf(octets);
    QVERIFY(http.has_value());
    const Result<OtaRequest> request = OtaRequest::read(*http);
    QVERIFY(!request.ok());
    QCOMPARE(QByteArray(request.error().code), code);
}

void TestOtaHttp::refusesSmuggledFraming_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::newRow("two lengths") << QByteArray("Content-Length: 0\r\nContent-Length: 5\r\n");
    QTest::newRow("length and chunks") << QByteArray("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n");
    QTest::newRow("chunks and length") << QByteArray("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n");
    QTest::newRow("signed length") << QByteArray("Content-Length: +5\r\n");
    QTest::newRow("negative length") << QByteArray("Content-Length: -1\r\n");
    QTest::newRow("bare line feed") << QByteArray("A: b\nContent-Length: 0\r\n");
    QTest::newRow("space before the colon") << QByteArray("Content-Length : 0\r\n");
    QTest::newRow("control character") << QByteArray("A: b\x01\r\nContent-Length: 0\r\n");
}

void TestOtaHttp::refusesSmuggledFraming()
{
    QFETCH(QByteArray, fields);
    HttpResponseParser parser(8192, 65536);
    parser.feed("HTTP/1.1 200 OK\r\nX-Wap-Push-Status: 400\r\n" + fields + "\r\nHTTP/1.1 204 No Content\r\n\r\n");
    QCOMPARE(parser.state(), HttpResponseParser::State::Failed);
}

void TestOtaHttp::tellsAnEmptyProvUrlFromNone()
{
    OtaRequest request;
    QVERIFY(!request.toBytes().contains("ProvURL"));
    request.provUrl = QByteArray();
    const Result<OtaRequest> empty = OtaRequest::read(*requestOf(request.toBytes()));
    QVERIFY(empty->provUrl.has_value() && empty->provUrl->isEmpty());
}

void TestOtaHttp::tellsHowOftenItIsHeard()
{
    OtaRequest request;
    request.keepAlive = Milliseconds(90500);
    QVERIFY(request.toBytes().contains("Keep-Alive: timeout=90\r\n"));
    QCOMPARE(OtaRequest::read(*requestOf(request.toBytes()))->keepAlive, Milliseconds(90000));
}

void TestOtaHttp::letsNoValueStartAnotherField()
{
    OtaContent content;
    content.contentType = "text/plain\r\nX-Evil: 1";
    content.application = "a\nb\r\n\r\n";
    QVERIFY(!content.toBytes().contains("\r\nX-Evil"));
    OtaRequest request;
    request.isPush = true;
    request.pushId = "p-1\r\nX-Evil: 1";
    request.content = content.toBytes();
    QVERIFY(!request.toBytes().contains("\r\nX-Evil"));
    QVERIFY(requestOf(request.toBytes()).has_value());
}

void TestOtaHttp::provesItselfByDigest()
{
    const Result<OtaRequest> request = OtaRequest::read(*requestOf(vectorMessage(u"otahttp-options-auth"_s)));
    const Result<OtaChallenge> challenge = OtaChallenge::parse(request->authenticate);
    QVERIFY(challenge.ok());
    const OtaCredentials credentials = OtaCredentials::answer(*challenge, "4358408201681", "terminal-secret", "OPTIONS");
    QCOMPARE(credentials.response, QByteArray("c7db9d8af571fe16bbc9489c15d7aef985e3d363"));
    const std::optional<OtaAnswer> answer = answerOf(vectorMessage(u"otahttp-options-auth-resp"_s));
    QCOMPARE(answer->authorization, credentials.toValue());
    QCOMPARE(OtaCredentials::parse(answer->authorization).value(), credentials);
}

void TestOtaHttp::provesItselfByBasic()
{
    const OtaChallenge challenge{OtaChallenge::Scheme::Basic, "lab.example", {}, OtaChallenge::Refusal::Retry};
    QCOMPARE(challenge.toValue(), QByteArray("Basic realm=\"lab.example\", x-wap-auth-status=failed_retry"));
    QCOMPARE(OtaChallenge::parse(challenge.toValue()).value(), challenge);
    const OtaCredentials credentials = OtaCredentials::answer(challenge, "alice", "a:b", "OPTIONS");
    QCOMPARE(credentials.toValue(), QByteArray("Basic YWxpY2U6YTpi"));
    QCOMPARE(OtaCredentials::parse(credentials.toValue()).value(), credentials);
}

void TestOtaHttp::readsChallenges()
{
    const Result<OtaChallenge> challenge =
        OtaChallenge::parse("digest Realm = \"a \\\"b\\\"\" , nonce=abc,x-wap-auth-status=failed_noretry");
    QVERIFY(challenge.ok());
    QCOMPARE(challenge->realm, QByteArray("a \"b\""));
    QCOMPARE(challenge->nonce, QByteArray("abc"));
    QCOMPARE(challenge->refusal, OtaChallenge::Refusal::Final);
}

void TestOtaHttp::refusesBrokenAuthentication_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("challenge");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("scheme") << QByteArray("Bearer x") << true << QByteArray("ota-auth-scheme");
    QTest::newRow("no realm") << QByteArray("Basic charset=utf-8") << true << QByteArray("ota-auth-syntax");
    QTest::newRow("open quote") << QByteArray("Basic realm=\"abc\\\"") << true << QByteArray("ota-auth-syntax");
    QTest::newRow("twice") << QByteArray("Basic realm=a, realm=b") << true << QByteArray("ota-auth-syntax");
    QTest::newRow("algorithm") << QByteArray("Digest realm=a, nonce=b, algorithm=MD5") << true
                               << QByteArray("ota-auth-algorithm");
    QTest::newRow("no nonce") << QByteArray("Digest realm=a") << true << QByteArray("ota-auth-syntax");
    QTest::newRow("long") << "Basic realm=" + QByteArray(5000, 'a') << true << QByteArray("ota-auth-syntax");
    QTest::newRow("empty") << QByteArray() << false << QByteArray("ota-auth-scheme");
    QTest::newRow("base64") << QByteArray("Basic !!!") << false << QByteArray("ota-auth-syntax");
    QTest::newRow("no colon") << QByteArray("Basic YWxpY2U=") << false << QByteArray("ota-auth-syntax");
    QTest::newRow("no name") << QByteArray("Digest response=a") << false << QByteArray("ota-auth-syntax");
}

void TestOtaHttp::refusesBrokenAuthentication()
{
    QFETCH(QByteArray, value);
    QFETCH(bool, challenge);
    QFETCH(QByteArray, code);
    const Result<OtaChallenge> asked = OtaChallenge::parse(value);
    const Result<OtaCredentials> given = OtaCredentials::parse(value);
    QVERIFY(challenge ? !asked.ok() : !given.ok());
    QCOMPARE(QByteArray(challenge ? asked.error().code : given.error().code), code);
}

void TestOtaHttp::masksCredentials()
{
    const QByteArray head = otaHeadForJournal(vectorMessage(u"otahttp-options-auth-resp"_s) + "body");
    QVERIFY(head.contains("X-Wap-Authorization: ***\r\n"));
    QVERIFY(!head.contains("c7db9d8a") && !head.contains("body"));
    const QByteArray push = otaHeadForJournal(vectorMessage(u"otahttp-post-si"_s));
    QVERIFY(push.startsWith("POST /wappush") && push.endsWith("\r\n\r\n") && !push.contains("indication"));
}

QTEST_GUILESS_MAIN(TestOtaHttp)
#include "tst_otahttp.moc"
