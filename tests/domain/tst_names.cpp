// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/explanation.h"
#include "domain/journalentry.h"
#include "domain/liveness.h"
#include "domain/push.h"
#include "domain/sessionrequest.h"
#include "domain/wakeup.h"

#include <QtTest>

#include <functional>

using namespace reveille;

namespace {

/// One enumeration: its names in order, the way there and the way back.
struct Enumeration {
    QStringList names;
    std::function<const char *(int)> name;
    std::function<std::optional<int>(QStringView)> value;
};

template <typename Enum>
std::function<const char *(int)> namesOf()
{
    return [](int number) {
        return toText(Enum(number));
    };
}

template <typename Parse>
std::function<std::optional<int>(QStringView)> valuesOf(Parse parse)
{
    return [parse](QStringView text) -> std::optional<int> {
        const auto value = parse(text);
        return value ? std::optional<int>(int(*value)) : std::nullopt;
    };
}

QStringList words(const char *text)
{
    return QString::fromLatin1(text).split(u' ');
}

} // namespace

Q_DECLARE_METATYPE(Enumeration)

/// The stable names others script against: each exactly as the contract writes it, each read back.
class NamesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void areThoseOfTheContractAndComeBack_data()
    {
        QTest::addColumn<Enumeration>("enumeration");
        QTest::newRow("push state") << Enumeration{
            words("accepted waiting waking sending delivered confirmed expired cancelled replaced undeliverable"),
            namesOf<PushState>(), valuesOf(pushStateFromText)};
        QTest::newRow("push priority")
            << Enumeration{words("low normal high"), namesOf<PushPriority>(), valuesOf(pushPriorityFromText)};
        QTest::newRow("push when") << Enumeration{words("now when_reachable wake"), namesOf<PushWhen>(),
                                                  valuesOf(pushWhenFromText)};
        QTest::newRow("wake step") << Enumeration{
            words(
                "requested route_chosen encoded submitted accepted received device_seen restored delivered"),
            namesOf<WakeStep>(), valuesOf(wakeStepFromText)};
        QTest::newRow("wake state") << Enumeration{words("active succeeded cancelled refused exhausted"),
                                                   namesOf<WakeState>(), valuesOf(wakeStateFromText)};
        QTest::newRow("journal kind") << Enumeration{words("connection sir wake push trigger"),
                                                     namesOf<JournalKind>(), valuesOf(journalKindFromText)};
        QTest::newRow("SIR mode") << Enumeration{words("routed broadcast broadcast_identified"),
                                                 namesOf<SirMode>(), valuesOf(sirModeFromText)};
    }
    void areThoseOfTheContractAndComeBack()
    {
        QFETCH(Enumeration, enumeration);
        for (int number = 0; number < enumeration.names.size(); ++number) {
            const QString name = enumeration.names.at(number);
            QCOMPARE(QString::fromLatin1(enumeration.name(number)), name);
            QCOMPARE(enumeration.value(name), std::optional<int>(number));
            QVERIFY(!enumeration.value(name.toUpper()));
            QVERIFY(!enumeration.value(name + u' '));
            QVERIFY(!enumeration.value(name.chopped(1)));
        }
        QCOMPARE(enumeration.name(int(enumeration.names.size())), "");
        QCOMPARE(enumeration.name(255), "");
        QVERIFY(!enumeration.value(u""));
    }

    void livenessStatesComeBack()
    {
        const QStringList names = words("up suspect lost waking unreachable");
        for (int number = 0; number < names.size(); ++number) {
            QCOMPARE(QString::fromLatin1(toText(LivenessState(number))), names.at(number));
            QCOMPARE(int(livenessStateFromText(names.at(number))), number);
        }
        QCOMPARE(livenessStateFromText(u"nonsense"), LivenessState::Lost);
    }

    void lossReasonsComeBack()
    {
        const QStringList names = words(" pinhole_closed interrupted expired closed_by_peer");
        for (int number = 0; number < names.size(); ++number) {
            QCOMPARE(QString::fromLatin1(toText(LossReason(number))), names.at(number));
            QCOMPARE(int(lossReasonFromText(names.at(number))), number);
        }
        QCOMPARE(lossReasonFromText(u"nonsense"), LossReason::None);
    }

    void evidenceRulesComeBack()
    {
        const QStringList names = words(
            "none registered packet_received proof_received keep_alive_late probe_lost request_unanswered "
            "connection_closed connection_reset icmp_unreachable registration_expired unregistered replaced "
            "wake_started wakes_exhausted wake_cancelled restored server_restarted "
            "address_changed user_timeout");
        QCOMPARE(names.size(), int(EvidenceRule::UserTimeout) + 1);
        for (int number = 0; number < names.size(); ++number) {
            QCOMPARE(QString::fromLatin1(toText(EvidenceRule(number))), names.at(number));
            QCOMPARE(int(evidenceRuleFromText(names.at(number))), number);
        }
        QCOMPARE(evidenceRuleFromText(u"nonsense"), EvidenceRule::None);
    }

    void explanationsHaveNames()
    {
        QCOMPARE(toText(DeliveryPath::None), "none");
        QCOMPARE(toText(DeliveryPath::Direct), "direct");
        QCOMPARE(toText(DeliveryPath::Wake), "wake");
        QCOMPARE(toText(DeliveryPath::Wait), "wait");
        QCOMPARE(toText(Check::Outcome::Passed), "passed");
        QCOMPARE(toText(Check::Outcome::Failed), "failed");
        QCOMPARE(toText(Check::Outcome::NotAsked), "not_asked");
    }

    void onlyAnActiveWakeUpIsUnfinished()
    {
        for (int state = 0; state <= int(WakeState::Exhausted); ++state)
            QCOMPARE(isTerminal(WakeState(state)), WakeState(state) != WakeState::Active);
    }
};

QTEST_GUILESS_MAIN(NamesTest)
#include "tst_names.moc"
