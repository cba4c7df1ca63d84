// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/metrics.h"
#include "operations/operationstoken.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

class TestOperationsToken : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void makesATokenOnce()
    {
        const QTemporaryDir dir;
        const auto made = ensureTokenFile(dir.path());
        QVERIFY(made);
        QCOMPARE(made->size(), 43);
        QCOMPARE(QByteArray::fromBase64(*made, QByteArray::Base64UrlEncoding).size(), 32);
        QCOMPARE(*ensureTokenFile(dir.path()), *made);
        QCOMPARE(*readTokenFile(operationsTokenPath(dir.path())), *made);
        const QTemporaryDir other;
        QVERIFY(*ensureTokenFile(other.path()) != *made);
    }
    void letsNobodyElseReadIt()
    {
        const QTemporaryDir dir;
        QVERIFY(ensureTokenFile(dir.path()));
        const QString path = operationsTokenPath(dir.path());
        const auto mine = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser;
        QCOMPARE(QFile::permissions(path), mine);
        QVERIFY(QFile::setPermissions(path, mine | QFile::ReadGroup | QFile::ReadOther));
        QVERIFY(ensureTokenFile(dir.path()));
        QCOMPARE(QFile::permissions(path), mine);
    }
    void refusesATokenThatIsTooShort_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("blank") << QByteArray("   \n");
        QTest::newRow("default word") << QByteArray("changeme\n");
    }
    void refusesATokenThatIsTooShort()
    {
        QFETCH(QByteArray, content);
        const QTemporaryDir dir;
        QFile file(operationsTokenPath(dir.path()));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        const auto read = ensureTokenFile(dir.path());
        QVERIFY(!read);
        QVERIFY(read.error().is("token-file"));
        QCOMPARE(read.error().about, file.fileName());
    }
    void namesTheFileItCannotUse()
    {
        const QTemporaryDir dir;
        const QString missing = QDir(dir.path()).filePath(u"no/such"_s);
        const auto made = ensureTokenFile(missing);
        QVERIFY(!made);
        QCOMPARE(made.error().about, operationsTokenPath(missing));
        const auto read = readTokenFile(operationsTokenPath(dir.path()));
        QVERIFY(read.error().is("token-file-missing"));
        QVERIFY(QDir(dir.path()).mkdir(u"operations.token"_s));
        QVERIFY(ensureTokenFile(dir.path()).error().is("token-file"));
    }
    void writesMetricsAsPrometheusReadsThem()
    {
        ServerCounters counters;
        counters.up = 3;
        counters.pushesAccepted = 1234567890;
        counters.store.lastCommit = Milliseconds(12);
        const BearerSnapshot bearer{{u"odd\"name"_s, u"wsp-udp"_s, {}, true}, {false, "down", 5, 1}};
        const QByteArray text = metricsText(counters, {bearer});
        QVERIFY(text.contains("# TYPE reveille_devices gauge\n"));
        QVERIFY(text.contains("\nreveille_devices{state=\"up\"} 3\n"));
        QVERIFY(text.contains("\nreveille_pushes_total{event=\"accepted\"} 1234567890\n"));
        QVERIFY(text.contains("\nreveille_bearer_healthy{bearer=\"odd\\\"name\"} 0\n"));
        QVERIFY(text.contains("\nreveille_store_last_commit_seconds 0.012\n"));
        for (const QByteArray &line : text.split('\n')) {
            const bool comment = line.startsWith("# HELP reveille_") || line.startsWith("# TYPE reveille_");
            QVERIFY2(line.isEmpty() || comment || line.count(' ') == 1, line.constData());
        }
    }
};

QTEST_GUILESS_MAIN(TestOperationsToken)
#include "tst_operationstoken.moc"
