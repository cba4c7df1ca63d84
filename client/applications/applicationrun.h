// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/applications/applicationfacts.h"

#include <QJsonObject>
#include <QObject>
#include <QProcess>
#include <QTimer>

namespace reveille {

/// One program of an application while it runs: started without a shell, nothing on its standard input, not longer than the
/// application says, in a session of its own so that what it has started ends when it does. Lives in its client's thread;
/// gone with its parent, and so is the program.
class ApplicationRun : public QObject {
    Q_OBJECT
public:
    ApplicationRun(int id, ClientApplication application, QObject *parent = nullptr);
    ~ApplicationRun() override;

    void start(const ApplicationFacts &facts);
    /// SIGTERM, and SIGKILL after `endingTime`.
    void end();
    int id() const { return m_id; }
    const ClientApplication &application() const { return m_application; }

    static constexpr qsizetype longestLine = 4096; ///< octets; the rest of a longer line is dropped
    static constexpr int mostLines = 1000;         ///< told of; the rest is counted
    static constexpr Milliseconds endingTime{2000};

Q_SIGNALS:
    /// application-started, -failed, -output, -ended (clientevent.h).
    void happened(const QString &code, const QJsonObject &fields);
    /// It printed {"information":{…}}: what it says for the device when a SIR asks.
    void informed(const QJsonObject &information);
    /// Once, last; also where it could not be started.
    void ended();

private:
    struct Stream {
        const char *name;
        QByteArray pending;
        bool skipping = false;
    };
    void read(Stream &stream, const QByteArray &octets);
    void takeLine(const Stream &stream, const QByteArray &line);
    void signalAll(int signal);
    void onStarted();
    void onFailed(QProcess::ProcessError error);
    void onFinished(int code, QProcess::ExitStatus status);
    QJsonObject fields(QJsonObject more = {}) const;

    int m_id;
    ClientApplication m_application;
    QProcess m_process;
    Stream m_output{"output", {}}, m_errors{"error", {}};
    QTimer m_end, m_kill;
    qint64 m_group = 0; ///< process id, while it runs
    int m_lines = 0;
    int m_dropped = 0;
    bool m_timedOut = false;
};

} // namespace reveille
