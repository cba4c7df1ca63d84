// SPDX-License-Identifier: GPL-3.0-or-later
// What a PushClient answers on its CoAP port.
#include "client/pushclientstate.h"

#include "client/endpoint.h"
#include "client/eventfields.h"

#include <QPointer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace reveille {
namespace {

constexpr quint16 linkFormat = 40;
constexpr auto sirType = "application/vnd.wap.sia"_L1;

/// A SIR, or nothing at all, that was posted.
Result<WakeDatagram> wakeIn(const ReceivedPush &push)
{
    HttpRequest request;
    request.headers.add("Content-Type", push.contentType.toUtf8());
    request.body = push.body;
    return readWakeRequest(request);
}

} // namespace

std::optional<CoapChannel::Reply> PushClient::State::takeCoap(const CoapMessage &request, const CoapListener::Peer &peer)
{
    const QString from = endpointText(peer.address, peer.port);
    const bool isPath = settings.connect == ClientConnect::Datagram && settings.transport == ClientTransport::Udp;
    if (!running || (silent && isPath))
        return std::nullopt;
    if (request.code() == CoapCode::Get && request.isAt(".well-known/core"))
        return CoapChannel::Reply{CoapCode::Content, {}, linkFormat, "</push>;rt=\"reveille.push\""};
    if (!isOwnServer(peer.address)) {
        tell("call-refused", {{u"peer"_s, from}});
        return CoapChannel::Reply{CoapCode::Forbidden};
    }
    CoapPushReader::Outcome outcome = coapPushes.read(request, from.toUtf8());
    if (!outcome.push)
        return outcome.reply;
    ReceivedPush &push = *outcome.push;
    if (push.contentType.compare(sirType, Qt::CaseInsensitive) == 0) {
        const Result<WakeDatagram> wake = wakeIn(push);
        onHeard(wake, push.body, from);
        outcome.reply.code = wake ? CoapCode::Changed : CoapCode::BadRequest;
        return outcome.reply;
    }
    const bool isKnown = push.session.isEmpty() ||
                         std::any_of(settings.sessions.begin(), settings.sessions.end(), [&](const ClientSession &session) {
                             return session.name == push.session && !asleep.contains(session.application);
                         }) || (settings.sessions.isEmpty() && push.session == settings.device.toString());
    if (!isKnown)
        return CoapChannel::Reply{CoapCode::NotFound};
    push.over = u"coap"_s;
    push.peer = from;
    inbox.take(push, PushInbox::Way::Datagram);
    if (push.isNew())
        keepSoon(); // not for each, which anybody could have written by naming our server as the sender
    const QPointer<PushClient> guard(q);
    tell("push-received", pushFields(push));
    if (guard)
        hand(push, settings.connect == ClientConnect::Datagram ? lanes.front()->link.get() : nullptr);
    return CoapPushReader::answerTo(push, outcome);
}

} // namespace reveille
