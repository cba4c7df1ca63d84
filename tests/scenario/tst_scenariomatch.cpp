// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/scenario/scenariofacts.h"
#include "client/scenario/scenariofilling.h"
#include "client/scenario/scenariomatch.h"

#include <QJsonArray>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

/// What is wanted against what is found, and what is known of a server.
class TestScenarioMatch : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void comparesValues_data();
    void comparesValues();
    void findsWhatStandsAtAPath();
    void saysWhatIsWrongWithConditions();
    void fillsInWhatIsKnownOnlyNow();
    void countsAnEntryOfTheJournalOnce();
    void forgetsTheOldestOfTheJournal();
    void knowsTheNewestWakeUpOfADevice();
    void readsMetrics();
    void showsTheLastThatHappenedInOrder();
};

namespace {

QJsonObject entry(int id, const QString &event, const QString &device = u"urn:uuid:1"_s)
{
    return {
        {u"id"_s, id},          {u"time"_s, u"2026-11-20T19:30:00.%1Z"_s.arg(id % 1000, 3, 10, QChar(u'0'))},
        {u"kind"_s, u"push"_s}, {u"event"_s, event},
        {u"device"_s, device},  {u"fields"_s, QJsonObject{{u"attempts"_s, u"2"_s}}}};
}

int countJournal(const ScenarioFacts &facts, const ScenarioMark &since)
{
    int count = 0;
    facts.eachJournal(since, [&](const QJsonObject &) { ++count; });
    return count;
}

} // namespace

void TestScenarioMatch::comparesValues_data()
{
    QTest::addColumn<QJsonValue>("wanted");
    QTest::addColumn<QJsonValue>("found");
    QTest::addColumn<bool>("matches");
    const auto row = [](const char *name, const QJsonValue &wanted, const QJsonValue &found, bool matches) {
        QTest::newRow(name) << wanted << found << matches;
    };
    const QJsonValue none(QJsonValue::Undefined);
    row("the same text", u"up"_s, u"up"_s, true);
    row("another text", u"up"_s, u"lost"_s, false);
    row("a number as text", 2, u"2"_s, true);
    row("true", true, true, true);
    row("true as text", true, u"true"_s, true);
    row("nothing there", u"up"_s, none, false);
    row("nothing wanted, nothing there", QJsonValue(), none, true);
    row("nothing wanted, null there", QJsonValue(), QJsonValue(), true);
    row("nothing wanted, an empty text there", QJsonValue(), u""_s, true);
    row("nothing wanted, something there", QJsonValue(), u"x"_s, false);
    row("so many in a list", 2, QJsonArray{1, 2}, true);
    row("fewer in a list", 2, QJsonArray{1}, false);
    row("at least", QJsonObject{{u"at_least"_s, 2}}, 2, true);
    row("at least, less", QJsonObject{{u"at_least"_s, 2}}, 1, false);
    row("at least, a text", QJsonObject{{u"at_least"_s, 2}}, u"3"_s, true);
    row("at least, no number", QJsonObject{{u"at_least"_s, 2}}, u"many"_s, false);
    row("at least, of a list", QJsonObject{{u"at_least"_s, 2}}, QJsonArray{1, 2, 3}, true);
    row("at most", QJsonObject{{u"at_most"_s, 2}}, 3, false);
    row("between", QJsonObject{{u"at_least"_s, 2}, {u"at_most"_s, 4}}, 3, true);
    row("not", QJsonObject{{u"not"_s, u"up"_s}}, u"lost"_s, true);
    row("not, but it is", QJsonObject{{u"not"_s, u"up"_s}}, u"up"_s, false);
    row("contains", QJsonObject{{u"contains"_s, u"ell"_s}}, u"hello"_s, true);
    row("contains, in a list", QJsonObject{{u"contains"_s, u"a"_s}}, QJsonArray{u"a"_s, u"b"_s}, true);
    row("contains a number", QJsonObject{{u"contains"_s, 48}}, u"x486"_s, true);
    row("contains no such number", QJsonObject{{u"contains"_s, 49}}, u"x486"_s, false);
    row("contains, of nothing", QJsonObject{{u"contains"_s, u"null"_s}}, none, false);
    row("matches, of nothing", QJsonObject{{u"matches"_s, u".*"_s}}, none, false);
    row("at most, of nothing", QJsonObject{{u"at_most"_s, 2}}, none, false);
    row("matches", QJsonObject{{u"matches"_s, u"^h.*o$"_s}}, u"hello"_s, true);
    row("matches not", QJsonObject{{u"matches"_s, u"^e"_s}}, u"hello"_s, false);
    row("one of", QJsonObject{{u"one_of"_s, QJsonArray{u"a"_s, u"b"_s}}}, u"b"_s, true);
    row("none of", QJsonObject{{u"one_of"_s, QJsonArray{u"a"_s, u"b"_s}}}, u"c"_s, false);
}

void TestScenarioMatch::comparesValues()
{
    QFETCH(QJsonValue, wanted);
    QFETCH(QJsonValue, found);
    QFETCH(bool, matches);
    QCOMPARE(scenarioMatches(wanted, found), matches);
}

void TestScenarioMatch::findsWhatStandsAtAPath()
{
    const QJsonObject wake{{u"attempts"_s, QJsonArray{QJsonObject{{u"bearer"_s, u"sms"_s}},
                                                      QJsonObject{{u"bearer"_s, u"wsp"_s}}}}};
    QCOMPARE(valueAtPath(wake, u"attempts.0.bearer"_s), QJsonValue(u"sms"_s));
    QCOMPARE(valueAtPath(wake, u"attempts.-1.bearer"_s), QJsonValue(u"wsp"_s));
    QVERIFY(valueAtPath(wake, u"attempts.7.bearer"_s).isUndefined());
    QVERIFY(valueAtPath(wake, u"attempts.-9.bearer"_s).isUndefined());
    QCOMPARE(scenarioFoundText({{u"attempts"_s, 3}, {u"attempts.-1.bearer"_s, u"sms"_s}}, wake),
             u"attempts: 2, bearer: wsp"_s);
}

void TestScenarioMatch::saysWhatIsWrongWithConditions()
{
    QCOMPARE(conditionFault(u"up"_s), QString());
    QCOMPARE(conditionFault(QJsonObject{{u"atleast"_s, 2}}), u"condition"_s);
    QCOMPARE(conditionFault(QJsonObject{{u"matches"_s, u"("_s}}), u"regular expression"_s);
    QCOMPARE(conditionFault(QJsonObject{{u"at_most"_s, u"x"_s}}), u"number"_s);
    QCOMPARE(conditionFault(QJsonObject()), u"condition"_s);
    QCOMPARE(conditionFault(QJsonObject{{u"not"_s, QJsonObject{{u"is"_s, 1}}}}), u"condition"_s);
    QCOMPARE(conditionFault(QJsonObject{{u"one_of"_s, u"a"_s}}), u"list"_s);
    QCOMPARE(conditionFault(QJsonObject{{u"one_of"_s, QJsonArray{QJsonObject{{u"at_least"_s, u"x"_s}}}}}),
             u"number"_s);
    QCOMPARE(conditionFault(QJsonObject{{u"contains"_s, QJsonValue()}}), u"text"_s);
    QCOMPARE(conditionFault(QJsonObject{{u"contains"_s, 48}}), QString());
}

void TestScenarioMatch::fillsInWhatIsKnownOnlyNow()
{
    ScenarioFilling filling([](const QString &name, const QString &fact) {
        return name == u"phone" && fact == u"id" ? u"urn:uuid:1"_s : QString();
    });
    QCOMPARE(filling.text(u"/v1/devices/${phone.id}/wake"_s, ScenarioFilling::Form::Encoded),
             u"/v1/devices/urn%3Auuid%3A1/wake"_s);
    QCOMPARE(filling.missing(), QString());
    const QJsonObject filled =
        filling.value(QJsonObject{{u"a"_s, QJsonArray{u"<${phone.id}>"_s, u"${tablet.gruu}"_s, 7}}})
            .toObject();
    QCOMPARE(filled.value(u"a"_s).toArray(), (QJsonArray{u"<urn:uuid:1>"_s, u"${tablet.gruu}"_s, 7}));
    QCOMPARE(filling.missing(), u"${tablet.gruu}"_s);
}

void TestScenarioMatch::countsAnEntryOfTheJournalOnce()
{
    ScenarioFacts facts;
    facts.takeJournal(entry(1, u"push-accepted"_s));
    const ScenarioMark mark = facts.mark();
    facts.takeJournal(entry(2, u"push-sending"_s));
    facts.takeJournal(entry(2, u"push-sending"_s));
    QCOMPARE(countJournal(facts, mark), 1);
    QCOMPARE(countJournal(facts, {}), 2);
    // A server that was killed may give a number again.
    QJsonObject other = entry(2, u"push-delivered"_s);
    other.insert(u"time"_s, u"2026-11-20T19:31:00.000Z"_s);
    facts.takeJournal(other);
    QCOMPARE(countJournal(facts, mark), 2);
}

void TestScenarioMatch::forgetsTheOldestOfTheJournal()
{
    ScenarioFacts facts;
    for (int id = 1; id <= int(ScenarioFacts::maxJournal); ++id)
        facts.takeJournal(entry(id, u"push-accepted"_s));
    const ScenarioMark mark = facts.mark();
    for (int id = 1; id <= 10; ++id)
        facts.takeJournal(entry(int(ScenarioFacts::maxJournal) + id, u"push-delivered"_s));
    QCOMPARE(countJournal(facts, {}), int(ScenarioFacts::maxJournal));
    QCOMPARE(countJournal(facts, mark), 10);
}

void TestScenarioMatch::knowsTheNewestWakeUpOfADevice()
{
    ScenarioFacts facts;
    QVERIFY(facts.newestWakeOf(u"d"_s).isEmpty());
    for (const char *id : {"w-1", "w-2"})
        facts.takeWake(
            {{u"id"_s, QString::fromLatin1(id)}, {u"device"_s, u"d"_s}, {u"state"_s, u"active"_s}});
    QCOMPARE(facts.newestWakeOf(u"d"_s).value(u"id"_s).toString(), u"w-2"_s);
    const ScenarioMark mark = facts.mark();
    QVERIFY(facts.newestWakeOf(u"d"_s, mark).isEmpty());
    facts.takeWake({{u"id"_s, u"w-3"_s}, {u"device"_s, u"d"_s}, {u"state"_s, u"active"_s}});
    QCOMPARE(facts.newestWakeOf(u"d"_s, mark).value(u"id"_s).toString(), u"w-3"_s);
    // What was seen before is no newer because it is told again.
    const ScenarioMark later = facts.mark();
    const QJsonObject third = facts.wake(u"w-3"_s);
    facts.forgetStates();
    QVERIFY(facts.newestWakeOf(u"d"_s).isEmpty());
    facts.takeWake(third);
    QVERIFY(facts.newestWakeOf(u"d"_s, later).isEmpty());
    facts.takeWake({{u"id"_s, u"w-1"_s}, {u"device"_s, u"e"_s}, {u"state"_s, u"succeeded"_s}});
    QCOMPARE(facts.wake(u"w-1"_s).value(u"state"_s).toString(), u"succeeded"_s);
}

void TestScenarioMatch::readsMetrics()
{
    ScenarioFacts facts;
    facts.takeMetrics("# HELP a b c\nreveille_users 3\nreveille_pushes_total{event=\"delivered\"} 12\n\n");
    QCOMPARE(facts.metric(u"reveille_users"_s), QJsonValue(3));
    QCOMPARE(facts.metric(u"reveille_pushes_total{event=\"delivered\"}"_s), QJsonValue(12));
    QVERIFY(facts.metric(u"reveille_devices"_s).isUndefined());
}

void TestScenarioMatch::showsTheLastThatHappenedInOrder()
{
    ScenarioFacts facts;
    for (int id = 1; id <= 5; ++id)
        facts.takeJournal(entry(id, u"e%1"_s.arg(id), id == 5 ? u"other"_s : u"d"_s));
    facts.takeHeard(u"phone"_s, {Timestamp::fromIso(u"2026-11-20T19:30:00.003Z"_s),
                                 u"push-received"_s,
                                 {{u"body"_s, u"secret"_s}, {u"push"_s, u"p-1"_s}}});
    const QStringList lines = facts.evidence({u"d"_s}, {u"phone"_s}, 2);
    QCOMPARE(lines, (QStringList{u"19:30:00.003 phone push-received push=p-1"_s,
                                 u"19:30:00.003 server push e3 attempts=2"_s,
                                 u"19:30:00.004 server push e4 attempts=2"_s}));
}

QTEST_GUILESS_MAIN(TestScenarioMatch)
#include "tst_scenariomatch.moc"
