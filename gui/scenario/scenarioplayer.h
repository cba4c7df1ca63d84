// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/scenario/scenarioreport.h"
#include "gui/scenario/serverloan.h"

#include <QObject>
#include <QThread>

#include <optional>

namespace reveille {

/// Plays a scenario with the server of the console, in a thread of its own, so that neither a busy window nor many devices
/// disturb each other. What it made stays when it is over, to be looked at, until reset(). GUI thread; orders return at once.
class ScenarioPlayer : public QObject
{
    Q_OBJECT
public:
    enum class State : quint8 {
        Idle,
        Starting, ///< server and users are being made
        Playing,
        Held,     ///< a step has passed, the next one waits for proceed()
        Over,     ///< what was made still stands
        Clearing,
    };

    /// `loan` outlives the player.
    explicit ScenarioPlayer(ServerLoan &loan, QObject *parent = nullptr);
    ~ScenarioPlayer() override; ///< ends devices and simulators, and waits for their thread

    /// From its beginning; what is played or stands is put away before. `path` is its file.
    void play(const Scenario &scenario, const QString &path);
    void stop();
    /// Puts everything away and gives the server back; every step is ahead again.
    void reset();
    /// Each step that has passed is held until proceed().
    void setHolding(bool holding);
    bool isHolding() const { return m_holding; }
    void proceed();
    /// How long a step that has passed stands before the next. A second unless set.
    void setPace(Milliseconds pace) { m_pace = pace; }

    State state() const { return m_state; }
    bool isBusy() const { return m_state != State::Idle && m_state != State::Over; }
    /// What is played, or was played last.
    const Scenario &scenario() const { return m_scenario; }
    const QString &path() const { return m_path; }
    const ScenarioReport &report() const { return m_report; }
    int current() const { return m_current; } ///< step; -1: none yet

Q_SIGNALS:
    void stateChanged();
    void stepStarted(int step);
    void stepChanged(int step);
    void reportReplaced(); ///< every step may have changed

private:
    class Seat;
    void begin(const Scenario &scenario, const QString &path);
    void clear();
    void takeStep(int step, const ScenarioStepReport &report, bool isNew);
    void takeHeld();
    void takeEnd(const ScenarioReport &report);
    void takeCleared();
    void setState(State state);

    struct Wanted {
        Scenario scenario;
        QString path;
    };
    ServerLoan &m_loan;
    State m_state = State::Idle;
    Scenario m_scenario;
    QString m_path;
    ScenarioReport m_report;
    int m_current = -1;
    std::optional<Wanted> m_next; ///< once what stands is put away
    bool m_holding = false;
    Milliseconds m_pace{1000};
    QThread m_thread;
    Seat *m_seat; ///< lives in m_thread, deleted there
};

} // namespace reveille
