// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace reveille {

class PushClient;

/// The program around one PushClient: events out as JSON lines, commands in from a file descriptor, end on
/// SIGTERM and SIGINT. Main thread; one per process, because signals are.
class ClientConsole : public QObject {
    Q_OBJECT
public:
    ClientConsole(PushClient &client, int commandsFrom, QObject *parent = nullptr);
    ~ClientConsole() override;

    /// Carries out one command line. False if it is none.
    bool obey(const QString &line);

    static constexpr qsizetype maxLine = 1024;

private:
    void readCommands();
    void readSignal();

    PushClient &m_client;
    QByteArray m_pending;
    QSocketNotifier m_commands;
    std::unique_ptr<QSocketNotifier> m_signals;
};

} // namespace reveille
