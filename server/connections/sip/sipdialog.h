// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/sip/sipflow.h"
#include "wire/sipbuilder.h"

#include <optional>

namespace reveille {

/// One dialogue as RFC 3261 section 12 keeps it, bound to the flow it was made on: requests in it go there and are
/// taken from there only, whatever the remote target says (RFC 5626 section 5.3). Plain value.
struct SipDialog {
    SipFlow flow;
    QByteArray callId;
    QByteArray localTag, remoteTag;
    QByteArray localUri, remoteUri;
    QByteArray remoteTarget;
    QByteArrayList routes; ///< whole Route values, the next hop first
    quint32 localCseq = 0;
    std::optional<quint32> remoteCseq;

    /// Who called us: `invite` is answered with `localTag`.
    static SipDialog ofCallee(const SipMessage &invite, const SipFlow &flow, const QByteArray &localTag);
    /// Whom we called accepted: tag, target and route as a 2xx says (section 12.1.2).
    void confirm(const SipMessage &response);
    /// Section 12.2.2: a number that is not higher than the last is refused (500). ACK and CANCEL are not asked.
    bool takeCseq(quint32 cseq);
    /// A request within it, without Via; localCseq counts on, except for ACK.
    SipRequest request(const QByteArray &method, quint32 cseq) const;

    QByteArray key() const { return keyOf(callId, localTag, remoteTag); }
    static QByteArray keyOf(QByteArrayView callId, const QByteArray &localTag, const QByteArray &remoteTag)
    {
        return callId.toByteArray() + '\n' + localTag + '\n' + remoteTag;
    }
};

} // namespace reveille
