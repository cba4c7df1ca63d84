// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/applications/applicationrun.h"

#include <memory>
#include <vector>

namespace reveille {

/// The application-activating unit of a device: starts the programs that SIRs name, so many at a time at most and each
/// application once, and keeps what they say for the device (requirement S15). Lives in its client's thread.
class ApplicationStarter : public QObject {
    Q_OBJECT
public:
    explicit ApplicationStarter(int mostRuns, QObject *parent = nullptr);
    ~ApplicationStarter() override;

    /// The id of the run, of the one under way where the application runs already; nothing where too many run, which
    /// is told.
    std::optional<int> start(const ClientApplication &application, const ApplicationFacts &facts);
    void endAll();
    bool isRunning(int run) const { return find(run) != nullptr; }
    qsizetype size() const { return qsizetype(m_runs.size()); }

Q_SIGNALS:
    void happened(const QString &code, const QJsonObject &fields);
    void informed(int run, const QJsonObject &information);
    void ended(int run);

private:
    ApplicationRun *find(int run) const;
    void remove(int run);

    int m_most;
    int m_lastId = 0;
    std::vector<std::unique_ptr<ApplicationRun>> m_runs;
};

} // namespace reveille
