// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/clientevent.h"
#include "gui/demo/demostep.h"
#include "domain/deviceid.h"
#include "serverhost.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <optional>

namespace reveille {

class DemoFleet;

/// Plays the story of one device: registers, goes quiet, a push comes for it, it is woken, returns, gets the push. It gives
/// the cue for each step and waits for the events that prove it; nothing is ticked by time. GUI thread.
class DemoPlayer : public QObject
{
    Q_OBJECT
public:
    DemoPlayer(ServerHost &host, DemoFleet &fleet, DeviceId hero, QObject *parent = nullptr);

    /// What people call the device, "Alice's phone". Tells the story anew, in the language of now, unless it plays.
    void setLabel(const QString &label);

    void play();
    void reset();
    bool isPlaying() const { return m_playing; }
    bool isComplete() const; ///< every step is ticked

    const QVector<DemoStep> &steps() const { return m_steps; }
    /// How long a step stands before the next cue is given, so that people can follow. A second unless set.
    void setPace(Milliseconds pace) { m_pace = pace; }
    /// How long a step may take before it counts as missed. Twenty seconds unless set.
    void setPatience(Milliseconds patience) { m_patience = patience; }

    /// For the owner of the fleet and for tests: something a device did.
    void heard(const DeviceId &device, const ClientEvent &event);

Q_SIGNALS:
    void stepChanged(int index);
    void playingChanged(bool playing);
    void finished(bool everyStepTicked);

private:
    /// What the server and the device reported since the story began.
    struct Facts {
        std::optional<ClientEvent> registered;  ///< by the device, in answer to the cue
        std::optional<ClientEvent> silent;
        std::optional<ClientEvent> wakeHeard;
        std::optional<ClientEvent> returned;
        std::optional<ClientEvent> received;
        std::optional<DeviceSnapshot> device;
        std::optional<Push> push;
        std::optional<WakeUp> wake;
        PushId pushId;
        bool pushAsked = false;
        QHash<QString, Push> pushes; ///< heard of before the answer named ours
        int receipts = 0;
    };

    void describe();
    void take(const ServerChanges &changes);
    void cue();
    void takeReceipt(const ClientEvent &event);
    void choosePush();
    void sendPush();
    void look();
    QString proofOf(DemoChapter chapter) const; ///< empty while it has not happened
    QString progressOf(DemoChapter chapter) const;
    QString proofOfWakeUp() const;
    QString proofOfDelivery() const;
    void settle(DemoStep::State state, const QString &actual);
    void enter(int index);
    void end(bool everyStepTicked);

    ServerHost &m_host;
    DemoFleet &m_fleet;
    DeviceId m_hero;
    QString m_label;
    QVector<DemoStep> m_steps;
    Facts m_facts;
    int m_current = -1;
    bool m_playing = false;
    bool m_cued = false;
    quint64 m_story = 0;   ///< told apart from answers to an earlier one
    QTimer m_cueTimer;
    QTimer m_patienceTimer;
    Milliseconds m_pace{1000};
    Milliseconds m_patience{20000};
};

} // namespace reveille
