// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"
#include "connections/datagram/datagramsettings.h"
#include "connections/msrp/msrpsettings.h"
#include "connections/otahttp/otahttpsettings.h"
#include "connections/sip/sipsettings.h"
#include "engine/registry.h"
#include "limitkeys.h"
#include "support/testpaths.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace reveille;

class TestConfig : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyKeyIsDocumentedAndTheDefaultsAgree()
    {
        QFile file(testData(u"../../resources/default.conf"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QStringList documented;
        QString section;
        for (const QString &line : QString::fromUtf8(file.readAll()).split(u'\n')) {
            if (line.startsWith(u'['))
                section = line.mid(1, line.indexOf(u']') - 1);
            else if (!line.startsWith(u';') && line.contains(u'=') && !section.startsWith(QLatin1String("bearer.")))
                documented.append(section + u'/' + line.left(line.indexOf(u'=')));
        }
        QStringList known = Config::knownKeys();
        known.sort();
        documented.sort();
        QCOMPARE(documented, known);

        const Result<Config> read = Config::read(testData(u"../../resources/default.conf"), {});
        QVERIFY2(read.ok(), read.ok() ? "" : qPrintable(read.error().about));
        const Config defaults = Config::defaults();
        QCOMPARE(read->sipUdp, defaults.sipUdp);
        QCOMPARE(read->sipDigest, defaults.sipDigest);
        QCOMPARE(read->sipMaxExpires, defaults.sipMaxExpires);
        QCOMPARE(read->sipMaxHandshakes, defaults.sipMaxHandshakes);
        QCOMPARE(read->sipMaxTransactions, defaults.sipMaxTransactions);
        QCOMPARE(read->datagramMaxHandshakes, defaults.datagramMaxHandshakes);
        QCOMPARE(read->datagramAnswersPerSecond, defaults.datagramAnswersPerSecond);
        QCOMPARE(read->operationsHttp, defaults.operationsHttp);
        QCOMPARE(read->httpMaxBody, defaults.httpMaxBody);
        QCOMPARE(read->wakeAnswerTimeout, defaults.wakeAnswerTimeout);
        QCOMPARE(read->wakeRoutes, defaults.wakeRoutes);
        QCOMPARE(read->requestTimeout, defaults.requestTimeout);
        QCOMPARE(read->identityPlacement, defaults.identityPlacement);
        QCOMPARE(read->bearers.size(), 1);
        QCOMPARE(read->bearers[0].type, QStringLiteral("wsp-udp"));
    }
    void overridesWin()
    {
        const Result<Config> config = Config::read({}, {QStringLiteral("sip/udp=0"), QStringLiteral("triggers/http=off"),
                                                        QStringLiteral("wake/identity=body,header"),
                                                        QStringLiteral("bearer.lab/type=wsp-udp"),
                                                        QStringLiteral("bearer.lab/allowed_networks=10.0.0.0/8")});
        QVERIFY(config.ok());
        QCOMPARE(config->sipUdp.port, quint16(0));
        QVERIFY(config->sipUdp.address.isLoopback());
        QVERIFY(!config->triggersHttp.enabled);
        QVERIFY(config->identityPlacement.testFlag(IdentityPlacement::Header));
        QCOMPARE(config->bearers.size(), 2);
        QCOMPARE(config->bearers[1].values.value(QStringLiteral("allowed_networks")), QStringLiteral("10.0.0.0/8"));
    }
    void namesWhatIsWrong_data()
    {
        QTest::addColumn<QString>("set");
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QString>("about");
        const auto row = [](const char *set, const char *code, const char *about) {
            QTest::newRow(set) << QString::fromLatin1(set) << QByteArray(code) << QString::fromLatin1(about);
        };
        row("sip/udp=nowhere", "config-value", "sip/udp=nowhere");
        row("sip/udp=127.0.0.1:99999", "config-value", "sip/udp=127.0.0.1:99999");
        row("sip/authentication=maybe", "config-value", "sip/authentication=maybe");
        row("triggers/pap_addresses=192.0.2.1", "config-value", "triggers/pap_addresses=192.0.2.1");
        row("triggers/pap_addresses=192.0.2.1=nobody", "config-value", "triggers/pap_addresses=192.0.2.1=nobody");
        row("triggers/notify_networks=private", "config-value", "triggers/notify_networks=private");
        row("triggers/pap_lifetime_s=0", "config-value", "triggers/pap_lifetime_s=0");
        row("sip/colour=red", "config-unknown-key", "sip/colour");
        row("nonsense", "config-syntax", "nonsense");
        row("wake/attempts=0", "config-value", "wake/attempts=0");
        row("wake/attempts=many", "config-value", "wake/attempts=many");
        row("wake/mode=loud", "config-value", "wake/mode=loud");
        row("wake/identity=nowhere", "config-value", "wake/identity=nowhere");
        row("store/driver=oracle", "config-value", "store/driver=oracle");
        row("server/realm=", "config-value", "server/realm=");
        row("sip/min_expires=3600", "config-value", "");
        row("sip/max_contacts=0", "config-value", "sip/max_contacts=0");
        row("sip/max_contacts=65", "config-value", "sip/max_contacts=65");
        row("datagram/max_sources=few", "config-value", "datagram/max_sources=few");
        row("faults/allowed=maybe", "config-value", "faults/allowed=maybe");
        row("bearer.x/port=1", "config-value", "bearer.x/type=");
        row("bearer./type=wsp-udp", "config-unknown-key", "bearer./type");
    }
    void namesWhatIsWrong()
    {
        QFETCH(QString, set);
        QFETCH(QByteArray, code);
        QFETCH(QString, about);
        QStringList sets{set};
        if (set.startsWith(QLatin1String("sip/min_expires")))
            sets.append(QStringLiteral("sip/max_expires=60"));
        const Result<Config> config = Config::read({}, sets);
        QVERIFY(!config.ok());
        QCOMPARE(QByteArray(config.error().code), code);
        if (!about.isEmpty())
            QCOMPARE(config.error().about, about);
    }
    void limitsNotGivenAreThoseOfTheSettings()
    {
        const Result<Config> read = Config::read(testData(u"../../resources/default.conf"), {});
        QVERIFY(read.ok());
        QVERIFY(Config::defaults().limits.isEmpty());
        QMap<QString, qint64> defaults = limitDefaults();
        QCOMPARE(defaults.size(), limitKeys().size());
        defaults[QStringLiteral("msrp/max_connections")] = 0; // twice the sessions
        defaults[QStringLiteral("datagram/answer_burst")] = 0; // four times the answers a second
        for (const LimitKey &key : limitKeys()) {
            const QString name = QString::fromLatin1(key.name);
            QVERIFY2(read->limits.value(name, -1) == defaults.value(name), key.name);
            QVERIFY2(key.least <= defaults.value(name) && defaults.value(name) <= key.most, key.name);
        }
    }
    void limitsGivenGoIntoTheSettings()
    {
        const Result<Config> config = Config::read(
            {}, {QStringLiteral("server/max_flows=3"), QStringLiteral("sip/message_s=7"), QStringLiteral("sip/handshake_s=4"),
                 QStringLiteral("msrp/max_unanswered=5"), QStringLiteral("ota_http/max_body=2048"),
                 QStringLiteral("datagram/max_sources=9"), QStringLiteral("datagram/dtls_idle_s=8")});
        QVERIFY(config.ok());
        RegistryLimits registry;
        SipSettings sip;
        MsrpSettings msrp;
        OtaHttpSettings ota;
        DatagramSettings datagram;
        applyLimits(config->limits, registry);
        applyLimits(config->limits, sip);
        applyLimits(config->limits, msrp);
        applyLimits(config->limits, ota);
        applyLimits(config->limits, datagram);
        QCOMPARE(registry.maxFlows, 3);
        QCOMPARE(registry.maxDevices, RegistryLimits().maxDevices);
        QCOMPARE(sip.messageSeconds, 7);
        QCOMPARE(sip.handshakeTime, Milliseconds(4000));
        QCOMPARE(sip.maxContacts, SipSettings().maxContacts);
        QCOMPARE(msrp.maxUnanswered, 5);
        QCOMPARE(ota.maxBody, 2048);
        QCOMPARE(datagram.message.maxSources, 9);
        QCOMPARE(datagram.dtlsIdle, Milliseconds(8000));
    }
    void aFileThatIsNotThereIsAnError()
    {
        QTemporaryDir dir;
        const Result<Config> config = Config::read(dir.filePath(QStringLiteral("none.conf")), {});
        QVERIFY(!config.ok());
        QCOMPARE(QByteArray(config.error().code), QByteArray("config-file-missing"));
    }
    void listensWhereItSays_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("canonical");
        QTest::newRow("port") << QStringLiteral("5060") << QStringLiteral("127.0.0.1:5060");
        QTest::newRow("v4") << QStringLiteral("0.0.0.0:1") << QStringLiteral("0.0.0.0:1");
        QTest::newRow("v6") << QStringLiteral("[::1]:5060") << QStringLiteral("[::1]:5060");
        QTest::newRow("off") << QStringLiteral("off") << QStringLiteral("off");
        QTest::newRow("host name") << QStringLiteral("localhost:1") << QString();
        QTest::newRow("no port") << QStringLiteral("127.0.0.1:") << QString();
        QTest::newRow("negative") << QStringLiteral("127.0.0.1:-1") << QString();
    }
    void listensWhereItSays()
    {
        QFETCH(QString, text);
        QFETCH(QString, canonical);
        const Result<ListenAddress> address = ListenAddress::parse(text);
        QCOMPARE(address.ok(), !canonical.isEmpty());
        if (address)
            QCOMPARE(address->toString(), canonical);
    }
};

QTEST_GUILESS_MAIN(TestConfig)
#include "tst_config.moc"
