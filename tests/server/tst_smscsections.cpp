// SPDX-License-Identifier: GPL-3.0-or-later
#include "bearerfactory.h"
#include "support/fakeclock.h"
#include "support/testpaths.h"

#include <QTemporaryDir>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

QHash<QString, QString> enough()
{
    return {{u"address"_s, u"127.0.0.1:1"_s}, {u"system_id"_s, u"ppg1"_s}};
}

} // namespace

class TestSmscSections : public QObject {
    Q_OBJECT

    FakeClock m_clock;

    Result<std::unique_ptr<Bearer>> make(const QString &type, const QHash<QString, QString> &more)
    {
        BearerConfig config;
        config.name = u"x"_s;
        config.type = type;
        const QHash<QString, QString> base = enough();
        for (auto it = base.begin(); it != base.end(); ++it)
            config.values.insert(it.key(), it.value());
        for (auto it = more.begin(); it != more.end(); ++it)
            config.values.insert(it.key(), it.value());
        return makeBearer(config, {m_clock, m_clock, nullptr});
    }

private Q_SLOTS:
    void theFewestKeysSuffice_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("kind");
        QTest::newRow("smpp") << u"smpp"_s << u"sms"_s;
        QTest::newRow("ussd") << u"ussd"_s << u"ussd"_s;
    }
    void theFewestKeysSuffice()
    {
        QFETCH(QString, type);
        QFETCH(QString, kind);
        QVERIFY(bearerTypes().contains(type));
        const auto bearer = make(type, {});
        QVERIFY(bearer.ok());
        QCOMPARE((*bearer)->facts().name, u"x"_s);
        QCOMPARE((*bearer)->facts().type, type);
        QCOMPARE((*bearer)->facts().carries, QStringList{kind});
        QCOMPARE((*bearer)->health().peer, u"127.0.0.1:1"_s);
        QVERIFY(!(*bearer)->health().healthy);
    }
    void everyKeyOfTheExampleIsKnown_data()
    {
        QTest::addColumn<QString>("type");
        QTest::newRow("smpp") << u"smpp"_s;
        QTest::newRow("ussd") << u"ussd"_s;
    }
    /// The commented section of resources/default.conf, with its ; taken away.
    void everyKeyOfTheExampleIsKnown()
    {
        QFETCH(QString, type);
        QFile file(testData(u"../../resources/default.conf"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QHash<QString, QString> section;
        QHash<QString, QString> values;
        const QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n');
        for (const QString &line : lines + QStringList{u";["_s}) {
            if (line.startsWith(u";["_s)) {
                if (section.value(u"type"_s) == type)
                    values = section;
                section.clear();
            } else if (line.startsWith(u';') && !line.startsWith(u"; "_s) && line.contains(u'=')) {
                section.insert(line.mid(1).section(u'=', 0, 0), line.section(u'=', 1));
            }
        }
        QVERIFY(values.size() > 5);
        values.remove(u"type"_s);
        values.remove(u"password_file"_s); // there is no such file here
        values.insert(u"address"_s, u"127.0.0.1:1"_s);
        const auto bearer = make(type, values);
        QVERIFY2(bearer.ok(), bearer.ok() ? "" : qPrintable(bearer.error().about));
    }
    void wrongValuesAreNamed_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QByteArray>("code");
        const auto row = [](const char *key, const char *value, const char *code = "bearer-value") {
            QTest::newRow(key) << QString::fromLatin1(key) << QString::fromLatin1(value) << QByteArray(code);
        };
        row("address", "");
        row("system_id", "sixteen-letters-");
        row("source", "twenty-one-characters");
        row("bind", "both");
        row("window", "0");
        row("ports", "udh");
        row("tls", "yes");
        row("source_ton", "7");
        row("password_file", "/nowhere/at/all");
        row("colour", "red", "bearer-key");
    }
    void wrongValuesAreNamed()
    {
        QFETCH(QString, key);
        QFETCH(QString, value);
        QFETCH(QByteArray, code);
        const auto bearer = make(u"smpp"_s, {{key, value}});
        QVERIFY(!bearer.ok());
        QCOMPARE(QByteArray(bearer.error().code), code);
        QVERIFY(bearer.error().about.startsWith(u"bearer.x/"_s + key));
    }
    void aPasswordIsNotTold()
    {
        const auto bearer = make(u"smpp"_s, {{u"password"_s, u"far-too-long"_s}});
        QVERIFY(!bearer.ok());
        QCOMPARE(bearer.error().about, u"bearer.x/password=…"_s);
    }
    void aPasswordMayStandInAFile()
    {
        QTemporaryDir dir;
        QFile file(dir.filePath(u"password"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("secret\n");
        file.close();
        QVERIFY(make(u"smpp"_s, {{u"password_file"_s, file.fileName()}}).ok());
        QVERIFY(!make(u"smpp"_s, {{u"password_file"_s, file.fileName()}, {u"password"_s, u"x"_s}}).ok());
    }
};

QTEST_GUILESS_MAIN(TestSmscSections)
#include "tst_smscsections.moc"
