// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/faultrule.h"

#include <QTest>

using namespace reveille;

namespace {

const DeviceId phone = *DeviceId::parse(QStringLiteral("urn:uuid:00000000-0000-4000-8000-000000000001"));
const DeviceId laptop = *DeviceId::parse(QStringLiteral("urn:uuid:00000000-0000-4000-8000-000000000002"));
constexpr Timestamp now{1'795'000'000'000};

FaultRule rule(const QString &bearer = QStringLiteral("wsp"))
{
    FaultRule made;
    made.scope = FaultScope::Wakes;
    made.bearer = bearer;
    made.until = now + Milliseconds(1000);
    return made;
}

FaultSubject wakeOver(const QStringList &ways, const DeviceId &device = phone)
{
    return {FaultScope::Wakes, ways, device};
}

} // namespace

class TestFaultRule : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void saysWhatIsWrongWithARule_data()
    {
        QTest::addColumn<FaultRule>("given");
        QTest::addColumn<QString>("code");
        const auto row = [](const char *name, auto change, const char *code) {
            FaultRule made = rule();
            change(made);
            QTest::newRow(name) << made << QString::fromLatin1(code);
        };
        row("as it is", [](FaultRule &) {}, "");
        row("no target", [](FaultRule &r) { r.bearer.clear(); }, "fault-target-missing");
        row("a device alone, both ways", [](FaultRule &r) { r = FaultRule{}; r.device = phone; }, "");
        row("a bearer carries no pushes", [](FaultRule &r) { r.scope = FaultScope::Deliveries; }, "fault-target");
        row("a bearer, both ways", [](FaultRule &r) { r.scope = FaultScope::Both; }, "fault-target");
        row("a connection carries no wake-ups", [](FaultRule &r) { r.bearer.clear(); r.connection = QStringLiteral("sip"); }, "fault-target");
        row("a connection", [](FaultRule &r) { r.bearer.clear(); r.connection = QStringLiteral("sip"); r.scope = FaultScope::Deliveries; }, "");
        row("no kind of connection", [](FaultRule &r) { r.bearer.clear(); r.connection = QStringLiteral("x25"); r.scope = FaultScope::Deliveries; }, "fault-target");
        row("a delay of nothing", [](FaultRule &r) { r.kind = FaultKind::Delay; }, "fault-delay");
        row("the longest delay", [](FaultRule &r) { r.kind = FaultKind::Delay; r.delay = FaultRule::longestDelay; }, "");
        row("a longer delay", [](FaultRule &r) { r.kind = FaultKind::Delay; r.delay = FaultRule::longestDelay + Milliseconds(1); }, "fault-delay");
        row("a delay of what is dropped", [](FaultRule &r) { r.delay = Milliseconds(5); }, "fault-delay");
        row("a rejection without a code", [](FaultRule &r) { r.kind = FaultKind::Reject; }, "fault-code");
        row("a rejection", [](FaultRule &r) { r.kind = FaultKind::Reject; r.code = "0x58"; }, "");
        row("a code with a line end", [](FaultRule &r) { r.kind = FaultKind::Reject; r.code = "486\n"; }, "fault-code");
        row("a code too long", [](FaultRule &r) { r.kind = FaultKind::Reject; r.code = QByteArray(33, 'x'); }, "fault-code");
        row("a code of what is dropped", [](FaultRule &r) { r.code = "486"; }, "fault-code");
        row("no chance", [](FaultRule &r) { r.chance = 0; }, "fault-chance");
        row("more than certain", [](FaultRule &r) { r.chance = 101; }, "fault-chance");
        row("less than none", [](FaultRule &r) { r.most = -1; }, "fault-most");
        row("a long note", [](FaultRule &r) { r.note = QString(201, u'x'); }, "fault-note");
    }
    void saysWhatIsWrongWithARule()
    {
        QFETCH(FaultRule, given);
        QFETCH(QString, code);
        const Result<Done> checked = checkFault(given);
        QCOMPARE(checked ? QString() : QString::fromLatin1(checked.error().code), code);
    }

    void meansWhatItNames_data()
    {
        QTest::addColumn<FaultScope>("scope");
        QTest::addColumn<QString>("bearer");
        QTest::addColumn<QString>("connection");
        QTest::addColumn<DeviceId>("device");
        QTest::addColumn<bool>("wake");
        QTest::addColumn<bool>("push");
        const QString none;
        QTest::newRow("by name") << FaultScope::Wakes << QStringLiteral("smsc-1") << none << DeviceId() << true << false;
        QTest::newRow("by type") << FaultScope::Wakes << QStringLiteral("smpp") << none << DeviceId() << true << false;
        QTest::newRow("by what it carries") << FaultScope::Wakes << QStringLiteral("sms") << none << DeviceId() << true << false;
        QTest::newRow("another bearer") << FaultScope::Wakes << QStringLiteral("wsp") << none << DeviceId() << false << false;
        QTest::newRow("a connection") << FaultScope::Deliveries << none << QStringLiteral("sip") << DeviceId() << false << true;
        QTest::newRow("another connection") << FaultScope::Deliveries << none << QStringLiteral("datagram") << DeviceId() << false << false;
        QTest::newRow("a device") << FaultScope::Both << none << none << phone << true << true;
        QTest::newRow("pushes to a device") << FaultScope::Deliveries << none << none << phone << false << true;
        QTest::newRow("another device") << FaultScope::Both << none << none << laptop << false << false;
        QTest::newRow("a bearer to another device") << FaultScope::Wakes << QStringLiteral("sms") << none << laptop << false << false;
    }
    void meansWhatItNames()
    {
        QFETCH(FaultScope, scope);
        QFETCH(QString, bearer);
        QFETCH(QString, connection);
        QFETCH(DeviceId, device);
        FaultRule given;
        given.scope = scope;
        given.bearer = bearer;
        given.connection = connection;
        given.device = device;
        const QStringList ways{QStringLiteral("smsc-1"), QStringLiteral("smpp"), QStringLiteral("sms")};
        QTEST(isMeant(given, wakeOver(ways)), "wake");
        QTEST(isMeant(given, {FaultScope::Deliveries, {QStringLiteral("sip")}, phone}), "push");
    }

    void theFirstThatFitsStrikes()
    {
        QVector<FaultRule> rules{rule(QStringLiteral("smsc")), rule(), rule()};
        const auto certain = [] { return 100; };
        QCOMPARE(strikingFault(rules, wakeOver({QStringLiteral("wsp")}), now, certain), 1);
        rules[1].most = 2;
        rules[1].struck = 2;
        QCOMPARE(strikingFault(rules, wakeOver({QStringLiteral("wsp")}), now, certain), 2);
        rules[2].until = now;
        QCOMPARE(strikingFault(rules, wakeOver({QStringLiteral("wsp")}), now, certain), -1);
        QCOMPARE(strikingFault({}, wakeOver({QStringLiteral("wsp")}), now, certain), -1);
    }

    void theDiceDecideWhereItIsNotCertain()
    {
        QVector<FaultRule> rules{rule(), rule()};
        rules[0].chance = 30;
        rules[1].chance = 60;
        int thrown = 0, asked = 0;
        const auto dice = [&] { ++asked; return thrown; };
        const FaultSubject subject = wakeOver({QStringLiteral("wsp")});
        thrown = 30;
        QCOMPARE(strikingFault(rules, subject, now, dice), 0);
        thrown = 31;
        QCOMPARE(strikingFault(rules, subject, now, dice), 1);
        thrown = 61;
        QCOMPARE(strikingFault(rules, subject, now, dice), -1);
        QCOMPARE(asked, 5);
        rules[0].chance = 100;
        QCOMPARE(strikingFault(rules, subject, now, dice), 0);
        QCOMPARE(asked, 5);
    }

    void anExplanationKeepsItsCheck()
    {
        FaultRule struck = rule();
        struck.id = FaultId(QStringLiteral("f-1"));
        const Check check = faultCheck(struck);
        QCOMPARE(check.value, QStringLiteral("drop f-1"));
        QCOMPARE(checkFromTexts(QString::fromLatin1(check.question), QString::fromLatin1(toText(check.outcome)), check.value,
                                QString::fromLatin1(check.setting)),
                 check);
    }
};

QTEST_GUILESS_MAIN(TestFaultRule)
#include "tst_faultrule.moc"
