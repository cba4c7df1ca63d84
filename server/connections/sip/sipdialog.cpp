// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/sip/sipdialog.h"

#include <algorithm>

namespace reveille {

namespace {

QByteArrayList routesOf(const SipMessage &message)
{
    QByteArrayList routes;
    const QVector<QByteArrayView> values = message.values("record-route");
    for (const QByteArrayView value : values)
        routes.append(value.toByteArray());
    return routes;
}

} // namespace

SipDialog SipDialog::ofCallee(const SipMessage &invite, const SipFlow &flow, const QByteArray &localTag)
{
    SipDialog dialog;
    dialog.flow = flow;
    dialog.callId = invite.callId().toByteArray();
    dialog.localTag = localTag;
    dialog.remoteTag = invite.fromTag();
    dialog.localUri = invite.to().uri.text;
    dialog.remoteUri = invite.from().uri.text;
    dialog.remoteTarget = invite.contacts().isEmpty() ? dialog.remoteUri : invite.contacts().first().uriText();
    dialog.routes = routesOf(invite);
    dialog.remoteCseq = invite.cseq();
    return dialog;
}

void SipDialog::confirm(const SipMessage &response)
{
    remoteTag = response.toTag();
    if (!response.contacts().isEmpty() && !response.contactStar())
        remoteTarget = response.contacts().first().uriText();
    routes = routesOf(response);
    std::reverse(routes.begin(), routes.end());
}

bool SipDialog::takeCseq(quint32 cseq)
{
    if (remoteCseq && cseq <= *remoteCseq)
        return false;
    remoteCseq = cseq;
    return true;
}

SipRequest SipDialog::request(const QByteArray &method, quint32 cseq) const
{
    SipRequest request(method, remoteTarget);
    request.from(localUri, localTag).to(remoteUri, remoteTag).callId(callId).cseq(cseq);
    if (!routes.isEmpty())
        request.header("Route", routes.join(", "));
    return request;
}

} // namespace reveille
