// SPDX-License-Identifier: GPL-3.0-or-later
#include "triggerorigins.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

/// Where application servers reach us is the same text in what we hand out and in what they sign.
class TestTriggerOrigins : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void writesOriginsInOneForm_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("origin");
        QTest::newRow("plain") << u"https://push.example"_s << u"https://push.example"_s;
        QTest::newRow("a slash") << u"https://push.example/"_s << u"https://push.example"_s;
        QTest::newRow("capitals") << u"https://Push.Example"_s << u"https://push.example"_s;
        QTest::newRow("the usual port") << u"https://push.example:443"_s << u"https://push.example"_s;
        QTest::newRow("another port") << u"https://push.example:8443"_s << u"https://push.example:8443"_s;
        QTest::newRow("http") << u"http://push.example:80"_s << u"http://push.example"_s;
        QTest::newRow("IPv6") << u"https://[2001:db8::1]:8443"_s << u"https://[2001:db8::1]:8443"_s;
        QTest::newRow("a path") << u"https://push.example/x"_s << QString();
        QTest::newRow("a query") << u"https://push.example?x"_s << QString();
        QTest::newRow("another scheme") << u"ftp://push.example"_s << QString();
        QTest::newRow("a user") << u"https://a@push.example"_s << QString();
        QTest::newRow("a name") << u"push.example"_s << QString();
    }
    void writesOriginsInOneForm()
    {
        QFETCH(QString, url);
        QTEST(originOf(url).valueOr({}), "origin");
    }
    void namesEveryWayThere_data()
    {
        QTest::addColumn<QString>("publicUrl");
        QTest::addColumn<QString>("publicAddress");
        QTest::addColumn<QString>("https");
        QTest::addColumn<QString>("http");
        QTest::addColumn<QStringList>("origins");
        QTest::newRow("nobody listens") << QString() << QString() << QString() << QString() << QStringList();
        QTest::newRow("loopback") << QString() << QString() << u"127.0.0.1:8443"_s << u"127.0.0.1:8080"_s
            << QStringList{u"https://127.0.0.1:8443"_s, u"https://localhost:8443"_s, u"http://127.0.0.1:8080"_s, u"http://localhost:8080"_s};
        QTest::newRow("http only") << QString() << QString() << QString() << u"192.0.2.7:80"_s << QStringList{u"http://192.0.2.7"_s};
        QTest::newRow("everywhere") << QString() << u"Push.example"_s << u"0.0.0.0:443"_s << QString()
            << QStringList{u"https://push.example"_s, u"https://127.0.0.1"_s, u"https://localhost"_s};
        QTest::newRow("IPv6 everywhere") << QString() << QString() << u"[::]:8443"_s << QString()
            << QStringList{u"https://[::1]:8443"_s, u"https://localhost:8443"_s};
        QTest::newRow("behind a proxy") << u"https://push.example"_s << QString() << QString() << u"192.0.2.7:8080"_s
            << QStringList{u"https://push.example"_s, u"http://192.0.2.7:8080"_s};
    }
    void namesEveryWayThere()
    {
        QFETCH(QString, publicUrl);
        QFETCH(QString, publicAddress);
        QFETCH(QString, https);
        QFETCH(QString, http);
        Config config;
        config.triggersPublicUrl = publicUrl;
        config.publicAddress = publicAddress;
        QMap<QString, QString> bound;
        if (!https.isEmpty())
            bound.insert(u"triggers_https"_s, https);
        if (!http.isEmpty())
            bound.insert(u"triggers_http"_s, http);
        QTEST(triggerOrigins(config, bound), "origins");
    }
    void isRefusedWhereItIsNoOrigin()
    {
        QVERIFY(Config::read({}, {u"triggers/public_url=https://push.example"_s}));
        const auto bad = Config::read({}, {u"triggers/public_url=https://push.example/path"_s});
        QVERIFY(!bad);
        QVERIFY(bad.error().is("config-value"));
    }
};

QTEST_GUILESS_MAIN(TestTriggerOrigins)
#include "tst_triggerorigins.moc"
