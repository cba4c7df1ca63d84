// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/registry.h"
#include "wire/otahttp.h"
#include "wire/otahttpauth.h"

namespace reveille {

/// Whose terminal it is.
struct OtaHttpSubscriber {
    PublicUserId user;
    DeviceId device;
    std::optional<Msisdn> msisdn;
};

/// Who an answer says it is from. A device that is provisioned is known by its identity or its number (Terminal-Id);
/// any other names itself and its user with X-Reveille-Device and X-Reveille-User, or its user by the name in the
/// credentials. Proves nothing. Errors terminal-unknown, terminal-device (X-Reveille-Device cannot be read),
/// terminal-user (the same of the user), device-belongs-to-other-user.
Result<OtaHttpSubscriber> identifyTerminal(const Registry &registry, const OtaAnswer &answer,
                                           const OtaCredentials *credentials, const QString &realm);

/// Whether the name in the credentials is one of the subscriber (Terminal-Id, public user ID without scheme, its user part) and the
/// password is the user's. A user that does not exist costs the same work.
bool provesTerminal(const OtaCredentials &credentials, const OtaHttpSubscriber &subscriber,
                    const OtaTerminalId &terminal, const User *user, const QString &realm);

} // namespace reveille
