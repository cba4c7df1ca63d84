// SPDX-License-Identifier: GPL-3.0-or-later
#include "triggers/webpushbench.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

using Kind = SendOutcome::Kind;

/// RFC 8030 and RFC 8292 as application servers see them.
class TestWebPushTriggers : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void acceptsAPushOnceItIsDurable();
    void handsTheContentOnUntouched();
    void takesAPushWithoutContent();
    void takesNothingThatTerminalsObey();
    void goesToItsDeviceAlone();
    void turnsUrgencyIntoPriorityAndWakeUps_data();
    void turnsUrgencyIntoPriorityAndWakeUps();
    void refusesBadFields_data();
    void refusesBadFields();
    void saysWhichCodingItTakes();
    void knowsNoTokenThatIsNone_data();
    void knowsNoTokenThatIsNone();
    void answersARemovedTokenLikeOneThatNeverWas();
    void isGoneOnceItsTimeIsOver();
    void goesToItsSessionOnly();
    void dropsWhatIsForNowOrNeverWhereNobodyIsThere();
    void limitsEachResource();
    void doesNotPayForWhatTheStoreRefused();
    void showsItsOwnPushesOnly();
    void cancelsAPush();
    void tellsByItsReceiptHowItEnded();
    void givesAReceiptToWhoAskedOnly();
    void wantsTheKeyItIsBoundTo_data();
    void wantsTheKeyItIsBoundTo();
    void asksForASignature();
    void judgesASignatureNobodyAskedFor_data();
    void judgesASignatureNobodyAskedFor();
    void waitsAfterTooManyBadSignaturesForOneResource();
    void journalsWhoSigned();

private:
    std::unique_ptr<WebPushBench> f;
    std::shared_ptr<StubConnection::Log> m_phone;
};

void TestWebPushTriggers::init()
{
    f = std::make_unique<WebPushBench>();
    m_phone = f->bind(1);
    f->makeResource();
}

void TestWebPushTriggers::cleanup()
{
    m_phone.reset();
    f.reset();
}

void TestWebPushTriggers::acceptsAPushOnceItIsDurable()
{
    f->store->hold(true);
    f->peer->send("POST /wpush/" + f->token + " HTTP/1.1\r\nHost: x\r\nTTL: 60\r\nContent-Length: 0\r\n\r\n");
    QTRY_VERIFY(f->store->held() > 0);
    for (int i = 0; i < 20; ++i)
        QCoreApplication::processEvents();
    QCOMPARE(f->peer->all(), QByteArray());
    f->store->hold(false);
    const HttpResponse response = f->peer->response();
    QCOMPARE(response.status, 201);
    QVERIFY(response.headers.value("Location").startsWith("https://push.example/wpush/" + f->token + "/m/p-"));
    QCOMPARE(response.headers.value("TTL"), QByteArray("60"));
    QVERIFY(!response.headers.has("Link"));
    QVERIFY(f->store->pushes.contains(WebPushBench::idOf(response)));
}

void TestWebPushTriggers::handsTheContentOnUntouched()
{
    QByteArray content;
    for (int i = 0; i < 4096; ++i)
        content.append(char(i * 7));
    const HttpResponse response = f->push({{"Content-Type", "image/png"}}, content);
    QCOMPARE(response.status, 201);
    QCOMPARE(m_phone->sent.size(), 1);
    const PushMessage &message = m_phone->sent[0];
    QCOMPARE(message.body, content);
    QCOMPARE(message.contentType, u"image/png"_s);
    QCOMPARE(message.contentEncoding, u"aes128gcm"_s);
    QCOMPARE(message.application, u"news"_s);
    QCOMPARE(f->store->pushes.at(WebPushBench::idOf(response)).request.contentEncoding, u"aes128gcm"_s);
}

void TestWebPushTriggers::takesAPushWithoutContent()
{
    QCOMPARE(f->push({{"Content-Encoding", {}}, {"Content-Type", {}}}, {}).status, 201);
    QCOMPARE(m_phone->sent[0].contentType, u"application/octet-stream"_s);
    QCOMPARE(m_phone->sent[0].contentEncoding, QString());
}

void TestWebPushTriggers::takesNothingThatTerminalsObey()
{
    const HttpResponse refused = f->push({{"Content-Type", "application/vnd.wap.sia"}});
    QCOMPARE(refused.status, 403);
    QCOMPARE(HttpPeer::code(refused), u"content-not-allowed"_s);
    QCOMPARE(f->refused(u"content-not-allowed"_s), 1);
    QVERIFY(m_phone->sent.isEmpty());
}

void TestWebPushTriggers::goesToItsDeviceAlone()
{
    const auto tablet = f->bind(2);
    QCOMPARE(f->push().status, 201);
    QCOMPARE(m_phone->sent.size(), 1);
    QVERIFY(tablet->sent.isEmpty());
}

void TestWebPushTriggers::turnsUrgencyIntoPriorityAndWakeUps_data()
{
    QTest::addColumn<QByteArray>("urgency");
    QTest::addColumn<PushPriority>("priority");
    QTest::addColumn<bool>("wakes");
    QTest::newRow("very-low") << QByteArray("very-low") << PushPriority::Low << false;
    QTest::newRow("low") << QByteArray("low") << PushPriority::Low << true;
    QTest::newRow("normal") << QByteArray("normal") << PushPriority::Normal << true;
    QTest::newRow("none") << QByteArray() << PushPriority::Normal << true;
    QTest::newRow("high") << QByteArray("high") << PushPriority::High << true;
}

void TestWebPushTriggers::turnsUrgencyIntoPriorityAndWakeUps()
{
    QFETCH(QByteArray, urgency);
    f->lose(1);
    const HttpResponse response = f->push({{"Urgency", urgency}});
    QCOMPARE(response.status, 201);
    const auto push = f->engine->pushes().push(WebPushBench::idOf(response));
    QVERIFY(push);
    QTEST(push->request.priority, "priority");
    QTEST(push->state == PushState::Waking, "wakes");
}

void TestWebPushTriggers::refusesBadFields_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("code");
    QTest::newRow("no TTL") << QByteArray("TTL") << QByteArray() << 400 << u"webpush-ttl"_s;
    QTest::newRow("bad urgency") << QByteArray("Urgency") << QByteArray("soon") << 400 << u"webpush-urgency"_s;
    QTest::newRow("bad topic") << QByteArray("Topic") << QByteArray("a b") << 400 << u"webpush-topic"_s;
    QTest::newRow("older coding") << QByteArray("Content-Encoding") << QByteArray("aesgcm") << 415 << u"content-encoding"_s;
    QTest::newRow("no coding") << QByteArray("Content-Encoding") << QByteArray() << 415 << u"content-encoding"_s;
    QTest::newRow("bad type") << QByteArray("Content-Type") << QByteArray("octets") << 400 << u"content-type-invalid"_s;
}

void TestWebPushTriggers::refusesBadFields()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    QFETCH(QString, code);
    const HttpResponse response = f->push({{name, value}});
    QTEST(response.status, "status");
    QCOMPARE(HttpPeer::code(response), code);
    QCOMPARE(f->refused(code), 1);
    QVERIFY(f->store->pushes.empty());
}

void TestWebPushTriggers::saysWhichCodingItTakes()
{
    QCOMPARE(f->push({{"Content-Encoding", "aesgcm"}}).headers.value("Accept-Encoding"), QByteArray("aes128gcm"));
}

void TestWebPushTriggers::knowsNoTokenThatIsNone_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::newRow("another") << QByteArray(43, 'A');
    QTest::newRow("cut") << QByteArray();
    QTest::newRow("long") << QByteArray(5000, 'A');
    QTest::newRow("escaped") << QByteArray("%2F..%2Fv1");
}

void TestWebPushTriggers::knowsNoTokenThatIsNone()
{
    QFETCH(QByteArray, token);
    f->token = token.isEmpty() ? f->token.chopped(1) : token;
    const HttpResponse response = f->push();
    QCOMPARE(response.status, 404);
    QCOMPARE(HttpPeer::code(response), u"webpush-unknown"_s);
    // Nobody fills the journal from outside.
    QCOMPARE(f->journaled(u"trigger-refused"_s, {}), 0);
}

void TestWebPushTriggers::answersARemovedTokenLikeOneThatNeverWas()
{
    const PushResource resource = f->makeResource();
    QCOMPARE(f->push().status, 201);
    bool removed = false;
    f->engine->pushResources().remove(resource.device, resource.id, [&](const Result<Done> &done) { removed = done.ok(); });
    QVERIFY(f->settle([&] { return removed; }));
    const HttpResponse after = f->push();
    f->token = QByteArray(43, 'A');
    const HttpResponse never = f->push();
    QCOMPARE(after.status, 404);
    QCOMPARE(after.body, never.body);
}

void TestWebPushTriggers::isGoneOnceItsTimeIsOver()
{
    PushResource order;
    order.expiresAt = f->clock->now() + Milliseconds(1000);
    f->makeResource(1, order);
    QCOMPARE(f->push().status, 201);
    f->clock->advance(Milliseconds(1000));
    const HttpResponse response = f->push();
    QCOMPARE(response.status, 410);
    QCOMPARE(HttpPeer::code(response), u"webpush-gone"_s);
}

void TestWebPushTriggers::goesToItsSessionOnly()
{
    PushResource order;
    order.session = u"n-1"_s;
    f->makeResource(1, order);
    const HttpResponse response = f->push();
    QCOMPARE(response.status, 503);
    QCOMPARE(HttpPeer::code(response), u"session-away"_s);
    QVERIFY(response.headers.has("Retry-After"));
    QCOMPARE(f->refused(u"session-away"_s), 1);
    QVERIFY(m_phone->sent.isEmpty());
}

void TestWebPushTriggers::dropsWhatIsForNowOrNeverWhereNobodyIsThere()
{
    f->lose(1);
    const HttpResponse response = f->push({{"TTL", "0"}, {"Prefer", "respond-async"}});
    QCOMPARE(response.status, 202);
    QCOMPARE(response.headers.value("TTL"), QByteArray("0"));
    QCOMPARE(f->stateOf(WebPushBench::idOf(response)), PushState::Expired);
    QCOMPARE(f->ask("GET", WebPushBench::receiptOf(response)).status, 410);
    QVERIFY(f->bearer->sent.isEmpty());
}

void TestWebPushTriggers::limitsEachResource()
{
    TriggerListener::Settings settings;
    settings.limits.perSecond = 1;
    f->listen(settings);
    QCOMPARE(f->push().status, 201);
    QCOMPARE(f->push().status, 201);
    const HttpResponse refused = f->push();
    QCOMPARE(refused.status, 429);
    QCOMPARE(refused.headers.value("Retry-After"), QByteArray("1"));
    QCOMPARE(f->refused(u"pushes-too-fast"_s), 1);
    f->makeResource();
    QCOMPARE(f->push().status, 201);
}

void TestWebPushTriggers::doesNotPayForWhatTheStoreRefused()
{
    TriggerListener::Settings settings;
    settings.limits.perDay = 1;
    f->listen(settings);
    f->store->failWith("store-full");
    QCOMPARE(f->push().status, 503);
    f->store->failWith("");
    QCOMPARE(f->push().status, 201);
    QCOMPARE(f->push().status, 429);
}

void TestWebPushTriggers::showsItsOwnPushesOnly()
{
    const HttpResponse response = f->push({}, "the secret");
    const QByteArray path = WebPushBench::pathOf(response);
    const HttpResponse shown = f->ask("GET", path);
    QCOMPARE(shown.status, 200);
    QCOMPARE(HttpPeer::json(shown).value(u"state").toString(), u"sending"_s);
    QVERIFY(!shown.body.contains("the secret"));
    const QByteArray own = f->token;
    f->makeResource();
    QCOMPARE(f->ask("GET", QByteArray(path).replace(own, f->token)).status, 404);
    QCOMPARE(f->ask("DELETE", QByteArray(path).replace(own, f->token)).status, 404);
    QCOMPARE(f->ask("GET", "/wpush/" + own + "/m/p-never").status, 404);
    QCOMPARE(f->ask("GET", QByteArray(path).replace(own, "nothing")).status, 404);
    QCOMPARE(f->ask("GET", "/wpush/" + own).status, 405);
}

void TestWebPushTriggers::cancelsAPush()
{
    f->lose(1);
    const HttpResponse response = f->push();
    const QByteArray path = WebPushBench::pathOf(response);
    QCOMPARE(f->ask("DELETE", path).status, 204);
    QCOMPARE(f->stateOf(WebPushBench::idOf(response)), PushState::Cancelled);
    QCOMPARE(f->store->pushes.at(WebPushBench::idOf(response)).state, PushState::Cancelled);
    QCOMPARE(f->ask("DELETE", path).status, 410);
}

void TestWebPushTriggers::tellsByItsReceiptHowItEnded()
{
    const HttpResponse response = f->push({{"Prefer", "respond-async"}});
    QCOMPARE(response.status, 202);
    QVERIFY(response.headers.value("Link").endsWith(R"(>; rel="urn:ietf:params:push:receipt")"));
    const QByteArray receipt = WebPushBench::receiptOf(response);
    const HttpResponse waiting = f->ask("GET", receipt);
    QCOMPARE(waiting.status, 202);
    QVERIFY(waiting.headers.has("Retry-After"));
    m_phone->answer(Kind::Delivered, "200");
    QCOMPARE(f->ask("GET", receipt).status, 204);

    const HttpResponse other = f->push({{"Prefer", "respond-async"}});
    m_phone->answer(Kind::Refused, "486");
    const HttpResponse ended = f->ask("GET", WebPushBench::receiptOf(other));
    QCOMPARE(ended.status, 410);
    QCOMPARE(HttpPeer::code(ended), u"push-finished"_s);
}

void TestWebPushTriggers::givesAReceiptToWhoAskedOnly()
{
    const QByteArray path = WebPushBench::pathOf(f->push());
    m_phone->answer(Kind::Delivered, "200");
    QCOMPARE(f->ask("GET", QByteArray(path).replace("/m/", "/r/")).status, 404);
}

void TestWebPushTriggers::wantsTheKeyItIsBoundTo_data()
{
    QTest::addColumn<QByteArray>("who");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("code");
    QTest::newRow("its own") << QByteArray("own") << 201 << QString();
    QTest::newRow("another") << QByteArray("other") << 403 << u"vapid-other-key"_s;
    QTest::newRow("another's signature") << QByteArray("forged") << 403 << u"vapid-signature"_s;
    QTest::newRow("nobody") << QByteArray() << 401 << u"vapid-missing"_s;
    QTest::newRow("a bearer") << QByteArray("bearer") << 401 << u"vapid-missing"_s;
    QTest::newRow("for another server") << QByteArray("elsewhere") << 403 << u"vapid-audience"_s;
    QTest::newRow("too late") << QByteArray("late") << 403 << u"vapid-expired"_s;
    QTest::newRow("for too long") << QByteArray("long") << 403 << u"vapid-expiry"_s;
    QTest::newRow("twice") << QByteArray("twice") << 403 << u"vapid-syntax"_s;
}

void TestWebPushTriggers::wantsTheKeyItIsBoundTo()
{
    QFETCH(QByteArray, who);
    QFETCH(QString, code);
    PushResource order;
    order.vapidKey = f->signer.key();
    f->makeResource(1, order);
    const VapidSigner other;
    const QByteArray claims = VapidSigner::claims(WebPushBench::origin, f->clock->now().ms / 1000 + 3600);
    const QHash<QByteArray, QByteArray> fields{
        {"own", f->signedFor(WebPushBench::origin)},
        {"other", other.authorization(claims)},
        {"forged", "vapid t=" + other.token(claims) + ", k=" + toBase64Url(f->signer.key())},
        {"bearer", "Bearer " + f->signer.token(claims)},
        {"elsewhere", f->signedFor("https://other.example")},
        {"late", f->signedFor(WebPushBench::origin, 0)},
        {"long", f->signedFor(WebPushBench::origin, 24 * 3600 + 1)},
        {"twice", f->signedFor(WebPushBench::origin) + "\r\nAuthorization: vapid x=y"},
    };
    f->peer->send("POST /wpush/" + f->token + " HTTP/1.1\r\nHost: x\r\nTTL: 60\r\n"
                  + (who.isEmpty() ? QByteArray() : "Authorization: " + fields.value(who) + "\r\n") + "Content-Length: 0\r\n\r\n");
    const HttpResponse response = f->peer->response();
    QTEST(response.status, "status");
    QCOMPARE(HttpPeer::code(response), code);
    QCOMPARE(f->store->pushes.size(), size_t(code.isEmpty() ? 1 : 0));
    if (!code.isEmpty())
        QCOMPARE(f->refused(code), 1);
}

void TestWebPushTriggers::asksForASignature()
{
    PushResource order;
    order.vapidKey = f->signer.key();
    f->makeResource(1, order);
    const HttpResponse response = f->push();
    QCOMPARE(response.status, 401);
    QCOMPARE(response.headers.count("WWW-Authenticate"), 0);
}

void TestWebPushTriggers::judgesASignatureNobodyAskedFor_data()
{
    QTest::addColumn<QByteArray>("audience");
    QTest::addColumn<int>("status");
    QTest::newRow("good") << QByteArray(WebPushBench::origin) << 201;
    QTest::newRow("for another server") << QByteArray("https://other.example") << 403;
}

void TestWebPushTriggers::judgesASignatureNobodyAskedFor()
{
    QFETCH(QByteArray, audience);
    QTEST(f->push({{"Authorization", f->signedFor(audience)}}).status, "status");
}

void TestWebPushTriggers::waitsAfterTooManyBadSignaturesForOneResource()
{
    TriggerListener::Settings settings;
    settings.limits.guessesPerMinute = 2;
    f->listen(settings);
    PushResource order;
    order.vapidKey = f->signer.key();
    f->makeResource(1, order);
    QCOMPARE(f->push({{"Authorization", f->signedFor("https://other.example")}}).status, 403);
    QCOMPARE(f->push().status, 401);
    const HttpResponse refused = f->push();
    QCOMPARE(refused.status, 429);
    QCOMPARE(refused.headers.value("Retry-After"), QByteArray("60"));
    const WebPushBench::Headers good{{"Authorization", f->signedFor(WebPushBench::origin)}};
    QCOMPARE(f->push(good).status, 429); // not looked at, as each look costs

    f->makeResource(1, order);
    QCOMPARE(f->push({{"Authorization", f->signedFor(WebPushBench::origin)}}).status, 201);
}

void TestWebPushTriggers::journalsWhoSigned()
{
    PushResource order;
    order.name = u"the shop"_s;
    const PushResource resource = f->makeResource(1, order);
    QCOMPARE(f->push({{"Authorization", f->signedFor(WebPushBench::origin)}, {"Topic", "score"}}).status, 201);
    const QString initiator = u"the shop ("_s + resource.id.text() + u')';
    QCOMPARE(f->journaled(u"webpush-accepted"_s, {{u"subject"_s, u"mailto:ops@shop.example"_s}, {u"topic"_s, u"score"_s},
                                                  {u"urgency"_s, u"normal"_s}, {u"initiator"_s, initiator}}), 1);
    QCOMPARE(f->journaled(u"push-accepted"_s, {{u"initiator"_s, initiator}, {u"reference"_s, u"score"_s}}), 1);
}

QTEST_GUILESS_MAIN(TestWebPushTriggers)
#include "tst_webpushtriggers.moc"
