// SPDX-License-Identifier: GPL-3.0-or-later
#include "bearers/sirpush.h"

#include "wire/wsp.h"

namespace reveille {

QByteArray encodeSirPush(const WakeMessage &message)
{
    WspPush push;
    push.transactionId = quint8(qHash(message.wake) + size_t(message.attempt));
    push.applicationId = 1; // x-wap-application:push.sia
    push.data = message.sir;
    if (!message.device.isEmpty()) {
        if (message.placement.testFlag(IdentityPlacement::Header))
            push.addHeader(QStringLiteral("X-Reveille-Device"), message.device.toString());
        if (message.placement.testFlag(IdentityPlacement::HeaderValue))
            push.contentTypeParameters.append({QStringLiteral("device"), message.device.toString()});
    }
    return encodeWspPush(push);
}

} // namespace reveille
