// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/bulktable.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

class TestBulkTable : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void columnsBecomeVariables()
    {
        const Result<BulkTable> table = BulkTable::read("Name;First name;User;1st;Grüße\nx;Ann;sip:ann@lab.example;1;2\n");
        QVERIFY(table.ok());
        QCOMPARE(table->variables(), (QStringList{u"Name"_s, u"First_name"_s, u"User"_s, QString(), u"Gr__e"_s}));
        QCOMPARE(table->likelyTarget(), 2);
        const QVector<Recipient> all = table->recipients(2);
        QCOMPARE(all.size(), 1);
        QCOMPARE(all.first().to, u"sip:ann@lab.example"_s);
        QCOMPARE(all.first().line, 2);
        QCOMPARE(all.first().values.value(u"First_name"_s), u"Ann"_s);
        QVERIFY(!all.first().error);
    }

    void badRowsKeepTheirLineAndTheOthersGo()
    {
        const Result<BulkTable> table = BulkTable::read("to,name\n"
                                                        "a@x.example,Ann\n"
                                                        "b@x.example,Bob,more\n"
                                                        "\n"
                                                        ",nobody\n"
                                                        "c@x.example\n"
                                                        "d@x.example,a\"b\n"
                                                        "e@x.example,\"Eve\nof lines\"\n"
                                                        "f@x.example,\"open\n");
        QVERIFY(table.ok());
        const QVector<Recipient> all = table->recipients(0);
        QCOMPARE(all.size(), 7);
        QVERIFY(!all[0].error);
        QVERIFY(all[1].error && all[1].error->is("csv-columns"));
        QCOMPARE(all[1].line, 3);
        QVERIFY(all[2].error && all[2].error->is("target-missing"));
        QCOMPARE(all[2].line, 5);
        QVERIFY(!all[3].error);
        QCOMPARE(all[3].values.value(u"name"_s), QString());
        QVERIFY(all[4].error && all[4].error->is("csv-quote"));
        QVERIFY(!all[5].error);
        QCOMPARE(all[5].line, 8);
        QVERIFY(all[6].error && all[6].error->is("csv-unterminated"));
        QCOMPARE(all[6].line, 10);
    }

    void filesThatCannotBeUsedAreRefused_data()
    {
        QTest::addColumn<QByteArray>("csv");
        QTest::addColumn<QByteArray>("code");
        QTest::newRow("empty") << QByteArray() << QByteArray("csv-empty");
        QTest::newRow("empty lines") << QByteArray("\n\n") << QByteArray("csv-empty");
        QTest::newRow("twice") << QByteArray("to,a b,a_b\n") << QByteArray("csv-column-twice");
        QTest::newRow("many columns") << QByteArray(100, ',') << QByteArray("csv-columns");
        QTest::newRow("not text") << QByteArray("\xff\xfe\n") << QByteArray("csv-encoding");
        QTest::newRow("many rows") << "to\n" + QByteArray("a@x.example\n").repeated(BulkTable::mostRows + 1) << QByteArray("csv-rows-too-many");
        QTest::newRow("large") << QByteArray(BulkTable::largestFile + 1, 'x') << QByteArray("bulk-file-too-large");
    }
    void filesThatCannotBeUsedAreRefused()
    {
        QFETCH(QByteArray, csv);
        QFETCH(QByteArray, code);
        const Result<BulkTable> table = BulkTable::read(csv);
        QVERIFY(!table.ok());
        QCOMPARE(QByteArray(table.error().code), code);
    }

    void asManyRowsAsAllowedAreTaken()
    {
        const Result<BulkTable> table = BulkTable::read("to\n" + QByteArray("a@x.example\n").repeated(BulkTable::mostRows));
        QVERIFY(table.ok());
        QCOMPARE(table->size(), BulkTable::mostRows);
    }
};

QTEST_GUILESS_MAIN(TestBulkTable)
#include "tst_bulktable.moc"
