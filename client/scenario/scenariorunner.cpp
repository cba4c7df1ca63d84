// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/scenario/scenariorunner.h"

#include "client/scenario/scenariorunnerstate.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace reveille {

namespace {

constexpr Milliseconds lookPause{10}; ///< so that much that happens at once is looked at once

constexpr Milliseconds setUpTime{60'000};
constexpr Milliseconds tidyTime{10'000};

using Verdict = ScenarioReport::Verdict;
using StepState = ScenarioStepReport::State;

/// Own servers let everybody in where nobody has a password.
QStringList usualSettings(const Scenario &scenario)
{
    const bool passwords = std::any_of(scenario.users.begin(), scenario.users.end(),
                                       [](const ScenarioUser &user) { return !user.password.isEmpty(); });
    if (passwords)
        return {};
    return {u"sip/authentication=open"_s, u"ota_http/authentication=open"_s};
}

} // namespace

ScenarioRunner::ScenarioRunner(Scenario scenario, ScenarioServer &server, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<State>(this, std::move(scenario), server))
{
    for (QTimer *timer : {&d->looking, &d->deadline, &d->limiter, &d->pacing, &d->phase, &d->farewell})
        timer->setSingleShot(true);
    connect(&d->looking, &QTimer::timeout, this, [this] { d->look(); });
    connect(&d->deadline, &QTimer::timeout, this, [this] { d->look(); });
    connect(&d->limiter, &QTimer::timeout, this,
            [this] { d->fail(u"scenario-limit"_s, QString::number(d->limit.count())); });
    connect(&d->pacing, &QTimer::timeout, this, [this] { d->enter(d->current + 1); });
    const auto lookSoon = [this] {
        if (!d->looking.isActive())
            d->looking.start(lookPause);
    };
    const auto hear = [this, lookSoon](const QString &by, const ClientEvent &event) {
        d->facts.takeHeard(by, event);
        lookSoon();
    };
    connect(&d->stage, &ScenarioStage::happened, this, hear);
    connect(&d->actor, &ScenarioActor::happened, this, hear);
    connect(&d->phase, &QTimer::timeout, this, [this] { d->giveUpPhase(); });
    connect(&d->farewell, &QTimer::timeout, this, [this] { d->server.stop(); });
    connect(&d->feed, &ScenarioFeed::changed, this, lookSoon);
    connect(&server, &ScenarioServer::failed, this, [this](const Error &error) { d->breakOff(error); });
}

ScenarioRunner::~ScenarioRunner() = default;

bool ScenarioRunner::leaveOut(const QString &which)
{
    const QVector<int> meant = stepsMeant(d->scenario, which);
    for (const int index : meant)
        d->report.steps[index].leftOut = true;
    return !meant.isEmpty();
}

QVector<int> ScenarioRunner::stepsMeant(const Scenario &scenario, const QString &which)
{
    QVector<int> meant;
    for (int index = 0; index < scenario.steps.size(); ++index) {
        const ScenarioStep &step = scenario.steps[index];
        const bool isTitle = step.title.languages.values().contains(which);
        if (which == u"key" ? step.key : which == QString::number(index + 1) || isTitle)
            meant.append(index);
    }
    return meant;
}

void ScenarioRunner::setLimit(Milliseconds limit)
{
    d->limit = limit;
}

void ScenarioRunner::setPace(Milliseconds pace)
{
    d->pace = pace;
}

void ScenarioRunner::setHolding(bool holding)
{
    d->holding = holding;
    if (!holding)
        proceed();
}

void ScenarioRunner::proceed()
{
    if (std::exchange(d->isHeld, false))
        d->pacing.start(0);
}

void ScenarioRunner::setStanding(bool standing)
{
    d->standing = standing;
}

void ScenarioRunner::putAway()
{
    if (d->over && std::exchange(d->standing, false))
        d->putAway();
}

const Scenario &ScenarioRunner::scenario() const
{
    return d->scenario;
}

const ScenarioReport &ScenarioRunner::report() const
{
    return d->report;
}

void ScenarioRunner::start()
{
    d->begin();
}

void ScenarioRunner::stop()
{
    if (d->ending)
        return;
    if (d->current >= 0 && d->stepReport().state == StepState::Current) {
        d->stepReport().state = StepState::Stopped;
        d->stepReport().took = Milliseconds(d->stepClock.elapsed());
    }
    d->end(Verdict::Stopped);
}

void ScenarioRunner::State::begin()
{
    report.began = MachineClock().now();
    total.start();
    if (limit > Milliseconds(0))
        limiter.start(limit);
    bound(setUpTime);
    if (!server.isOwn()) {
        if (const auto fits = fitsForeignServer(scenario); !fits)
            return breakOff({fits.error().code, fits.error().about});
    }
    if (const Result<Done> opened = stage.openSmscs(); !opened)
        return breakOff(opened.error());
    feed.setPrefix(scenario.devicePrefix());
    for (const ScenarioDevice &device : scenario.devices) {
        for (int index = 0; index < device.count; ++index)
            feed.watchDevice(device.member(index).device.toString());
    }
    for (const ScenarioStep &one : scenario.steps) {
        for (const ScenarioExpectation &wanted : one.expectations) {
            for (const QString &device : devicesOf(wanted, scene()))
                feed.watchDevice(device);
            if (wanted.kind == ScenarioExpectation::Kind::Push && wanted.subject.startsWith(u"p-"))
                feed.watchForeignPush(wanted.subject);
            if (wanted.kind == ScenarioExpectation::Kind::Wake && wanted.subject.startsWith(u"w-"))
                feed.watchForeignWake(wanted.subject);
        }
    }
    untilReady = QObject::connect(&server, &ScenarioServer::ready, q, [this] {
        QObject::disconnect(untilReady);
        isUp = true;
        askAddresses();
    });
    server.start(usualSettings(scenario) + stage.serverSettings() + scenario.server);
}

void ScenarioRunner::State::askAddresses()
{
    if (ending)
        return;
    api.use(server.operations(), server.token());
    api.call("GET", "/v1/status", [this](const ScenarioApi::Answer &answer) {
        if (!answer.ok())
            return breakOff({"server-unreachable", answer.text()});
        QMap<QString, QString> addresses;
        const QJsonObject told = answer.body.value(u"addresses"_s).toObject();
        for (auto it = told.begin(); it != told.end(); ++it)
            addresses.insert(it.key(), it->toString());
        actor.setAddresses(addresses);
        if (const Result<Done> opened = stage.openNats(addresses); !opened)
            return breakOff(opened.error());
        setUp();
    });
}

void ScenarioRunner::State::setUp()
{
    QObject::connect(
        &feed, &ScenarioFeed::opened, q,
        [this] {
            actor.prepare([this](const std::optional<Error> &error) {
                if (error)
                    return breakOff(*error);
                since = facts.mark();
                phase.stop();
                Q_EMIT q->started();
                enter(0);
            });
        },
        Qt::SingleShotConnection);
    feed.open(server.isOwn());
}

void ScenarioRunner::State::breakOff(const Error &error)
{
    if (ending)
        return;
    report.code = QString::fromLatin1(error.code);
    report.about = error.about;
    if (current >= 0 && stepReport().state == StepState::Current) {
        stepReport().state = StepState::Failed;
        stepReport().took = Milliseconds(stepClock.elapsed());
        stepReport().code = report.code;
        stepReport().about = report.about;
        Q_EMIT q->stepFailed(current);
    }
    end(Verdict::Broken);
}

void ScenarioRunner::State::end(Verdict verdict)
{
    if (ending)
        return;
    ending = true;
    isHeld = false;
    report.verdict = verdict;
    for (QTimer *timer : {&looking, &deadline, &limiter, &pacing, &phase})
        timer->stop();
    feed.setMetricsWanted(false);
    feed.pause();
    actor.abandon();
    // Not from within what led here: devices and simulators are deleted.
    QMetaObject::invokeMethod(
        q, [this] { standing ? finish() : putAway(); }, Qt::QueuedConnection);
}

void ScenarioRunner::State::putAway()
{
    stage.clear();
    QObject::connect(
        &server, &ScenarioServer::ended, q,
        [this] {
            finish();
            Q_EMIT q->cleared();
        },
        Qt::SingleShotConnection);
    if (server.isOwn() || !isUp)
        return server.stop();
    farewell.start(tidyTime);
    actor.tidyUp([this] {
        farewell.stop();
        server.stop();
    });
}

void ScenarioRunner::State::giveUpPhase()
{
    if (current < 0)
        breakOff({"setup-timeout", QString::number(setUpTime.count())});
    else
        fail(u"action-timeout"_s, QString::number(phase.interval()));
}

void ScenarioRunner::State::finish()
{
    if (std::exchange(over, true))
        return;
    report.took = Milliseconds(total.elapsed());
    if (report.verdict != Verdict::Passed)
        report.serverLog = server.logEnd();
    Q_EMIT q->finished(report);
}

ScenarioResult<Done> fitsForeignServer(const Scenario &scenario)
{
    const auto foreign = [](const QString &what, int line) {
        return ScenarioError{"scenario-server-foreign", what, line};
    };
    if (!scenario.server.isEmpty())
        return foreign(u"server: "_s + scenario.server.first(), 0);
    if (!scenario.smscs.isEmpty())
        return foreign(u"smscs: "_s + scenario.smscs.first().name, 0);
    for (const ScenarioDevice &device : scenario.devices) {
        if (!device.hasUsualId) // it may be somebody's
            return foreign(u"id: "_s + device.settings.device.toString(), device.line);
    }
    for (const ScenarioStep &step : scenario.steps) {
        for (const ScenarioAction &action : step.actions) {
            if (action.kind == ScenarioAction::Kind::Server)
                return foreign(action.text, action.line);
        }
    }
    return Done{};
}

} // namespace reveille
