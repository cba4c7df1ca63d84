// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/ctl/scenariotext.h"

#include "operations/ctl/ctlshared.h"
#include "operations/ctl/ctltable.h"

#include <algorithm>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

using Words = CtlWords;
using StepState = ScenarioStepReport::State;
using Wanted = ScenarioExpectationReport::State;

QString meant(const QString &hint)
{
    return hint.isEmpty() ? QString() : Words::tr("; is \"%1\" meant?").arg(hint);
}

QString faultSentence(const ScenarioError &error)
{
    const QString &about = error.about;
    if (error.is("scenario-file"))
        return Words::tr("the file cannot be read");
    if (error.is("scenario-too-large"))
        return Words::tr("more than %1 octets are not taken").arg(about);
    if (error.is("scenario-too-many"))
        return Words::tr("too much: %1 are taken").arg(about);
    if (error.is("scenario-type"))
        return Words::tr("\"%1\" must be %2").arg(about, error.hint);
    if (error.is("scenario-value"))
        return Words::tr("\"%1\" cannot be; what is taken: %2").arg(about, error.hint);
    if (error.is("scenario-key-unknown"))
        return Words::tr("there is no key \"%1\"").arg(about) + meant(error.hint);
    if (error.is("scenario-key-missing"))
        return Words::tr("\"%1\" is missing (%2)").arg(about, error.hint);
    if (error.is("scenario-key-twice"))
        return Words::tr("\"%1\" stands there twice").arg(about);
    if (error.is("scenario-name"))
        return Words::tr("\"%1\" is no name: a letter, then letters, digits, - and _").arg(about);
    if (error.is("scenario-name-twice"))
        return Words::tr("the name \"%1\" is taken").arg(about);
    if (error.is("scenario-name-unknown"))
        return Words::tr("nothing is called \"%1\"").arg(about) + meant(error.hint);
    if (error.is("scenario-server-foreign"))
        return Words::tr("it needs a server of its own: %1").arg(about);
    return Words::tr("this is no YAML: %1").arg(about);
}

QString mark(StepState state)
{
    switch (state) {
    case StepState::Passed:
        return u"✓"_s;
    case StepState::Failed:
        return u"✗"_s;
    case StepState::Stopped:
        return u"■"_s;
    case StepState::Ahead:
    case StepState::Current:
        break;
    }
    return u"–"_s;
}

QString mark(Wanted state)
{
    switch (state) {
    case Wanted::Met:
        return u"✓"_s;
    case Wanted::Missed:
        return u"✗"_s;
    case Wanted::Open:
        return u"…"_s;
    case Wanted::Ahead:
        break;
    }
    return u"–"_s;
}

QString secondsText(Milliseconds time)
{
    return Words::tr("%1 s").arg(double(time.count()) / 1000.0, 0, 'f', 1);
}

void addLine(QString &text, int indent, const QString &line)
{
    text += QString(indent, u' ') + plainText(line) + u'\n';
}

} // namespace

QString scenarioSentence(const ScenarioError &error, const QString &file)
{
    QString place = file;
    if (error.line > 0)
        place += u':' + QString::number(error.line);
    return plainText(place + u": "_s + faultSentence(error));
}

QString scenarioProblem(const QString &code, const QString &about)
{
    if (code == u"server-missing")
        return Words::tr("The server %1 is not there.").arg(about);
    if (code == u"server-start")
        return Words::tr("The server does not come up: %1").arg(about);
    if (code == u"server-ended")
        return Words::tr("The server is gone (%1).").arg(about);
    if (code == u"server-unreachable")
        return Words::tr("The server does not answer: %1").arg(about);
    if (code == u"scenario-server-foreign")
        return Words::tr("It needs a server of its own: %1").arg(about);
    if (code == u"scenario-limit")
        return Words::tr("It may take %1 ms and has taken longer.").arg(about);
    if (code == u"setup-timeout")
        return Words::tr("It was not set up within %1 ms.").arg(about);
    if (code == u"action-timeout")
        return Words::tr("What it does was not done within %1 ms.").arg(about);
    if (code == u"call-refused")
        return Words::tr("The server refuses it. %1").arg(about);
    if (code == u"call-answer")
        return Words::tr("The server answers something else. %1").arg(about);
    if (code == u"action-fact-unknown")
        return Words::tr("%1 is not known yet.").arg(about);
    if (code == u"device-not-started")
        return Words::tr("%1 was not started.").arg(about);
    if (code == u"device-no-place")
        return Words::tr("The server does not listen at %1.").arg(about);
    if (code == u"companion-not-started")
        return Words::tr("%1 must be started before.").arg(about);
    return code + (about.isEmpty() ? QString() : u": "_s + about);
}

QString scenarioHead(const ScenarioReport &report, const QString &language)
{
    return plainText(report.title.in(language)) + u'\n';
}

QString scenarioStepText(const ScenarioReport &report, int index, const QString &language)
{
    const ScenarioStepReport &step = report.steps[index];
    QString text;
    QString head = u"%1 %2. %3"_s.arg(mark(step.state)).arg(index + 1).arg(step.title.in(language));
    if (step.leftOut)
        head += Words::tr(" (what it does is left out)");
    addLine(text, 2, head.leftJustified(62) + u' ' + secondsText(step.took));
    for (const ScenarioExpectationReport &wanted : step.expectations) {
        addLine(text, 6, mark(wanted.state) + u' ' + wanted.expected);
        if (wanted.state == Wanted::Met)
            addLine(text, 10, Words::tr("%1, after %2").arg(wanted.actual, secondsText(wanted.after)));
        else if (wanted.state != Wanted::Ahead)
            addLine(
                text, 10,
                Words::tr("found: %1").arg(wanted.actual.isEmpty() ? Words::tr("nothing") : wanted.actual));
    }
    if (!step.code.isEmpty())
        addLine(text, 6, scenarioProblem(step.code, step.about));
    if (!step.evidence.isEmpty())
        addLine(text, 6, Words::tr("The last that happened:"));
    for (const QString &line : step.evidence)
        addLine(text, 10, line);
    return text;
}

QString scenarioEnd(const ScenarioReport &report, const QString &language)
{
    const int at = report.endedAt();
    const QString took = secondsText(report.took);
    QString text;
    switch (report.verdict) {
    case ScenarioReport::Verdict::Passed:
        addLine(text, 0, Words::tr("Passed: %1 steps in %2.").arg(report.steps.size()).arg(took));
        return text;
    case ScenarioReport::Verdict::Failed:
        addLine(
            text, 0,
            Words::tr("Failed at step %1 of %2, after %3.").arg(at + 1).arg(report.steps.size()).arg(took));
        break;
    case ScenarioReport::Verdict::Stopped:
        if (at < 0)
            addLine(text, 0, Words::tr("Stopped before the first step."));
        else
            addLine(text, 0,
                    Words::tr("Stopped at step %1 of %2, \"%3\", after %4.")
                        .arg(at + 1)
                        .arg(report.steps.size())
                        .arg(report.steps[at].title.in(language), took));
        return text;
    case ScenarioReport::Verdict::Broken:
    case ScenarioReport::Verdict::Running:
        addLine(text, 0,
                Words::tr("\"%1\" could not be played. %2")
                    .arg(report.title.in(language), scenarioProblem(report.code, report.about)));
        break;
    }
    if (!report.serverLog.isEmpty()) {
        addLine(text, 0, Words::tr("The end of the server's log:"));
        for (const QString &line : report.serverLog.split(u'\n'))
            addLine(text, 4, line);
    }
    return text;
}

} // namespace reveille
