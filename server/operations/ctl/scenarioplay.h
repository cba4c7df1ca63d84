// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/scenario/scenariorunner.h"
#include "operations/ctl/ctlcommand.h"

#include <QSocketNotifier>

namespace reveille {

/// SIGINT and SIGTERM as something to wait for while it lives, instead of the end of the process. Main
/// thread, before others are begun; one per process.
class InterruptWatch : public QObject {
    Q_OBJECT
public:
    explicit InterruptWatch(QObject *parent = nullptr);
    ~InterruptWatch() override;

Q_SIGNALS:
    void interrupted();

private:
    int m_signals;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

/// How scenarios are to be played.
struct ScenarioPlan {
    QStringList without;
    Milliseconds limit{0};
    QString keep; ///< folder that data and log are left in; empty: none
    QUrl server;  ///< one that runs; empty: each has its own
    QByteArray token;
    QString language;
};

/// Plays one and prints its steps as they end. Waits in an event loop of its own.
ScenarioReport playScenario(const CtlContext &context, const Scenario &scenario, const ScenarioPlan &plan,
                            InterruptWatch &interrupts);

} // namespace reveille
