// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/device.h"

#include <QtTest>

using namespace reveille;

namespace {

WakeRoute route(const char *bearer, const char *address, quint16 port, WakeRoute::Source source)
{
    return {QString::fromLatin1(bearer), QString::fromLatin1(address), ClientPort(port), source};
}

WakeRoute client(const char *bearer, const char *address, quint16 port = 0)
{
    return route(bearer, address, port, WakeRoute::Source::Client);
}

WakeRoute provisioned(const char *bearer, const char *address, quint16 port = 0)
{
    return route(bearer, address, port, WakeRoute::Source::Provisioned);
}

} // namespace

using Routes = QVector<WakeRoute>;

class WakeRouteTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void clientWinsOverProvisionedOverNothing_data()
    {
        QTest::addColumn<Routes>("fromClient");
        QTest::addColumn<Routes>("provisionedRoutes");
        QTest::addColumn<Routes>("merged");
        QTest::newRow("nothing") << Routes{} << Routes{} << Routes{};
        QTest::newRow("client only") << Routes{client("sms", "49170", 2948)} << Routes{}
                                     << Routes{client("sms", "49170", 2948)};
        QTest::newRow("provisioned only") << Routes{} << Routes{provisioned("sms", "49170", 2948)}
                                          << Routes{provisioned("sms", "49170", 2948)};
        QTest::newRow("same bearer") << Routes{client("sms", "49171", 2949)}
                                     << Routes{provisioned("sms", "49170", 2948)}
                                     << Routes{client("sms", "49171", 2949)};
        QTest::newRow("bearer in capitals")
            << Routes{client("SMS", "49171", 1)} << Routes{provisioned("sms", "49170", 2)}
            << Routes{client("SMS", "49171", 1)};
        QTest::newRow("other bearer, client first")
            << Routes{client("sms", "49171")}
            << Routes{provisioned("wsp-udp", "192.0.2.1"), provisioned("sip", "x")}
            << Routes{client("sms", "49171"), provisioned("wsp-udp", "192.0.2.1"), provisioned("sip", "x")};
        QTest::newRow("one of two replaced")
            << Routes{client("sip", "y")}
            << Routes{provisioned("wsp-udp", "192.0.2.1"), provisioned("sip", "x"),
                      provisioned("sms", "49170")}
            << Routes{client("sip", "y"), provisioned("wsp-udp", "192.0.2.1"), provisioned("sms", "49170")};
        QTest::newRow("port left out by the client")
            << Routes{client("sms", "49171")} << Routes{provisioned("sms", "49170", 2948)}
            << Routes{client("sms", "49171", 2948)};
        QTest::newRow("address left out by the client")
            << Routes{client("sms", "", 99)} << Routes{provisioned("sms", "49170", 2948)}
            << Routes{client("sms", "49170", 99)};
        QTest::newRow("two of the client on one bearer")
            << Routes{client("wsp-udp", "192.0.2.1"), client("wsp-udp", "192.0.2.2")}
            << Routes{provisioned("wsp-udp", "192.0.2.9", 7)}
            << Routes{client("wsp-udp", "192.0.2.1", 7), client("wsp-udp", "192.0.2.2", 7)};
    }
    void clientWinsOverProvisionedOverNothing()
    {
        QFETCH(Routes, fromClient);
        QFETCH(Routes, provisionedRoutes);
        QTEST(mergeWakeRoutes(fromClient, provisionedRoutes), "merged");
        Device device;
        device.clientRoutes = fromClient;
        device.provisionedRoutes = provisionedRoutes;
        QTEST(device.wakeRoutes(), "merged");
    }
};

QTEST_GUILESS_MAIN(WakeRouteTest)
#include "tst_wakeroute.moc"
