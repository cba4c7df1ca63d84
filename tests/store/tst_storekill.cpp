// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sqlconnection.h"
#include "storeharness.h"
#include "storehelper.h"

#include <QFile>
#include <QRandomGenerator>
#include <QSet>

using namespace reveille;
using namespace Qt::StringLiterals;

/// A server that dies at any moment keeps everything it acknowledged.
class TestStoreKill : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everythingAcknowledgedIsThereAfterKill();
    void aLostLogIsNoticed();
    void aCutLogIsNoticed();
    void aDamagedLogIsNoticed();
    void aLogBroughtHomeByAnotherProgramIsFine();
    void theLockOfADeadProcessHoldsNobodyOff();

private:
    static void writeAndDie(const QString &file, int acknowledged)
    {
        StoreHelper helper({u"write"_s, file, u"p"_s});
        for (int i = 0; i <= acknowledged; ++i)
            QVERIFY(!helper.line().isEmpty());
    }
};

void TestStoreKill::everythingAcknowledgedIsThereAfterKill()
{
    StoreHarness harness;
    QRandomGenerator random(20);
    QSet<QString> acknowledged;
    for (int round = 0; round < 20; ++round) {
        {
            StoreHelper helper({u"write"_s, harness.file(), u"r%1"_s.arg(round)});
            QCOMPARE(helper.line(), QByteArray(helperOpened));
            QList<QByteArray> lines;
            for (int wanted = random.bounded(250); wanted >= 0; --wanted)
                lines.append(helper.line());
            lines += helper.kill();
            for (const QByteArray &line : std::as_const(lines))
                acknowledged.insert(QString::fromLatin1(line));
        }
        const Result<WholeState> state = harness.reopen();
        QVERIFY_OK(state);
        QSet<QString> found;
        for (const Push &push : state->pushes) {
            found.insert(push.id.text());
            QCOMPARE(push.deliveries.size(), 2);
        }
        QVERIFY2(found.contains(acknowledged), qPrintable(u"round %1"_s.arg(round)));
        harness.store().close();

        SqlConnection connection;
        QVERIFY_OK(connection.open(harness.file(), SqlConnection::Mode::ReadOnly, Milliseconds(0)));
        QCOMPARE(connection.pragma(u"integrity_check"_s).value(), u"ok"_s);
        QCOMPARE(connection.number(u"SELECT SUM(row_count) FROM journal_blocks"_s).value(),
                 connection.number(u"SELECT COUNT(*) FROM journal"_s).value());
    }
    QVERIFY(acknowledged.size() > 20);
}

void TestStoreKill::aLostLogIsNoticed()
{
    StoreHarness harness;
    writeAndDie(harness.file(), 30);
    QVERIFY(QFile::remove(harness.file() + u"-wal"_s));
    for (int again = 0; again < 2; ++again) {
        const Result<WholeState> state = harness.reopen();
        QCOMPARE(codeOf(state), "store-corrupt");
        QCOMPARE(state.error().about, QString(harness.file() + u"-wal"_s));
    }
}

void TestStoreKill::aCutLogIsNoticed()
{
    StoreHarness harness;
    writeAndDie(harness.file(), 30);
    QFile log(harness.file() + u"-wal"_s);
    QVERIFY(log.resize(log.size() / 3));
    QCOMPARE(codeOf(harness.reopen()), "store-corrupt");
}

void TestStoreKill::aDamagedLogIsNoticed()
{
    StoreHarness harness;
    writeAndDie(harness.file(), 30);
    QFile log(harness.file() + u"-wal"_s);
    QVERIFY(log.open(QIODevice::ReadWrite));
    QVERIFY(log.seek(32 + 24 + 2000)); // within the first page it holds
    char byte = 0;
    QVERIFY(log.peek(&byte, 1) == 1);
    byte = char(byte ^ 0x10);
    QVERIFY(log.write(&byte, 1) == 1);
    log.close();
    QCOMPARE(codeOf(harness.reopen()), "store-corrupt");
}

void TestStoreKill::aLogBroughtHomeByAnotherProgramIsFine()
{
    StoreHarness harness;
    writeAndDie(harness.file(), 30);
    {
        SqlConnection inspector;
        QVERIFY_OK(inspector.open(harness.file(), SqlConnection::Mode::ReadWrite, Milliseconds(0)));
        QVERIFY(inspector.number(u"SELECT COUNT(*) FROM pushes"_s).value() >= 30);
    }
    QVERIFY(!QFile::exists(harness.file() + u"-wal"_s));
    QVERIFY_OK(harness.reopen());
}

void TestStoreKill::theLockOfADeadProcessHoldsNobodyOff()
{
    StoreHarness harness;
    {
        StoreHelper helper({u"write"_s, harness.file(), u"p"_s});
        QCOMPARE(helper.line(), QByteArray(helperOpened));
        const Result<WholeState> refused = harness.open();
        QCOMPARE(codeOf(refused), "store-locked");
        QCOMPARE(refused.error().about, u"%1, pid %2"_s.arg(harness.file()).arg(helper.pid()));
    }
    QVERIFY(QFile::exists(harness.file() + u".lock"_s));
    QVERIFY_OK(harness.reopen());
}

QTEST_GUILESS_MAIN(TestStoreKill)
#include "tst_storekill.moc"
