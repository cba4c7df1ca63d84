// SPDX-License-Identifier: GPL-3.0-or-later
#include "bearerfactory.h"
#include "connections/sip/sipservice.h"
#include "engine/engine.h"
#include "engine/timerwheel.h"
#include "support/memorystore.h"
#include "support/testpaths.h"

#include <QFile>
#include <QTest>

using namespace reveille;

namespace {

/// The sections that stand in default.conf as examples: lines that begin with ; and no space.
QVector<BearerConfig> documentedExamples()
{
    QFile file(testData(u"../../resources/default.conf"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QVector<BearerConfig> sections;
    for (const QString &line : QString::fromUtf8(file.readAll()).split(u'\n')) {
        if (line.startsWith(QLatin1String(";[bearer."))) {
            BearerConfig section;
            section.name = line.mid(9, line.indexOf(u']') - 9);
            sections.append(section);
        } else if (line.startsWith(u';') && !line.startsWith(QLatin1String("; ")) && line.contains(u'=') &&
                   !sections.isEmpty()) {
            const QString key = line.mid(1).section(u'=', 0, 0);
            const QString value = line.section(u'=', 1);
            if (key == u"type")
                sections.last().type = value;
            else
                sections.last().values.insert(key, value);
        }
    }
    return sections;
}

} // namespace

class TestCarrierSections : public QObject {
    Q_OBJECT

    SystemClock m_clock;
    TimerWheel m_timers{m_clock};
    MemoryStore m_store;
    Engine m_engine{m_clock, m_timers, m_store, Engine::Settings()};
    SipService m_sip{SipSettings(), m_engine};

    Result<std::unique_ptr<Bearer>> make(const BearerConfig &config)
    {
        return makeBearer(config, {m_clock, m_timers, &m_sip});
    }
    static BearerConfig exampleOf(const QString &type)
    {
        for (const BearerConfig &section : documentedExamples()) {
            if (section.type == type)
                return section;
        }
        return {};
    }

private Q_SLOTS:
    void theDocumentedExampleIsTaken_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("carries");
        QTest::newRow("http") << QStringLiteral("http") << QStringLiteral("http");
        QTest::newRow("sip") << QStringLiteral("sip") << QStringLiteral("sip");
        QTest::newRow("gammu") << QStringLiteral("gammu") << QStringLiteral("sms");
        QTest::newRow("kannel") << QStringLiteral("kannel") << QStringLiteral("sms");
    }
    void theDocumentedExampleIsTaken()
    {
        QFETCH(QString, type);
        QFETCH(QString, carries);
        const BearerConfig example = exampleOf(type);
        QVERIFY2(!example.name.isEmpty(), "no example");
        const Result<std::unique_ptr<Bearer>> bearer = make(example);
        QVERIFY2(bearer.ok(), bearer.ok() ? "" : qPrintable(bearer.error().about));
        QCOMPARE((*bearer)->facts().name, example.name);
        QCOMPARE((*bearer)->facts().type, type);
        QCOMPARE((*bearer)->facts().carries, QStringList{carries});
    }
    void whatIsWrongIsNamed_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QByteArray>("code");
        const auto row = [](const char *type, const char *key, const char *value, const char *code) {
            QTest::addRow("%s: %s=%s", type, key, value)
                << QString::fromLatin1(type) << QString::fromLatin1(key) << QString::fromLatin1(value)
                << QByteArray(code);
        };
        row("http", "colour", "red", "bearer-key");
        row("http", "allowed_networks", "everywhere", "bearer-value");
        row("http", "per_second", "0", "bearer-value");
        row("http", "window", "-1", "bearer-value");
        row("http", "queue", "0", "bearer-value");
        row("http", "timeout_ms", "soon", "bearer-value");
        row("http", "default_port", "65536", "bearer-value");
        row("http", "ca_file", "/nowhere/at/all.pem", "bearer-value");
        row("sip", "core", "127.0.0.1:0", "bearer-value");
        row("sip", "transport", "sctp", "bearer-value");
        row("sip", "retry_ms", "0", "bearer-value");
        row("gammu", "device", "", "bearer-value");
        row("kannel", "sendsms", "", "bearer-value");
        row("kannel", "sendsms", "ftp://127.0.0.1/sendsms", "bearer-value");
        row("kannel", "status", "nowhere", "bearer-value");
        row("kannel", "receipts", "127.0.0.1", "bearer-value");
        row("kannel", "receipts", "gateway:80", "bearer-value");
        row("kannel", "receipts_url", "gateway", "bearer-value");
        row("kannel", "most_parts", "256", "bearer-value");
        row("gammu", "most_parts", "0", "bearer-value");
        row("gammu", "originator_port", "70000", "bearer-value");
    }
    void whatIsWrongIsNamed()
    {
        QFETCH(QString, type);
        QFETCH(QString, key);
        QFETCH(QString, value);
        QFETCH(QByteArray, code);
        BearerConfig config = exampleOf(type);
        config.values.insert(key, value);
        const Result<std::unique_ptr<Bearer>> bearer = make(config);
        QVERIFY(!bearer.ok());
        QCOMPARE(QByteArray(bearer.error().code), code);
        QCOMPARE(bearer.error().about, QStringLiteral("bearer.%1/%2=%3").arg(config.name, key, value));
    }
};

QTEST_GUILESS_MAIN(TestCarrierSections)
#include "tst_carriersections.moc"
