// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/scenario/scenarioserver.h"

namespace reveille {

/// A server that runs already and goes on afterwards; it takes no settings and is not ended. Thread of the
/// runner.
class AttachedServer : public ScenarioServer {
    Q_OBJECT
public:
    AttachedServer(QUrl operations, QByteArray token, QObject *parent = nullptr)
        : ScenarioServer(parent)
        , m_operations(std::move(operations))
        , m_token(std::move(token))
    {
    }

    bool isOwn() const override { return false; }
    void start(const QStringList &) override
    {
        QMetaObject::invokeMethod(this, &ScenarioServer::ready, Qt::QueuedConnection);
    }
    void stop() override { QMetaObject::invokeMethod(this, &ScenarioServer::ended, Qt::QueuedConnection); }
    void kill() override { stop(); }
    QUrl operations() const override { return m_operations; }
    QByteArray token() const override { return m_token; }

private:
    QUrl m_operations;
    QByteArray m_token;
};

} // namespace reveille
