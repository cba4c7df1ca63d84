// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/scenario/scenariosentences.h"

#include "models/sentences.h"

#include <QLocale>

#include <algorithm>

namespace reveille {

using namespace Qt::StringLiterals;
using StepState = ScenarioStepReport::State;
using Wanted = ScenarioExpectationReport::State;
using Ending = ScenarioReport::Verdict;

QString ScenarioSentences::language()
{
    return QLocale().name();
}

/// What readers of files say should stand there: phrases, and after a colon words of the file format, which stay.
QString ScenarioSentences::hint(const QString &hint)
{
    static const QVector<std::pair<QLatin1StringView, const char *>> phrases{
        {"a text"_L1, QT_TR_NOOP("a text")},
        {"a list"_L1, QT_TR_NOOP("a list")},
        {"a list of steps"_L1, QT_TR_NOOP("a list of steps")},
        {"keys with values"_L1, QT_TR_NOOP("keys with values")},
        {"a text or a list of texts"_L1, QT_TR_NOOP("a text or a list of texts")},
        {"a text, or texts by language"_L1, QT_TR_NOOP("a text, or texts by language")},
        {"an expectation in {}"_L1, QT_TR_NOOP("an expectation in {}")},
        {"an expectation"_L1, QT_TR_NOOP("an expectation")},
        {"an action"_L1, QT_TR_NOOP("an action")},
        {"a number"_L1, QT_TR_NOOP("a number")},
        {"a regular expression"_L1, QT_TR_NOOP("a regular expression")}};
    const qsizetype colon = hint.indexOf(u": "_s);
    const QString head = hint.left(colon < 0 ? hint.size() : colon);
    for (const auto &[text, phrase] : phrases) {
        if (head == text)
            return tr(phrase) + (colon < 0 ? QString() : hint.sliced(colon));
    }
    if (const QByteArray code = hint.toLatin1(); Sentences::errorCodes().contains(hint))
        return Sentences::error({code.constData(), {}});
    return hint;
}

QString ScenarioSentences::fault(const ScenarioError &error)
{
    const QString &about = error.about;
    const QString meant = error.hint.isEmpty() ? QString() : tr("; is “%1” meant?").arg(error.hint);
    QString text;
    if (error.is("scenario-file"))
        text = tr("the file cannot be read");
    else if (error.is("scenario-too-large"))
        text = tr("more than %1 octets are not taken").arg(about);
    else if (error.is("scenario-too-many"))
        text = tr("too much: at most %1").arg(about);
    else if (error.is("scenario-type"))
        text = tr("“%1” has to be %2").arg(about, hint(error.hint));
    else if (error.is("scenario-value"))
        text = tr("“%1” cannot be; possible: %2").arg(about, hint(error.hint));
    else if (error.is("scenario-key-unknown"))
        text = tr("there is no key “%1”").arg(about) + meant;
    else if (error.is("scenario-key-missing"))
        text = tr("“%1” is missing (%2)").arg(about, error.hint);
    else if (error.is("scenario-key-twice"))
        text = tr("“%1” stands there twice").arg(about);
    else if (error.is("scenario-name"))
        text = tr("“%1” is no name: a letter, then letters, digits, - and _").arg(about);
    else if (error.is("scenario-name-twice"))
        text = tr("the name “%1” is taken").arg(about);
    else if (error.is("scenario-name-unknown"))
        text = tr("nothing is called “%1”").arg(about) + meant;
    else if (error.is("scenario-server-foreign"))
        text = tr("it needs a server of its own: %1").arg(about);
    else
        text = tr("this is no YAML: %1").arg(about);
    if (!text.endsWith(u'?'))
        text += u'.';
    return error.line > 0 ? tr("Line %1: %2").arg(error.line).arg(text) : text;
}

QString ScenarioSentences::problem(const QString &code, const QString &about)
{
    if (code.isEmpty())
        return {};
    if (code == u"server-start")
        return tr("The server of the scenario does not come up: %1").arg(about);
    if (code == u"scenario-store")
        return tr("In this window a scenario keeps its data in a folder of its own, not in %1.").arg(about);
    if (code == u"server-ended")
        return tr("The server was stopped while the scenario was played.");
    if (code == u"server-unkillable")
        return tr("The server of the console cannot be killed.");
    if (code == u"server-unreachable")
        return tr("The server does not answer: %1").arg(about);
    if (code == u"scenario-limit")
        return tr("It may take %1 ms and has taken longer.").arg(about);
    if (code == u"setup-timeout")
        return tr("What the scenario needs was not set up within %1 ms: its server, users, devices or simulated networks.").arg(about);
    if (code == u"action-timeout")
        return tr("What the step does was not done within %1 ms.").arg(about);
    if (code == u"scenario-server-foreign")
        return tr("It needs a server of its own: %1").arg(about);
    if (code == u"call-refused")
        return tr("The server refuses it: %1").arg(about);
    if (code == u"call-answer")
        return tr("The server answers something else: %1").arg(about);
    if (code == u"action-fact-unknown")
        return tr("%1 is not known yet.").arg(about);
    if (code == u"device-not-started")
        return tr("%1 was not started.").arg(about);
    if (code == u"device-no-place")
        return tr("The server does not listen at %1.").arg(about);
    if (code == u"companion-not-started")
        return tr("%1 must be started before.").arg(about);
    const QByteArray known = code.toLatin1();
    return Sentences::error({known.constData(), about});
}

QString ScenarioSentences::needs(const Scenario &scenario)
{
    QStringList parts{tr("%n step(s)", nullptr, int(scenario.steps.size())),
                      tr("%n device(s)", nullptr, scenario.deviceCount())};
    if (!scenario.nats.isEmpty())
        parts.append(tr("%n simulated network(s)", nullptr, int(scenario.nats.size())));
    if (!scenario.smscs.isEmpty())
        parts.append(tr("%n simulated SMSC(s)", nullptr, int(scenario.smscs.size())));
    parts.append(tr("a server of its own on free ports"));
    return tr("It has %1.").arg(parts.join(u", "_s));
}

QString ScenarioSentences::whyNotHere(const Scenario &scenario)
{
    for (const ScenarioStep &step : scenario.steps) {
        for (const ScenarioAction &action : step.actions) {
            if (action.kind == ScenarioAction::Kind::Server && action.word == u"kill")
                return tr("“%1” (line %2) kills the server, and the console's own server is this program. Play this scenario with "
                          "reveillectl, which starts a server that can be killed.")
                    .arg(step.title.in(language()))
                    .arg(action.line);
        }
    }
    return {};
}

QString ScenarioSentences::verdict(const ScenarioReport &report)
{
    const int count = int(report.steps.size());
    const int at = report.endedAt();
    const QString took = seconds(report.took);
    switch (report.verdict) {
    case Ending::Passed: return tr("Every step happened as expected, in %1.").arg(took);
    case Ending::Failed: {
        const QString failed = tr("Step %1 of %2, “%3”, did not happen as expected, after %4.")
                                   .arg(QString::number(at + 1), QString::number(count), report.steps[at].title.in(language()), took);
        return at + 1 < count ? failed + u' ' + tr("%n step(s) after it were not played.", nullptr, count - at - 1) : failed;
    }
    case Ending::Stopped:
        return at < 0 ? tr("Stopped between two steps, after %1.").arg(took)
                      : tr("Stopped at step %1 of %2, after %3.").arg(at + 1).arg(count).arg(took);
    case Ending::Broken: return tr("It could not be played. %1").arg(problem(report.code, report.about));
    case Ending::Running: break;
    }
    return {};
}

QString ScenarioSentences::sign(StepState state)
{
    switch (state) {
    case StepState::Ahead: return u"○"_s;
    case StepState::Current: return u"▶"_s;
    case StepState::Passed: return u"✓"_s;
    case StepState::Failed: return u"✕"_s;
    case StepState::Stopped: return u"■"_s;
    }
    return {};
}

QString ScenarioSentences::word(StepState state)
{
    switch (state) {
    case StepState::Ahead: return tr("not yet");
    case StepState::Current: return tr("now");
    case StepState::Passed: return tr("passed");
    case StepState::Failed: return tr("failed");
    case StepState::Stopped: return tr("stopped");
    }
    return {};
}

QString ScenarioSentences::sign(Wanted state)
{
    switch (state) {
    case Wanted::Met: return u"✓"_s;
    case Wanted::Missed: return u"✕"_s;
    case Wanted::Open: return u"…"_s;
    case Wanted::Ahead: break;
    }
    return u"○"_s;
}

QString ScenarioSentences::found(const ScenarioExpectationReport &one)
{
    const QString text = happened(one.actual);
    return one.state == Wanted::Missed ? tr("%1, after %2").arg(text, seconds(one.after)) : text;
}

QString ScenarioSentences::seconds(Milliseconds time)
{
    return tr("%1 s").arg(QLocale().toString(double(time.count()) / 1000.0, 'f', 1));
}

QString ScenarioSentences::step(const ScenarioStepReport &step, int index, const TimeDisplay &times)
{
    QString text = u"%1 %2. %3"_s.arg(sign(step.state)).arg(index + 1).arg(step.title.in(language()));
    if (step.began.isSet())
        text += u"  ("_s + times.clock(step.began) + u", "_s + seconds(step.took) + u')';
    text += u'\n';
    for (const ScenarioExpectationReport &one : step.expectations) {
        text += u"    "_s + sign(one.state) + u' ' + one.expected + u'\n';
        if (one.state == Wanted::Met || one.state == Wanted::Missed || !one.actual.isEmpty())
            text += u"        "_s + found(one) + u'\n';
    }
    if (const QString why = problem(step.code, step.about); !why.isEmpty())
        text += u"    "_s + why + u'\n';
    if (!step.evidence.isEmpty())
        text += u"    "_s + tr("The last that happened:") + u'\n';
    for (const QString &line : step.evidence)
        text += u"        "_s + evidence(line, step.began, times) + u'\n';
    return text;
}

QString ScenarioSentences::report(const ScenarioReport &report, const TimeDisplay &times)
{
    QString text = report.title.in(language()) + u'\n' + verdict(report) + u"\n\n"_s;
    for (int index = 0; index < report.steps.size(); ++index)
        text += step(report.steps[index], index, times);
    return text;
}

} // namespace reveille
