// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/scenario/attachedserver.h"
#include "client/scenario/scenarioreader.h"
#include "client/scenario/scenariorunner.h"
#include "scenario/scenarioserverfake.h"

#include <QSignalSpy>

namespace reveille {

using Verdict = ScenarioReport::Verdict;
using Step = ScenarioStepReport::State;
using Wanted = ScenarioExpectationReport::State;

inline const QByteArray head =
    "title: T\n"
    "within: 5s\n"
    "server: {liveness/request_timeout_ms: 300, wake/answer_timeout_ms: 2000, wake/backoff_ms: 100}\n"
    "users: {alice: {id: 'sip:alice@lab.example', password: secret}}\n"
    "devices: {phone: {user: alice, proven: 0s, retry: 100ms}}\n"
    "steps:\n";
inline const QByteArray foreignHead = "title: T\n"
                                      "within: 5s\n"
                                      "devices: {meter: {user: 'sip:meter@lab.example', connect: datagram}}\n"
                                      "steps:\n";
inline const QByteArray registers =
    "  - title: It registers\n"
    "    do: [start: phone]\n"
    "    expect: [{event: registered, by: phone}, {device: phone, state: up}]\n";

/// One run to its end.
struct Run {
    ScenarioServerFake server;
    std::unique_ptr<ScenarioRunner> runner;

    bool read(const QByteArray &text)
    {
        const auto scenario = readScenario(text, QStringLiteral("test"));
        if (!scenario) {
            qWarning("%d %s %s", scenario.error().line, scenario.error().code,
                     qPrintable(scenario.error().about));
            return false;
        }
        runner = std::make_unique<ScenarioRunner>(*scenario, server);
        return true;
    }
    ScenarioReport play(const QByteArray &text)
    {
        if (!read(text))
            return {};
        runner->start();
        return finish();
    }
    ScenarioReport finish()
    {
        QSignalSpy finished(runner.get(), &ScenarioRunner::finished);
        if (!finished.wait(20000))
            return {};
        return finished.first().first().value<ScenarioReport>();
    }
};

/// A server that runs before the scenario begins and after it has ended.
struct Foreign {
    ScenarioServerFake server;

    bool comesUp()
    {
        QSignalSpy up(&server, &ScenarioServer::ready);
        server.start({});
        return up.wait();
    }
    ScenarioReport play(const Scenario &scenario)
    {
        AttachedServer attached(server.operations(), server.token());
        ScenarioRunner runner(scenario, attached);
        QSignalSpy finished(&runner, &ScenarioRunner::finished);
        runner.start();
        return finished.wait(20000) ? runner.report() : ScenarioReport();
    }
};

} // namespace reveille
