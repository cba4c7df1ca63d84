// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/push.h"
#include "domain/result.h"
#include "triggers/papsettings.h"

namespace reveille {

/// Whom the address of a push names: TYPE=USER a public user identifier (with the realm where it has no host), TYPE=PLMN
/// the owner of a phone number, anything else only whom the settings name for it. Any thread.
class PapDirectory {
public:
    explicit PapDirectory(const PapSettings &settings)
        : m_settings(settings)
    {
    }
    /// Errors: those of PapAddress, those of PublicUserId, address-not-served.
    Result<PushTarget> find(const QString &address) const;

private:
    const PapSettings &m_settings;
};

} // namespace reveille
