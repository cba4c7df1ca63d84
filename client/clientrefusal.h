// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/clientrequester.h"
#include "domain/sessionrequest.h"

namespace reveille {

/// Says no to a SIR that asked to be told (requirement S13): one SIP MESSAGE to the gateway with a body of
/// type application/vnd.reveille.refusal+json, {"device","nonce"(hex),"status","user"}. Nothing is
/// registered, the flow is used for this alone. Deletes itself when answered or given up. Lives in its
/// client's thread.
class ClientRefusal : public QObject {
    Q_OBJECT
public:
    ClientRefusal(const PushClientSettings &settings, const FlowPeer &gateway, const SessionRequest &sir,
                  int status, QObject *parent);
    void send(const QHostAddress &local);

Q_SIGNALS:
    /// 0: no answer.
    void answered(int status);

private:
    void ask();

    ClientFlow m_flow;
    ClientRequester m_requester;
    QByteArray m_user;
    QByteArray m_body;
};

} // namespace reveille
