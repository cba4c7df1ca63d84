// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/operationsfixture.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

class TestOperationsEvents : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        f = std::make_unique<OperationsFixture>();
        note(u"early"_s);
    }
    void cleanup() { f.reset(); }

    void tellsWhatHappens();
    void tellsOnlyTheTypesAskedFor();
    void replaysWhatWasMissed_data();
    void replaysWhatWasMissed();
    void saysWhereTheJournalHasAGap();
    void replaysMoreThanTheBacklogHolds();
    void gathersChangesOfOneThing();
    void tellsOfRemovals();
    void bearsManyReadersButNotTooMany();
    void endsWithTheListener();

private:
    void note(const QString &event)
    {
        JournalEntry entry;
        entry.event = event;
        f->engine->journal().add(entry);
    }
    std::unique_ptr<HttpPeer> listen(const QByteArray &target = "/v1/events", const QByteArray &headers = {})
    {
        auto peer = f->newPeer();
        peer->send("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers + "Authorization: Bearer " +
                   OperationsFixture::token + "\r\n\r\n");
        return peer->waitForText(": reveille\n\n") ? std::move(peer) : nullptr;
    }
    std::unique_ptr<OperationsFixture> f;
};

void TestOperationsEvents::tellsWhatHappens()
{
    const auto peer = listen();
    QVERIFY(peer);
    f->bind(1);
    QVERIFY(peer->waitForText("event: journal\nid: 2\ndata: {"));
    QVERIFY(!peer->all().contains("early"));
    f->clock->advance(EventFeed::interval);
    QVERIFY(peer->waitForText("event: device\ndata: {"));
    QVERIFY(peer->waitForText("event: user\ndata: {"));
    QVERIFY(f->submit(f->request()));
    f->clock->advance(EventFeed::interval);
    QVERIFY(peer->waitForText("event: push\ndata: {"));
    f->lose(1);
    QCOMPARE(f->ask("POST", f->path(f->deviceId(1), "/wake")).status, 202);
    f->clock->advance(EventFeed::interval);
    QVERIFY(peer->waitForText("event: wake\ndata: {"));
    QVERIFY(!peer->all().contains(OperationsFixture::token));
}

void TestOperationsEvents::tellsOnlyTheTypesAskedFor()
{
    const auto peer = listen("/v1/events?types=device");
    QVERIFY(peer);
    f->bind(1);
    f->clock->advance(EventFeed::interval);
    QVERIFY(peer->waitForText("event: device\n"));
    QVERIFY(!peer->all().contains("event: journal"));
    QVERIFY(!peer->all().contains("event: user"));
}

void TestOperationsEvents::replaysWhatWasMissed_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("headers");
    QTest::newRow("query") << QByteArray("/v1/events?after=1") << QByteArray();
    QTest::newRow("browser") << QByteArray("/v1/events") << QByteArray("Last-Event-ID: 1\r\n");
}

void TestOperationsEvents::replaysWhatWasMissed()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, headers);
    note(u"missed"_s);
    const auto peer = listen(target, headers);
    QVERIFY(peer);
    note(u"fresh"_s);
    QVERIFY(peer->waitForText("fresh"));
    QVERIFY(!peer->all().contains("early"));
    QVERIFY(peer->all().indexOf("missed") < peer->all().indexOf("fresh"));
    QVERIFY(peer->all().contains("missed"));
    QVERIFY(!peer->all().contains("event: gap"));
}

void TestOperationsEvents::saysWhereTheJournalHasAGap()
{
    for (int i = 0; i < Journal::ringSize; ++i)
        note(u"n"_s);
    const auto peer = listen("/v1/events?after=0");
    QVERIFY(peer);
    QVERIFY(peer->waitForText("event: gap\ndata: {\"after\":0}\n\n"));
}

void TestOperationsEvents::replaysMoreThanTheBacklogHolds()
{
    JournalEntry entry;
    entry.event = u"large"_s;
    entry.bytes = QByteArray(2000, 'x');
    for (int i = 0; i < 2000; ++i)
        f->engine->journal().add(entry);
    const auto peer = listen("/v1/events?types=journal&after=1");
    QVERIFY(peer);
    note(u"the last of all"_s);
    QVERIFY(peer->waitForText("the last of all"));
    note(u"live again"_s);
    QVERIFY(peer->waitForText("live again"));
    QCOMPARE(peer->all().count("event: journal\n"), 2002);
    QVERIFY(!peer->all().contains("event: dropped"));
    QVERIFY(!peer->all().contains("event: gap"));
    qsizetype last = 0;
    for (int id = 2; id <= 2003; ++id) {
        const qsizetype at = peer->all().indexOf("\nid: " + QByteArray::number(id) + '\n', last);
        QVERIFY2(at >= last, QByteArray::number(id).constData());
        last = at;
    }
}

void TestOperationsEvents::gathersChangesOfOneThing()
{
    f->bind(1);
    const auto peer = listen("/v1/events?types=device");
    QVERIFY(peer);
    f->clock->advance(EventFeed::interval);
    for (int i = 0; i < 20; ++i)
        f->engine->registry().observe(f->lastBound, {LivenessEvent::Kind::Packet, u"OPTIONS"_s, 0, {}});
    f->lose(1);
    f->clock->advance(EventFeed::interval);
    QVERIFY(peer->waitForText("\"state\":\"lost\""));
    QVERIFY(peer->all().count("event: device\n") <= 2);
}

void TestOperationsEvents::tellsOfRemovals()
{
    f->bind(1);
    const auto peer = listen();
    QVERIFY(peer);
    QCOMPARE(f->ask("DELETE", "/v1/users/sip%3Aalice%40lab.example").status, 204);
    f->clock->advance(EventFeed::interval);
    QVERIFY(peer->waitForText("event: user_removed\ndata: {\"id\":\"sip:alice@lab.example\"}\n\n"));
    QVERIFY(peer->waitForText("event: device_removed\n"));
}

void TestOperationsEvents::bearsManyReadersButNotTooMany()
{
    std::vector<std::unique_ptr<HttpPeer>> readers;
    for (int i = 0; i < EventFeed::maxStreams; ++i) {
        readers.push_back(listen());
        QVERIFY(readers.back());
    }
    const HttpResponse over = f->ask("GET", "/v1/events");
    QCOMPARE(over.status, 503);
    QCOMPARE(HttpPeer::code(over), u"streams-too-many"_s);
    note(u"for all"_s);
    for (const auto &reader : readers)
        QVERIFY(reader->waitForText("for all"));
    readers.pop_back();
    QTRY_VERIFY(listen());
}

void TestOperationsEvents::endsWithTheListener()
{
    const auto peer = listen();
    QVERIFY(peer);
    f->listener->stop();
    QVERIFY(peer->waitForEnd());
    note(u"nobody listens"_s);
    f->bind(1);
    f->clock->advance(EventFeed::interval);
    f->listener.reset();
    f->bind(2);
}

QTEST_GUILESS_MAIN(TestOperationsEvents)
#include "tst_operationsevents.moc"
