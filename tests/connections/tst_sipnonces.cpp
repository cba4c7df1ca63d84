// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/shared/loginguard.h"
#include "connections/sip/siplog.h"
#include "connections/sip/sipnonces.h"

#include <QTest>

using namespace reveille;
using namespace std::chrono_literals;
using Verdict = SipNonces::Verdict;

namespace {
const Timestamp start{1'795'000'000'000};
}

class TestSipNonces : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aNonceIsGoodForItsLifetime()
    {
        SipNonces nonces("key", 300s, 100, start);
        const QByteArray nonce = nonces.make(start);
        QCOMPARE(nonces.use(nonce, 1, start), Verdict::Good);
        QCOMPARE(nonces.use(nonce, 2, start + 300s), Verdict::Good);
        QCOMPARE(nonces.use(nonce, 3, start + 301s), Verdict::Stale);
    }
    void oneForTheNextRequestLivesAsLongAsAsked()
    {
        SipNonces nonces("key", 300s, 100, start, 7200s);
        const QByteArray next = nonces.make(start, 3600s);
        QCOMPARE(nonces.expiry(next), start + 3600s);
        QCOMPARE(nonces.expiry(nonces.make(start, 100000s)), start + 7200s);
        QVERIFY(!nonces.expiry("nonsense").isSet());
        QCOMPARE(nonces.use(next, 1, start + 1s), Verdict::Good);
        for (const auto later : {400s, 800s, 2000s, 3000s}) {
            QCOMPARE(nonces.use(nonces.make(start + later), 1, start + later), Verdict::Good);
            QCOMPARE(nonces.use(next, 1, start + later), Verdict::Stale); // not forgotten
        }
        QCOMPARE(nonces.use(next, 2, start + 3600s), Verdict::Good);
        QCOMPARE(nonces.use(next, 3, start + 3601s), Verdict::Stale);
    }
    void noTwoNoncesAreAlike()
    {
        SipNonces nonces("key", 300s, 100, start);
        QVERIFY(nonces.make(start) != nonces.make(start));
    }
    void aCounterCountsOnce()
    {
        SipNonces nonces("key", 300s, 100, start);
        const QByteArray nonce = nonces.make(start);
        QCOMPARE(nonces.use(nonce, 5, start), Verdict::Good);
        QCOMPARE(nonces.use(nonce, 5, start), Verdict::Stale);
        QCOMPARE(nonces.use(nonce, 4, start), Verdict::Stale);
        QCOMPARE(nonces.use(nonce, 6, start), Verdict::Good);
        QCOMPARE(nonces.use(nonces.make(start), 0, start), Verdict::Stale);
    }
    void foreignAndDamagedNoncesAreForged_data()
    {
        QTest::addColumn<QByteArray>("nonce");
        SipNonces nonces("key", 300s, 100, start);
        QByteArray damaged = nonces.make(start);
        damaged[3] = damaged[3] == 'A' ? 'B' : 'A';
        QTest::newRow("other key") << SipNonces("other", 300s, 100, start).make(start);
        QTest::newRow("damaged") << damaged;
        QTest::newRow("cut") << nonces.make(start).chopped(4);
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("text") << QByteArray("nonsense, not base64!");
        QTest::newRow("long") << QByteArray(10000, 'A');
    }
    void foreignAndDamagedNoncesAreForged()
    {
        QFETCH(QByteArray, nonce);
        SipNonces nonces("key", 300s, 100, start);
        QCOMPARE(nonces.check(nonce, start), Verdict::Forged);
        QCOMPARE(nonces.use(nonce, 1, start), Verdict::Forged);
    }
    void noncesOfAnEarlierLifeAreStale()
    {
        SipNonces before("key", 300s, 100, start);
        const QByteArray nonce = before.make(start);
        SipNonces after("key", 300s, 100, start + 10s);
        QCOMPARE(after.use(nonce, 1, start + 11s), Verdict::Stale);
        QCOMPARE(after.use(after.make(start + 11s), 1, start + 11s), Verdict::Good);
    }
    void aCounterIsNotForgottenWhileTheTableTurnsOver()
    {
        SipNonces nonces("key", 300s, 10, start);
        const QByteArray first = nonces.make(start);
        QCOMPARE(nonces.use(first, 1, start), Verdict::Good);
        for (int i = 0; i < 100; ++i) {
            const Timestamp now = start + Milliseconds(i + 1);
            QCOMPARE(nonces.use(nonces.make(now), 1, now), Verdict::Good);
        }
        QCOMPARE(nonces.use(first, 1, start + 1s), Verdict::Stale);
        QCOMPARE(nonces.use(nonces.make(start + 1s), 1, start + 1s), Verdict::Good);
    }

    void aPairWaitsAfterTooManyFailures()
    {
        LoginGuard guard(3, 60s, 20000, sipLog);
        const QString alice = QStringLiteral("sip:alice@lab.example"), here = QStringLiteral("192.0.2.1");
        for (int i = 0; i < 3; ++i) {
            QVERIFY(!guard.mustWait(alice, here, start));
            guard.failed(alice, here, start);
        }
        QVERIFY(guard.mustWait(alice, here, start + 59s));
        QVERIFY(!guard.mustWait(alice, QStringLiteral("192.0.2.2"), start));
        QVERIFY(!guard.mustWait(alice, here, start + 60s));
    }
    void successForgivesFailures()
    {
        LoginGuard guard(2, 60s, 20000, sipLog);
        guard.failed(QStringLiteral("a"), QStringLiteral("x"), start);
        guard.succeeded(QStringLiteral("a"), QStringLiteral("x"));
        guard.failed(QStringLiteral("a"), QStringLiteral("x"), start);
        QVERIFY(!guard.mustWait(QStringLiteral("a"), QStringLiteral("x"), start));
    }
};

QTEST_GUILESS_MAIN(TestSipNonces)
#include "tst_sipnonces.moc"
