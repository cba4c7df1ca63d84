// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/coapbench.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;
using Bench = CoapBench;

/// Requests of peers, and what they are answered.
class TestCoapEndpoint : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void answersInTheAcknowledgement();
    void answersWithoutAcknowledgementWhereNoneIsWanted();
    void doesADuplicateOnceAndAnswersItTheSame();
    void takesAMessageIdForNewAfterItsLifetime();
    void needsNoMemoryForWhatDoesNoHarmTwice();
    void doesWhatDoesNoHarmAgainUnderAnIdOfSomethingElse();
    void answersPingsAndBrokenMessagesWithReset();
    void ignoresWhatIsNotCoap();
    void refusesCriticalOptionsItDoesNotKnow();
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

void TestCoapEndpoint::needsNoMemoryForWhatDoesNoHarmTwice()
{
    Bench bench;
    for (quint16 id = 0; id < 100; ++id)
        bench.endpoint.received(bench.peer, bench.get(id, "idempotent"));
    QCOMPARE(bench.endpoint.remembered(), 0);
}

void TestCoapEndpoint::doesWhatDoesNoHarmAgainUnderAnIdOfSomethingElse()
{
    Bench bench;
    bench.endpoint.received(bench.peer, bench.get(7));
    QCOMPARE(bench.take(), CoapBuilder(CoapType::Acknowledgement, CoapCode::Content, 7, "tk").payload("1").bytes());
    bench.endpoint.received(bench.peer, bench.get(7, "idempotent"));
    QCOMPARE(bench.take(), CoapBuilder(CoapType::Acknowledgement, CoapCode::Content, 7, "tk").payload("2").bytes());
    bench.endpoint.received(bench.peer, bench.get(7));
    QCOMPARE(bench.take(), CoapBuilder(CoapType::Acknowledgement, CoapCode::Content, 7, "tk").payload("1").bytes());
    QCOMPARE(bench.endpoint.counters().duplicates, quint64(1));
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

QTEST_GUILESS_MAIN(TestCoapEndpoint)
#include "tst_coapendpoint.moc"
