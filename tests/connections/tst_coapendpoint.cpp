// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/datagram/coapendpoint.h"
#include "support/fakeclock.h"

#include <QSet>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

/// The endpoint between a sender that keeps what it is given and a handler that answers 2.05 with a count.
struct Bench : DatagramSender, CoapHandler {
    explicit Bench(CoapSettings s = {}) : settings(s), endpoint(settings, allowed, clock, clock, *this, *this)
    {
        peer = at(u"10.0.0.7", 40001);
    }
    static DatagramPeer at(QStringView address, quint16 port)
    {
        return DatagramPeer::of(*IpAddress::parse(address), port, false);
    }
    bool send(const DatagramPeer &to, const QByteArray &datagram) override
    {
        sent.append({to, datagram});
        return true;
    }
    void request(const CoapCall &call, const CoapMessage &message) override
    {
        ++requests;
        if (later) {
            endpoint.answerLater(call);
            waiting = call;
            return;
        }
        CoapCall answered = call;
        answered.remembered = !message.isAt("idempotent");
        CoapBuilder reply = CoapEndpoint::builder(answered, CoapCode::Content);
        reply.payload(QByteArray::number(requests) + QByteArray(padding, 'x'));
        endpoint.answer(answered, reply);
    }
    void heard(const DatagramPeer &, bool isPing) override { pings += isPing; }
    void unreachable(const DatagramPeer &, const QString &) override { ++unreachables; }
    bool isKnown(const DatagramPeer &p) const override { return known.contains(p); }

    QByteArray take()
    {
        return sent.isEmpty() ? QByteArray() : sent.takeFirst().second;
    }
    QByteArray get(quint16 messageId, QByteArrayView path = "count", CoapType type = CoapType::Confirmable)
    {
        return CoapBuilder(type, CoapCode::Get, messageId, "tk").path(path).bytes();
    }
    quint64 ask(QVector<CoapAnswer::Kind> *answers, const DatagramPeer &to)
    {
        return endpoint.ask(
            to,
            [](quint16 messageId, QByteArrayView token) {
                return CoapBuilder(CoapType::Confirmable, CoapCode::Post, messageId, token).path("push").bytes();
            },
            [answers](const CoapAnswer &answer) { answers->append(answer.kind); });
    }
    static QByteArray response(const QByteArray &request, CoapType type, quint16 messageId, QByteArray token = {})
    {
        const auto message = CoapMessage::parse(request);
        return CoapBuilder(type, CoapCode::Changed, messageId, token.isEmpty() ? message->token() : QByteArrayView(token)).bytes();
    }
    static quint16 idOf(const QByteArray &datagram) { return CoapMessage::parse(datagram)->messageId(); }

    CoapSettings settings;
    QVector<IpNetwork> allowed = *parseNetworks(u"10.0.0.0/8, ::1/128");
    FakeClock clock;
    DatagramPeer peer;
    QVector<std::pair<DatagramPeer, QByteArray>> sent;
    QSet<DatagramPeer> known;
    CoapCall waiting;
    int requests = 0, pings = 0, unreachables = 0, padding = 0;
    bool later = false;
    CoapEndpoint endpoint;
};

using Kinds = QVector<CoapAnswer::Kind>;
using Kind = CoapAnswer::Kind;

} // namespace

class TestCoapEndpoint : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void answersInTheAcknowledgement();
    void answersWithoutAcknowledgementWhereNoneIsWanted();
    void doesADuplicateOnceAndAnswersItTheSame();
    void takesAMessageIdForNewAfterItsLifetime();
    void passesOverDuplicatesWhileTheAnswerIsMade();
    void forgetsTheOldestAnswersFirst();
    void boundsTheOctetsItRemembers();
    void needsNoMemoryForWhatDoesNoHarmTwice();
    void answersPingsAndBrokenMessagesWithReset();
    void ignoresWhatIsNotCoap();
    void refusesCriticalOptionsItDoesNotKnow();
    void saysNothingOutsideTheAllowedNetworks();
    void limitsAnswersForEachSource();
    void boundsTheSourcesItCounts();
    void answersStrangersWithLittle();
    void repeatsARequestAsTheRfcSays();
    void givesUpAtTheRequestTimeout();
    void asksOnePeerOneThingAtATime();
    void matchesAnswersByTokenAndPeer();
    void takesASeparateAnswer();
    void acknowledgesASeparateAnswerAgain();
    void takesAReset();
    void tellsWhatTheNetworkSays();
    void pingsTwiceToTellLossFromClosure();
    void usesNoMessageIdTwiceForAPeer();
    void boundsRequestsUnderWay();
};

void TestCoapEndpoint::answersInTheAcknowledgement()
{
    Bench bench;
    bench.endpoint.received(bench.peer, bench.get(7));
    const QByteArray answer = bench.take();
    QCOMPARE(answer, CoapBuilder(CoapType::Acknowledgement, CoapCode::Content, 7, "tk").payload("1").bytes());
}

void TestCoapEndpoint::answersWithoutAcknowledgementWhereNoneIsWanted()
{
    Bench bench;
    bench.endpoint.received(bench.peer, bench.get(7, "count", CoapType::NonConfirmable));
    bench.endpoint.received(bench.peer, bench.get(8, "count", CoapType::NonConfirmable));
    const QByteArray first = bench.take(), second = bench.take();
    QCOMPARE(CoapMessage::parse(first)->type(), CoapType::NonConfirmable);
    QVERIFY(Bench::idOf(first) != Bench::idOf(second));
    bench.endpoint.received(bench.peer, bench.get(7, "count", CoapType::NonConfirmable));
    QCOMPARE(bench.take(), first);
    QCOMPARE(bench.requests, 2);
}

void TestCoapEndpoint::doesADuplicateOnceAndAnswersItTheSame()
{
    Bench bench;
    bench.endpoint.received(bench.peer, bench.get(7));
    const QByteArray first = bench.take();
    for (int i = 0; i < 3; ++i) {
        bench.clock.advance(Milliseconds(60000));
        bench.endpoint.received(bench.peer, bench.get(7));
        QCOMPARE(bench.take(), first);
    }
    QCOMPARE(bench.requests, 1);
    QCOMPARE(bench.endpoint.counters().duplicates, quint64(3));
    bench.endpoint.received(Bench::at(u"10.0.0.7", 40002), bench.get(7));
    QCOMPARE(bench.requests, 2);
}

void TestCoapEndpoint::takesAMessageIdForNewAfterItsLifetime()
{
    Bench bench;
    bench.endpoint.received(bench.peer, bench.get(7));
    bench.clock.advance(bench.settings.exchangeLifetime);
    bench.endpoint.received(bench.peer, bench.get(7));
    QCOMPARE(bench.requests, 2);
    QCOMPARE(bench.endpoint.remembered(), 1);
}

void TestCoapEndpoint::passesOverDuplicatesWhileTheAnswerIsMade()
{
    Bench bench;
    bench.later = true;
    bench.endpoint.received(bench.peer, bench.get(7));
    bench.endpoint.received(bench.peer, bench.get(7));
    QVERIFY(bench.sent.isEmpty());
    QCOMPARE(bench.requests, 1);
    bench.endpoint.answer(bench.waiting, CoapCode::Changed);
    const QByteArray answer = bench.take();
    bench.endpoint.received(bench.peer, bench.get(7));
    QCOMPARE(bench.take(), answer);
}

void TestCoapEndpoint::forgetsTheOldestAnswersFirst()
{
    CoapSettings settings;
    settings.maxRemembered = 10;
    settings.answerBurst = 1000;
    Bench bench(settings);
    for (quint16 id = 0; id < 30; ++id) {
        bench.endpoint.received(bench.peer, bench.get(id));
        QVERIFY(bench.endpoint.remembered() <= 10);
    }
    bench.endpoint.received(bench.peer, bench.get(29));
    QCOMPARE(bench.requests, 30);
    bench.endpoint.received(bench.peer, bench.get(0));
    QCOMPARE(bench.requests, 31);
}

void TestCoapEndpoint::boundsTheOctetsItRemembers()
{
    CoapSettings settings;
    settings.maxRememberedOctets = 5000;
    settings.answerBurst = 1000;
    Bench bench(settings);
    bench.known.insert(bench.peer);
    bench.padding = 990;
    for (quint16 id = 0; id < 100; ++id)
        bench.endpoint.received(bench.peer, bench.get(id));
    QVERIFY(bench.endpoint.remembered() <= 5 && bench.endpoint.remembered() >= 4);
}

void TestCoapEndpoint::needsNoMemoryForWhatDoesNoHarmTwice()
{
    Bench bench;
    for (quint16 id = 0; id < 100; ++id)
        bench.endpoint.received(bench.peer, bench.get(id, "idempotent"));
    QCOMPARE(bench.endpoint.remembered(), 0);
}

void TestCoapEndpoint::answersPingsAndBrokenMessagesWithReset()
{
    Bench bench;
    bench.endpoint.received(bench.peer, CoapBuilder::empty(CoapType::Confirmable, 0x1234));
    QCOMPARE(bench.take(), CoapBuilder::empty(CoapType::Reset, 0x1234));
    QCOMPARE(bench.pings, 1);
    bench.endpoint.received(bench.peer, QByteArray::fromHex("49011235"));
    QCOMPARE(bench.take(), CoapBuilder::empty(CoapType::Reset, 0x1235));
    bench.endpoint.received(bench.peer, QByteArray::fromHex("59011235"));
    QVERIFY(bench.sent.isEmpty());
    QCOMPARE(bench.endpoint.counters().malformed, quint64(2));
}

void TestCoapEndpoint::ignoresWhatIsNotCoap()
{
    Bench bench;
    for (const char *hex : {"", "40", "400112", "00011234", "80011234", "c0011234", "60001234", "70001234", "60451234",
                            "7045123400", "16030100"})
        bench.endpoint.received(bench.peer, QByteArray::fromHex(hex));
    QVERIFY(bench.sent.isEmpty());
    QCOMPARE(bench.requests, 0);
}

void TestCoapEndpoint::refusesCriticalOptionsItDoesNotKnow()
{
    Bench bench;
    quint16 messageId = 0;
    const auto with = [&](quint16 option, CoapType type) {
        return CoapBuilder(type, CoapCode::Get, ++messageId, "tk").path("count").add(option, QByteArrayView()).bytes();
    };
    bench.endpoint.received(bench.peer, with(9999, CoapType::Confirmable));
    const QByteArray refusal = bench.take();
    QCOMPARE(CoapMessage::parse(refusal)->code(), quint8(CoapCode::BadOption));
    QCOMPARE(CoapMessage::parse(refusal)->payload().toByteArray(), QByteArray("9999"));
    bench.endpoint.received(bench.peer, with(9999, CoapType::NonConfirmable));
    QVERIFY(bench.sent.isEmpty());
    bench.endpoint.received(bench.peer, with(9998, CoapType::Confirmable));
    QCOMPARE(bench.requests, 1);
}

void TestCoapEndpoint::saysNothingOutsideTheAllowedNetworks()
{
    Bench bench;
    const DatagramPeer stranger = Bench::at(u"192.0.2.1", 5683);
    bench.endpoint.received(stranger, bench.get(1));
    bench.endpoint.received(stranger, CoapBuilder::empty(CoapType::Confirmable, 2));
    bench.endpoint.received(stranger, QByteArray::fromHex("49011235"));
    QVERIFY(bench.sent.isEmpty());
    QCOMPARE(bench.requests, 0);
    QCOMPARE(bench.endpoint.counters().notAllowed, quint64(3));
    bench.endpoint.received(Bench::at(u"::1", 5683), bench.get(1));
    QCOMPARE(bench.sent.size(), 1);
}

void TestCoapEndpoint::limitsAnswersForEachSource()
{
    CoapSettings settings;
    settings.answerBurst = 20;
    settings.answersPerSecond = 10;
    Bench bench(settings);
    for (quint16 id = 0; id < 100; ++id)
        bench.endpoint.received(Bench::at(u"10.0.0.7", 1000 + id), bench.get(id));
    QCOMPARE(bench.sent.size(), 20);
    QCOMPARE(bench.endpoint.counters().limited, quint64(80));
    bench.endpoint.received(Bench::at(u"10.0.0.8", 1), bench.get(1));
    QCOMPARE(bench.sent.size(), 21);
    bench.clock.advance(Milliseconds(1000));
    for (quint16 id = 200; id < 300; ++id)
        bench.endpoint.received(bench.peer, bench.get(id));
    QCOMPARE(bench.sent.size(), 31);
    bench.known.insert(bench.peer);
    bench.endpoint.received(bench.peer, bench.get(400));
    QCOMPARE(bench.sent.size(), 32);
}

void TestCoapEndpoint::boundsTheSourcesItCounts()
{
    CoapSettings settings;
    settings.maxSources = 10;
    settings.answerBurst = 5;
    SourceGuard guard(settings);
    int answered = 0;
    for (int i = 0; i < 1000; ++i) {
        answered += guard.mayAnswer(*IpAddress::parse(u"10.0.%1.%2"_s.arg(i / 250).arg(i % 250)), Milliseconds(1));
        QVERIFY(guard.size() <= 10);
    }
    QCOMPARE(answered, 10 + 5);
    QVERIFY(guard.mayAnswer(*IpAddress::parse(u"10.9.9.9"), Milliseconds(60000)));
    QVERIFY(guard.size() <= 10);
}

void TestCoapEndpoint::answersStrangersWithLittle()
{
    Bench bench;
    bench.padding = 500;
    bench.endpoint.received(bench.peer, bench.get(1));
    QCOMPARE(bench.take(), CoapBuilder(CoapType::Acknowledgement, CoapCode::Content, 1, "tk").bytes());
    bench.known.insert(bench.peer);
    bench.endpoint.received(bench.peer, bench.get(2));
    QVERIFY(bench.take().size() > 500);
}

void TestCoapEndpoint::repeatsARequestAsTheRfcSays()
{
    CoapSettings settings;
    settings.requestTimeout = Milliseconds(100000);
    for (int round = 0; round < 50; ++round) {
        Bench bench(settings);
        Kinds answers;
        bench.ask(&answers, bench.peer);
        QVector<Milliseconds> times;
        QByteArray first;
        const Milliseconds begin = bench.clock.monotonic();
        for (int i = 0; i < 100000 && answers.isEmpty(); i += 10) {
            while (!bench.sent.isEmpty()) {
                const QByteArray datagram = bench.take();
                first = first.isEmpty() ? datagram : first;
                QCOMPARE(datagram, first);
                times.append(bench.clock.monotonic() - begin);
            }
            bench.clock.advance(Milliseconds(10));
        }
        QCOMPARE(times.size(), 5);
        const auto timeout = times[1].count();
        QVERIFY2(timeout >= 2000 && timeout <= 3010, qPrintable(QString::number(timeout)));
        for (int i = 2; i < 5; ++i)
            QVERIFY(qAbs((times[i] - times[i - 1]).count() - (timeout << (i - 1))) <= 10 << i);
        QCOMPARE(answers, Kinds{Kind::Timeout});
        QVERIFY(bench.clock.monotonic() - begin <= Milliseconds(93010));
        QCOMPARE(bench.clock.pending(), 0);
    }
}

void TestCoapEndpoint::givesUpAtTheRequestTimeout()
{
    Bench bench;
    Kinds answers;
    bench.ask(&answers, bench.peer);
    bench.clock.advance(bench.settings.requestTimeout - Milliseconds(1));
    QVERIFY(answers.isEmpty());
    bench.clock.advance(Milliseconds(1));
    QCOMPARE(answers, Kinds{Kind::Timeout});
    QVERIFY(bench.sent.size() == 2 || bench.sent.size() == 3);
    QCOMPARE(bench.endpoint.exchanges(), 0);
}

void TestCoapEndpoint::asksOnePeerOneThingAtATime()
{
    Bench bench;
    Kinds answers;
    bench.ask(&answers, bench.peer);
    bench.ask(&answers, bench.peer);
    bench.ask(&answers, Bench::at(u"10.0.0.8", 1));
    QCOMPARE(bench.sent.size(), 2);
    const QByteArray first = bench.take();
    bench.endpoint.received(bench.peer, Bench::response(first, CoapType::Acknowledgement, Bench::idOf(first)));
    bench.take();
    bench.clock.advance(Milliseconds(0));
    QCOMPARE(bench.sent.size(), 1);
    const QByteArray second = bench.take();
    QVERIFY(second != first);
    bench.endpoint.received(bench.peer, Bench::response(second, CoapType::Acknowledgement, Bench::idOf(second)));
    QCOMPARE(answers, (Kinds{Kind::Response, Kind::Response}));
}

void TestCoapEndpoint::matchesAnswersByTokenAndPeer()
{
    Bench bench;
    Kinds answers;
    bench.ask(&answers, bench.peer);
    const QByteArray request = bench.take();
    const quint16 id = Bench::idOf(request);
    bench.endpoint.received(Bench::at(u"10.0.0.8", 40001), Bench::response(request, CoapType::Acknowledgement, id));
    bench.endpoint.received(Bench::at(u"10.0.0.7", 40002), Bench::response(request, CoapType::Acknowledgement, id));
    bench.endpoint.received(bench.peer, Bench::response(request, CoapType::Acknowledgement, id, "guess"));
    bench.endpoint.received(bench.peer, Bench::response(request, CoapType::Acknowledgement, quint16(id + 1)));
    QVERIFY(answers.isEmpty());
    bench.endpoint.received(bench.peer, Bench::response(request, CoapType::Confirmable, 9, "guess"));
    QCOMPARE(bench.take(), CoapBuilder::empty(CoapType::Reset, 9));
    QVERIFY(answers.isEmpty());
    bench.endpoint.received(bench.peer, Bench::response(request, CoapType::Acknowledgement, id));
    QCOMPARE(answers, Kinds{Kind::Response});
    bench.endpoint.received(bench.peer, Bench::response(request, CoapType::Acknowledgement, id));
    QCOMPARE(answers.size(), 1);
}

void TestCoapEndpoint::takesASeparateAnswer()
{
    Bench bench;
    Kinds answers;
    bench.ask(&answers, bench.peer);
    const QByteArray request = bench.take();
    bench.endpoint.received(bench.peer, CoapBuilder::empty(CoapType::Acknowledgement, Bench::idOf(request)));
    bench.clock.advance(Milliseconds(7000));
    QVERIFY2(bench.sent.isEmpty(), "an acknowledged request is not repeated");
    bench.endpoint.received(bench.peer, Bench::response(request, CoapType::Confirmable, 77));
    QCOMPARE(answers, Kinds{Kind::Response});
    QCOMPARE(bench.take(), CoapBuilder::empty(CoapType::Acknowledgement, 77));

    // Without the acknowledgement before it, and without asking for one.
    bench.ask(&answers, bench.peer);
    bench.clock.advance(Milliseconds(0));
    const QByteArray next = bench.take();
    bench.endpoint.received(bench.peer, Bench::response(next, CoapType::NonConfirmable, 78));
    QCOMPARE(answers.size(), 2);
    QVERIFY(bench.sent.isEmpty());
}

void TestCoapEndpoint::acknowledgesASeparateAnswerAgain()
{
    Bench bench;
    Kinds answers;
    bench.ask(&answers, bench.peer);
    const QByteArray request = bench.take();
    for (int i = 0; i < 3; ++i) {
        bench.endpoint.received(bench.peer, Bench::response(request, CoapType::Confirmable, 77));
        QCOMPARE(bench.take(), CoapBuilder::empty(CoapType::Acknowledgement, 77));
    }
    QCOMPARE(answers, Kinds{Kind::Response});
}

void TestCoapEndpoint::takesAReset()
{
    Bench bench;
    Kinds answers;
    bench.ask(&answers, bench.peer);
    bench.endpoint.received(bench.peer, CoapBuilder::empty(CoapType::Reset, Bench::idOf(bench.take())));
    QCOMPARE(answers, Kinds{Kind::Reset});
}

void TestCoapEndpoint::tellsWhatTheNetworkSays()
{
    Bench bench;
    Kinds answers;
    bench.ask(&answers, bench.peer);
    bench.endpoint.unreachable(Bench::at(u"10.0.0.8", 40001), u"ICMP port unreachable"_s);
    QVERIFY(answers.isEmpty());
    bench.endpoint.unreachable(bench.peer, u"ICMP port unreachable"_s);
    QCOMPARE(answers, Kinds{Kind::Unreachable});
    QCOMPARE(bench.unreachables, 2);
}

void TestCoapEndpoint::pingsTwiceToTellLossFromClosure()
{
    Bench bench;
    Kinds answers;
    bench.endpoint.ping(bench.peer, [&](const CoapAnswer &answer) { answers.append(answer.kind); }, 2);
    bench.clock.advance(Milliseconds(3000));
    QCOMPARE(bench.sent.size(), 2);
    QCOMPARE(bench.sent[0].second, bench.sent[1].second);
    bench.endpoint.received(bench.peer, CoapBuilder::empty(CoapType::Reset, Bench::idOf(bench.take())));
    QCOMPARE(answers, Kinds{Kind::Reset});
    bench.sent.clear();
    bench.endpoint.ping(bench.peer, [&](const CoapAnswer &answer) { answers.append(answer.kind); }, 2);
    bench.clock.advance(Milliseconds(6001));
    QCOMPARE(bench.sent.size(), 2);
    QCOMPARE(answers.last(), Kind::Timeout);
}

void TestCoapEndpoint::usesNoMessageIdTwiceForAPeer()
{
    Bench bench;
    QHash<quint16, Milliseconds> used;
    int asked = 0;
    // Bursts and pauses; a quarter of an hour in all.
    while (bench.clock.monotonic() < Milliseconds(900000)) {
        for (int i = 0; i < (asked % 7 ? 3 : 400); ++i, ++asked) {
            Kinds answers;
            bench.ask(&answers, bench.peer);
            bench.clock.advance(Milliseconds(0));
            const QByteArray request = bench.take();
            const quint16 id = Bench::idOf(request);
            const Milliseconds now = bench.clock.monotonic();
            QVERIFY(!used.contains(id) || now - used[id] >= Milliseconds(240000));
            used[id] = now;
            bench.endpoint.received(bench.peer, Bench::response(request, CoapType::Acknowledgement, id));
            QCOMPARE(answers.size(), 1);
        }
        bench.clock.advance(Milliseconds(700 + asked % 5 * 400));
    }
    QVERIFY(asked > 2000);
    bench.clock.advance(Milliseconds(600000));
    QCOMPARE(bench.clock.pending(), 0);
}

void TestCoapEndpoint::boundsRequestsUnderWay()
{
    CoapSettings settings;
    settings.maxQueued = 3;
    settings.maxExchanges = 5;
    Bench bench(settings);
    Kinds answers;
    for (int i = 0; i < 3; ++i)
        QVERIFY(bench.ask(&answers, bench.peer) != 0);
    QCOMPARE(bench.ask(&answers, bench.peer), quint64(0));
    QVERIFY(bench.ask(&answers, Bench::at(u"10.0.0.8", 1)) != 0);
    QVERIFY(bench.ask(&answers, Bench::at(u"10.0.0.8", 2)) != 0);
    QCOMPARE(bench.ask(&answers, Bench::at(u"10.0.0.8", 3)), quint64(0));
    bench.endpoint.dropAll();
    QCOMPARE(answers, Kinds(5, Kind::Dropped));
    QCOMPARE(bench.endpoint.exchanges(), 0);
}

QTEST_GUILESS_MAIN(TestCoapEndpoint)
#include "tst_coapendpoint.moc"
