// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/nat/natsimulator.h"
#include "client/smsc/smscsettings.h"

#include <QStringList>

namespace reveille {

/// What the command line of reveille-sim says. Main thread.
struct SimulationOptions {
    enum class Action : quint8 { Nat, Smsc, ShowHelp, ShowVersion };
    Action action = Action::ShowHelp;
    QString helpText;
    quint64 seed = 1;
    bool quiet = false; ///< no line for each packet or message

    NatSimulator::Place nat;
    NatSettings natSettings;

    SimulationEndpoint listen{QHostAddress(QHostAddress::LocalHost), 2775};
    QVector<SmscTerminal> terminals;
    SmscSettings smscSettings;

    /// `arguments` with the program's name first. Errors: command-missing, command-unknown, option-unknown,
    /// option-value and option-missing (about: the option), those of settingsFromTexts(), and of settings as
    /// in wire/json.h.
    static Result<SimulationOptions> read(const QStringList &arguments);
};

} // namespace reveille
