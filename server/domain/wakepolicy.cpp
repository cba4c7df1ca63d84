// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/wakepolicy.h"

#include "domain/textscan.h"

#include <QList>

namespace reveille {

Result<IdentityPlacements> identityPlacementsFromText(QStringView text)
{
    IdentityPlacements placements;
    for (QStringView item : text.split(u',')) {
        item = item.trimmed();
        if (item == u"body")
            placements |= IdentityPlacement::Body;
        else if (item == u"header")
            placements |= IdentityPlacement::Header;
        else if (item == u"header-value")
            placements |= IdentityPlacement::HeaderValue;
        else
            return Error{"identity-placement", shortened(item)};
    }
    return placements;
}

SirPlan chooseSirMode(const DeviceId &meant, const QVector<DeviceId> &devicesOfUser,
                      std::optional<SirMode> wanted, SirMode byPolicy)
{
    QVector<DeviceId> everyone = devicesOfUser;
    if (!everyone.contains(meant))
        everyone.prepend(meant);

    SirPlan plan;
    plan.mode = wanted.value_or(byPolicy);
    plan.identityInside = everyone.size() > 1 && plan.mode != SirMode::Broadcast;
    plan.userInside = plan.mode == SirMode::Broadcast;
    plan.recipients = plan.mode == SirMode::Routed ? QVector<DeviceId>{meant} : everyone;
    return plan;
}

SirMeaning meaningOf(const SessionRequest &sir, const SirRecipient &me)
{
    bool meant = true;
    if (!sir.device.isEmpty())
        meant = sir.device == me.device;
    else if (!sir.user.isEmpty())
        meant = sir.user == me.user;
    return meant ? SirMeaning::ForMe : SirMeaning::NotForMe;
}

} // namespace reveille
