// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/device.h"
#include "domain/explanation.h"
#include "domain/ids.h"
#include "domain/result.h"
#include "domain/textscan.h"
#include "domain/timestamp.h"
#include "domain/wakeup.h"

#include <QtTest>

using namespace reveille;

class ValuesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void timestampsReadWhatTheyWrite_data()
    {
        QTest::addColumn<qint64>("ms");
        QTest::addColumn<QString>("text");
        QTest::newRow("of the design") << qint64(1795203000000) << QStringLiteral("2026-11-20T19:30:00.000Z");
        QTest::newRow("milliseconds") << qint64(1795203000007) << QStringLiteral("2026-11-20T19:30:00.007Z");
        QTest::newRow("just after the epoch") << qint64(1) << QStringLiteral("1970-01-01T00:00:00.001Z");
        QTest::newRow("leap day") << qint64(1709164800000) << QStringLiteral("2024-02-29T00:00:00.000Z");
    }
    void timestampsReadWhatTheyWrite()
    {
        QFETCH(qint64, ms);
        QFETCH(QString, text);
        QCOMPARE(Timestamp{ms}.toIso(), text);
        QCOMPARE(Timestamp::fromIso(text).ms, ms);
    }

    void timestampsReadOtherSpellings()
    {
        QCOMPARE(Timestamp::fromIso(QStringLiteral("2026-11-20T19:30:00Z")).ms, qint64(1795203000000));
        QCOMPARE(Timestamp::fromIso(QStringLiteral("2026-11-20T20:30:00.000+01:00")).ms,
                 qint64(1795203000000));
        for (const char *text : {"", "yesterday", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z"})
            QVERIFY2(!Timestamp::fromIso(QString::fromLatin1(text)).isSet(), text);
        QVERIFY(Timestamp().toIso().isEmpty());
    }

    void timestampsReckon()
    {
        const Timestamp t{1000};
        QCOMPARE((t + Milliseconds(500)).ms, qint64(1500));
        QCOMPARE((t - Milliseconds(500)).ms, qint64(500));
        QCOMPARE((Timestamp{1500} - t).count(), qint64(500));
        QVERIFY(t < Timestamp{1001});
        QVERIFY(!Timestamp().isSet());
    }

    void idsOfOneKindCompare()
    {
        QCOMPARE(PushId(QStringLiteral("p-a")), PushId(QStringLiteral("p-a")));
        QVERIFY(PushId(QStringLiteral("p-a")) < PushId(QStringLiteral("p-b")));
        QVERIFY(PushId().isEmpty());
        QCOMPARE(qHash(PushId(QStringLiteral("p-a"))), qHash(PushId(QStringLiteral("p-a"))));
        QVERIFY(ConnectionId{1} < ConnectionId{2});
        QVERIFY(!ConnectionId{}.isSet());
        QVERIFY(ConnectionId{1}.isSet());
        static_assert(!std::is_convertible_v<PushId, WakeId>);
        static_assert(!std::is_convertible_v<QString, PushId>);
        static_assert(!std::is_convertible_v<ConnectionId, JournalId>);
    }

    void resultIsEither()
    {
        const Result<int> good(3);
        QVERIFY(good.ok() && bool(good));
        QCOMPARE(*good, 3);
        QCOMPARE(good.valueOr(5), 3);
        const Result<int> bad(Error{"port-range", QStringLiteral("70000")});
        QVERIFY(!bad.ok() && !bad);
        QVERIFY(bad.error().is("port-range"));
        QVERIFY(!bad.error().is("port"));
        QCOMPARE(bad.valueOr(5), 5);
    }

    void resultGivesItsValueAway()
    {
        Result<std::unique_ptr<int>> owner(std::make_unique<int>(9));
        const std::unique_ptr<int> taken = std::move(owner).value();
        QCOMPARE(*taken, 9);
    }

    void errorsRepeatNoControlCharacters()
    {
        QCOMPARE(shortened(u"a\r\nb\tc\x1b[1m\x7f"), QStringLiteral("a??b?c?[1m?"));
        QCOMPARE(shortened(QString(100, u'x')).size(), 64);
        QVERIFY(shortened(u"").isEmpty());
        QCOMPARE(without(u"a-b.c", u"-."), QStringLiteral("abc"));
    }

    void hexDigitsHaveTheirValue()
    {
        for (int value = 0; value < 16; ++value) {
            const QString digit = QString::number(value, 16);
            QVERIFY(isHexDigit(digit.front()));
            QCOMPARE(hexDigitValue(digit.front()), value);
            QCOMPARE(hexDigitValue(digit.toUpper().front()), value);
        }
        for (QChar c : {u'g', u'G', u'/', u':', u'@', u'`', u' '})
            QVERIFY(!isHexDigit(c));
    }

    void firstFailedCheckIsTold()
    {
        DeviceExplanation explanation;
        QVERIFY(!explanation.failed());
        explanation.checks = {{"named", Check::Outcome::Passed, {}, ""},
                              {"size", Check::Outcome::Failed, QStringLiteral("9"), "x"},
                              {"ttl", Check::Outcome::NotAsked, {}, ""}};
        QVERIFY(explanation.failed());
        QCOMPARE(explanation.failed()->question, "size");
    }

    void wakeUpHasATimeForEveryStep()
    {
        const WakeUp wake;
        QCOMPARE(wake.stepTimes.size(), qsizetype(WakeStep::Delivered) + 1);
        for (Timestamp time : wake.stepTimes)
            QVERIFY(!time.isSet());
    }

    void userHasAPasswordWithEitherHash()
    {
        User user;
        QVERIFY(!user.hasPassword());
        user.ha1Md5 = "aa";
        QVERIFY(user.hasPassword());
        user.ha1Md5.clear();
        user.ha1Sha256 = "bb";
        QVERIFY(user.hasPassword());
    }
};

QTEST_GUILESS_MAIN(ValuesTest)
#include "tst_values.moc"
