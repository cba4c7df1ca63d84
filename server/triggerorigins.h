// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "config.h"

namespace reveille {

/// The origin of an http or https URL that has nothing behind its authority, as RFC 6454 section 6.1 writes it:
/// "https://push.example" from "https://Push.Example:443/". Error config-value.
Result<QString> originOf(const QString &url);

/// The origins at which application servers reach the listeners for triggers. First the one to hand out: triggers/public_url,
/// else https where it listens, else http, at server/public_address or where it is bound. `bound` as boundAddresses() names
/// them ("triggers_https" -> "127.0.0.1:8443"). Empty where nobody listens. Start-up only.
QStringList triggerOrigins(const Config &config, const QMap<QString, QString> &bound);

} // namespace reveille
