// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/wakepolicy.h"

#include <QtTest>

using namespace reveille;

namespace {

DeviceId device(int number)
{
    return *DeviceId::parse(DeviceId::Kind::Mac, QStringLiteral("00a0c91e6b0%1").arg(number));
}

PublicUserId user(const char *name)
{
    return *PublicUserId::parse(QString::fromLatin1(name) + QStringLiteral("@lab.example"));
}

using Devices = QVector<DeviceId>;
using MaybeMode = std::optional<SirMode>;

} // namespace

Q_DECLARE_METATYPE(MaybeMode)

class SirModeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void identityCheck_data()
    {
        QTest::addColumn<Devices>("devices");
        QTest::addColumn<MaybeMode>("wanted");
        QTest::addColumn<SirMode>("byPolicy");
        QTest::addColumn<SirMode>("mode");
        QTest::addColumn<bool>("identity");
        QTest::addColumn<bool>("user");
        QTest::addColumn<Devices>("recipients");
        using enum SirMode;
        const Devices one{device(1)};
        const Devices three{device(2), device(1), device(3)};
        const Devices others{device(2), device(3)};
        QTest::newRow("single, routed") << one << MaybeMode() << Routed << Routed << false << false << one;
        QTest::newRow("single, broadcast")
            << one << MaybeMode() << Broadcast << Broadcast << false << true << one;
        QTest::newRow("single, identified")
            << one << MaybeMode() << BroadcastIdentified << BroadcastIdentified << false << false << one;
        QTest::newRow("several, routed") << three << MaybeMode() << Routed << Routed << true << false << one;
        QTest::newRow("several, broadcast")
            << three << MaybeMode() << Broadcast << Broadcast << false << true << three;
        QTest::newRow("several, identified")
            << three << MaybeMode() << BroadcastIdentified << BroadcastIdentified << true << false << three;
        QTest::newRow("wish beats policy")
            << three << MaybeMode(Broadcast) << Routed << Broadcast << false << true << three;
        QTest::newRow("wish for routed")
            << three << MaybeMode(Routed) << Broadcast << Routed << true << false << one;
        QTest::newRow("meant one not listed")
            << others << MaybeMode() << BroadcastIdentified << BroadcastIdentified << true << false
            << Devices{device(1), device(2), device(3)};
        QTest::newRow("nothing listed")
            << Devices{} << MaybeMode() << Routed << Routed << false << false << one;
        QTest::newRow("one other listed")
            << Devices{device(2)} << MaybeMode() << Routed << Routed << true << false << one;
    }
    void identityCheck()
    {
        QFETCH(Devices, devices);
        QFETCH(MaybeMode, wanted);
        QFETCH(SirMode, byPolicy);
        const SirPlan plan = chooseSirMode(device(1), devices, wanted, byPolicy);
        QTEST(plan.mode, "mode");
        QTEST(plan.identityInside, "identity");
        QTEST(plan.userInside, "user");
        QTEST(plan.recipients, "recipients");
    }

    void clientTellsWhetherItIsMeant_data()
    {
        QTest::addColumn<DeviceId>("inside");
        QTest::addColumn<PublicUserId>("userInside");
        QTest::addColumn<bool>("forMe");
        QTest::newRow("neither") << DeviceId() << PublicUserId() << true;
        QTest::newRow("my device") << device(1) << PublicUserId() << true;
        QTest::newRow("other device") << device(2) << PublicUserId() << false;
        QTest::newRow("my user") << DeviceId() << user("alice") << true;
        QTest::newRow("other user") << DeviceId() << user("bob") << false;
        QTest::newRow("my device, my user") << device(1) << user("alice") << true;
        QTest::newRow("other device, my user") << device(2) << user("alice") << false;
        QTest::newRow("my device decides over the user") << device(1) << user("bob") << true;
    }
    void clientTellsWhetherItIsMeant()
    {
        QFETCH(DeviceId, inside);
        QFETCH(PublicUserId, userInside);
        QFETCH(bool, forMe);
        SessionRequest sir;
        sir.device = inside;
        sir.user = userInside;
        QCOMPARE(meaningOf(sir, {device(1), user("alice")}),
                 forMe ? SirMeaning::ForMe : SirMeaning::NotForMe);
    }

    void planAndMeaningAgree()
    {
        const Devices devices{device(1), device(2), device(3)};
        for (SirMode mode : {SirMode::Routed, SirMode::Broadcast, SirMode::BroadcastIdentified}) {
            const SirPlan plan = chooseSirMode(device(2), devices, mode, SirMode::Routed);
            SessionRequest sir;
            if (plan.identityInside)
                sir.device = device(2);
            if (plan.userInside)
                sir.user = user("alice");
            int woken = 0;
            for (const DeviceId &recipient : plan.recipients) {
                const bool forMe = meaningOf(sir, {recipient, user("alice")}) == SirMeaning::ForMe;
                QVERIFY(forMe || recipient != device(2));
                woken += forMe ? 1 : 0;
            }
            QCOMPARE(woken, mode == SirMode::Broadcast ? 3 : 1);
        }
    }

    void placementsAreRead_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("bits"); // 0 = refused
        QTest::newRow("body") << QStringLiteral("body") << 1;
        QTest::newRow("header") << QStringLiteral("header") << 2;
        QTest::newRow("header value") << QStringLiteral("header-value") << 4;
        QTest::newRow("all") << QStringLiteral("body,header, header-value") << 7;
        QTest::newRow("twice") << QStringLiteral("body,body") << 1;
        QTest::newRow("nothing") << QString() << 0;
        QTest::newRow("empty item") << QStringLiteral("body,") << 0;
        QTest::newRow("unknown") << QStringLiteral("body,trailer") << 0;
        QTest::newRow("capitals") << QStringLiteral("Body") << 0;
    }
    void placementsAreRead()
    {
        QFETCH(QString, text);
        QFETCH(int, bits);
        const Result<IdentityPlacements> placements = identityPlacementsFromText(text);
        QCOMPARE(placements.ok(), bits != 0);
        if (placements)
            QCOMPARE(*placements, IdentityPlacements(bits));
        else
            QVERIFY(placements.error().is("identity-placement"));
    }
};

QTEST_GUILESS_MAIN(SirModeTest)
#include "tst_sirmode.moc"
