// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/pushclientsettings.h"
#include "domain/result.h"

#include <QStringList>

namespace reveille {

/// What the command line of reveille-client says. Main thread.
struct ClientOptions {
    enum class Action : quint8 { Run, ShowHelp, ShowVersion };
    Action action = Action::Run;
    PushClientSettings settings;
    bool silentWhenRegistered = false;
    bool deaf = false;
    int refuse = 0; ///< SIP status, 0 = no
    QString helpText;

    /// `arguments` with the program's name first. Errors: option-unknown, option-value (about: the option),
    /// option-missing, password-file (about: the path), those of ClientApplication. Host names are resolved here, so this may block.
    static Result<ClientOptions> read(const QStringList &arguments);
};

} // namespace reveille
