// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/clientmessage.h"
#include "domain/sessionrequest.h"

#include <QJsonObject>

namespace reveille {

/// `content` with "user", "device" and the "nonce" (hex) of the SIR that is answered.
QByteArray returnedBody(const PushClientSettings &settings, const SessionRequest &sir, QJsonObject content);

/// What a client sends because a SIR asked for it (requirements S13, S14): one SIP MESSAGE to the gateway with a JSON body.
/// Nothing is registered, the flow is used for this alone. Deletes itself when answered or given up. Lives in its
/// client's thread.
class ClientReturn : public QObject {
    Q_OBJECT
public:
    /// A body of type application/vnd.reveille.KIND+json, as from returnedBody().
    ClientReturn(const PushClientSettings &settings, const DigestSecret &secret, const FlowPeer &gateway,
                 const QByteArray &kind, QByteArray body, QObject *parent);
    void send(const QHostAddress &local);

Q_SIGNALS:
    /// 0: no answer.
    void answered(int status);

private:
    void finish(int status);

    ClientFlow m_flow;
    ClientRequester m_requester;
    DigestSecret m_secret; ///< its own, so that it does not count the nonces of the registration
    ClientMessage m_message;
};

} // namespace reveille
