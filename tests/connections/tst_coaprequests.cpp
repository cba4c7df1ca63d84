// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/coapbench.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;
using Bench = CoapBench;
using Kinds = QVector<CoapAnswer::Kind>;
using Kind = CoapAnswer::Kind;

/// Requests of ours: repeated, matched with their answers, given up.
class TestCoapRequests : public QObject {
    Q_OBJECT
private Q_SLOTS:
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
    void answersAndRequestsNeverShareAMessageId();
};

void TestCoapRequests::repeatsARequestAsTheRfcSays()
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

void TestCoapRequests::givesUpAtTheRequestTimeout()
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

void TestCoapRequests::asksOnePeerOneThingAtATime()
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

void TestCoapRequests::matchesAnswersByTokenAndPeer()
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

void TestCoapRequests::takesASeparateAnswer()
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

void TestCoapRequests::acknowledgesASeparateAnswerAgain()
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

void TestCoapRequests::takesAReset()
{
    Bench bench;
    Kinds answers;
    bench.ask(&answers, bench.peer);
    bench.endpoint.received(bench.peer, CoapBuilder::empty(CoapType::Reset, Bench::idOf(bench.take())));
    QCOMPARE(answers, Kinds{Kind::Reset});
}

void TestCoapRequests::tellsWhatTheNetworkSays()
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

void TestCoapRequests::pingsTwiceToTellLossFromClosure()
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

void TestCoapRequests::usesNoMessageIdTwiceForAPeer()
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

void TestCoapRequests::answersAndRequestsNeverShareAMessageId()
{
    CoapSettings settings;
    settings.answerBurst = 1000;
    Bench bench(settings);
    QSet<quint16> asked, answered;
    for (quint16 i = 0; i < 100; ++i) {
        // One that asks for no acknowledgement is answered under an id of ours, from the same numbers.
        bench.endpoint.received(bench.peer, bench.get(i, "count", CoapType::NonConfirmable));
        answered.insert(Bench::idOf(bench.take()));
        Kinds answers;
        bench.ask(&answers, bench.peer);
        const QByteArray request = bench.take();
        asked.insert(Bench::idOf(request));
        bench.endpoint.received(bench.peer, Bench::response(request, CoapType::Acknowledgement, Bench::idOf(request)));
        bench.clock.advance(Milliseconds(i % 3 * 10));
    }
    QCOMPARE(asked.size(), 100);
    QCOMPARE(answered.size(), 100);
    QVERIFY(!asked.intersects(answered));
}

QTEST_GUILESS_MAIN(TestCoapRequests)
#include "tst_coaprequests.moc"
