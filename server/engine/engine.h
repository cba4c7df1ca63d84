// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/automaticwakes.h"
#include "engine/devicehistories.h"
#include "engine/faultplan.h"
#include "engine/journal.h"
#include "engine/livenessmonitor.h"
#include "engine/pinholelearner.h"
#include "engine/pushdispatcher.h"
#include "engine/pushresources.h"
#include "engine/registry.h"
#include "engine/snapshots.h"
#include "engine/wakeservice.h"
#include "engine/writebehind.h"

namespace reveille {

/// The parts of the engine, wired to each other; what protocols, triggers and operations are given. Server thread.
class Engine : public QObject
{
    Q_OBJECT
public:
    struct Settings {
        WakeService::Settings wake;
        PushDispatcher::Limits pushes;
        AutomaticWakes::Settings automatic{};
        PinholeLearner::Settings pinholes;
        DeviceHistories::Limits histories;
        WriteBehind::Limits writes{};
        RegistryLimits registry{};
        PushResources::Limits pushResources{};
        FaultPlan::Settings faults{};
    };
    Engine(Clock &clock, Timers &timers, Store &store, Settings settings, QObject *parent = nullptr);
    ~Engine() override;

    /// What the store knew, before anything is heard. First the state, then every portion of subscribers, and after each
    /// portion the bindings of it by the protocols they belong to.
    void load(const StoredState &state);
    void load(const StoredSubscribers &subscribers);
    /// Once bearers, listeners and restored connections are there.
    void resume();

    Clock &clock() { return m_clock; }
    Timers &timers() { return m_timers; }
    WriteBehind &writes() { return m_writes; }
    Store &store() { return m_writes.store(); }
    Journal &journal() { return m_journal; }
    Registry &registry() { return m_registry; }
    WakeService &wakes() { return m_wakes; }
    PushDispatcher &pushes() { return m_pushes; }
    const AutomaticWakes &automaticWakes() const { return m_automatic; }
    PinholeLearner &pinholes() { return m_pinholes; }
    DeviceHistories &histories() { return m_histories; }
    PushResources &pushResources() { return m_pushResources; }
    FaultPlan &faults() { return m_faults; }

    /// Staff: asks the device over its best connection whether it is there. Errors device-unknown, not-connected,
    /// probe-unanswered.
    void probe(const DeviceId &id, std::function<void(Result<Done>)> done);

    /// Staff: puts a fault in the way for `life`. Errors device-unknown, bearer-unknown, those of FaultPlan::add().
    Result<FaultId> addFault(const FaultRule &rule, Milliseconds life);

    /// Staff: Registry::change() with the push resources of the devices: what takes a removal back brings them back, too. The
    /// same errors.
    void changeSubscribers(const SubscriberChange &change, std::function<void(Result<SubscriberChange>)> done);

    /// Application servers that may push.
    /// `made` gets id and token, which is shown this once. Errors initiator-name, initiator-exists, of checkRights, of the store.
    void addInitiator(const QString &name, const InitiatorRights &rights,
                      std::function<void(Result<std::pair<InitiatorId, QByteArray>>)> made);
    /// Errors initiator-unknown, of checkRights, of the store.
    void setInitiatorRights(const InitiatorId &id, const InitiatorRights &rights, std::function<void(Result<Done>)> done);
    void removeInitiator(const InitiatorId &id, std::function<void(Result<Done>)> done);
    const Initiator *initiatorOfToken(const QByteArray &token) const; ///< constant-time comparison of hashes
    QVector<Initiator> initiators() const; ///< by name
    std::optional<Initiator> initiator(const InitiatorId &id) const;

    std::optional<DeviceSnapshot> deviceSnapshot(const DeviceId &id) const;
    std::optional<UserSnapshot> userSnapshot(const PublicUserId &id) const;
    ServerCounters counters() const;

private:
    void noteInterval(const LearnedNetwork &network, Milliseconds before);

    Clock &m_clock;
    Timers &m_timers;
    WriteBehind m_writes;
    Journal m_journal;
    Registry m_registry;
    FaultPlan m_faults;
    WakeService m_wakes;
    PushDispatcher m_pushes;
    AutomaticWakes m_automatic;
    PinholeLearner m_pinholes;
    DeviceHistories m_histories;
    LivenessMonitor m_monitor;
    PushResources m_pushResources;
    QHash<InitiatorId, Initiator> m_initiators;
};

} // namespace reveille
