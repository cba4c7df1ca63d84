// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/scenario/scenarioserver.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>

#include <optional>

namespace reveille {

/// A `reveilled` started for one scenario, with a data folder of its own and any free ports; ended with this
/// object at the latest. Thread of the runner.
class ProcessServer : public ScenarioServer {
    Q_OBJECT
public:
    /// `keepIn`: the data folder and server.log are made there and stay; empty: they go with this object.
    explicit ProcessServer(const QString &keepIn = {}, QObject *parent = nullptr);
    ~ProcessServer() override;

    /// Beside this program, else on the path; empty: nowhere.
    static QString program();

    bool isOwn() const override { return true; }
    void start(const QStringList &settings) override;
    void stop() override;
    void kill() override;
    QUrl operations() const override { return m_operations; }
    QByteArray token() const override { return m_token; }
    QString logEnd() const override;

    static constexpr int readyTime = 30'000; ///< milliseconds to come up
    static constexpr int endTime = 10'000;   ///< to end cleanly, before it is killed

private:
    void read();
    void takeReady(const QByteArray &line);
    void onFinished(int exitCode, QProcess::ExitStatus status);
    void fail(const char *code, const QString &about);

    std::optional<QTemporaryDir> m_temporary;
    QString m_folder;
    QProcess m_process;
    QTimer m_patience;
    QByteArray m_pending;
    QStringList m_settings;
    QStringList m_addresses; ///< "sip/udp=127.0.0.1:40123", those of the first start
    QUrl m_operations;
    QByteArray m_token;
    bool m_ending = false;
    bool m_isReady = false;
};

} // namespace reveille
