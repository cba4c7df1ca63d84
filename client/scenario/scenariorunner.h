// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/scenario/scenarioerror.h"
#include "client/scenario/scenarioreport.h"
#include "client/scenario/scenarioserver.h"

#include <QObject>

#include <memory>

namespace reveille {

/// Plays a scenario: brings the server up, makes users, devices and simulators, does what each step says and
/// waits for what it expects, and leaves nothing behind. Everything goes through what anybody has: the HTTP
/// interfaces of the server and the sockets of devices. Never blocks; lives in any one thread with an event
/// loop.
///
/// A step begins when the one before has passed. Its expectations are looked at whenever something happens,
/// all of them side by side, until each is met; the first that is not in time ends the scenario. Events count
/// from the beginning of the last step that does something.
class ScenarioRunner : public QObject {
    Q_OBJECT
public:
    /// `server` outlives the runner and has not been started.
    ScenarioRunner(Scenario scenario, ScenarioServer &server, QObject *parent = nullptr);
    ~ScenarioRunner() override;

    /// Leaves out what steps do, but not what they expect: "key" for those marked key: true, or the title or
    /// the number (from 1) of one. False: there is no such step. Before start().
    bool leaveOut(const QString &which);
    /// The steps, from 0, that are meant by that.
    static QVector<int> stepsMeant(const Scenario &scenario, const QString &which);
    /// The most it may take in all, 0 for no bound. Before start().
    void setLimit(Milliseconds limit);
    /// How long a step that has passed stands before the next begins, so that people can follow. 0 unless
    /// set.
    void setPace(Milliseconds pace);
    /// Whether each step that has passed is held until proceed(), so that somebody can talk about it; ending
    /// it proceeds. Any time.
    void setHolding(bool holding);
    /// Goes on with the next step if it is held; else nothing.
    void proceed();
    /// Leaves server, devices and simulators as they are when it is over, to be looked at, until putAway().
    /// Before start().
    void setStanding(bool standing);

    /// Once. Ends with finished() in any case.
    void start();
    /// Ends it where it is; finished() tells when everything is put away. The second time it does not wait
    /// for that.
    void stop();
    /// Once it is over and was left standing: puts everything away. Ends with cleared().
    void putAway();

    const Scenario &scenario() const;
    /// As it stands now.
    const ScenarioReport &report() const;

Q_SIGNALS:
    void started(); ///< server, users and simulators are there
    void stepStarted(int step);
    void expectationChanged(int step, int expectation);
    void stepPassed(int step);
    void stepFailed(int step);
    void held(int step); ///< the step has passed; the next one waits for proceed()
    void finished(const reveille::ScenarioReport &report);
    void cleared(); ///< after finished(): nothing is left

private:
    struct State;
    std::unique_ptr<State> d;
};

/// What of a scenario a server that is not its own cannot be told: settings, SMSCs, being ended, devices with
/// identities that may be somebody's. Error
/// scenario-server-foreign.
Result<Done, ScenarioError> fitsForeignServer(const Scenario &scenario);

} // namespace reveille
