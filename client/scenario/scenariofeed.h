// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/scenario/scenarioapi.h"
#include "client/scenario/scenariofacts.h"

#include <QTimer>

namespace reveille {

/// Keeps the facts of a scenario as new as its server's: follows its events, and looks at everything that is
/// watched when it begins to, so that nothing is missed while it was away. Thread of the runner.
class ScenarioFeed : public QObject {
    Q_OBJECT
public:
    ScenarioFeed(ScenarioApi &api, ScenarioFacts &facts, QObject *parent = nullptr);

    void watchDevice(const QString &id) { m_devices.insert(id); }
    /// Devices whose identities begin so are asked for together.
    void setPrefix(const QString &prefix) { m_prefix = prefix; }
    void watchForeignPush(const QString &id) { m_pushes.insert(id); }
    void watchForeignWake(const QString &id) { m_wakes.insert(id); }
    void watchPush(const QString &id); ///< looks at it as well, at once
    void watchWake(const QJsonObject &wake);
    /// opened() once it follows and has looked; again after every break but pause().
    void open(bool isOwn);
    void pause();
    void setMetricsWanted(bool wanted);

Q_SIGNALS:
    void opened();
    void changed();

private:
    void follow();
    void look();
    void ask(const QByteArray &target, ScenarioApi::Then then);
    void lookAtOne(const QByteArray &type, const QByteArray &folder, const QString &id);
    void lookAtDevices(const QString &cursor);
    void take(const QByteArray &type, const QJsonObject &data);

    ScenarioApi &m_api;
    ScenarioFacts &m_facts;
    QSet<QString> m_devices;
    QSet<QString> m_pushes;
    QSet<QString> m_wakes;
    QString m_prefix;
    QTimer m_again;
    QTimer m_metrics;
    int m_asked = 0;
    quint64 m_round = 0; ///< answers of one before are not taken
    bool m_wanted = false;
    bool m_isOwn = false;
    bool m_wasOpen = false;
};

} // namespace reveille
