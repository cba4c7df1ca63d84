// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/wakepolicy.h"

#include <QtTest>

using namespace reveille;
using Outcome = Check::Outcome;

namespace {

QString u(const char *text)
{
    return QString::fromLatin1(text);
}

WakeRoute route(const char *bearer, const char *address, quint16 port = 2948)
{
    return {u(bearer), u(address), ClientPort(port), WakeRoute::Source::Provisioned};
}

BearerFacts bearer(const char *name, const char *type, const char *carries)
{
    return {u(name), u(type), u(carries).split(u' ', Qt::SkipEmptyParts), true};
}

Device phone()
{
    Device device;
    device.provisionedRoutes = {route("wsp-udp", "192.0.2.1"), route("sms", "491701234567"),
                                route("sip", "sip:x@y")};
    return device;
}

QVector<BearerFacts> allBearers()
{
    return {bearer("lan", "wsp-udp", "wsp-udp"), bearer("smsc", "smpp", "sms"),
            bearer("backup", "kannel", "sms"), bearer("ims", "sip", "sip")};
}

WakeAttempt attempt(const WakeRouteChoice &choice)
{
    WakeAttempt made;
    made.bearer = choice.bearer;
    made.route = choice.route;
    return made;
}

/// Names of the bearers chosen one after the other until none is left.
QStringList sequence(WakeRouteQuery query)
{
    QStringList names;
    while (const auto choice = chooseWakeRoute(query)) {
        names.append(choice->bearer);
        query.made.append(attempt(*choice));
        if (names.size() > 50)
            break;
    }
    return names;
}

QByteArrayList trail(const QVector<Check> &checks)
{
    QByteArrayList texts;
    for (const Check &check : checks)
        texts.append(QByteArray(check.question) + ' ' + toText(check.outcome));
    return texts;
}

} // namespace

class WakeRouteChoiceTest : public QObject {
    Q_OBJECT

    Device m_phone = phone();

    WakeRouteQuery query() const
    {
        WakeRouteQuery q;
        q.device = &m_phone;
        q.bearers = allBearers();
        q.attemptsPerRoute = 1;
        return q;
    }

private Q_SLOTS:
    void numberAndPortAloneImplyARouteByAnySmsBearer()
    {
        Device device;
        device.msisdn = *Msisdn::parse(u"+491701234567");
        device.clientPort = ClientPort(2948);
        WakeRouteQuery q = query();
        q.device = &device;
        q.attemptsPerRoute = 1;
        QCOMPARE(sequence(q), (QStringList{u("smsc"), u("backup")}));
        QVector<Check> checks;
        const auto choice = chooseWakeRoute(q, &checks);
        QCOMPARE(choice->route.address, u("491701234567"));
        QCOMPARE(choice->route.port, ClientPort(2948));
        QCOMPARE(choice->route.source, WakeRoute::Source::Implied);
        QCOMPARE(trail(checks).mid(0, 3), (QByteArrayList{"route-known passed", "route-implied passed", "bearer-configured passed"}));
        QCOMPARE(checks[1].value, u("491701234567"));
        device.clientPort = {};
        QVERIFY(!chooseWakeRoute(q));
        device.clientPort = ClientPort(2948);
        device.msisdn = {};
        QVERIFY(!chooseWakeRoute(q));
    }
    void theImpliedRouteComesLastWhateverTheOrder()
    {
        Device device;
        device.msisdn = *Msisdn::parse(u"+491701234567");
        device.clientPort = ClientPort(2948);
        device.provisionedRoutes = {route("wsp-udp", "192.0.2.1"), route("sip", "sip:x@y")};
        WakeRouteQuery q = query();
        q.device = &device;
        q.attemptsPerRoute = 1;
        q.order = {u("sms"), u("wsp-udp")};
        q.failedTransport = u("sip-udp");
        QCOMPARE(sequence(q), (QStringList{u("lan"), u("ims"), u("smsc"), u("backup")}));
        QVector<Check> checks;
        chooseWakeRoute(q, &checks);
        QVERIFY(!trail(checks).contains("route-implied passed")); // a named one
    }
    void aNamedRouteBySmsImpliesNoOther_data()
    {
        QTest::addColumn<QString>("bearer");
        QTest::addColumn<QString>("address");
        QTest::addColumn<bool>("implied");
        QTest::newRow("another number") << u("sms") << u("491709999999") << false;
        QTest::newRow("any spelling") << u("SMS") << u("491709999999") << false;
        QTest::newRow("that number, one bearer") << u("smsc") << u("491701234567") << false;
        QTest::newRow("ussd") << u("ussd") << u("491701234567") << true;
        QTest::newRow("not sms") << u("wsp-udp") << u("192.0.2.1") << true;
    }
    void aNamedRouteBySmsImpliesNoOther()
    {
        QFETCH(QString, bearer);
        QFETCH(QString, address);
        QFETCH(bool, implied);
        const QVector<WakeRoute> named{{bearer, address, ClientPort(9), WakeRoute::Source::Provisioned}};
        const QVector<WakeRoute> routes = withImpliedRoute(named, *Msisdn::parse(u"491701234567"), ClientPort(2948));
        QCOMPARE(routes.size(), implied ? 2 : 1);
        QCOMPARE(routes.first(), named.first());
    }
    void triesRoutesInOrder_data()
    {
        QTest::addColumn<QString>("order");
        QTest::addColumn<QString>("wanted");
        QTest::addColumn<QString>("failed");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const char *order, const char *wanted, const char *failed,
                            const char *expected) {
            QTest::newRow(name) << u(order) << u(wanted) << u(failed) << u(expected);
        };
        row("as the device lists them", "", "", "", "lan smsc backup ims");
        row("by name", "ims backup", "", "", "ims backup lan smsc");
        row("by type", "sip kannel", "", "", "ims backup lan smsc");
        row("by kind of route", "sms", "", "", "smsc backup lan ims");
        row("unknown names are passed over", "nonsense ims", "", "", "ims lan smsc backup");
        row("not the way that failed", "", "", "wsp-udp", "smsc backup ims lan");
        row("SIP over UDP failed", "ims", "", "sip-udp", "lan smsc backup ims");
        row("SIP over TCP failed", "ims", "", "sip-tcp", "lan smsc backup ims");
        row("other failed", "ims", "", "ota-http-tcp", "ims lan smsc backup");
        row("by hand, name", "", "backup", "", "backup");
        row("by hand, type", "", "smpp", "", "smsc");
        row("by hand, even the way that failed", "", "ims", "sip-udp", "ims");
        row("by hand, unknown", "", "pigeon", "", "");
    }
    void triesRoutesInOrder()
    {
        QFETCH(QString, order);
        QFETCH(QString, wanted);
        QFETCH(QString, failed);
        QFETCH(QString, expected);
        WakeRouteQuery q = query();
        q.order = order.split(u' ', Qt::SkipEmptyParts);
        q.wantedBearer = wanted;
        q.failedTransport = failed;
        QCOMPARE(sequence(q), expected.split(u' ', Qt::SkipEmptyParts));
    }

    void givesTheRouteWithTheBearer()
    {
        WakeRouteQuery q = query();
        q.wantedBearer = u("smsc");
        const auto choice = chooseWakeRoute(q);
        QVERIFY(choice.has_value());
        QCOMPARE(choice->route, route("sms", "491701234567"));
    }

    void usesUpTheAttemptsOfARouteFirst()
    {
        WakeRouteQuery q = query();
        q.attemptsPerRoute = 2;
        q.bearers = {bearer("lan", "wsp-udp", "wsp-udp"), bearer("ims", "sip", "sip")};
        QCOMPARE(sequence(q), u("lan lan ims ims").split(u' '));
        q.attemptsPerRoute = 0;
        QCOMPARE(sequence(q), QStringList());
    }

    void countsAttemptsPerBearerAndAddress()
    {
        m_phone.provisionedRoutes = {route("wsp-udp", "192.0.2.1"), route("wsp-udp", "192.0.2.2"),
                                     route("wsp-udp", "192.0.2.2", 99)};
        WakeRouteQuery q = query();
        QStringList addresses;
        while (const auto choice = chooseWakeRoute(q)) {
            addresses.append(choice->route.address + u':' + QString::number(choice->route.port.number()));
            q.made.append(attempt(*choice));
        }
        QCOMPARE(addresses, u("192.0.2.1:2948 192.0.2.2:2948 192.0.2.2:99").split(u' '));
        m_phone = phone();
    }

    void routeMayNameOneBearer()
    {
        m_phone.provisionedRoutes = {route("backup", "491701234567")};
        QCOMPARE(sequence(query()), QStringList{u("backup")});
        m_phone = phone();
    }

    void sickBearersAreLeftOut()
    {
        WakeRouteQuery q = query();
        q.bearers[0].healthy = false;
        QVector<Check> checks;
        const auto choice = chooseWakeRoute(q, &checks);
        QCOMPARE(choice->bearer, u("smsc"));
        const QByteArrayList expected{"route-known passed",       "bearer-configured passed",
                                      "bearer-healthy failed",    "route-known passed",
                                      "bearer-configured passed", "bearer-healthy passed",
                                      "bearer-differs passed",    "attempts-left passed"};
        QCOMPARE(trail(checks), expected);
        for (BearerFacts &facts : q.bearers)
            facts.healthy = false;
        QVERIFY(!chooseWakeRoute(q));
    }

    void saysWhyThereIsNone_data()
    {
        QTest::addColumn<bool>("routes");
        QTest::addColumn<bool>("bearers");
        QTest::addColumn<QByteArray>("question");
        QTest::newRow("no route") << false << true << QByteArray("route-known");
        QTest::newRow("no bearer") << true << false << QByteArray("bearer-configured");
    }
    void saysWhyThereIsNone()
    {
        QFETCH(bool, routes);
        QFETCH(bool, bearers);
        QFETCH(QByteArray, question);
        Device device;
        if (routes)
            device.clientRoutes = {route("ussd", "*100#")};
        WakeRouteQuery q = query();
        q.device = &device;
        if (!bearers)
            q.bearers.clear();
        QVector<Check> checks;
        QVERIFY(!chooseWakeRoute(q, &checks));
        QCOMPARE(checks.constLast().outcome, Outcome::Failed);
        QCOMPARE(QByteArray(checks.constLast().question), question);
        QVERIFY(*checks.constLast().setting);
    }

    void saysWhenAttemptsAreUsedUp()
    {
        WakeRouteQuery q = query();
        q.wantedBearer = u("lan");
        q.made.append(attempt(*chooseWakeRoute(q)));
        QVector<Check> checks;
        QVERIFY(!chooseWakeRoute(q, &checks));
        QCOMPARE(checks.constLast().question, "attempts-left");
        QCOMPARE(checks.constLast().value, u("1/1"));
    }

    void theWayThatFailedIsTakenWhenThereIsNoOther()
    {
        WakeRouteQuery q = query();
        q.bearers = {bearer("ims", "sip", "sip")};
        q.failedTransport = u("sip-udp");
        QVector<Check> checks;
        const auto choice = chooseWakeRoute(q, &checks);
        QCOMPARE(choice->bearer, u("ims"));
        QVERIFY(trail(checks).contains("bearer-differs not_asked"));
    }

    void fillsInNumberAndPortOfTheDevice()
    {
        Device device;
        device.msisdn = *Msisdn::parse(u"+491701234567");
        device.clientPort = ClientPort(4000);
        device.clientRoutes = {{u("sms"), {}, {}, WakeRoute::Source::Client}};
        WakeRouteQuery q = query();
        q.device = &device;
        const auto choice = chooseWakeRoute(q);
        QCOMPARE(choice->route.address, u("491701234567"));
        QCOMPARE(choice->route.port, ClientPort(4000));
        q.made.append(attempt(*choice));
        QCOMPARE(chooseWakeRoute(q)->bearer, u("backup"));
    }

    void clientRoutesComeFirst()
    {
        m_phone.clientRoutes = {route("sip", "sip:fresh@y")};
        const auto choice = chooseWakeRoute(query());
        QCOMPARE(choice->route.address, u("sip:fresh@y"));
        m_phone = phone();
    }

    void noDeviceHasNoRoute() { QVERIFY(!chooseWakeRoute(WakeRouteQuery())); }
};

QTEST_GUILESS_MAIN(WakeRouteChoiceTest)
#include "tst_wakeroutechoice.moc"
