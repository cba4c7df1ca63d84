// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/enginefixture.h"
#include "support/httppeer.h"
#include "triggers/triggerlistener.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

const QByteArray toAlice =
    R"({"to":{"user":"sip:alice@lab.example"},"application":"chat","content_type":"text/plain","body":"hi"})";

} // namespace

class TestTriggerListener : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void acceptsAPushOnceItIsDurable();
    void takesTheTokenAsBasicPassword();
    void needsAToken_data();
    void needsAToken();
    void takesAnonymousPushesWhereOpen();
    void refusesBadInput_data();
    void refusesBadInput();
    void tellsUnknownTargetsAllAlike_data();
    void tellsUnknownTargetsAllAlike();
    void journalsARefusal();
    void refusesSessionsThatMatchNothing();
    void asksToComeAgainWhenTheStoreFails();
    void showsAndCancelsOnesOwnPushes();
    void tellsNoEndThatAKillCouldChange();
    void hidesOthersPushes();
    void readsOldPushesFromTheStore();
    void knowsNoOtherPaths_data();
    void knowsNoOtherPaths();
    void saysWhyItCannotListen();

private:
    void listen(bool needToken);
    QByteArray makeInitiator(const QString &name);
    HttpPeer &peer() { return *m_peer; }

    std::unique_ptr<EngineFixture> m_engine;
    std::unique_ptr<TriggerListener> m_listener;
    std::unique_ptr<HttpPeer> m_peer;
    QByteArray m_token;
    quint16 m_port = 0;
};

void TestTriggerListener::init()
{
    m_engine = std::make_unique<EngineFixture>();
    m_engine->bind(1);
    m_token = makeInitiator(u"shop"_s);
    listen(true);
    peer().setHeader("Authorization", "Bearer " + m_token);
}

void TestTriggerListener::cleanup()
{
    m_peer.reset();
    m_listener.reset();
    m_engine.reset();
}

void TestTriggerListener::listen(bool needToken)
{
    m_peer.reset();
    TriggerListener::Settings settings;
    settings.needToken = needToken;
    m_listener = std::make_unique<TriggerListener>(settings, *m_engine->engine);
    const auto bound = m_listener->start(*IpAddress::parse(u"127.0.0.1"), 0);
    QVERIFY(bound);
    m_port = bound->section(u':', 1).toUShort();
    m_peer = std::make_unique<HttpPeer>(m_port);
}

QByteArray TestTriggerListener::makeInitiator(const QString &name)
{
    QByteArray token;
    m_engine->engine->addInitiator(name, {}, [&](const Result<std::pair<InitiatorId, QByteArray>> &made) {
        if (made)
            token = made->second;
    });
    m_engine->settle([&] { return !token.isEmpty(); });
    return token;
}

void TestTriggerListener::acceptsAPushOnceItIsDurable()
{
    m_engine->store->hold(true);
    HttpRequest request;
    request.method = "POST";
    request.target = "/v1/pushes";
    request.headers.add("Host", "127.0.0.1");
    request.headers.add("Content-Type", "application/json; charset=utf-8");
    request.headers.add("Authorization", "Bearer " + m_token);
    request.body = toAlice;
    peer().send(serialise(request));
    QTRY_VERIFY(m_engine->store->held() > 0);
    QTest::qWait(20);
    QCOMPARE(peer().all(), QByteArray());
    m_engine->store->hold(false);
    const HttpResponse response = peer().response();
    QCOMPARE(response.status, 202);
    const PushId id(HttpPeer::json(response).value(u"id").toString());
    QVERIFY(m_engine->store->pushes.count(id) == 1);
    QCOMPARE(m_engine->store->pushes.at(id).request.initiator, m_engine->engine->initiators().first().id);
}

void TestTriggerListener::takesTheTokenAsBasicPassword()
{
    peer().setHeader("Authorization", "Basic " + QByteArray("anyone:" + m_token).toBase64());
    QCOMPARE(peer().ask("POST", "/v1/pushes", toAlice).status, 202);
}

void TestTriggerListener::needsAToken_data()
{
    QTest::addColumn<QByteArray>("authorization");
    QTest::addColumn<QString>("code");
    QTest::newRow("none") << QByteArray() << u"token-missing"_s;
    QTest::newRow("wrong") << QByteArray("Bearer 0123456789") << u"token-wrong"_s;
    QTest::newRow("empty") << QByteArray("Bearer ") << u"token-wrong"_s;
    QTest::newRow("no scheme") << QByteArray("0123456789") << u"token-wrong"_s;
    QTest::newRow("other scheme") << QByteArray("Digest username=\"a\"") << u"token-wrong"_s;
    QTest::newRow("broken base64") << QByteArray("Basic %%%") << u"token-wrong"_s;
    QTest::newRow("basic without password")
        << QByteArray("Basic ") + QByteArray("alice").toBase64() << u"token-wrong"_s;
    QTest::newRow("basic with empty password")
        << QByteArray("Basic ") + QByteArray("alice:").toBase64() << u"token-wrong"_s;
}

void TestTriggerListener::needsAToken()
{
    QFETCH(QByteArray, authorization);
    peer().setHeader("Authorization", authorization);
    for (const QByteArray &target : {QByteArray("/v1/pushes"), QByteArray("/v1/sessions/s-1/pushes")}) {
        const HttpResponse response = peer().ask("POST", target, toAlice);
        QCOMPARE(response.status, 401);
        QTEST(HttpPeer::code(response), "code");
        QVERIFY(response.headers.has("WWW-Authenticate"));
    }
    QCOMPARE(peer().ask("GET", "/v1/pushes/p-1").status, 401);
    QCOMPARE(peer().ask("DELETE", "/v1/pushes/p-1").status, 401);
    QVERIFY(m_engine->store->pushes.empty());
}

void TestTriggerListener::takesAnonymousPushesWhereOpen()
{
    listen(false);
    const HttpResponse response = peer().ask("POST", "/v1/pushes", toAlice);
    QCOMPARE(response.status, 202);
    const QByteArray own = "/v1/pushes/" + HttpPeer::json(response).value(u"id").toString().toLatin1();
    QCOMPARE(peer().ask("GET", own).status, 200);
    peer().setHeader("Authorization", "Bearer nonsense");
    QCOMPARE(peer().ask("POST", "/v1/pushes", toAlice).status, 401);
    peer().setHeader("Authorization", "Bearer " + m_token);
    QCOMPARE(peer().ask("GET", own).status, 404);
}

void TestTriggerListener::refusesBadInput_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const QByteArray &body, int status) {
        QTest::newRow(name) << body << status;
    };
    row("no JSON", "hello", 400);
    row("array", "[]", 400);
    row("empty object", "{}", 400);
    row("cut off", R"({"to":{"user":)", 400);
    row("no target", R"({"to":{},"body":"x"})", 400);
    row("two targets", R"({"to":{"user":"sip:alice@lab.example","msisdn":"+491701234567"},"body":"x"})", 400);
    row("target no text", R"({"to":{"user":7},"body":"x"})", 400);
    row("bad user", R"({"to":{"user":"http://x"},"body":"x"})", 400);
    row("unknown field", R"({"to":{"user":"sip:alice@lab.example"},"body":"x","initiator":"i-other"})", 400);
    row("bad priority", R"({"to":{"user":"sip:alice@lab.example"},"body":"x","priority":"urgent"})", 400);
    row("two bodies", R"({"to":{"user":"sip:alice@lab.example"},"body":"x","body_base64":"eA=="})", 400);
    row("ttl negative", R"({"to":{"user":"sip:alice@lab.example"},"body":"x","ttl_s":-1})", 400);
    row("content type with line end",
        R"({"to":{"user":"sip:alice@lab.example"},"body":"x","content_type":"a/b\r\nX: y"})", 400);
    row("deep nesting", QByteArray("[").repeated(20000), 400);
}

void TestTriggerListener::refusesBadInput()
{
    QFETCH(QByteArray, body);
    const HttpResponse response = peer().ask("POST", "/v1/pushes", body);
    QTEST(response.status, "status");
    QCOMPARE(response.headers.value("Content-Type"), QByteArray("application/problem+json"));
    QVERIFY(!HttpPeer::code(response).isEmpty());
    QVERIFY(m_engine->store->pushes.empty());

    peer().setHeader("Content-Type", "text/plain");
    QCOMPARE(peer().ask("POST", "/v1/pushes", body).status, 415);
}

void TestTriggerListener::tellsUnknownTargetsAllAlike_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("user") << QByteArray(R"({"to":{"user":"sip:nobody@lab.example"},"body":"x"})");
    QTest::newRow("device") << QByteArray(
        R"({"to":{"device":"urn:uuid:00000000-0000-4000-8000-000000000099"},"body":"x"})");
    QTest::newRow("number") << QByteArray(R"({"to":{"msisdn":"+491709999999"},"body":"x"})");
    QTest::newRow("session") << QByteArray(R"({"to":{"session":"s-9"},"body":"x"})");
    QTest::newRow("device of another user")
        << QByteArray(R"({"to":{"user":"sip:alice@lab.example"},"body":"x",)"
                      R"("devices":["urn:uuid:00000000-0000-4000-8000-000000000002"]})");
}

void TestTriggerListener::tellsUnknownTargetsAllAlike()
{
    m_engine->bind(2, u"bob"_s);
    QFETCH(QByteArray, body);
    const HttpResponse response = peer().ask("POST", "/v1/pushes", body);
    QCOMPARE(response.status, 404);
    QCOMPARE(
        response.body,
        QByteArray(R"({"code":"target-unknown","status":404,"title":"Not Found","type":"about:blank"})"));
}

void TestTriggerListener::journalsARefusal()
{
    QCOMPARE(peer().ask("POST", "/v1/sessions/s-9/pushes", R"({"body":"secret"})").status, 404);
    const QVector<JournalEntry> entries = m_engine->engine->journal().since({});
    const JournalEntry &last = entries.last();
    QCOMPARE(last.kind, JournalKind::Trigger);
    QCOMPARE(last.event, u"trigger-refused"_s);
    QVERIFY(last.fields.contains(std::pair(u"code"_s, u"session-unknown"_s)));
    QVERIFY(last.fields.contains(std::pair(u"target"_s, u"s-9"_s)));
    for (const auto &[name, value] : last.fields)
        QVERIFY(!value.contains(u"secret"));
}

void TestTriggerListener::refusesSessionsThatMatchNothing()
{
    QCOMPARE(peer().ask("POST", "/v1/sessions/s-1/pushes", R"({"body":"x"})").status, 404);
    QCOMPARE(peer().ask("POST", "/v1/sessions/s-1/pushes", toAlice).status, 400);
}

void TestTriggerListener::asksToComeAgainWhenTheStoreFails()
{
    m_engine->store->failWith("store-full");
    const HttpResponse response = peer().ask("POST", "/v1/pushes", toAlice);
    QCOMPARE(response.status, 503);
    QCOMPARE(HttpPeer::code(response), u"store-full"_s);
    QVERIFY(response.headers.value("Retry-After").toInt() > 0);
    m_engine->store->failWith("");
    QCOMPARE(peer().ask("POST", "/v1/pushes", toAlice).status, 202);
}

void TestTriggerListener::showsAndCancelsOnesOwnPushes()
{
    const QString id = HttpPeer::json(peer().ask("POST", "/v1/pushes", toAlice)).value(u"id").toString();
    const QByteArray target = "/v1/pushes/" + id.toLatin1();
    const HttpResponse shown = peer().ask("GET", target);
    QCOMPARE(shown.status, 200);
    const QJsonObject push = HttpPeer::json(shown);
    QCOMPARE(push.value(u"id").toString(), id);
    QCOMPARE(push.value(u"state").toString(), u"sending"_s);
    QVERIFY(!shown.body.contains("\"hi\""));
    const HttpResponse early = peer().ask("DELETE", target);
    QCOMPARE(early.status, 409);
    QCOMPARE(HttpPeer::code(early), u"push-sending"_s);
    m_engine->lose(1, LivenessEvent::Kind::Closed);
    QTRY_COMPARE(HttpPeer::json(peer().ask("GET", target)).value(u"state").toString(), u"waking"_s);
    QCOMPARE(peer().ask("DELETE", target).status, 204);
    QCOMPARE(HttpPeer::json(peer().ask("GET", target)).value(u"state").toString(), u"cancelled"_s);
    const HttpResponse again = peer().ask("DELETE", target);
    QCOMPARE(again.status, 409);
    QCOMPARE(HttpPeer::code(again), u"push-finished"_s);
}

void TestTriggerListener::tellsNoEndThatAKillCouldChange()
{
    const QString id = HttpPeer::json(peer().ask("POST", "/v1/pushes", toAlice)).value(u"id").toString();
    const QByteArray target = "/v1/pushes/" + id.toLatin1();
    m_engine->lose(1, LivenessEvent::Kind::Closed);
    QTRY_COMPARE(HttpPeer::json(peer().ask("GET", target)).value(u"state").toString(), u"waking"_s);
    QVERIFY(m_engine->engine->pushes().cancel(PushId(id)));
    m_engine->store->failWith("store-full");
    QCOMPARE(HttpPeer::code(peer().ask("GET", target)), u"store-full"_s);
    m_engine->store->failWith("");
    QCOMPARE(HttpPeer::json(peer().ask("GET", target)).value(u"state").toString(), u"cancelled"_s);
    QCOMPARE(m_engine->store->pushes.at(PushId(id)).state, PushState::Cancelled);
}

void TestTriggerListener::hidesOthersPushes()
{
    const QString id = HttpPeer::json(peer().ask("POST", "/v1/pushes", toAlice)).value(u"id").toString();
    const QByteArray target = "/v1/pushes/" + id.toLatin1();
    const QByteArray other = makeInitiator(u"bank"_s);
    peer().setHeader("Authorization", "Bearer " + other);
    const HttpResponse foreign = peer().ask("GET", target);
    const HttpResponse unknown = peer().ask("GET", "/v1/pushes/p-aaaaaaaaaaaaaaaaaaaa");
    QCOMPARE(foreign.status, 404);
    QCOMPARE(foreign.body, unknown.body);
    QCOMPARE(peer().ask("DELETE", target).body, unknown.body);
    peer().setHeader("Authorization", "Bearer " + m_token);
    QCOMPARE(HttpPeer::json(peer().ask("GET", target)).value(u"state").toString(), u"sending"_s);
}

void TestTriggerListener::readsOldPushesFromTheStore()
{
    Push old;
    old.id = PushId(u"p-old"_s);
    old.request.initiator = m_engine->engine->initiators().first().id;
    old.state = PushState::Delivered;
    m_engine->store->pushes[old.id] = old;
    QCOMPARE(HttpPeer::json(peer().ask("GET", "/v1/pushes/p-old")).value(u"state").toString(),
             u"delivered"_s);
    const HttpResponse cancelled = peer().ask("DELETE", "/v1/pushes/p-old");
    QCOMPARE(cancelled.status, 409);
    QCOMPARE(HttpPeer::code(cancelled), u"push-finished"_s);
}

void TestTriggerListener::knowsNoOtherPaths_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<int>("status");
    QTest::newRow("operations") << QByteArray("GET") << QByteArray("/v1/status") << 404;
    QTest::newRow("users") << QByteArray("GET") << QByteArray("/v1/users") << 404;
    QTest::newRow("initiators") << QByteArray("POST") << QByteArray("/v1/initiators") << 404;
    QTest::newRow("metrics") << QByteArray("GET") << QByteArray("/metrics") << 404;
    QTest::newRow("list of pushes") << QByteArray("GET") << QByteArray("/v1/pushes") << 405;
    QTest::newRow("root") << QByteArray("GET") << QByteArray("/") << 404;
}

void TestTriggerListener::knowsNoOtherPaths()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, target);
    QTEST(peer().ask(method, target).status, "status");
}

void TestTriggerListener::saysWhyItCannotListen()
{
    TriggerListener other({}, *m_engine->engine);
    const auto bound = other.start(*IpAddress::parse(u"127.0.0.1"), m_port);
    QVERIFY(!bound);
    QCOMPARE(bound.error().about, u"triggers/http 127.0.0.1:%1: address in use"_s.arg(m_port));
}

QTEST_GUILESS_MAIN(TestTriggerListener)
#include "tst_triggerlistener.moc"
