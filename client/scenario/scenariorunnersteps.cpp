// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/scenario/scenariorunnerstate.h"

#include <algorithm>

namespace reveille {

namespace {

constexpr int shownEvidence = 8;

using Verdict = ScenarioReport::Verdict;
using StepState = ScenarioStepReport::State;
using Wanted = ScenarioExpectationReport::State;

} // namespace

void ScenarioRunner::State::enter(int index)
{
    if (ending)
        return;
    if (index >= scenario.steps.size())
        return end(Verdict::Passed);
    current = index;
    expecting = false;
    stepReport().state = StepState::Current;
    stepReport().began = MachineClock().now();
    stepClock.start();
    if (!step().actions.isEmpty())
        since = facts.mark();
    Q_EMIT
    q->stepStarted(index);
    act(0);
}

void ScenarioRunner::State::act(int action)
{
    if (ending)
        return;
    if (action >= step().actions.size() || stepReport().leftOut)
        return expect();
    actor.perform(step().actions.at(action), [this, action](const std::optional<Error> &error) {
        if (ending)
            return;
        if (error)
            return fail(QString::fromLatin1(error->code), error->about);
        act(action + 1);
    });
}

void ScenarioRunner::State::expect()
{
    expecting = true;
    waitClock.start();
    for (ScenarioExpectationReport &wanted : stepReport().expectations)
        wanted.state = Wanted::Open;
    watchMetrics();
    look();
}

void ScenarioRunner::State::watchMetrics()
{
    bool wanted = false;
    for (int i = 0; expecting && i < step().expectations.size(); ++i)
        wanted = wanted || (step().expectations[i].kind == ScenarioExpectation::Kind::Metric &&
                            stepReport().expectations[i].state == Wanted::Open);
    feed.setMetricsWanted(wanted);
}

void ScenarioRunner::State::look()
{
    if (ending || !expecting)
        return;
    const Milliseconds waited(waitClock.elapsed());
    bool allMet = true;
    for (int i = 0; i < step().expectations.size(); ++i) {
        if (stepReport().expectations[i].state != Wanted::Open)
            continue;
        if (!lookAt(i, waited)) {
            expecting = false;
            return fail({}, {});
        }
        allMet = allMet && stepReport().expectations[i].state == Wanted::Met;
    }
    if (allMet)
        return pass();
    watchMetrics();
    armDeadline();
}

/// False: it can no longer be met.
bool ScenarioRunner::State::lookAt(int index, Milliseconds waited)
{
    const ScenarioExpectation &wanted = step().expectations.at(index);
    ScenarioExpectationReport &of = stepReport().expectations[index];
    const ScenarioExpectationReport before = of;
    const ScenarioFinding finding = judge(wanted, scene());
    const bool late = waited >= withinOf(index);
    of.actual = finding.actual;
    if (wanted.never) {
        if (finding.state == ScenarioFinding::State::Met)
            of.state = Wanted::Missed;
        else if (late)
            of.state = Wanted::Met;
    } else if (finding.state == ScenarioFinding::State::Met) {
        of.state = Wanted::Met;
    } else if (late || finding.state == ScenarioFinding::State::Broken) {
        of.state = Wanted::Missed;
    }
    if (of.state != Wanted::Open)
        of.after = Milliseconds(stepClock.elapsed());
    if (of != before)
        Q_EMIT
    q->expectationChanged(current, index);
    return of.state != Wanted::Missed;
}

void ScenarioRunner::State::armDeadline()
{
    std::optional<Milliseconds> next;
    for (int i = 0; i < step().expectations.size(); ++i) {
        if (stepReport().expectations[i].state == Wanted::Open)
            next = std::min(next.value_or(withinOf(i)), withinOf(i));
    }
    if (next)
        deadline.start(std::max(*next - Milliseconds(waitClock.elapsed()), Milliseconds(1)));
}

void ScenarioRunner::State::pass()
{
    deadline.stop();
    expecting = false;
    feed.setMetricsWanted(false);
    stepReport().state = StepState::Passed;
    stepReport().took = Milliseconds(stepClock.elapsed());
    Q_EMIT
    q->stepPassed(current);
    if (ending)
        return;
    const bool isLast = current + 1 == scenario.steps.size();
    isHeld = holding && !isLast;
    if (!isHeld)
        return pacing.start(isLast ? Milliseconds(0) : pace);
    Q_EMIT
    q->held(current);
}

QStringList ScenarioRunner::State::evidence() const
{
    QStringList devices, names;
    for (int i = 0; i < step().expectations.size(); ++i) {
        if (report.steps[current].expectations[i].state == Wanted::Met)
            continue;
        devices += devicesOf(step().expectations[i], scene());
        names += namesOf(step().expectations[i], scene());
    }
    return facts.evidence(devices, names, shownEvidence);
}

void ScenarioRunner::State::fail(const QString &code, const QString &about)
{
    if (ending)
        return;
    if (current < 0)
        return breakOff({"scenario-limit", about});
    ScenarioStepReport &of = stepReport();
    of.state = StepState::Failed;
    of.code = code;
    of.about = about;
    of.took = Milliseconds(stepClock.elapsed());
    of.evidence = evidence();
    Q_EMIT
    q->stepFailed(current);
    end(Verdict::Failed);
}

} // namespace reveille
