// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/scenario/junit.h"

#include <QJsonArray>
#include <QTest>
#include <QXmlStreamReader>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

using Verdict = ScenarioReport::Verdict;
using Step = ScenarioStepReport::State;
using Wanted = ScenarioExpectationReport::State;

/// An element as a CI server sees it.
struct Element {
    QString name;
    QMap<QString, QString> attributes;
    QString text;
    QVector<Element> children;

    QString operator[](const QString &attribute) const { return attributes.value(attribute); }
    QVector<Element> all(const QString &wanted) const
    {
        QVector<Element> found;
        for (const Element &child : children) {
            if (child.name == wanted)
                found.append(child);
        }
        return found;
    }
    Element first(const QString &wanted) const { return all(wanted).value(0); }
};

Element elementAt(QXmlStreamReader &xml)
{
    Element element;
    element.name = xml.name().toString();
    for (const QXmlStreamAttribute &attribute : xml.attributes())
        element.attributes.insert(attribute.name().toString(), attribute.value().toString());
    while (!xml.atEnd() && xml.readNext() != QXmlStreamReader::EndElement) {
        if (xml.isStartElement())
            element.children.append(elementAt(xml));
        else if (xml.isCharacters())
            element.text += xml.text();
    }
    return element;
}

/// The root; without a name where it is no XML.
Element read(const QByteArray &octets)
{
    QXmlStreamReader xml(octets);
    xml.readNextStartElement();
    const Element root = elementAt(xml);
    while (!xml.atEnd())
        xml.readNext();
    if (xml.hasError()) {
        qWarning("%s", qPrintable(xml.errorString()));
        return {};
    }
    return root;
}

ScenarioStepReport step(const QString &title, Step state)
{
    ScenarioStepReport step;
    step.title.languages = {{u"en"_s, title}, {u"es"_s, title + u" (es)"_s}};
    step.state = state;
    step.took = Milliseconds(1500);
    return step;
}

/// Three steps, of which the second failed.
ScenarioReport failed()
{
    ScenarioReport report;
    report.name = u"story"_s;
    report.title.languages = {{QString(), u"A <story> & more"_s}};
    report.verdict = Verdict::Failed;
    report.began = Timestamp::fromIso(u"2026-11-20T19:30:00.000Z"_s);
    report.took = Milliseconds(4321);
    report.serverLog = u"the log"_s;
    report.steps = {step(u"One"_s, Step::Passed), step(u"Two"_s, Step::Failed),
                    step(u"Three"_s, Step::Ahead)};
    report.steps[1].expectations = {
        {Wanted::Met, u"device: phone, state: up"_s, u"state: up"_s, Milliseconds(10)},
        {Wanted::Missed, u"push: a, state: delivered"_s, u"state: waking\x1b[31m"_s, {}}};
    report.steps[1].evidence = {u"19:30:00.004 server push push-waking"_s};
    return report;
}

} // namespace

/// What is told of a scenario that was played.
class TestScenarioReport : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void isJunitXml();
    void junitCountsWhatBroke();
    void junitLeavesOutWhatXmlDoesNotKnow();
    void isJson();
    void speaksTheLanguageOfItsReader();
    void beginsWithEveryStepAhead();
};

void TestScenarioReport::isJunitXml()
{
    const Element suites = read(junitOf({failed(), failed()}, u"en"_s));
    QCOMPARE(suites.name, u"testsuites"_s);
    QCOMPARE(suites[u"tests"_s], u"6"_s);
    QCOMPARE(suites[u"failures"_s], u"2"_s);
    QCOMPARE(suites[u"errors"_s], u"0"_s);
    QCOMPARE(suites[u"skipped"_s], u"2"_s);
    QCOMPARE(suites[u"time"_s], u"8.642"_s);
    QCOMPARE(suites.all(u"testsuite"_s).size(), 2);
    const Element suite = suites.first(u"testsuite"_s);
    QCOMPARE(suite[u"name"_s], u"A <story> & more"_s);
    QCOMPARE(suite[u"timestamp"_s], u"2026-11-20T19:30:00"_s);
    QCOMPARE(suite[u"tests"_s], u"3"_s);
    const QVector<Element> cases = suite.all(u"testcase"_s);
    QCOMPARE(cases.size(), 3);
    QCOMPARE(cases[0][u"classname"_s], u"scenario.story"_s);
    QCOMPARE(cases[0][u"name"_s], u"1. One"_s);
    QCOMPARE(cases[0][u"time"_s], u"1.500"_s);
    QVERIFY(cases[0].children.isEmpty());
    const Element missed = cases[1].first(u"failure"_s);
    QCOMPARE(missed[u"message"_s], u"push: a, state: delivered"_s);
    QVERIFY(missed.text.contains(u"actual: state: waking"_s));
    QVERIFY(missed.text.contains(u"push-waking"_s));
    QCOMPARE(cases[2].children.value(0).name, u"skipped"_s);
    QCOMPARE(suite.first(u"system-err"_s).text, u"the log"_s);
}

void TestScenarioReport::junitCountsWhatBroke()
{
    ScenarioReport report = failed();
    report.verdict = Verdict::Broken;
    report.code = u"server-start"_s;
    report.about = u"no such key"_s;
    for (ScenarioStepReport &one : report.steps)
        one.state = Step::Ahead;
    const Element suites = read(junitOf({report}, u"en"_s));
    QCOMPARE(suites[u"errors"_s], u"1"_s);
    QCOMPARE(suites[u"tests"_s], u"4"_s);
    QCOMPARE(suites[u"skipped"_s], u"3"_s);
    const Element last = suites.first(u"testsuite"_s).all(u"testcase"_s).last();
    QCOMPARE(last.first(u"error"_s)[u"message"_s], u"server-start: no such key"_s);
}

void TestScenarioReport::junitLeavesOutWhatXmlDoesNotKnow()
{
    ScenarioReport report = failed();
    QString odd = u"a\x0b b"_s;
    odd += QChar(0xfffe);
    odd += QChar(0xd800);
    report.steps[1].evidence = {odd + u"c"_s, u"\U0001f600"_s};
    const QByteArray octets = junitOf({report}, u"en"_s);
    const Element suites = read(octets);
    QCOMPARE(suites.name, u"testsuites"_s);
    QVERIFY(!octets.contains('\x1b'));
    const Element failure = suites.first(u"testsuite"_s).all(u"testcase"_s)[1].first(u"failure"_s);
    QVERIFY(failure.text.contains(u"a bc"_s));
    QVERIFY(failure.text.contains(u"\U0001f600"_s));
}

void TestScenarioReport::isJson()
{
    const QJsonObject json = toJson(failed(), u"en"_s);
    QCOMPARE(json.value(u"verdict"_s).toString(), u"failed"_s);
    QCOMPARE(json.value(u"took_ms"_s).toInt(), 4321);
    const QJsonObject second = json.value(u"steps"_s).toArray().at(1).toObject();
    QCOMPARE(second.value(u"state"_s).toString(), u"failed"_s);
    const QJsonObject missed = second.value(u"expectations"_s).toArray().at(1).toObject();
    QCOMPARE(missed.value(u"state"_s).toString(), u"missed"_s);
    QCOMPARE(missed.value(u"expected"_s).toString(), u"push: a, state: delivered"_s);
    QVERIFY(second.value(u"code"_s).isNull());
}

void TestScenarioReport::speaksTheLanguageOfItsReader()
{
    const QJsonObject json = toJson(failed(), u"es_MX"_s);
    QCOMPARE(json.value(u"steps"_s).toArray().at(0)[u"title"_s].toString(), u"One (es)"_s);
    QVERIFY(junitOf({failed()}, u"es"_s).contains("1. One (es)"));
}

void TestScenarioReport::beginsWithEveryStepAhead()
{
    Scenario scenario;
    scenario.name = u"story"_s;
    scenario.steps.resize(2);
    scenario.steps[1].expectations.resize(1);
    scenario.steps[1].expectations[0].text = u"device: phone"_s;
    const ScenarioReport report = ScenarioReport::ahead(scenario);
    QVERIFY(report.verdict == Verdict::Running);
    QCOMPARE(report.endedAt(), -1);
    QCOMPARE(report.steps.size(), 2);
    QVERIFY(report.steps[0].state == Step::Ahead);
    QCOMPARE(report.steps[1].expectations[0].expected, u"device: phone"_s);
}

QTEST_GUILESS_MAIN(TestScenarioReport)
#include "tst_scenarioreport.moc"
