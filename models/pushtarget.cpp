// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/pushtarget.h"

namespace reveille {

using namespace Qt::StringLiterals;

Result<PushTarget> pushTargetFromText(const QString &text)
{
    const QString trimmed = text.trimmed();
    PushTarget target;
    if (trimmed.isEmpty())
        return Error{"target-missing", {}};
    if (trimmed.startsWith(u'+')) {
        const Result<Msisdn> number = Msisdn::parse(trimmed);
        if (!number)
            return number.error();
        target.msisdn = *number;
        return target;
    }
    const bool user = trimmed.contains(u'@') || trimmed.startsWith("sip:"_L1) || trimmed.startsWith("tel:"_L1);
    if (user && !trimmed.contains(";gr"_L1)) {
        const Result<PublicUserId> id = PublicUserId::parse(trimmed);
        if (!id)
            return id.error();
        target.user = *id;
        return target;
    }
    const Result<DeviceId> id = DeviceId::parse(trimmed);
    if (!id)
        return id.error();
    target.device = *id;
    return target;
}

QString toText(const PushTarget &target)
{
    if (!target.device.isEmpty())
        return target.device.toString();
    return target.msisdn.isEmpty() ? target.user.toString() : target.msisdn.toString();
}

} // namespace reveille
