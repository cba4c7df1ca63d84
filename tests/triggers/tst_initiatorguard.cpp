// SPDX-License-Identifier: GPL-3.0-or-later
#include "triggers/initiatorguard.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

const InitiatorId shop(u"i-shop"_s), bank(u"i-bank"_s);
const Timestamp noon{1'795'003'200'000 / 86'400'000 * 86'400'000 + 12 * 3'600'000};

QByteArray codeOf(const Result<Done> &result)
{
    return result ? QByteArray() : QByteArray(result.error().code);
}

} // namespace

class TestInitiatorGuard : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void letsInTwiceTheRateAtOnceAndThenTheRate();
    void saysHowLongToWait();
    void takesABatchWholeOrNotAtAll();
    void letsInABatchThatIsLargerThanTheRateAfterAWhile();
    void countsEachInitiatorForItself();
    void lendsNothingWhenTheClockGoesBack();
    void countsDaysInUtc();
    void putsAnInitiatorsOwnLimitsFirst();
    void givesBackWhatWasRefusedLater();
    void makesAGuesserOfTargetsWait();
    void makesAGuesserOfTokensWait();
    void letsThroughWhoAsksFromThereAnyway();
    void remembersABoundedNumberOfSources();
    void forgetsInitiatorsThatNoLongerMatter();
};

void TestInitiatorGuard::letsInTwiceTheRateAtOnceAndThenTheRate()
{
    InitiatorGuard guard({10, 0, 60, 10});
    for (int i = 0; i < 20; ++i)
        QVERIFY(guard.admit(shop, 1, {}, noon));
    QCOMPARE(codeOf(guard.admit(shop, 1, {}, noon)), QByteArray("pushes-too-fast"));
    QVERIFY(guard.admit(shop, 1, {}, noon + Milliseconds(100)));
    QVERIFY(!guard.admit(shop, 1, {}, noon + Milliseconds(100)));
}

void TestInitiatorGuard::saysHowLongToWait()
{
    InitiatorGuard guard({1, 0, 60, 10});
    QVERIFY(guard.admit(shop, 2, {}, noon));
    const Result<Done> refused = guard.admit(shop, 2, {}, noon);
    QVERIFY(!refused);
    QCOMPARE(refused.error().about, u"2"_s);
    QVERIFY(!guard.admit(shop, 2, {}, noon + Milliseconds(1900)));
    QVERIFY(guard.admit(shop, 2, {}, noon + Milliseconds(2000)));
}

void TestInitiatorGuard::takesABatchWholeOrNotAtAll()
{
    InitiatorGuard guard({0, 10, 60, 10});
    QVERIFY(guard.admit(shop, 8, {}, noon));
    QCOMPARE(codeOf(guard.admit(shop, 3, {}, noon)), QByteArray("pushes-per-day"));
    QVERIFY(guard.admit(shop, 2, {}, noon));
}

void TestInitiatorGuard::letsInABatchThatIsLargerThanTheRateAfterAWhile()
{
    InitiatorGuard guard({10, 0, 60, 10});
    QVERIFY(guard.admit(shop, 20, {}, noon));
    QVERIFY(!guard.admit(shop, 100, {}, noon));
    QVERIFY(!guard.admit(shop, 100, {}, noon + Milliseconds(9900)));
    QVERIFY(guard.admit(shop, 100, {}, noon + Milliseconds(10000)));
}

void TestInitiatorGuard::countsEachInitiatorForItself()
{
    InitiatorGuard guard({1, 0, 60, 10});
    QVERIFY(guard.admit(shop, 2, {}, noon));
    QVERIFY(!guard.admit(shop, 1, {}, noon));
    QVERIFY(guard.admit(bank, 2, {}, noon));
}

void TestInitiatorGuard::lendsNothingWhenTheClockGoesBack()
{
    InitiatorGuard guard({1, 0, 60, 10});
    QVERIFY(guard.admit(shop, 2, {}, noon));
    QVERIFY(!guard.admit(shop, 1, {}, noon - Milliseconds(3'600'000)));
    QVERIFY(guard.admit(shop, 1, {}, noon - Milliseconds(3'600'000 - 1000)));
}

void TestInitiatorGuard::countsDaysInUtc()
{
    InitiatorGuard guard({0, 2, 60, 10});
    QVERIFY(guard.admit(shop, 2, {}, noon));
    const Result<Done> refused = guard.admit(shop, 1, {}, noon);
    QVERIFY(!refused);
    QCOMPARE(refused.error().about, QString::number(12 * 3600));
    QVERIFY(!guard.admit(shop, 1, {}, noon + Milliseconds(12 * 3'600'000 - 1)));
    QVERIFY(guard.admit(shop, 2, {}, noon + Milliseconds(12 * 3'600'000)));
}

void TestInitiatorGuard::putsAnInitiatorsOwnLimitsFirst()
{
    InitiatorGuard guard({1, 1, 60, 10});
    QVERIFY(guard.admit(shop, 5, {5, 100}, noon));
    QVERIFY(!guard.admit(bank, 5, {}, noon));
}

void TestInitiatorGuard::givesBackWhatWasRefusedLater()
{
    InitiatorGuard guard({1, 2, 60, 10});
    QVERIFY(guard.admit(shop, 2, {}, noon));
    guard.giveBack(shop, 2);
    QVERIFY(guard.admit(shop, 2, {}, noon));
    guard.giveBack(bank, 1); // never seen: nothing happens
}

void TestInitiatorGuard::makesAGuesserOfTargetsWait()
{
    InitiatorGuard guard({0, 0, 3, 10});
    for (int i = 0; i < 3; ++i) {
        QVERIFY(guard.mayLook(shop, noon));
        guard.missed(shop, noon);
    }
    const Result<Done> refused = guard.mayLook(shop, noon + Milliseconds(1000));
    QCOMPARE(codeOf(refused), QByteArray("misses-too-many"));
    QCOMPARE(refused.error().about, u"59"_s);
    QVERIFY(guard.mayLook(bank, noon));
    QVERIFY(guard.mayLook(shop, noon + Milliseconds(60000)));
}

void TestInitiatorGuard::makesAGuesserOfTokensWait()
{
    InitiatorGuard guard({0, 0, 60, 2});
    const QString source = u"203.0.113.7"_s;
    for (int i = 0; i < 2; ++i) {
        QVERIFY(guard.mayProve(source, {}, noon));
        guard.guessed(source, noon);
    }
    const Timestamp later = noon + Milliseconds(1000);
    QCOMPARE(codeOf(guard.mayProve(source, {}, later)), QByteArray("guesses-too-many"));
    QCOMPARE(guard.mayProve(source, shop, later).error().about, u"59"_s);
    QVERIFY(guard.mayProve(u"203.0.113.8"_s, {}, later));
    QVERIFY(guard.mayProve(source, {}, noon + Milliseconds(60000)));
}

void TestInitiatorGuard::letsThroughWhoAsksFromThereAnyway()
{
    InitiatorGuard guard({0, 0, 60, 2});
    const QString source = u"203.0.113.7"_s;
    const Timestamp guesses = noon + Milliseconds(60000);
    guard.proved(source, shop, noon);
    guard.proved(source, bank, noon + Milliseconds(1));
    guard.guessed(source, guesses);
    guard.guessed(source, guesses);
    QVERIFY(guard.mayProve(source, shop, guesses));
    QVERIFY(!guard.mayProve(source, bank, guesses)); // a guesser may have hit
    QVERIFY(!guard.mayProve(source, {}, guesses));
    // Nobody is a regular for ever.
    const Timestamp nextDay = noon + InitiatorGuard::regularTime;
    guard.guessed(source, nextDay);
    guard.guessed(source, nextDay);
    QVERIFY(!guard.mayProve(source, shop, nextDay));
}

void TestInitiatorGuard::remembersABoundedNumberOfSources()
{
    InitiatorGuard guard({0, 0, 60, 1});
    for (int i = 0; i < InitiatorGuard::maxSources; ++i)
        guard.guessed(QString::number(i), noon);
    guard.guessed(u"one more"_s, noon);
    QCOMPARE(guard.sources(), InitiatorGuard::maxSources);
    QVERIFY(guard.mayProve(u"one more"_s, {}, noon));
    QVERIFY(!guard.mayProve(u"0"_s, {}, noon));
    guard.guessed(u"one more"_s, noon + Milliseconds(60000));
    QCOMPARE(guard.sources(), 1);

    for (int i = 0; i <= InitiatorGuard::maxRegulars; ++i)
        guard.proved(QString::number(i), shop, noon);
    QCOMPARE(guard.regulars(), InitiatorGuard::maxRegulars);
    guard.proved(u"next day"_s, shop, noon + InitiatorGuard::regularTime);
    QCOMPARE(guard.regulars(), 1);
}

void TestInitiatorGuard::forgetsInitiatorsThatNoLongerMatter()
{
    InitiatorGuard guard({1, 5, 60, 10});
    const auto fill = [&](const QString &prefix, Timestamp at) {
        for (qsizetype i = 0; i < InitiatorGuard::fewAccounts; ++i)
            QVERIFY(guard.admit(InitiatorId(prefix + QString::number(i)), 2, {}, at));
    };
    fill(u"a"_s, noon);
    fill(u"b"_s, noon + Milliseconds(1000)); // the same day: all of them count
    QCOMPARE(guard.accounts(), 2 * InitiatorGuard::fewAccounts);
    QCOMPARE(codeOf(guard.admit(InitiatorId(u"a0"_s), 4, {}, noon + Milliseconds(60000))), QByteArray("pushes-per-day"));
    fill(u"c"_s, noon + Milliseconds(86'400'000));
    QCOMPARE(guard.accounts(), InitiatorGuard::fewAccounts);
}

QTEST_GUILESS_MAIN(TestInitiatorGuard)
#include "tst_initiatorguard.moc"
