// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/bearerchoice.h"
#include "models/bearermodel.h"
#include "models/snapshotmaker.h"

#include <QTest>

using namespace reveille;
using namespace reveille::test;

class TestBearerChoice : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void saysOfEachBearerWhetherItCanReachTheDeviceAndWhyNot()
    {
        BearerModel bearers;
        ServerChanges changes;
        BearerHealth broken;
        broken.healthy = false;
        broken.code = "bind-refused";
        changes.bearers = {{{u"smsc"_s, u"smpp"_s, {u"sms"_s}, true}, {}},
                           {{u"smsc2"_s, u"smpp"_s, {u"sms"_s}, false}, broken},
                           {{u"wsp"_s, u"wsp-udp"_s, {u"wsp-udp"_s}, true}, {}}};
        bearers.apply(changes);
        Device device;
        device.clientRoutes = {{u"SMS"_s, u"491701234567"_s, ClientPort(2948), WakeRoute::Source::Client}};
        const QVector<BearerChoice> choices = BearerChoice::of(bearers, device);
        QCOMPARE(choices.size(), 3);
        QVERIFY(choices[0].usable());
        QVERIFY(choices[0].route.contains(u"491701234567"_s));
        QCOMPARE(choices[0].text(), u"smsc (SMPP)"_s);
        QCOMPARE(choices[1].whyNot, u"does not work: the SMSC refuses the link"_s);
        QCOMPARE(choices[2].whyNot, u"the device has no route for it"_s);
        QVERIFY(choices[2].text().contains(choices[2].whyNot));
    }

    void aRouteMayNameTheBearerItself()
    {
        BearerModel bearers;
        ServerChanges changes;
        changes.bearers = {{{u"smsc"_s, u"smpp"_s, {u"sms"_s}, true}, {}}};
        bearers.apply(changes);
        Device device;
        device.provisionedRoutes = {{u"smsc"_s, u"49170"_s, {}, WakeRoute::Source::Provisioned}};
        QVERIFY(BearerChoice::of(bearers, device).first().usable());
    }
};

QTEST_GUILESS_MAIN(TestBearerChoice)
#include "tst_bearerchoice.moc"
