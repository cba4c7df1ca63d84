// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/scenario/scenarioserver.h"

namespace reveille {

/// The server of the console as a scenario has it: what the scenario wants of it goes out as signals, what became of that
/// comes back by the functions below. It cannot be killed, for it is in this process. Thread of the runner.
class ConsoleServer : public ScenarioServer
{
    Q_OBJECT
public:
    using ScenarioServer::ScenarioServer;

    bool isOwn() const override { return true; }
    void start(const QStringList &settings) override { Q_EMIT startWanted(settings); }
    void stop() override { Q_EMIT stopWanted(); }
    /// Error server-unkillable.
    void kill() override { takeFailure({"server-unkillable", {}}); }
    QUrl operations() const override { return m_operations; }
    QByteArray token() const override { return m_token; }

    void takeReady(const QUrl &operations, const QByteArray &token)
    {
        m_operations = operations;
        m_token = token;
        Q_EMIT ready();
    }
    void takeEnded() { Q_EMIT ended(); }
    void takeFailure(const Error &error)
    {
        QMetaObject::invokeMethod(this, [this, error] { Q_EMIT failed(error); }, Qt::QueuedConnection);
    }

Q_SIGNALS:
    void startWanted(const QStringList &settings);
    void stopWanted();

private:
    QUrl m_operations;
    QByteArray m_token;
};

} // namespace reveille
