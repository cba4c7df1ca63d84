// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/scenario/scenarioreport.h"

#include "domain/enumtext.h"
#include "wire/json.h"

using namespace Qt::StringLiterals;

namespace reveille {

namespace {

constexpr EnumNames<5> verdictNames{"running", "passed", "failed", "stopped", "broken"};
constexpr EnumNames<5> stepNames{"ahead", "current", "passed", "failed", "stopped"};
constexpr EnumNames<4> expectationNames{"ahead", "open", "met", "missed"};

QJsonObject toJson(const ScenarioExpectationReport &report)
{
    return {{u"state"_s, QString::fromLatin1(toText(report.state))},
            {u"expected"_s, report.expected},
            {u"actual"_s, jsonText(report.actual)},
            {u"after_ms"_s, qint64(report.after.count())}};
}

QJsonObject toJson(const ScenarioStepReport &report, const QString &language)
{
    QJsonArray expectations;
    for (const ScenarioExpectationReport &expectation : report.expectations)
        expectations.append(toJson(expectation));
    return {{u"title"_s, report.title.in(language)},
            {u"state"_s, QString::fromLatin1(toText(report.state))},
            {u"line"_s, report.line},
            {u"left_out"_s, report.leftOut},
            {u"actions"_s, jsonTexts(report.actions)},
            {u"expectations"_s, expectations},
            {u"code"_s, jsonText(report.code)},
            {u"about"_s, jsonText(report.about)},
            {u"evidence"_s, jsonTexts(report.evidence)},
            {u"began_at"_s, jsonTime(report.began)},
            {u"took_ms"_s, qint64(report.took.count())}};
}

} // namespace

ScenarioReport ScenarioReport::ahead(const Scenario &scenario)
{
    ScenarioReport report;
    report.name = scenario.name;
    report.title = scenario.title;
    for (const ScenarioStep &step : scenario.steps) {
        ScenarioStepReport of;
        of.title = step.title;
        of.line = step.line;
        for (const ScenarioAction &action : step.actions)
            of.actions.append(action.text);
        for (const ScenarioExpectation &wanted : step.expectations)
            of.expectations.append({ScenarioExpectationReport::State::Ahead, wanted.text, {}, {}});
        report.steps.append(of);
    }
    return report;
}

int ScenarioReport::endedAt() const
{
    for (int index = 0; index < steps.size(); ++index) {
        const ScenarioStepReport::State state = steps[index].state;
        if (state == ScenarioStepReport::State::Failed || state == ScenarioStepReport::State::Stopped)
            return index;
    }
    return -1;
}

const char *toText(ScenarioReport::Verdict verdict)
{
    return nameOf(verdictNames, verdict);
}

const char *toText(ScenarioStepReport::State state)
{
    return nameOf(stepNames, state);
}

const char *toText(ScenarioExpectationReport::State state)
{
    return nameOf(expectationNames, state);
}

QJsonObject toJson(const ScenarioReport &report, const QString &language)
{
    QJsonArray steps;
    for (const ScenarioStepReport &step : report.steps)
        steps.append(toJson(step, language));
    return {{u"name"_s, report.name},
            {u"title"_s, report.title.in(language)},
            {u"verdict"_s, QString::fromLatin1(toText(report.verdict))},
            {u"code"_s, jsonText(report.code)},
            {u"about"_s, jsonText(report.about)},
            {u"steps"_s, steps},
            {u"began_at"_s, jsonTime(report.began)},
            {u"took_ms"_s, qint64(report.took.count())}};
}

} // namespace reveille
