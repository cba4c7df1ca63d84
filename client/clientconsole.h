// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/commandlines.h"

#include <QObject>

namespace reveille {

class PushClient;

/// The program around one PushClient: events out as JSON lines, commands in from a file descriptor, end on
/// SIGTERM and SIGINT. Main thread; one per process, because signals are.
class ClientConsole : public QObject {
    Q_OBJECT
public:
    ClientConsole(PushClient &client, int commandsFrom, QObject *parent = nullptr);

    /// Carries out one command line. False if it is none.
    bool obey(const QString &line);

    static constexpr qsizetype maxLine = 1024;

private:
    PushClient &m_client;
    CommandLines m_commands;
};

} // namespace reveille
