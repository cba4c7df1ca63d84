// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/coapbench.h"

#include <QTest>

using namespace reveille;
using namespace std::chrono_literals;
using Bench = CoapBench;
using Kind = CoapAnswer::Kind;

namespace {

QByteArray ack(quint16 messageId)
{
    return CoapBuilder::empty(CoapType::Acknowledgement, messageId);
}

/// An endpoint that has taken a request and owes the answer.
struct Owing : Bench {
    explicit Owing(CoapSettings s = {}) : Bench(s)
    {
        later = true;
        endpoint.received(peer, get(7));
    }
    void answer() { endpoint.answer(waiting, CoapCode::Changed); }
    CoapType typeOf(const QByteArray &datagram) const { return CoapMessage::parse(datagram)->type(); }
};

} // namespace

/// Answers that take long (RFC 7252 section 5.2.2).
class TestCoapSeparate : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void acknowledgesWhatIsNotAnsweredSoon()
    {
        Owing bench;
        bench.clock.advance(bench.settings.separateAfter - 1ms);
        QVERIFY(bench.sent.isEmpty());
        bench.clock.advance(1ms);
        QCOMPARE(bench.take(), ack(7));
        bench.clock.advance(60s);
        QVERIFY(bench.sent.isEmpty());
        bench.answer();
        const QByteArray answer = bench.take();
        const auto message = CoapMessage::parse(answer);
        QCOMPARE(message->type(), CoapType::Confirmable);
        QCOMPARE(message->code(), CoapCode::Changed);
        QCOMPARE(message->token(), QByteArrayView("tk"));
        QCOMPARE(bench.endpoint.owed(), 0);
        QCOMPARE(bench.endpoint.counters().separate, quint64(1));
    }
    void answersInTheAcknowledgementInTime()
    {
        Owing bench;
        bench.clock.advance(bench.settings.separateAfter - 1ms);
        bench.answer();
        QCOMPARE(bench.take(), CoapBuilder(CoapType::Acknowledgement, CoapCode::Changed, 7, "tk").bytes());
        bench.clock.advance(60s);
        QVERIFY(bench.sent.isEmpty());
        bench.endpoint.received(bench.peer, bench.get(7));
        QCOMPARE(bench.take(), CoapBuilder(CoapType::Acknowledgement, CoapCode::Changed, 7, "tk").bytes());
    }
    void acknowledgesWhatComesAgainAndDoesItOnce()
    {
        Owing bench;
        for (int i = 0; i < 3; ++i) {
            bench.endpoint.received(bench.peer, bench.get(7));
            QCOMPARE(bench.take(), ack(7));
        }
        QCOMPARE(bench.requests, 1);
        QCOMPARE(bench.endpoint.counters().duplicates, quint64(3));
        bench.answer();
        QCOMPARE(bench.typeOf(bench.take()), CoapType::Confirmable);
        bench.endpoint.received(bench.peer, bench.get(7)); // overtaken on its way
        QCOMPARE(bench.take(), ack(7));
        QVERIFY(bench.sent.isEmpty());
        QCOMPARE(bench.requests, 1);
    }
    void repeatsItsAnswerUntilThatIsAcknowledged_data()
    {
        QTest::addColumn<CoapType>("type");
        QTest::newRow("acknowledged") << CoapType::Acknowledgement;
        QTest::newRow("nobody wants it") << CoapType::Reset;
    }
    void repeatsItsAnswerUntilThatIsAcknowledged()
    {
        QFETCH(const CoapType, type);
        Owing bench;
        bench.endpoint.received(bench.peer, bench.get(7));
        bench.sent.clear();
        bench.answer();
        const QByteArray answer = bench.take();
        bench.clock.advance(3s);
        QCOMPARE(bench.take(), answer);
        bench.endpoint.received(bench.peer, CoapBuilder::empty(type, Bench::idOf(answer)));
        bench.clock.advance(60s);
        QVERIFY(bench.sent.isEmpty());
        QCOMPARE(bench.endpoint.exchanges(), 0);
    }
    void givesUpAnAnswerThatNobodyTakes()
    {
        Owing bench;
        bench.endpoint.received(bench.peer, bench.get(7));
        bench.answer();
        bench.clock.advance(60s);
        QCOMPARE(bench.endpoint.exchanges(), 0);
        QVERIFY(bench.sent.size() >= 3);
    }
    void answersNoResponseToItsAnswer()
    {
        Owing bench;
        bench.endpoint.received(bench.peer, bench.get(7));
        bench.sent.clear();
        bench.answer();
        const QByteArray answer = bench.take();
        bench.endpoint.received(bench.peer, Bench::response(answer, CoapType::NonConfirmable, 99));
        bench.clock.advance(3s);
        QCOMPARE(bench.take(), answer);
    }
    void comesBeforeTheRequestsThatWait()
    {
        Owing bench;
        QVector<Kind> answers;
        bench.endpoint.received(bench.peer, bench.get(7));
        bench.sent.clear();
        bench.ask(&answers, bench.peer);
        bench.ask(&answers, bench.peer);
        const QByteArray first = bench.take();
        bench.answer();
        QVERIFY(bench.sent.isEmpty()); // one at a time
        bench.endpoint.received(bench.peer, Bench::response(first, CoapType::Acknowledgement, Bench::idOf(first)));
        bench.clock.advance(0ms);
        const QByteArray answer = bench.take();
        QCOMPARE(CoapMessage::parse(answer)->token(), QByteArrayView("tk"));
        bench.endpoint.received(bench.peer, ack(Bench::idOf(answer)));
        bench.clock.advance(0ms);
        const QByteArray second = bench.take();
        bench.endpoint.received(bench.peer, Bench::response(second, CoapType::Acknowledgement, Bench::idOf(second)));
        QCOMPARE(answers, (QVector<Kind>{Kind::Response, Kind::Response}));
    }
    void saysItOnceWhereThereIsNoRoomToRepeatIt()
    {
        CoapSettings settings;
        settings.maxExchanges = 0;
        Owing bench(settings);
        bench.endpoint.received(bench.peer, bench.get(7));
        bench.sent.clear();
        bench.answer();
        const QByteArray answer = bench.take();
        QCOMPARE(bench.typeOf(answer), CoapType::NonConfirmable);
        QCOMPARE(CoapMessage::parse(answer)->token(), QByteArrayView("tk"));
        bench.clock.advance(60s);
        QVERIFY(bench.sent.isEmpty());
    }
    void acknowledgesNothingThatWantsNoAcknowledgement()
    {
        Bench bench;
        bench.later = true;
        const QByteArray request = bench.get(7, "count", CoapType::NonConfirmable);
        bench.endpoint.received(bench.peer, request);
        bench.endpoint.received(bench.peer, request);
        bench.clock.advance(10s);
        QVERIFY(bench.sent.isEmpty());
        QCOMPARE(bench.requests, 1);
        bench.endpoint.answer(bench.waiting, CoapCode::Changed);
        QCOMPARE(CoapMessage::parse(bench.take())->type(), CoapType::NonConfirmable);
    }
    void forgetsNothingThatItOwes()
    {
        CoapSettings settings;
        settings.maxRemembered = 1;
        settings.maxOwed = 2;
        Owing bench(settings);
        QVERIFY(!bench.endpoint.owesMost());
        bench.later = false;
        for (quint16 id = 100; id < 200; ++id)
            bench.endpoint.received(bench.peer, bench.get(id));
        bench.sent.clear();
        const int before = bench.requests;
        bench.endpoint.received(bench.peer, bench.get(7));
        QCOMPARE(bench.take(), ack(7));
        QCOMPARE(bench.requests, before);
        bench.later = true;
        bench.endpoint.received(bench.peer, bench.get(8));
        QVERIFY(bench.endpoint.owesMost());
        bench.answer();
        QVERIFY(!bench.endpoint.owesMost());
    }
};

QTEST_GUILESS_MAIN(TestCoapSeparate)
#include "tst_coapseparate.moc"
