// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/clientrequester.h"
#include "client/digestsecret.h"

#include <QObject>

namespace reveille {

/// One SIP MESSAGE of a device to its server itself, over a flow that stands; asked again where the server wants to know
/// who says so. Lives in its client's thread; whoever closes the flow abandons the requester and deletes this.
class ClientMessage : public QObject {
    Q_OBJECT
public:
    /// All but the body must live as long. `user`: public user ID.
    ClientMessage(ClientRequester &requester, DigestSecret &secret, QByteArray user, QByteArray type, QByteArray body,
                  QObject *parent);
    /// Once.
    void send(ClientFlow *flow);

Q_SIGNALS:
    /// Once. 0: no answer.
    void answered(int status);

private:
    void ask();

    static constexpr int maxRounds = 3;

    ClientRequester &m_requester;
    DigestSecret &m_secret;
    QPointer<ClientFlow> m_flow;
    QByteArray m_user, m_callId, m_tag, m_type, m_body;
    int m_rounds = 0;
};

} // namespace reveille
