// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/enginefixture.h"
#include "support/httppeer.h"
#include "triggers/triggerlistener.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

/// What each initiator may do of what the external interface can.
class TestTriggerRights : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void addressesOnlyWhomItMay_data();
    void addressesOnlyWhomItMay();
    void cannotTellAForbiddenTargetFromAMissingOne();
    void isToldWhenToComeAgain();
    void doesNotPayForWhatTheStoreRefused();
    void waitsAfterNamingTooManyTargetsThatAreNotThere();
    void waitsAfterGuessingTokens();
    void asksOnWhereAStrangerGuesses();
    void losesItsRightsAtOnce();
    void journalsWhoAskedFromWhere();
    void journalsAFloodOfWrongTokensInAFewLines();
    void sendsWhatTerminalsObeyOnlyWithARight_data();
    void sendsWhatTerminalsObeyOnlyWithARight();

private:
    void listen(const InitiatorGuard::Limits &limits = {});
    QByteArray makeInitiator(const QString &name, const InitiatorRights &rights);
    HttpResponse push(const QByteArray &to) { return m_peer->ask("POST", "/v1/pushes", R"({"to":)" + to + R"(,"body":"hi"})"); }
    int journaled(const QString &code) const;

    std::unique_ptr<EngineFixture> m_engine;
    std::unique_ptr<TriggerListener> m_listener;
    std::unique_ptr<HttpPeer> m_peer;
    quint16 m_port = 0;
};

void TestTriggerRights::init()
{
    m_engine = std::make_unique<EngineFixture>();
    m_engine->bind(1);
    listen();
}

void TestTriggerRights::cleanup()
{
    m_peer.reset();
    m_listener.reset();
    m_engine.reset();
}

void TestTriggerRights::listen(const InitiatorGuard::Limits &limits)
{
    m_peer.reset();
    TriggerListener::Settings settings;
    settings.limits = limits;
    m_listener = std::make_unique<TriggerListener>(settings, *m_engine->engine);
    const auto bound = m_listener->start(*IpAddress::parse(u"127.0.0.1"), 0);
    QVERIFY(bound);
    m_port = bound->section(u':', 1).toUShort();
    m_peer = std::make_unique<HttpPeer>(m_port);
}

QByteArray TestTriggerRights::makeInitiator(const QString &name, const InitiatorRights &rights)
{
    QByteArray token;
    m_engine->engine->addInitiator(name, rights, [&](const Result<std::pair<InitiatorId, QByteArray>> &made) {
        if (made)
            token = made->second;
    });
    m_engine->settle([&] { return !token.isEmpty(); });
    m_peer->setHeader("Authorization", "Bearer " + token);
    return token;
}

int TestTriggerRights::journaled(const QString &code) const
{
    const QVector<JournalEntry> rows = m_engine->engine->journal().since({});
    return int(std::count_if(rows.begin(), rows.end(), [&](const JournalEntry &entry) {
        return entry.event == u"trigger-refused" && entry.fields.contains({u"code"_s, code});
    }));
}

void TestTriggerRights::addressesOnlyWhomItMay_data()
{
    QTest::addColumn<QStringList>("targets");
    QTest::addColumn<int>("status");
    QTest::newRow("everybody") << QStringList() << 202;
    QTest::newRow("her domain") << QStringList{u"sip:*@lab.example"_s} << 202;
    QTest::newRow("another domain") << QStringList{u"sip:*@shop.example"_s} << 404;
}

void TestTriggerRights::addressesOnlyWhomItMay()
{
    QFETCH(QStringList, targets);
    makeInitiator(u"shop"_s, {targets, 0, 0});
    const DeviceId device = m_engine->engine->registry().devicesOf(*PublicUserId::parse(u"sip:alice@lab.example")).first();
    for (const QByteArray &to : {QByteArray(R"({"user":"sip:alice@lab.example"})"),
                                 R"({"device":")" + device.toString().toUtf8() + R"("})"}) {
        const HttpResponse response = push(to);
        QTEST(response.status, "status");
    }
}

void TestTriggerRights::cannotTellAForbiddenTargetFromAMissingOne()
{
    makeInitiator(u"shop"_s, {{u"sip:*@shop.example"_s}, 0, 0});
    const HttpResponse forbidden = push(R"({"user":"sip:alice@lab.example"})");
    const HttpResponse missing = push(R"({"user":"sip:nobody@lab.example"})");
    QCOMPARE(forbidden.status, 404);
    QCOMPARE(forbidden.body, missing.body);
    QCOMPARE(journaled(u"target-not-allowed"_s), 1);
    QCOMPARE(journaled(u"user-unknown"_s), 1);
    QVERIFY(m_engine->store->pushes.empty());
}

void TestTriggerRights::isToldWhenToComeAgain()
{
    makeInitiator(u"shop"_s, {{}, 1, 0});
    QCOMPARE(push(R"({"user":"sip:alice@lab.example"})").status, 202);
    QCOMPARE(push(R"({"user":"sip:alice@lab.example"})").status, 202);
    const HttpResponse refused = push(R"({"user":"sip:alice@lab.example"})");
    QCOMPARE(refused.status, 429);
    QCOMPARE(HttpPeer::code(refused), u"pushes-too-fast"_s);
    QCOMPARE(refused.headers.value("Retry-After"), QByteArray("1"));
    m_engine->clock->advance(Milliseconds(1000));
    QCOMPARE(push(R"({"user":"sip:alice@lab.example"})").status, 202);
}

void TestTriggerRights::doesNotPayForWhatTheStoreRefused()
{
    makeInitiator(u"shop"_s, {{}, 0, 1});
    m_engine->store->failWith("store-full");
    QCOMPARE(push(R"({"user":"sip:alice@lab.example"})").status, 503);
    m_engine->store->failWith("");
    QCOMPARE(push(R"({"user":"sip:alice@lab.example"})").status, 202);
    const HttpResponse refused = push(R"({"user":"sip:alice@lab.example"})");
    QCOMPARE(refused.status, 429);
    QCOMPARE(HttpPeer::code(refused), u"pushes-per-day"_s);
}

void TestTriggerRights::waitsAfterNamingTooManyTargetsThatAreNotThere()
{
    listen({0, 0, 3, 10});
    const QByteArray token = makeInitiator(u"shop"_s, {});
    for (int i = 0; i < 3; ++i)
        QCOMPARE(m_peer->ask("POST", "/v1/sessions/s-" + QByteArray::number(i) + "/pushes", R"({"body":"hi"})").status, 404);
    const HttpResponse refused = push(R"({"user":"sip:alice@lab.example"})");
    QCOMPARE(refused.status, 429);
    QCOMPARE(HttpPeer::code(refused), u"misses-too-many"_s);
    m_engine->clock->advance(Milliseconds(60000)); // which also ends the idle connection
    m_peer = std::make_unique<HttpPeer>(m_port);
    m_peer->setHeader("Authorization", "Bearer " + token);
    QCOMPARE(push(R"({"user":"sip:alice@lab.example"})").status, 202);
}

void TestTriggerRights::waitsAfterGuessingTokens()
{
    listen({0, 0, 60, 2});
    const QByteArray token = makeInitiator(u"shop"_s, {});
    const QByteArray alice = R"({"user":"sip:alice@lab.example"})";
    QCOMPARE(push(alice).status, 202); // a moment ago is not since long
    m_peer->setHeader("Authorization", "Bearer guess");
    QCOMPARE(push(alice).status, 401);
    QCOMPARE(push(alice).status, 401);
    const HttpResponse guess = push(alice);
    m_peer->setHeader("Authorization", "Bearer " + token);
    const HttpResponse right = push(alice);
    for (const HttpResponse &refused : {guess, right}) {
        QCOMPARE(refused.status, 429);
        QCOMPARE(HttpPeer::code(refused), u"guesses-too-many"_s);
        QCOMPARE(refused.headers.value("Retry-After"), QByteArray("60"));
    }
    QCOMPARE(right.body, guess.body);
    HttpPeer elsewhere(m_port, QHostAddress(u"127.0.0.2"_s));
    elsewhere.setHeader("Authorization", "Bearer " + token);
    QCOMPARE(elsewhere.ask("POST", "/v1/pushes", R"({"to":)" + alice + R"(,"body":"hi"})").status, 202);

    m_engine->clock->advance(Milliseconds(60000)); // which also ends the idle connection
    m_peer = std::make_unique<HttpPeer>(m_port);
    m_peer->setHeader("Authorization", "Bearer " + token);
    QCOMPARE(push(alice).status, 202);
}

void TestTriggerRights::asksOnWhereAStrangerGuesses()
{
    listen({0, 0, 60, 2});
    const QByteArray alice = R"({"user":"sip:alice@lab.example"})";
    const QByteArray late = makeInitiator(u"late"_s, {}), regular = makeInitiator(u"regular"_s, {});
    QCOMPARE(push(alice).status, 202);
    m_engine->clock->advance(Milliseconds(60000));
    m_peer = std::make_unique<HttpPeer>(m_port);
    m_peer->setHeader("Authorization", "Bearer guess");
    for (int status : {401, 401, 429})
        QCOMPARE(push(alice).status, status);
    m_peer->setHeader("Authorization", "Bearer " + regular);
    QCOMPARE(push(alice).status, 202);
    m_peer->setHeader("Authorization", "Bearer " + late);
    QCOMPARE(push(alice).status, 429);
}

void TestTriggerRights::losesItsRightsAtOnce()
{
    makeInitiator(u"shop"_s, {});
    QCOMPARE(push(R"({"user":"sip:alice@lab.example"})").status, 202);
    bool changed = false;
    m_engine->engine->setInitiatorRights(m_engine->engine->initiators().first().id, {{u"tel:*"_s}, 0, 0},
                                         [&](const Result<Done> &done) { changed = done.ok(); });
    m_engine->settle([&] { return changed; });
    QVERIFY(changed);
    QCOMPARE(push(R"({"user":"sip:alice@lab.example"})").status, 404);
    QCOMPARE(m_engine->store->initiators.begin()->second.rights.targets, QStringList{u"tel:*"_s});
}

void TestTriggerRights::journalsWhoAskedFromWhere()
{
    const QByteArray token = makeInitiator(u"shop"_s, {});
    const QString initiator = m_engine->engine->initiators().first().id.text();
    const QString peer = u"127.0.0.1:%1"_s.arg(m_peer->socket().localPort());
    const auto last = [&](const QString &event) {
        QVector<std::pair<QString, QString>> fields;
        for (const JournalEntry &row : m_engine->engine->journal().since({})) {
            if (row.event == event)
                fields = row.fields;
        }
        return fields;
    };
    m_engine->lose(1); // what is being sent cannot be cancelled
    const HttpResponse accepted = push(R"({"user":"sip:alice@lab.example"})");
    QVERIFY(last(u"push-accepted"_s).contains({u"peer"_s, peer}));
    QCOMPARE(push(R"({"user":"sip:nobody@lab.example"})").status, 404);
    QVERIFY(last(u"trigger-refused"_s).contains({u"peer"_s, peer}));

    const QByteArray id = HttpPeer::json(accepted).value(u"id").toString().toLatin1();
    QCOMPARE(m_peer->ask("DELETE", "/v1/pushes/" + id).status, 204);
    const auto cancelled = last(u"trigger-cancelled"_s);
    QVERIFY(cancelled.contains({u"initiator"_s, initiator}) && cancelled.contains({u"peer"_s, peer}));
    QVERIFY(last(u"push-cancelled"_s).contains({u"reason"_s, u"by-initiator"_s}));

    m_peer->setHeader("Authorization", "Bearer not-" + token);
    QCOMPARE(push(R"({"user":"sip:alice@lab.example"})").status, 401);
    const auto refused = last(u"trigger-refused"_s);
    QVERIFY(refused.contains({u"code"_s, u"token-wrong"_s}) && refused.contains({u"peer"_s, peer})
            && refused.contains({u"target"_s, u"POST /v1/pushes"_s}));
    for (const JournalEntry &row : m_engine->engine->journal().since({})) {
        for (const auto &[name, value] : row.fields)
            QVERIFY(!value.contains(QString::fromLatin1(token)));
    }
}

void TestTriggerRights::journalsAFloodOfWrongTokensInAFewLines()
{
    listen({0, 0, 60, 10});
    m_peer->setHeader("Authorization", "Bearer guess");
    for (int i = 0; i < 65; ++i)
        QVERIFY(push(R"({"user":"sip:alice@lab.example"})").status != 202);
    QCOMPARE(journaled(u"token-wrong"_s), 10);
    QCOMPARE(journaled(u"guesses-too-many"_s), 50);
    m_engine->clock->advance(Milliseconds(60000));
    m_peer = std::make_unique<HttpPeer>(m_port);
    QCOMPARE(push(R"({"user":"sip:alice@lab.example"})").status, 401);
    QVERIFY(m_engine->engine->journal().since({}).last().fields.contains({u"left_out"_s, u"5"_s}));
}

void TestTriggerRights::sendsWhatTerminalsObeyOnlyWithARight_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QString>("content");
    QTest::newRow("provisioning") << QByteArray("application/vnd.wap.connectivity-wbxml; SEC=1") << u"provisioning"_s;
    QTest::newRow("service loading") << QByteArray("application/vnd.wap.slc") << u"service_loading"_s;
    QTest::newRow("session") << QByteArray("application/vnd.wap.sia") << u"session"_s;
}

void TestTriggerRights::sendsWhatTerminalsObeyOnlyWithARight()
{
    QFETCH(QByteArray, type);
    QFETCH(QString, content);
    makeInitiator(u"shop"_s, {});
    const QByteArray push = R"({"to":{"user":"sip:alice@lab.example"},"content_type":")" + type + R"(","body":"hi"})";
    const QByteArray batch = "{\"pushes\":[" + push + "]}";
    const HttpResponse refused = m_peer->ask("POST", "/v1/pushes", push);
    QCOMPARE(refused.status, 403);
    QCOMPARE(HttpPeer::code(refused), u"content-not-allowed"_s);
    QCOMPARE(HttpPeer::json(refused).value(u"about").toString(), content);
    QVERIFY(m_peer->ask("POST", "/v1/pushes/batch", batch).body.contains("content-not-allowed"));
    QCOMPARE(journaled(u"content-not-allowed"_s), 2);
    QVERIFY(m_engine->store->pushes.empty());

    InitiatorRights rights;
    rights.allow(*contentClassFromText(content));
    makeInitiator(u"operator"_s, rights);
    QCOMPARE(m_peer->ask("POST", "/v1/pushes", push).status, 202);
    QVERIFY(m_peer->ask("POST", "/v1/pushes/batch", batch).body.contains("\"id\""));
}

QTEST_GUILESS_MAIN(TestTriggerRights)
#include "tst_triggerrights.moc"
