// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/scenario/scenarioserver.h"
#include "operations/operationstoken.h"
#include "pushserver.h"

#include <QTemporaryDir>

#include <functional>

namespace reveille {

/// A server of this process for one scenario, as a console has one: real sockets, no program. It is what a
/// test says it is: its own or a foreign one, and it may fail to come up.
class ScenarioServerFake : public ScenarioServer {
    Q_OBJECT
public:
    bool own = true;
    bool comesUp = true;
    QByteArray wrongToken;        ///< said instead of the right one
    QStringList settings;         ///< those it was started with
    std::function<void()> onStop; ///< called once, when it is told to end
    int starts = 0, stops = 0, kills = 0;

    bool isOwn() const override { return own; }
    void start(const QStringList &given) override
    {
        ++starts;
        if (starts == 1)
            settings = given;
        QMetaObject::invokeMethod(this, &ScenarioServerFake::comeUp, Qt::QueuedConnection);
    }
    void stop() override
    {
        ++stops;
        if (const auto tell = std::exchange(onStop, {}))
            tell();
        end();
    }
    void kill() override
    {
        ++kills;
        end();
    }
    QUrl operations() const override { return QUrl(QStringLiteral("http://") + m_operations); }
    QByteArray token() const override { return wrongToken.isEmpty() ? m_token : wrongToken; }
    QString logEnd() const override { return QStringLiteral("the end of the log"); }

    /// As when the process dies.
    void vanish()
    {
        m_server.reset();
        Q_EMIT
        failed({"server-ended", QStringLiteral("signal")});
    }
    bool isUp() const { return m_server != nullptr; }
    Engine *engine() const { return m_server->engine(); }

private:
    void comeUp()
    {
        const auto config =
            Config::read({}, QStringList{QStringLiteral("server/ports=any")} + settings + m_addresses);
        if (!comesUp || !config)
            return Q_EMIT
        failed({"server-start", config ? QStringLiteral("as told") : config.error().about});
        m_server = std::make_unique<PushServer>(*config, m_dir.path());
        if (const auto started = m_server->start(); !started)
            return Q_EMIT
        failed({"server-start", started.error().about});
        const QMap<QString, QString> bound = m_server->boundAddresses();
        m_operations = bound.value(QStringLiteral("operations_http"));
        m_token = readTokenFile(m_server->operationsTokenFile()).valueOr({});
        for (auto it = bound.begin(); it != bound.end() && starts == 1; ++it) {
            const qsizetype at = it.key().lastIndexOf(u'_');
            m_addresses.append(it.key().first(at) + u'/' + it.key().sliced(at + 1) + u'=' + *it);
        }
        Q_EMIT
        ready();
    }
    void end()
    {
        QMetaObject::invokeMethod(
            this,
            [this] {
                m_server.reset();
                Q_EMIT
                ended();
            },
            Qt::QueuedConnection);
    }

    QTemporaryDir m_dir;
    QStringList m_addresses;
    QString m_operations;
    QByteArray m_token;
    std::unique_ptr<PushServer> m_server;
};

} // namespace reveille
