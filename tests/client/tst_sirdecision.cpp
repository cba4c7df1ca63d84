// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/decision/sirmemory.h"
#include "client/decision/sirwish.h"
#include "client/decision/userdecisions.h"

#include <QSignalSpy>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

/// The units of the judgement that follow safety: what is wanted, and what the user says; and the memory of what was seen.
class TestSirDecision : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tellsWhyItIsNotWanted_data()
    {
        QTest::addColumn<QString>("application");
        QTest::addColumn<SirGateway>("gateway");
        QTest::addColumn<WakePreferences>("preferences");
        QTest::addColumn<WakeAbilities>("abilities");
        QTest::addColumn<QByteArray>("reason");
        QTest::addColumn<int>("status");
        const SirGateway own, udp{u"192.0.2.1"_s, 5060, u"udp"_s}, tls{u"192.0.2.1"_s, 5061, u"tls"_s},
            bare{u"192.0.2.1"_s, 0, {}}, odd{u"192.0.2.1"_s, 0, u"sctp"_s};
        WakePreferences night, noon, picky, secure;
        night.quietHours = WakePreferences::QuietHours{QTime(22, 0), QTime(7, 0)};
        noon.quietHours = WakePreferences::QuietHours{QTime(12, 0), QTime(13, 0)};
        picky.unwanted = {u"mms.ua"_s};
        secure.secureOnly = true;
        const WakeAbilities any, mail{{u"mail"_s}, false}, onTls{{}, true};
        const auto row = [](const char *name, const QString &application, const SirGateway &gateway,
                            const WakePreferences &preferences, const WakeAbilities &abilities, const char *reason, int status) {
            QTest::newRow(name) << application << gateway << preferences << abilities << QByteArray(reason) << status;
        };
        row("wanted", u"mail"_s, own, {}, any, "", 0);
        row("at night", {}, own, night, any, "not-wanted-quiet-hours", 480);
        row("not at noon", {}, own, noon, any, "", 0);
        row("unwanted application", u"x-wap-application:mms.ua"_s, own, picky, any, "not-wanted-application", 603);
        row("another application", u"mail"_s, own, picky, any, "", 0);
        row("known application", u"MAIL"_s, own, {}, mail, "", 0);
        row("unknown application", u"chat"_s, own, {}, mail, "not-able-application", 404);
        row("no application", {}, own, {}, mail, "", 0);
        row("any application", u"*"_s, own, {}, mail, "", 0);
        row("unknown transport", {}, odd, {}, any, "not-able-transport", 488);
        row("foreign gateway", {}, udp, {}, any, "", 0);
        row("only secure, own without", {}, own, secure, any, "not-secure-enough", 488);
        row("only secure, foreign without", {}, udp, secure, any, "not-secure-enough", 488);
        row("only secure, foreign with", {}, tls, secure, any, "", 0);
        row("only secure, own with", {}, own, secure, onTls, "", 0);
        row("no way down from TLS", {}, udp, {}, onTls, "not-secure-enough", 488);
        row("TLS stays TLS", {}, bare, {}, onTls, "", 0);
    }
    void tellsWhyItIsNotWanted()
    {
        QFETCH(QString, application);
        QFETCH(SirGateway, gateway);
        QFETCH(WakePreferences, preferences);
        QFETCH(WakeAbilities, abilities);
        SessionRequest sir;
        if (application == u"*")
            sir.applications = {ApplicationId{}};
        else
            sir.applicationName = application;
        const SirRefusal refusal = whyUnwanted(sir, gateway, preferences, abilities, QTime(23, 30));
        QTEST(refusal.reason, "reason");
        QTEST(refusal.status, "status");
    }

    void readsQuietHours()
    {
        const auto night = WakePreferences::QuietHours::parse(u"22:00-07:00"_s);
        QVERIFY(night.ok());
        QVERIFY(night->contains(QTime(22, 0)) && night->contains(QTime(6, 59)) && !night->contains(QTime(7, 0)));
        for (const auto &wrong : {u"22:00"_s, u"22:00-24:00"_s, u"1-2"_s, u"22:00-22:00"_s, u"22:00-23:00-23:30"_s, QString()})
            QVERIFY(!WakePreferences::QuietHours::parse(wrong).ok());
    }

    void takesTheUsersDecision()
    {
        UserDecisions decisions;
        QSignalSpy told(&decisions, &UserDecisions::happened);
        QVector<UserDecisions::Decision> taken;
        const auto note = [&](UserDecisions::Decision decision) { taken.append(decision); };
        QVERIFY(decisions.ask("a", {{u"application"_s, u"mail"_s}}, std::chrono::minutes(1), note));
        QVERIFY(decisions.isAsking("a"));
        QVERIFY(decisions.ask("a", {}, std::chrono::minutes(1), note));
        QCOMPARE(told.size(), 1);
        QCOMPARE(told.first().at(0).toString(), u"decision-asked"_s);
        QCOMPARE(told.first().at(1).toJsonObject().value(u"application"_s).toString(), u"mail"_s);
        QVERIFY(decisions.ask("b", {}, std::chrono::minutes(1), note));
        QVERIFY(!decisions.decide(u"7"_s, true));
        QVERIFY(decisions.decide(u"2"_s, false));
        QVERIFY(decisions.decide(u"1"_s, true));
        QVERIFY(!decisions.decide(u"1"_s, true));
        QCOMPARE(taken, (QVector{UserDecisions::Decision::Denied, UserDecisions::Decision::Allowed}));
        QVERIFY(!decisions.isAsking("a"));
    }

    void aQuestionNobodyAnswersEnds()
    {
        UserDecisions decisions;
        std::optional<UserDecisions::Decision> taken;
        QVERIFY(decisions.ask("a", {}, Milliseconds(1), [&](UserDecisions::Decision decision) { taken = decision; }));
        QTRY_COMPARE(taken, std::optional(UserDecisions::Decision::NotDecided));
        QVERIFY(!decisions.decide(u"1"_s, true));
    }

    void asksNoMoreThanItsLimit()
    {
        UserDecisions decisions;
        const auto nobody = [](UserDecisions::Decision) { QFAIL("decided"); };
        for (size_t i = 0; i < UserDecisions::mostQuestions; ++i)
            QVERIFY(decisions.ask(QByteArray::number(qulonglong(i)), {}, std::chrono::minutes(1), nobody));
        QVERIFY(!decisions.ask("x", {}, std::chrono::minutes(1), nobody));
        decisions.clear();
        QVERIFY(decisions.ask("x", {}, std::chrono::minutes(1), nobody));
    }

    void remembersOverALife()
    {
        constexpr Timestamp now{1795203000000};
        SessionRequest sir;
        sir.time = now;
        sir.nonce = "abcd";
        SirMemory first;
        QVERIFY(!first.take(sir, Milliseconds(1000), now));
        SirMemory second;
        second.restore(first.seen(), first.forgottenUntil());
        QVERIFY(second.take(sir, Milliseconds(1000), now));
        std::deque<SirMemory::Seen> many;
        for (size_t i = 0; i <= SirMemory::maxNonces; ++i)
            many.push_back({now + Milliseconds(i), "n"});
        second.restore(many, {});
        QCOMPARE(second.seen().size(), SirMemory::maxNonces);
        QCOMPARE(second.forgottenUntil(), now);
    }
};

QTEST_GUILESS_MAIN(TestSirDecision)
#include "tst_sirdecision.moc"
