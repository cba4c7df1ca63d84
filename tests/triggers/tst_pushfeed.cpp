// SPDX-License-Identifier: GPL-3.0-or-later
#include "papbench.h"

#include <QRegularExpression>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

struct Event {
    QByteArray type;
    quint64 id = 0;
    QJsonObject data;
};

/// A stream as an application server reads it.
class Listener {
public:
    Listener(const PapBench &bench, const QByteArray &token, const QByteArray &query = {}, const QByteArray &lastId = {})
        : m_clock(*bench.engine.clock), m_peer(bench.port)
    {
        m_peer.send("GET /v1/pushes/events" + query + " HTTP/1.0\r\nAuthorization: Bearer " + token + "\r\n"
                    + (lastId.isEmpty() ? QByteArray() : "Last-Event-ID: " + lastId + "\r\n") + "\r\n");
        m_peer.waitForText("\r\n\r\n");
    }
    QVector<Event> events(const QByteArray &lastText = {})
    {
        // Ends are told once they are durable, which takes a turn of the timers.
        if (!lastText.isEmpty()) {
            (void)QTest::qWaitFor([&] {
                m_clock.advance(Milliseconds(0));
                return m_peer.hasText(lastText);
            });
        }
        QVector<Event> events;
        const QString text = QString::fromUtf8(m_peer.all());
        static const QRegularExpression form(u"event: (\\w+)\n(?:id: (\\d+)\n)?data: ([^\n]*)\n"_s);
        for (auto match = form.globalMatch(text); match.hasNext();) {
            const auto event = match.next();
            events.append({event.captured(1).toLatin1(), event.captured(2).toULongLong(),
                           QJsonDocument::fromJson(event.captured(3).toUtf8()).object()});
        }
        return events;
    }
    HttpPeer &peer() { return m_peer; }

private:
    FakeClock &m_clock;
    HttpPeer m_peer;
};

QString stateOf(const Event &event)
{
    return event.data.value(u"state"_s).toString();
}

} // namespace

/// GET /v1/pushes/events.
class TestPushFeed : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tellsHowOnesOwnPushesFare();
    void tellsNothingOfOthersPushes();
    void drawsStatesOnTheWayTogether();
    void goesOnAfterABreak();
    void saysWhereSomethingIsMissing_data();
    void saysWhereSomethingIsMissing();
    void saysSoToEveryReaderThatMissedSomething();
    void endsWithTheRight();
    void asksWhoItIs();

private:
    static QByteArray push(const PapBench &bench, const QByteArray &token)
    {
        HttpPeer peer(bench.port);
        peer.setHeader("Authorization", "Bearer " + token);
        return HttpPeer::json(peer.ask("POST", "/v1/pushes", R"({"to":{"user":"sip:alice@lab.example"},"body":"hi"})"))
            .value(u"id"_s)
            .toString()
            .toLatin1();
    }
};

void TestPushFeed::tellsHowOnesOwnPushesFare()
{
    PapBench bench;
    const auto phone = bench.engine.bind(1);
    const QByteArray token = bench.makeInitiator(u"shop"_s);
    Listener listener(bench, token);
    const QByteArray id = push(bench, token);
    bench.engine.clock->advance(PushFeed::interval);
    QVector<Event> events = listener.events("sending");
    QCOMPARE(events.size(), 1);
    QCOMPARE(events[0].type, QByteArray("push"));
    QCOMPARE(events[0].data.value(u"id"_s).toString().toLatin1(), id);
    QCOMPARE(stateOf(events[0]), u"sending"_s);
    phone->answer(SendOutcome::Kind::Delivered, "200");
    events = listener.events("\"state\":\"delivered\"");
    QCOMPARE(stateOf(events.last()), u"delivered"_s);
    QVERIFY(events.last().id > events.first().id);
    HttpPeer peer(bench.port);
    peer.setHeader("Authorization", "Bearer " + token);
    QCOMPARE(HttpPeer::json(peer.ask("GET", "/v1/pushes/" + id)), events.last().data);
}

void TestPushFeed::tellsNothingOfOthersPushes()
{
    PapBench bench;
    const auto phone = bench.engine.bind(1);
    const QByteArray shop = bench.makeInitiator(u"shop"_s), bank = bench.makeInitiator(u"bank"_s);
    Listener ofShop(bench, shop), ofBank(bench, bank);
    const QByteArray first = push(bench, bank);
    phone->answer(SendOutcome::Kind::Delivered, "200");
    const QByteArray second = push(bench, shop);
    phone->answer(SendOutcome::Kind::Delivered, "200");
    QVERIFY(!ofShop.events(second).isEmpty());
    QVERIFY(!ofBank.events(first).isEmpty());
    QVERIFY(!ofShop.peer().all().contains(first));
    QVERIFY(!ofBank.peer().all().contains(second));
}

void TestPushFeed::drawsStatesOnTheWayTogether()
{
    PapBench bench;
    bench.engine.bind(1);
    const QByteArray token = bench.makeInitiator(u"shop"_s);
    Listener listener(bench, token);
    bench.engine.lose(1);
    push(bench, token);
    bench.engine.clock->advance(PushFeed::interval);
    const QVector<Event> events = listener.events("waking");
    QCOMPARE(events.size(), 1);
    QCOMPARE(stateOf(events[0]), u"waking"_s);
}

void TestPushFeed::goesOnAfterABreak()
{
    PapBench bench;
    const auto phone = bench.engine.bind(1);
    const QByteArray token = bench.makeInitiator(u"shop"_s), other = bench.makeInitiator(u"other"_s);
    QByteArray last;
    {
        Listener listener(bench, token);
        const QByteArray first = push(bench, token);
        phone->answer(SendOutcome::Kind::Delivered, "200");
        last = QByteArray::number(listener.events("delivered").last().id);
    }
    const QByteArray second = push(bench, token);
    phone->answer(SendOutcome::Kind::Delivered, "200");
    push(bench, other);
    phone->answer(SendOutcome::Kind::Delivered, "200");
    for (const bool inQuery : {false, true}) {
        Listener again(bench, token, inQuery ? "?after=" + last : QByteArray(), inQuery ? QByteArray() : last);
        const QVector<Event> events = again.events(second);
        QCOMPARE(events.size(), 1);
        QCOMPARE(stateOf(events[0]), u"delivered"_s);
    }
}

void TestPushFeed::saysWhereSomethingIsMissing_data()
{
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<bool>("waits");
    QTest::newRow("of an earlier run") << QByteArray("1000") << false;
    QTest::newRow("of the future") << QByteArray("18446744073709551615") << false;
    QTest::newRow("too long ago") << QByteArray() << true;
}

void TestPushFeed::saysWhereSomethingIsMissing()
{
    QFETCH(QByteArray, after);
    QFETCH(bool, waits);
    PapBench bench;
    const auto phone = bench.engine.bind(1);
    const QByteArray token = bench.makeInitiator(u"shop"_s);
    if (waits) {
        {
            Listener listener(bench, token);
            push(bench, token);
            phone->answer(SendOutcome::Kind::Delivered, "200");
            after = QByteArray::number(listener.events("delivered").last().id);
        }
        bench.engine.clock->advance(PushFeed::keepTime + Milliseconds(60000));
        QCoreApplication::processEvents();
    }
    Listener listener(bench, token, "?after=" + after);
    const QVector<Event> events = listener.events("gap");
    QCOMPARE(events.size(), 1);
    QCOMPARE(events[0].type, QByteArray("gap"));
    const QByteArray id = push(bench, token);
    phone->answer(SendOutcome::Kind::Delivered, "200");
    QCOMPARE(listener.events(id).size(), 2);
}

/// Two readers break off, nothing is kept for a while, one comes back first.
void TestPushFeed::saysSoToEveryReaderThatMissedSomething()
{
    PapBench bench;
    const auto phone = bench.engine.bind(1);
    const QByteArray token = bench.makeInitiator(u"shop"_s), other = bench.makeInitiator(u"other"_s);
    QByteArray after;
    {
        Listener one(bench, token), two(bench, token);
        push(bench, token);
        phone->answer(SendOutcome::Kind::Delivered, "200");
        after = QByteArray::number(one.events("delivered").last().id);
    }
    bench.engine.clock->advance(PushFeed::keepTime + Milliseconds(60000));
    Listener keeps(bench, other);
    const QByteArray missed = push(bench, token);
    phone->answer(SendOutcome::Kind::Delivered, "200");
    QVERIFY(bench.engine.settle([&] { return bench.engine.engine->pushes().push(PushId(QString::fromLatin1(missed)))->state == PushState::Delivered; }));
    for (int i = 0; i < 2; ++i) {
        Listener back(bench, token, "?after=" + after);
        const QVector<Event> events = back.events("gap");
        QCOMPARE(events.size(), 1);
        QCOMPARE(events[0].type, QByteArray("gap"));
    }
}

void TestPushFeed::endsWithTheRight()
{
    PapBench bench;
    bench.engine.bind(1);
    const QByteArray token = bench.makeInitiator(u"shop"_s);
    Listener listener(bench, token);
    const QByteArray id = push(bench, token);
    bool removed = false;
    bench.engine.engine->removeInitiator(bench.engine.engine->initiators().first().id, [&](const Result<Done> &done) { removed = done.ok(); });
    QVERIFY(bench.engine.settle([&] { return removed; }));
    bench.engine.clock->advance(PushFeed::interval);
    QVERIFY(listener.peer().waitForEnd());
    QVERIFY(!listener.peer().all().contains(id));
}

void TestPushFeed::asksWhoItIs()
{
    PapBench bench;
    HttpPeer peer(bench.port);
    QCOMPARE(peer.ask("GET", "/v1/pushes/events").status, 401);
    peer.setHeader("Authorization", "Bearer " + bench.makeInitiator(u"shop"_s));
    QCOMPARE(HttpPeer::code(peer.ask("GET", "/v1/pushes/events?after=now")), u"query-after"_s);
}

QTEST_GUILESS_MAIN(TestPushFeed)
#include "tst_pushfeed.moc"
