// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/clientevent.h"
#include "client/commandlines.h"
#include "client/simulation/simulationtimers.h"
#include "domain/result.h"

#include <functional>

namespace reveille {

class NatSimulator;
class SmscSimulator;

/// Carries out one line of commands and says what to answer:
/// {"event":"changed"|"done"|"mappings"|"terminals"|"counters"| "ending", …}. Errors as in
/// natCommandFromJson() and smscCommandFromJson(), and terminals-full, terminal-unknown.
Result<QJsonObject> obey(NatSimulator &nat, QByteArrayView line);
Result<QJsonObject> obey(SmscSimulator &smsc, QByteArrayView line);

/// The program around one simulator: events out as JSON lines, commands in, each answered by a line; a bad
/// one by
/// {"event":"command-refused","code":…,"about":…}. Main thread.
class SimulationConsole : public QObject {
    Q_OBJECT
public:
    using Obey = std::function<Result<QJsonObject>(QByteArrayView)>;
    /// `hushed`: codes of events that are not shown.
    SimulationConsole(Obey obey, int commandsFrom, const SimulationClock &clock, QStringList hushed,
                      QObject *parent = nullptr);

    void show(const ClientEvent &event);
    void say(const QString &code, const QJsonObject &fields);

Q_SIGNALS:
    void endAsked(); ///< by a signal or a command

private:
    void take(const QByteArray &line);

    Obey m_obey;
    const SimulationClock &m_clock;
    QStringList m_hushed;
    CommandLines m_lines;
};

} // namespace reveille
