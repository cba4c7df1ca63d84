// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/fleet/fleetsettings.h"

#include <QStringList>

namespace reveille {

/// What the command line of reveille-client says about a fleet. Main thread.
struct FleetOptions {
    enum class Action : quint8 { Run, ShowHelp, ShowVersion };
    Action action = Action::Run;
    FleetSettings settings;
    int statsSeconds = 10; ///< between two lines of counters, 0: only when asked
    QString helpText;

    /// Whether these arguments are about a fleet at all.
    static bool areIn(const QStringList &arguments);
    /// `arguments` with the program's name first. Errors: option-unknown, option-value (about: the option), password-file
    /// and mix-file (about: the path), those of FleetMix::parse(). A host name is resolved here, so this may block.
    static Result<FleetOptions> read(const QStringList &arguments);
};

/// A mix as it stands on the command line or in a command: "keepers=60,…", or the path of a file with that.
Result<FleetMix> fleetMixFrom(const QString &text, const FleetMix &before);

} // namespace reveille
