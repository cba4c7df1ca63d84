// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/nat/natsimulator.h"
#include "client/pushclient.h"
#include "client/scenario/scenario.h"
#include "client/smsc/smscsimulator.h"

#include <QHash>

#include <map>
#include <memory>

namespace reveille {

/// The devices, NATs and SMSCs of a scenario, in this process on real sockets. Thread of the runner.
class ScenarioStage : public QObject {
    Q_OBJECT
public:
    explicit ScenarioStage(const Scenario &scenario, QObject *parent = nullptr);
    ~ScenarioStage() override;

    /// Before the server, which has to be told of them. Error listen-failed.
    Result<Done> openSmscs();
    /// "section/key=value": the bearers over the SMSCs.
    QStringList serverSettings() const;
    /// Once the server's addresses are known ("sip_udp" -> "127.0.0.1:40123"). Error listen-failed.
    Result<Done> openNats(const QMap<QString, QString> &addresses);

    /// The names of one device, or of all that have this name in common.
    QStringList membersOf(const QString &name) const;
    /// The identity of a device; of one that is no part of the scenario, as it is written.
    QString idOf(const QString &member) const;
    /// "client_port", "call_port", "gruu", "user", "id", "msisdn", "session", "local"; empty where it is not
    /// known.
    QString factOf(const QString &member, const QString &fact) const;
    const ScenarioDevice *deviceOf(const QString &member) const;
    Msisdn msisdnOf(const QString &member) const;

    /// A word of the file for one device. Errors: those of PushClient::start(), device-not-started,
    /// device-no-place (about: what the server does not offer), companion-not-started.
    Result<Done> perform(const QString &word, const QString &member, int status);
    /// One command of reveille-sim's console for a NAT or an SMSC; a `device` in it becomes its place.
    Result<Done> steer(const QString &simulator, QJsonObject command);
    /// Ends every device and simulator without a word to the server.
    void clear();

Q_SIGNALS:
    void happened(const QString &by, const reveille::ClientEvent &event);

private:
    struct Member {
        const ScenarioDevice *device = nullptr;
        int index = 0;
        PushClientSettings settings;
        std::unique_ptr<PushClient> client;
        QString local; ///< where it registered from
    };
    Result<Done> start(const QString &name, Member &member);
    Result<SimulationEndpoint> placeFor(const Member &member) const;
    static SimulationEndpoint terminalPlace(const Member &member);
    void learn(const QString &name, const ClientEvent &event);

    const Scenario &m_scenario;
    MachineClock m_clock;
    SimulationTimers m_timers;
    QMap<QString, QString> m_addresses;
    std::map<QString, Member> m_members;
    std::map<QString, std::unique_ptr<NatSimulator>> m_nats;
    std::map<QString, std::unique_ptr<SmscSimulator>> m_smscs;
};

} // namespace reveille
