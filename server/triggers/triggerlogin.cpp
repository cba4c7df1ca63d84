// SPDX-License-Identifier: GPL-3.0-or-later
#include "triggers/triggerlogin.h"

#include "engine/engine.h"
#include "http/tokencheck.h"

namespace reveille {

Result<InitiatorId> TriggerLogin::initiatorOf(const HttpCall &call) const
{
    if (call.request.headers.has("Authorization")) {
        const QByteArray token = presentedToken(call.request);
        const Initiator *initiator = token.isEmpty() ? nullptr : m_engine.initiatorOfToken(token);
        if (!initiator)
            return Error{"token-wrong", {}};
        return initiator->id;
    }
    if (m_needToken)
        return Error{"token-missing", {}};
    return InitiatorId(QStringLiteral("open"));
}

} // namespace reveille
