// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/idmaker.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

class TestIdMaker : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void makesTwentyLettersAfterThePrefix();
    void risingIdsSortInTheOrderOfMaking();
    void risingIdsGoOnRisingWhenTheClockGoesBack();
    void risingIdsGoOnAboveThoseOfAnEarlierRun();
    void risingIdsOfTheSameMomentDiffer();
};

void TestIdMaker::makesTwentyLettersAfterThePrefix()
{
    static const QRegularExpression form(u"^p-[0-9a-z]{20}$"_s);
    QVERIFY(form.match(makeId('p')).hasMatch());
    QVERIFY(form.match(RisingIds().next('p', Timestamp{1790000000000})).hasMatch());
    QVERIFY(form.match(RisingIds().next('p', Timestamp{})).hasMatch());
}

void TestIdMaker::risingIdsSortInTheOrderOfMaking()
{
    RisingIds ids;
    QString last;
    for (const qint64 ms : {qint64(0), qint64(1), qint64(1790000000000), qint64(1790000000000), qint64(1790000000001),
                            qint64(1790000000500), qint64(2000000000000), qint64(20000000000000)}) {
        for (int i = 0; i < 100; ++i) {
            const QString id = ids.next('p', Timestamp{ms});
            QVERIFY2(last.toLatin1() < id.toLatin1(), qPrintable(last + u' ' + id));
            last = id;
        }
    }
}

void TestIdMaker::risingIdsGoOnRisingWhenTheClockGoesBack()
{
    RisingIds ids;
    const QString before = ids.next('w', Timestamp{1790000000000});
    QVERIFY(before < ids.next('w', Timestamp{1780000000000}));
}

void TestIdMaker::risingIdsGoOnAboveThoseOfAnEarlierRun()
{
    const Timestamp now{1790000000000};
    const QString before = RisingIds().next('p', now + Milliseconds(3600 * 1000));
    RisingIds ids;
    ids.continueAfter(before, now);
    QVERIFY(before < ids.next('p', now));
    // Damage, or from a time when ids did not rise.
    for (const QString &strange : {QString(), u"p-old"_s, u"p-zzzzzzzzzzzzzzzzzzzz"_s, u"p-!!!!!!!!!!aaaaaaaaaa"_s}) {
        RisingIds others;
        others.continueAfter(strange, now);
        const QString id = others.next('p', now);
        QVERIFY2(id < before && id.size() == 22, qPrintable(strange));
    }
}

/// Two servers, or one that started anew with its clock set back, must not make the same.
void TestIdMaker::risingIdsOfTheSameMomentDiffer()
{
    QSet<QString> ids;
    for (int i = 0; i < 1000; ++i)
        ids.insert(RisingIds().next('p', Timestamp{1790000000000}));
    QCOMPARE(ids.size(), 1000);
}

QTEST_GUILESS_MAIN(TestIdMaker)
#include "tst_idmaker.moc"
