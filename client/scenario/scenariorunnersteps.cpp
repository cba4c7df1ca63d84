// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/scenario/scenariorunnerstate.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace reveille {

namespace {

constexpr int shownEvidence = 8;
constexpr Milliseconds settleTime{100};
constexpr Milliseconds actionTime{60'000};

using Verdict = ScenarioReport::Verdict;
using StepState = ScenarioStepReport::State;
using Wanted = ScenarioExpectationReport::State;

} // namespace

void ScenarioRunner::State::enter(int index)
{
    if (ending)
        return;
    if (index >= scenario.steps.size())
        return finishSteps();
    current = index;
    expecting = false;
    stepReport().state = StepState::Current;
    stepReport().began = MachineClock().now();
    stepClock.start();
    Q_EMIT q->stepStarted(index);
    if (ending)
        return;
    if (step().actions.isEmpty()) {
        marks[index] = since;
        return expect();
    }
    bound(actionTime);
    // What the server has told by now is from before, whenever it arrives.
    api.call("GET", "/v1/journal?limit=1", [this](const ScenarioApi::Answer &answer) {
        if (ending)
            return;
        const qint64 last = answer.body.value(u"items"_s)[0][u"id"_s].toInteger();
        since = facts.mark();
        since.journal = std::max(since.journal, quint64(last));
        marks[current] = since;
        act(0);
    });
}

void ScenarioRunner::State::act(int action)
{
    if (ending)
        return;
    if (action >= step().actions.size() || stepReport().leftOut)
        return expect();
    bound(actionTime + step().actions.at(action).time);
    actor.perform(step().actions.at(action), [this, action](const std::optional<Error> &error) {
        if (ending)
            return;
        if (error)
            return fail(QString::fromLatin1(error->code), error->about);
        act(action + 1);
    });
}

void ScenarioRunner::State::bound(Milliseconds time)
{
    phase.start(time);
}

void ScenarioRunner::State::expect()
{
    phase.stop();
    expecting = true;
    settling = false;
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
    bool anyBounded = false;
    for (int i = 0; i < step().expectations.size(); ++i) {
        if (stepReport().expectations[i].state != Wanted::Open)
            continue;
        const Look found = lookAt(i, waited);
        if (found == Look::Missed) {
            expecting = false;
            return fail({}, {});
        }
        allMet = allMet && found != Look::Open;
        anyBounded = anyBounded || found == Look::Held;
    }
    if (ending)
        return;
    if (allMet && !anyBounded)
        return pass();
    settle(allMet, waited);
    watchMetrics();
    armDeadline(waited);
}

/// What may not become more is looked at once more a little after all else is met.
void ScenarioRunner::State::settle(bool allMet, Milliseconds waited)
{
    if (!allMet) {
        settling = false;
        return;
    }
    if (!settling) {
        settling = true;
        settledAt = waited + settleTime;
    } else if (waited >= settledAt) {
        for (int i = 0; i < step().expectations.size(); ++i) {
            if (stepReport().expectations[i].state == Wanted::Open)
                conclude(i, Wanted::Met);
        }
        pass();
    }
}

void ScenarioRunner::State::conclude(int index, Wanted state)
{
    ScenarioExpectationReport &of = stepReport().expectations[index];
    of.state = state;
    of.after = Milliseconds(stepClock.elapsed());
    Q_EMIT q->expectationChanged(current, index);
}

ScenarioRunner::State::Look ScenarioRunner::State::lookAt(int index, Milliseconds waited)
{
    const ScenarioExpectation &wanted = step().expectations.at(index);
    ScenarioExpectationReport &of = stepReport().expectations[index];
    const ScenarioFinding finding = judge(wanted, scene());
    const bool isSo = finding.state == ScenarioFinding::State::Met;
    const bool late = waited >= withinOf(index);
    const bool changed = of.actual != finding.actual;
    of.actual = finding.actual;
    Look look = Look::Open;
    if (wanted.never)
        look = isSo ? Look::Missed : late ? Look::Held : Look::Open;
    else if (finding.state == ScenarioFinding::State::Broken || (late && !isSo))
        look = Look::Missed;
    else if (isSo)
        look = hasUpperBound(wanted) ? Look::Held : Look::Met;
    if (look == Look::Missed || look == Look::Met)
        conclude(index, look == Look::Met ? Wanted::Met : Wanted::Missed);
    else if (changed)
        Q_EMIT q->expectationChanged(current, index);
    return look;
}

/// By the time that was judged with: what comes due while others are judged is due in a moment, not never.
void ScenarioRunner::State::armDeadline(Milliseconds waited)
{
    if (!expecting)
        return;
    std::optional<Milliseconds> next;
    if (settling)
        next = settledAt;
    for (int i = 0; i < step().expectations.size(); ++i) {
        if (stepReport().expectations[i].state == Wanted::Open && withinOf(i) > waited)
            next = std::min(next.value_or(withinOf(i)), withinOf(i));
    }
    if (next)
        deadline.start(std::max(*next - waited, Milliseconds(1)));
}

void ScenarioRunner::State::pass()
{
    deadline.stop();
    expecting = false;
    feed.setMetricsWanted(false);
    stepReport().state = StepState::Passed;
    stepReport().took = Milliseconds(stepClock.elapsed());
    Q_EMIT q->stepPassed(current);
    if (ending)
        return;
    const bool isLast = current + 1 == scenario.steps.size();
    isHeld = holding && !isLast;
    if (!isHeld)
        return pacing.start(isLast ? Milliseconds(0) : pace);
    Q_EMIT q->held(current);
}

/// A push that came once must have come once to the end.
void ScenarioRunner::State::finishSteps()
{
    for (int index = 0; index < scenario.steps.size(); ++index) {
        for (int i = 0; i < scenario.steps[index].expectations.size(); ++i) {
            const ScenarioExpectation &wanted = scenario.steps[index].expectations[i];
            if (wanted.never || !hasUpperBound(wanted) || !wanted.fields.contains(u"push"_s))
                continue;
            since = marks.at(index);
            const ScenarioFinding finding = judge(wanted, scene());
            if (finding.state == ScenarioFinding::State::Met)
                continue;
            current = index;
            stepReport().expectations[i].actual = finding.actual;
            stepReport().expectations[i].state = Wanted::Missed;
            return fail({}, {});
        }
    }
    end(Verdict::Passed);
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
    Q_EMIT q->stepFailed(current);
    end(Verdict::Failed);
}

} // namespace reveille
