// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/coapbench.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;
using Bench = CoapBench;
using Kinds = QVector<CoapAnswer::Kind>;
using Kind = CoapAnswer::Kind;

/// What strangers can make it say and keep.
class TestCoapLimits : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void saysNothingOutsideTheAllowedNetworks();
    void limitsAnswersForEachSource();
    void boundsTheSourcesItCounts();
    void answersStrangersWithLittle();
    void forgetsTheOldestAnswersFirst();
    void boundsTheOctetsItRemembers();
    void boundsRequestsUnderWay();
    void whatIsNotAnsweredPushesNobodyOut();
};

void TestCoapLimits::saysNothingOutsideTheAllowedNetworks()
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

void TestCoapLimits::limitsAnswersForEachSource()
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

void TestCoapLimits::boundsTheSourcesItCounts()
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

void TestCoapLimits::answersStrangersWithLittle()
{
    Bench bench;
    bench.padding = 500;
    bench.endpoint.received(bench.peer, bench.get(1));
    QCOMPARE(bench.take(), CoapBuilder(CoapType::Acknowledgement, CoapCode::Content, 1, "tk").bytes());
    bench.known.insert(bench.peer);
    bench.endpoint.received(bench.peer, bench.get(2));
    QVERIFY(bench.take().size() > 500);
}

void TestCoapLimits::forgetsTheOldestAnswersFirst()
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

void TestCoapLimits::boundsTheOctetsItRemembers()
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

void TestCoapLimits::boundsRequestsUnderWay()
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

void TestCoapLimits::whatIsNotAnsweredPushesNobodyOut()
{
    CoapSettings settings;
    settings.maxRemembered = 50;
    settings.answerBurst = 20;
    Bench bench(settings);
    bench.endpoint.received(bench.peer, bench.get(7));
    const QByteArray answer = bench.take();
    for (quint16 id = 0; id < 1000; ++id)
        bench.endpoint.received(Bench::at(u"10.0.0.8", 40001), bench.get(id));
    QCOMPARE(bench.endpoint.forgottenEarly(), quint64(0));
    bench.sent.clear();
    bench.endpoint.received(bench.peer, bench.get(7));
    QCOMPARE(bench.take(), answer);
    QCOMPARE(bench.requests, 1 + 1000);
    for (quint16 address = 0; address < 10; ++address) {
        for (quint16 id = 0; id < 10; ++id)
            bench.endpoint.received(Bench::at(QStringLiteral("10.0.1.%1").arg(address), 1), bench.get(id));
    }
    QCOMPARE(bench.endpoint.forgottenEarly(), quint64(1 + 20 + 100 - 50));
}

QTEST_GUILESS_MAIN(TestCoapLimits)
#include "tst_coaplimits.moc"
