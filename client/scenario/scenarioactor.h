// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/scenario/scenariocheck.h"
#include "client/scenario/scenariofeed.h"
#include "client/scenario/scenariofilling.h"
#include "client/scenario/scenarioserver.h"

namespace reveille {

/// Does what the steps of a scenario say: with its devices and simulators, with its server, and over the
/// HTTP interfaces. Each order is answered once, later. Thread of the runner.
///
/// Codes of what cannot be done: call-refused (about: the call and what was answered), call-answer (about:
/// what was answered instead), action-fact-unknown (about: ${NAME.FACT}), listen-failed, those of
/// ScenarioStage::perform() and steer(), and of the server.
class ScenarioActor : public QObject {
    Q_OBJECT
public:
    using Then = std::function<void(const std::optional<Error> &)>;

    ScenarioActor(const Scenario &scenario, ScenarioServer &server, ScenarioStage &stage, ScenarioApi &api,
                  ScenarioFeed &feed, QObject *parent = nullptr);

    /// The server's addresses, as GET /v1/status tells them.
    void setAddresses(const QMap<QString, QString> &addresses) { m_addresses = addresses; }
    /// Makes the users.
    void prepare(Then then);
    void perform(const ScenarioAction &action, Then then);
    /// Takes away what was made on a server that goes on.
    void tidyUp(std::function<void()> then);

    const ScenarioIds &ids() const { return m_ids; }
    /// Nothing is answered any more.
    void abandon() { ++m_round; }

private:
    Then guarded(Then then);
    void act(const ScenarioAction &action, const Then &then);
    void doDevices(const ScenarioAction &action, const Then &then);
    void provision(const QString &member, QJsonObject fields, const Then &then);
    void push(const ScenarioAction &action, const Then &then);
    void sendPush(const ScenarioAction &action, const QJsonObject &body, const Then &then);
    void wake(const ScenarioAction &action, const Then &then);
    void makeFault(const ScenarioAction &action, const Then &then);
    void cancel(const ScenarioAction &action, const Then &then);
    void call(const ScenarioAction &action, const Then &then);
    void steerServer(const QString &word, const Then &then);
    void withTriggers(std::function<void(const std::optional<Error> &)> then);
    void ensureUser(const PublicUserId &user, const QString &name, const QString &password, const Then &then);

    ScenarioFilling filling() const;

    const Scenario &m_scenario;
    ScenarioServer &m_server;
    ScenarioStage &m_stage;
    ScenarioApi &m_api;
    ScenarioFeed &m_feed;
    ScenarioApi m_triggers;
    QMap<QString, QString> m_addresses;
    ScenarioIds m_ids;
    QString m_initiator; ///< of m_triggers; empty: none was made yet
    QStringList m_madeUsers;
    QSet<QString> m_knownUsers;
    quint64 m_round = 0;
};

} // namespace reveille
