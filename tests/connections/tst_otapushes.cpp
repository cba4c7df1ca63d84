// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/otapeer.h"
#include "connections/otatestserver.h"

using namespace reveille;
using namespace Qt::StringLiterals;
using Kind = SendOutcome::Kind;

Q_DECLARE_METATYPE(reveille::SendOutcome::Kind)

namespace {

const QString phone = u"urn:uuid:00000000-0000-4000-8000-000000000001"_s;
const DeviceId phoneId = *DeviceId::parse(phone);

} // namespace

class TestOtaPushes : public QObject {
    Q_OBJECT

    /// A registered terminal that takes `pipeline` requests at a time.
    static bool enter(OtaTestServer &server, OtaPeer &peer, int pipeline = 1)
    {
        if (!server.registry().device(phoneId))
            server.addDevice(phone);
        peer.ota();
        OtaAnswer answer = OtaPeer::registration(phone.toUtf8());
        answer.cpi->maxPushRequests = pipeline;
        answer.cpiTag = answer.cpi->tag();
        peer.answer(answer);
        return QTest::qWaitFor([&] { return server.state(phoneId) == LivenessState::Up; });
    }

private Q_SLOTS:
    void wrapsThePush();
    void tellsTheCodingOfTheContent();
    void saysWhatTheAnswerMeans_data();
    void saysWhatTheAnswerMeans();
    void looksAtTheCapabilitiesAndSendsOnceMore();
    void givesUpAfterASecondMismatch();
    void looksAtTheCapabilitiesAfterADifferentTag();
    void keepsAsManyInFlightAsTheTerminalTakes();
    void refusesWhatIsTooLarge();
    void isBusyWhenTheLineIsFull();
    void isBusyWhenTheTerminalDoesNotRead();
    void takesSilenceForALostRequest();
    void returnsWithALateAnswer();
    void closesAConnectionThatStaysSilent();
    void probesWithTheTag();
    void unbindsATerminalThatRejectsTheProbe();
    void asksBeforeTheSilenceGetsTooLong();
    void tellsAnEndByItsKind_data();
    void tellsAnEndByItsKind();
    void endsWithAnAnswerThatSaysClose();
    void endsOnHostileAnswers_data();
    void endsOnHostileAnswers();
    void breaksPushesThatWereUnderWay();
    void deliversThroughTheDispatcher();
};

void TestOtaPushes::wrapsThePush()
{
    OtaTestServer server;
    OtaPeer peer(server.port());
    QVERIFY(enter(server, peer));
    QVERIFY(server.send(phoneId, "<si/>"));
    const HttpRequest http = peer.request();
    QCOMPARE(http.method, QByteArray("POST"));
    const Result<OtaRequest> request = OtaRequest::read(http);
    QVERIFY(request.ok());
    QCOMPARE(request->pushId, QByteArray("p-test"));
    QVERIFY(!request->cpiTag.isEmpty());
    const Result<OtaContent> content = OtaContent::parse(request->content, 1000);
    QCOMPARE(content->body, QByteArray("<si/>"));
    QCOMPARE(content->contentType, QByteArray("text/plain"));
    QCOMPARE(content->application, QByteArray("x-wap-application:wml.ua"));
    QCOMPARE(content->encoding, QByteArray());
    peer.answer(400);
    QTRY_COMPARE(server.outcomes.size(), 1);
    QCOMPARE(server.outcomes[0].kind, Kind::Delivered);
    QCOMPARE(server.outcomes[0].request, u"POST"_s);
    QVERIFY(server.outcomes[0].bytes.startsWith("POST /wappush"));
    QVERIFY(!server.outcomes[0].bytes.contains("<si/>"));
}

void TestOtaPushes::tellsTheCodingOfTheContent()
{
    OtaTestServer server;
    OtaPeer peer(server.port());
    QVERIFY(enter(server, peer));
    PushMessage coded = server.message(phoneId, QByteArray("\0\xff", 2));
    coded.contentEncoding = u"aes128gcm"_s;
    server.registry().usableConnection(phoneId)->send(coded, [](const SendOutcome &) {});
    const auto request = OtaRequest::read(peer.request());
    QVERIFY(request);
    const auto content = OtaContent::parse(request->content, 1000);
    QVERIFY(content);
    QCOMPARE(content->encoding, QByteArray("aes128gcm"));
    QCOMPARE(content->body, coded.body);
}

void TestOtaPushes::saysWhatTheAnswerMeans_data()
{
    QTest::addColumn<int>("http");
    QTest::addColumn<int>("status");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QByteArray>("code");
    const auto row = [](int http, int status, Kind kind, const char *code) {
        QTest::addRow("%d %d", http, status) << http << status << kind << QByteArray(code);
    };
    row(204, 400, Kind::Delivered, "400");
    row(200, 401, Kind::Delivered, "401");
    row(204, 234, Kind::Busy, "234");
    row(204, 235, Kind::Refused, "235");
    row(204, 236, Kind::Refused, "236");
    row(204, 237, Kind::Busy, "237");
    row(204, 238, Kind::Refused, "238");
    row(204, 257, Kind::Refused, "257");
    row(204, 299, Kind::Refused, "299");
    row(400, 600, Kind::Refused, "600");
    row(204, 0, Kind::Refused, "status-missing");
    row(401, 0, Kind::Refused, "http-401");
    row(404, 0, Kind::Refused, "http-404");
    row(405, 400, Kind::Refused, "http-405");
    row(412, 0, Kind::Refused, "http-412");
    row(503, 0, Kind::Busy, "http-503");
}

void TestOtaPushes::saysWhatTheAnswerMeans()
{
    QFETCH(int, http);
    QFETCH(int, status);
    QFETCH(Kind, kind);
    QFETCH(QByteArray, code);
    OtaTestServer server;
    OtaPeer peer(server.port());
    QVERIFY(enter(server, peer));
    QVERIFY(server.send(phoneId));
    peer.ota();
    OtaAnswer answer;
    answer.http = http;
    answer.status.code = status;
    peer.answer(answer);
    QTRY_COMPARE(server.outcomes.size(), 1);
    QCOMPARE(server.outcomes[0].kind, kind);
    QCOMPARE(server.outcomes[0].code, code);
    QCOMPARE(server.state(phoneId), LivenessState::Up);
}

void TestOtaPushes::looksAtTheCapabilitiesAndSendsOnceMore()
{
    OtaTestServer server;
    OtaPeer peer(server.port());
    QVERIFY(enter(server, peer));
    QVERIFY(server.send(phoneId));
    peer.ota();
    OtaAnswer now = OtaPeer::registration(phone.toUtf8());
    now.cpi->contentTypes = {u"text/plain"_s, u"text/html"_s};
    now.cpiTag = now.cpi->tag();
    OtaAnswer mismatch;
    mismatch.status.code = 256;
    mismatch.cpiTag = now.cpiTag;
    peer.answer(mismatch);
    const OtaRequest look = peer.ota();
    QVERIFY(!look.isPush && look.cpiTag.isEmpty());
    QVERIFY(!peer.hasRequest());
    peer.answer(now);
    const OtaRequest again = peer.ota();
    QVERIFY(again.isPush);
    QCOMPARE(again.cpiTag, now.cpiTag);
    peer.answer(400);
    QTRY_COMPARE(server.outcomes.size(), 1);
    QCOMPARE(server.outcomes[0].kind, Kind::Delivered);
    QCOMPARE(server.registry().device(phoneId)->capabilities.contentTypes, now.cpi->contentTypes);
}

void TestOtaPushes::givesUpAfterASecondMismatch()
{
    OtaTestServer server;
    OtaPeer peer(server.port());
    QVERIFY(enter(server, peer));
    QVERIFY(server.send(phoneId));
    for (int i = 0; i < 2; ++i) {
        QVERIFY(peer.ota().isPush);
        peer.answer(256);
        QVERIFY(!peer.ota().isPush);
        peer.answer(OtaPeer::registration(phone.toUtf8()));
    }
    QTRY_COMPARE(server.outcomes.size(), 1);
    QCOMPARE(server.outcomes[0].kind, Kind::Refused);
    QCOMPARE(server.outcomes[0].code, QByteArray("256"));
    QVERIFY(!peer.hasRequest());
}

void TestOtaPushes::looksAtTheCapabilitiesAfterADifferentTag()
{
    OtaTestServer server;
    OtaPeer peer(server.port());
    QVERIFY(enter(server, peer));
    QVERIFY(server.send(phoneId));
    peer.ota();
    peer.answer(401);
    QTRY_COMPARE(server.outcomes.size(), 1);
    QCOMPARE(server.outcomes[0].kind, Kind::Delivered);
    QVERIFY(!peer.ota().isPush);
}

void TestOtaPushes::keepsAsManyInFlightAsTheTerminalTakes()
{
    OtaTestServer server;
    OtaPeer peer(server.port());
    QVERIFY(enter(server, peer, 3));
    for (int i = 0; i < 5; ++i)
        QVERIFY(server.send(phoneId, QByteArray::number(i)));
    const auto body = [&] { return OtaContent::parse(peer.ota().content, 100).valueOr({}).body; };
    QCOMPARE(body(), QByteArray("0"));
    QCOMPARE(body(), QByteArray("1"));
    QCOMPARE(body(), QByteArray("2"));
    QVERIFY(!peer.hasRequest());
    peer.answer(400);
    QCOMPARE(body(), QByteArray("3"));
    QVERIFY(!peer.hasRequest());
    for (const int status : {235, 400, 400})
        peer.answer(status);
    QCOMPARE(body(), QByteArray("4"));
    peer.answer(400);
    QTRY_COMPARE(server.outcomes.size(), 5);
    QCOMPARE(server.outcomes[1].code, QByteArray("235")); // answers belong to requests in their order
}

void TestOtaPushes::refusesWhatIsTooLarge()
{
    OtaTestServer server;
    OtaPeer peer(server.port());
    QVERIFY(enter(server, peer));
    QVERIFY(server.send(phoneId, QByteArray(30001, 'x')));
    QVERIFY(server.outcomes.isEmpty()); // never from within
    server.clock.advance(Milliseconds(0));
    QCOMPARE(server.outcomes.size(), 1);
    QCOMPARE(server.outcomes[0].kind, Kind::Refused);
    QCOMPARE(server.outcomes[0].code, QByteArray("too-large"));
    QVERIFY(server.send(phoneId, QByteArray(30000, 'x')));
    QVERIFY(peer.ota().isPush);
}

void TestOtaPushes::isBusyWhenTheLineIsFull()
{
    OtaHttpSettings settings = OtaTestServer::openSettings();
    settings.maxWaiting = 2;
    OtaTestServer server(settings);
    OtaPeer peer(server.port());
    QVERIFY(enter(server, peer));
    for (int i = 0; i < 4; ++i)
        QVERIFY(server.send(phoneId));
    server.clock.advance(Milliseconds(0));
    QCOMPARE(server.outcomes.size(), 1);
    QCOMPARE(server.outcomes[0].kind, Kind::Busy);
    QCOMPARE(server.outcomes[0].code, QByteArray("queue-full"));
}

void TestOtaPushes::isBusyWhenTheTerminalDoesNotRead()
{
    OtaHttpSettings settings = OtaTestServer::openSettings();
    settings.maxWriteBuffer = 20000;
    OtaTestServer server(settings);
    OtaPeer peer(server.port());
    QVERIFY(enter(server, peer));
    QVERIFY(server.send(phoneId, QByteArray(25000, 'x')));
    server.clock.advance(Milliseconds(0));
    QCOMPARE(server.outcomes.value(0).code, QByteArray("queue-full"));
}

void TestOtaPushes::takesSilenceForALostRequest()
{
    OtaTestServer server;
    OtaPeer peer(server.port());
    QVERIFY(enter(server, peer));
    QVERIFY(server.send(phoneId, "1"));
    QVERIFY(server.send(phoneId, "2"));
    peer.ota();
    server.clock.advance(Milliseconds(8000));
    QCOMPARE(server.outcomes.size(), 2); // nothing comes behind an answer that does not
    for (const SendOutcome &outcome : std::as_const(server.outcomes)) {
        QCOMPARE(outcome.kind, Kind::Unanswered);
        QCOMPARE(outcome.code, QByteArray("timeout"));
    }
}

void TestOtaPushes::returnsWithALateAnswer()
{
    OtaTestServer server;
    OtaPeer peer(server.port());
    QVERIFY(enter(server, peer));
    const ConnectionId id = server.registry().connectionOf(phoneId, u"ota_http"_s);
    QVERIFY(server.send(phoneId));
    peer.ota();
    server.clock.advance(Milliseconds(8000));
    server.registry().observe(id, {LivenessEvent::Kind::RequestUnanswered, u"POST"_s, 0, {}});
    QCOMPARE(server.state(phoneId), LivenessState::Lost);
    peer.answer(400);
    QTRY_COMPARE(server.state(phoneId), LivenessState::Up);
    QCOMPARE(server.outcomes.size(), 1);
    QVERIFY(server.send(phoneId));
    QVERIFY(peer.ota().isPush);
    peer.answer(400);
    QTRY_COMPARE(server.outcomes.size(), 2);
    QCOMPARE(server.outcomes[1].kind, Kind::Delivered);
}

void TestOtaPushes::closesAConnectionThatStaysSilent()
{
    OtaTestServer server;
    OtaPeer peer(server.port());
    QVERIFY(enter(server, peer));
    QVERIFY(server.send(phoneId));
    peer.ota();
    server.clock.advance(Milliseconds(8000));
    server.clock.advance(Milliseconds(60000));
    QVERIFY(peer.waitForEnd());
    QCOMPARE(server.state(phoneId), LivenessState::Lost);
    QCOMPARE(server.evidence(phoneId).subject, u"unanswered"_s);
}

void TestOtaPushes::probesWithTheTag()
{
    OtaTestServer server;
    OtaPeer peer(server.port());
    QVERIFY(enter(server, peer));
    const auto probe = [&] {
        server.registry().usableConnection(phoneId)->probe(
            [&](const SendOutcome &outcome) { server.outcomes.append(outcome); });
        return peer.ota();
    };
    const OtaRequest same = probe();
    QVERIFY(!same.isPush);
    QVERIFY(!same.cpiTag.isEmpty());
    peer.answer(500);
    QTRY_COMPARE(server.outcomes.size(), 1);
    QCOMPARE(server.outcomes[0].kind, Kind::Delivered);
    QCOMPARE(server.outcomes[0].code, QByteArray("500"));
    QCOMPARE(server.outcomes[0].request, u"OPTIONS"_s);
    QCOMPARE(server.registry().device(phoneId)->capabilities.maxMessageSize, 30000);

    probe();
    OtaAnswer other = OtaPeer::registration(phone.toUtf8());
    other.cpi->maxMessageSize = 500;
    other.cpiTag = other.cpi->tag();
    peer.answer(other);
    QTRY_COMPARE(server.outcomes.size(), 2);
    QCOMPARE(server.registry().device(phoneId)->capabilities.maxMessageSize, 500);

    probe();
    server.clock.advance(Milliseconds(8000));
    QCOMPARE(server.outcomes.size(), 3);
    QCOMPARE(server.outcomes[2].kind, Kind::Unanswered);
}

void TestOtaPushes::unbindsATerminalThatRejectsTheProbe()
{
    OtaTestServer server;
    OtaPeer peer(server.port());
    QVERIFY(enter(server, peer));
    server.registry().usableConnection(phoneId)->probe([](const SendOutcome &) {});
    peer.ota();
    peer.answer(301);
    QTRY_COMPARE(server.journal(u"unregistered"_s).size(), 1);
    QVERIFY(peer.waitForEnd());
}

void TestOtaPushes::asksBeforeTheSilenceGetsTooLong()
{
    OtaTestServer server(OtaTestServer::openSettings(), nullptr, Milliseconds(60000));
    OtaPeer peer(server.port());
    QVERIFY(enter(server, peer));
    const qsizetype rows = server.engine().journal().since({}).size();
    for (int i = 0; i < 3; ++i) {
        server.clock.advance(Milliseconds(60000));
        QVERIFY(!peer.ota().isPush);
        peer.answer(500);
        QTRY_COMPARE(server.registry().liveness(phoneId)->lastPacket(), server.clock.now());
    }
    QCOMPARE(server.state(phoneId), LivenessState::Up);
    QCOMPARE(server.engine().journal().since({}).size(), rows); // nothing changed, nothing is written

    server.clock.advance(Milliseconds(60000)); // asked, and no answer
    server.clock.advance(Milliseconds(5000));
    QCOMPARE(server.state(phoneId), LivenessState::Suspect);
    server.clock.advance(Milliseconds(8000));
    QCOMPARE(server.state(phoneId), LivenessState::Lost);
    QCOMPARE(server.evidence(phoneId).rule, EvidenceRule::ProbeLost);
    QCOMPARE(server.registry().liveness(phoneId)->reason(), LossReason::Interrupted);
}

void TestOtaPushes::tellsAnEndByItsKind_data()
{
    QTest::addColumn<bool>("reset");
    QTest::newRow("closed") << false;
    QTest::newRow("reset") << true;
}

void TestOtaPushes::tellsAnEndByItsKind()
{
    QFETCH(bool, reset);
    OtaTestServer server;
    OtaPeer peer(server.port());
    QVERIFY(enter(server, peer));
    reset ? peer.reset() : peer.close();
    QTRY_COMPARE(server.state(phoneId), LivenessState::Lost);
    QCOMPARE(server.registry().liveness(phoneId)->reason(), LossReason::Interrupted);
    QCOMPARE(server.evidence(phoneId).rule, reset ? EvidenceRule::ConnectionReset : EvidenceRule::ConnectionClosed);
    QCOMPARE(server.evidence(phoneId).subject, u"TCP"_s);
    QTRY_COMPARE(server.ota.sessions(), 0);
}

void TestOtaPushes::endsWithAnAnswerThatSaysClose()
{
    OtaTestServer server;
    OtaPeer peer(server.port());
    QVERIFY(enter(server, peer));
    QVERIFY(server.send(phoneId));
    peer.ota();
    OtaAnswer answer;
    answer.status.code = 400;
    answer.closes = true;
    peer.answer(answer);
    QTRY_COMPARE(server.outcomes.size(), 1);
    QCOMPARE(server.outcomes[0].kind, Kind::Delivered);
    QTRY_COMPARE(server.evidence(phoneId).rule, EvidenceRule::ConnectionClosed);
}

void TestOtaPushes::endsOnHostileAnswers_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<QString>("subject");
    QTest::newRow("nobody asked") << QByteArray("HTTP/1.1 204 No Content\r\nX-Wap-Push-Status: 400\r\n\r\n").repeated(2)
                                  << u"HTTP http-unasked"_s;
    QTest::newRow("no HTTP") << QByteArray("SIP/2.0 200 OK\r\n\r\n") << u"HTTP http-response"_s;
    QTest::newRow("huge head") << "HTTP/1.1 204 No Content\r\nA: " + QByteArray(20000, 'x') << u"HTTP http-header-too-large"_s;
    QTest::newRow("huge body") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 70000\r\n\r\n")
                               << u"HTTP http-body-too-large"_s;
    QTest::newRow("two lengths")
        << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nContent-Length: 3\r\n\r\n") << u"HTTP http-response"_s;
    QTest::newRow("length and chunks")
        << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
        << u"HTTP http-response"_s;
}

void TestOtaPushes::endsOnHostileAnswers()
{
    QFETCH(QByteArray, octets);
    QFETCH(QString, subject);
    OtaTestServer server;
    OtaPeer peer(server.port());
    QVERIFY(enter(server, peer));
    QVERIFY(server.send(phoneId));
    peer.ota();
    peer.send(octets);
    QVERIFY(peer.waitForEnd());
    QCOMPARE(server.state(phoneId), LivenessState::Lost);
    QCOMPARE(server.evidence(phoneId).subject, subject);
    QCOMPARE(server.outcomes.size(), 1);
}

void TestOtaPushes::breaksPushesThatWereUnderWay()
{
    OtaTestServer server;
    OtaPeer peer(server.port());
    QVERIFY(enter(server, peer));
    QVERIFY(server.send(phoneId, "1"));
    QVERIFY(server.send(phoneId, "2"));
    peer.ota();
    peer.reset();
    QTRY_COMPARE(server.outcomes.size(), 2);
    for (const SendOutcome &outcome : std::as_const(server.outcomes)) {
        QCOMPARE(outcome.kind, Kind::Broken);
        QCOMPARE(outcome.code, QByteArray("reset"));
    }
}

void TestOtaPushes::deliversThroughTheDispatcher()
{
    OtaTestServer server;
    OtaPeer peer(server.port());
    QVERIFY(enter(server, peer));
    PushRequest request;
    request.to.user = *PublicUserId::parse(u"sip:alice@lab.example");
    request.body = "hello";
    PushId id;
    server.engine().pushes().submit(request, [&](const Result<PushId> &made) { id = made.valueOr({}); });
    QTRY_VERIFY(!id.isEmpty());
    // The terminal drops its answer and comes back: it is sent the push again, with the same name.
    const OtaRequest first = peer.ota();
    QVERIFY(first.isPush);
    peer.reset();
    QTRY_COMPARE(server.state(phoneId), LivenessState::Lost);
    OtaPeer back(server.port());
    QVERIFY(enter(server, back));
    server.clock.advance(Milliseconds(0));
    const OtaRequest second = back.ota();
    QVERIFY(second.isPush);
    QCOMPARE(second.pushId, first.pushId);
    back.answer(400);
    QTRY_COMPARE(server.engine().pushes().push(id)->state, PushState::Delivered);
}

QTEST_GUILESS_MAIN(TestOtaPushes)
#include "tst_otapushes.moc"
