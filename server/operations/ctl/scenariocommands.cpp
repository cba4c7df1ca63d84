// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/scenario/junit.h"
#include "client/scenario/scenariolibrary.h"
#include "client/scenario/scenarioreader.h"
#include "operations/ctl/ctlshared.h"
#include "operations/ctl/ctltable.h"
#include "operations/ctl/scenarioplay.h"
#include "operations/ctl/scenariotext.h"
#include "operations/operationstoken.h"

#include <QFile>
#include <QJsonArray>
#include <QLocale>
#include <QSaveFile>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

using Words = CtlWords;

int unreadable(const CtlContext &context, const ScenarioError &error, const QString &file)
{
    context.out.flush();
    context.err << "reveillectl: " << scenarioSentence(error, file) << '\n';
    return 2;
}

int misused(const CtlContext &context, const QString &why)
{
    context.misused(why);
    return 2;
}

/// --set NAME=VALUE.
std::optional<ScenarioValues> valuesOf(const CtlContext &context)
{
    ScenarioValues values;
    for (const QString &text : context.options.values(u"set"_s)) {
        const qsizetype equals = text.indexOf(u'=');
        if (equals < 1)
            return {};
        values.insert(text.first(equals), text.sliced(equals + 1));
    }
    return values;
}

CtlResult<Done> writeJunit(const CtlContext &context, const QVector<ScenarioReport> &reports,
                           const QString &language)
{
    const QString path = context.options.value(u"junit"_s);
    if (path.isEmpty())
        return Done{};
    const QByteArray octets = junitOf(reports, language);
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(octets) != octets.size() || !file.commit())
        return CtlFailure{u"file-unwritable"_s, path};
    return Done{};
}

/// Plays all of them, one after the other; an interruption ends it.
int play(const CtlContext &context, const QVector<Scenario> &scenarios, const ScenarioPlan &plan)
{
    InterruptWatch interrupts;
    QVector<ScenarioReport> reports;
    bool passed = true;
    bool stopped = false;
    for (const Scenario &scenario : scenarios) {
        if (stopped) { // it is to be seen that it was not played
            reports.append(ScenarioReport::ahead(scenario));
            continue;
        }
        if (!context.json && !reports.isEmpty())
            context.out << '\n';
        const ScenarioReport report = playScenario(context, scenario, plan, interrupts);
        if (context.json)
            context.print(toJson(report, plan.language));
        reports.append(report);
        passed = passed && report.verdict == ScenarioReport::Verdict::Passed;
        stopped = report.verdict == ScenarioReport::Verdict::Stopped;
    }
    if (const auto written = writeJunit(context, reports, plan.language); !written)
        return context.fail(written.error());
    return passed ? 0 : 1;
}

/// What the options say beside the files; a sentence where they make no sense.
Result<ScenarioPlan, QString> planOf(const CtlContext &context)
{
    ScenarioPlan plan;
    plan.language = QLocale().name();
    plan.without = context.options.values(u"without"_s);
    plan.keep = context.options.value(u"keep"_s);
    const QString limit = context.options.value(u"timeout"_s);
    if (!limit.isEmpty()) {
        const auto time = scenarioTimeFromText(limit);
        if (!time)
            return Words::tr("\"%1\" is no time such as 90s or 2m").arg(limit);
        plan.limit = *time;
    }
    return plan;
}

int run(const CtlContext &context)
{
    auto plan = planOf(context);
    if (!plan)
        return misused(context, plan.error());
    const auto values = valuesOf(context);
    if (!values)
        return misused(context, Words::tr("--set takes NAME=VALUE"));
    if (context.options.isSet(u"server"_s)) {
        const QString text = context.options.value(u"server"_s);
        plan->server = QUrl(text.contains(u"://") ? text : u"http://"_s + text, QUrl::StrictMode);
        if (!plan->server.isValid() || plan->server.host().isEmpty())
            return misused(context, Words::tr("\"%1\" is no http URL").arg(text));
        const auto token = tokenOf(context.options);
        if (!token)
            return context.fail(token.error());
        plan->token = *token;
    }
    QVector<Scenario> scenarios;
    for (const QString &file : context.arguments) {
        const QString path = scenarioPath(file);
        const auto scenario = readScenarioFile(path.isEmpty() ? file : path, *values);
        if (!scenario)
            return unreadable(context, scenario.error(), file);
        if (!plan->server.isEmpty()) {
            if (const auto fits = fitsForeignServer(*scenario); !fits)
                return unreadable(context, fits.error(), file);
        }
        for (const QString &which : std::as_const(plan->without)) {
            if (ScenarioRunner::stepsMeant(*scenario, which).isEmpty())
                return misused(context, Words::tr("%1 has no step \"%2\"").arg(scenario->name, which));
        }
        scenarios.append(*scenario);
    }
    return play(context, scenarios, *plan);
}

int expect(const CtlContext &context)
{
    ScenarioPlan plan;
    plan.language = QLocale().name();
    const auto within = scenarioTimeFromText(context.options.value(u"within"_s));
    if (!within)
        return misused(
            context,
            Words::tr("\"%1\" is no time such as 90s or 2m").arg(context.options.value(u"within"_s)));
    const auto scenario = readExpectations(context.arguments, *within);
    if (!scenario)
        return unreadable(context, scenario.error(), u"expect"_s);
    const auto token = tokenOf(context.options);
    if (!token)
        return context.fail(token.error());
    plan.server = context.client.base();
    plan.token = *token;
    return play(context, {*scenario}, plan);
}

int check(const CtlContext &context)
{
    const auto values = valuesOf(context);
    if (!values)
        return misused(context, Words::tr("--set takes NAME=VALUE"));
    for (const QString &file : context.arguments) {
        const QString path = scenarioPath(file);
        const auto scenario = readScenarioFile(path.isEmpty() ? file : path, *values);
        if (!scenario)
            return unreadable(context, scenario.error(), file);
        context.out << plainText(Words::tr("%1: %2 steps, %3 devices.")
                                     .arg(file)
                                     .arg(scenario->steps.size())
                                     .arg(scenario->deviceCount()))
                    << '\n';
    }
    return 0;
}

int list(const CtlContext &context)
{
    const QString language = QLocale().name();
    CtlTable table({Words::tr("NAME"), Words::tr("STEPS"), Words::tr("TITLE")});
    QJsonArray items;
    for (const QString &name : shippedScenarios()) {
        const auto scenario = readScenarioFile(shippedScenarioPath(name));
        if (!scenario)
            return unreadable(context, scenario.error(), name);
        const QString title = scenario->title.in(language);
        table.add({name, QString::number(scenario->steps.size()), title});
        items.append(QJsonObject{{u"name"_s, name},
                                 {u"title"_s, title},
                                 {u"about"_s, scenario->about.in(language)},
                                 {u"steps"_s, scenario->steps.size()}});
    }
    if (context.json)
        context.print({{u"items"_s, items}});
    else
        context.out << table.toString();
    return 0;
}

int show(const CtlContext &context)
{
    const QString name = context.arguments.at(0);
    QFile file(shippedScenarioPath(name));
    if (file.fileName().isEmpty() || !file.open(QIODevice::ReadOnly))
        return unreadable(context, {"scenario-name-unknown", name}, u"scenario show"_s);
    context.out << QString::fromUtf8(file.readAll());
    return 0;
}

QCommandLineOption junitOption()
{
    return valued("junit", Words::tr("Writes what became of it as JUnit XML"), u"FILE"_s);
}

QCommandLineOption setOption()
{
    return valued("set", Words::tr("A value of the scenario; may be repeated"), u"NAME=VALUE"_s);
}

} // namespace

QList<CtlCommand> scenarioCommands()
{
    CtlCommand running{
        u"scenario run"_s,
        u"FILE…"_s,
        Words::tr("Plays scenarios; exit status 0 if all of them pass, 2 for a file that makes no sense"),
        1,
        200,
        {junitOption(), setOption(),
         valued("without", Words::tr("Leaves out what a step does, by title, number or the word key"),
                u"STEP"_s),
         valued("keep", Words::tr("Leaves data and log of the server in this folder"), u"DIR"_s),
         valued("server", Words::tr("Plays with a server that runs, instead of one of its own"), u"URL"_s),
         valued("timeout", Words::tr("The most each may take, such as 90s"), u"TIME"_s)},
        run};
    CtlCommand checking{u"scenario check"_s,
                        u"FILE…"_s,
                        Words::tr("Reads scenarios and says what is wrong with them"),
                        1,
                        200,
                        {setOption()},
                        check};
    CtlCommand listing{
        u"scenario list"_s, {}, Words::tr("The scenarios that come with this program"), 0, 0, {}, list};
    CtlCommand showing{u"scenario show"_s,
                       u"NAME"_s,
                       Words::tr("Prints one of them, to start one's own from"),
                       1,
                       1,
                       {},
                       show};
    QList<CtlCommand> commands{running, checking, listing, showing};
    for (CtlCommand &command : commands)
        command.isLocal = true;
    commands.append(
        {u"expect"_s,
         u"EXPECTATION…"_s,
         Words::tr("Waits until what is expected is so; exit status 0 if it was in time"),
         1,
         20,
         {junitOption(), valued("within", Words::tr("How long is waited (10s)"), u"TIME"_s, u"10s"_s)},
         expect,
         Words::tr("An expectation is one as in a scenario:\n"
                   "  reveillectl expect --within 20s \"journal: restored, device: urn:uuid:…\" \"push: p-…, "
                   "state: "
                   "delivered\"\n")});
    return commands;
}

} // namespace reveille
