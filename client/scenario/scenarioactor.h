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
/// What happens to the server is told as events of "server": ready, ended.
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
    const QMap<QString, QString> &addresses() const { return m_addresses; }
    /// Makes the users.
    void prepare(Then then);
    void perform(const ScenarioAction &action, Then then);
    /// Takes away what was made on a server that goes on.
    void tidyUp(std::function<void()> then);

    static constexpr auto serverName = "server";

    const ScenarioIds &ids() const { return m_ids; }
    /// Nothing is answered any more, and nothing more is done.
    void abandon();

Q_SIGNALS:
    void happened(const QString &by, const reveille::ClientEvent &event);

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
    void withTriggers(Then then);
    void tell(const QString &code);
    void userIsThere(const QString &id, const std::optional<Error> &error);
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
    QHash<QString, QVector<Then>> m_pendingUsers; ///< who waits for one that is being made
    QSet<QString> m_knownUsers;
    QVector<Then> m_pendingTriggers; ///< who waits for the initiator
    quint64 m_round = 0;
};

} // namespace reveille
