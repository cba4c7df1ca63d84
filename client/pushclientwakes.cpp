// SPDX-License-Identifier: GPL-3.0-or-later
// What a PushClient does about datagrams on its client port, and about calls over HTTP.
#include "client/pushclientstate.h"

#include "client/clientreturn.h"
#include "client/endpoint.h"
#include "client/eventfields.h"
#include "client/siplink.h"

#include <QDateTime>
#include <QJsonArray>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace reveille {
namespace {

constexpr qsizetype maxToldOctets = 4096; ///< of a request that cannot be read

} // namespace

void PushClient::State::onHeard(const Result<WakeDatagram> &wake, const QByteArray &octets, const QString &from)
{
    if (wake)
        return takeWake(*wake, from, octets);
    tell("sir-ignored", {{u"reason"_s, u"malformed-"_s + QString::fromLatin1(wake.error().code)},
                         {u"peer"_s, from},
                         {u"bytes"_s, QString::fromLatin1(octets.left(maxToldOctets).toBase64())}});
}

void PushClient::State::onSipWake(const Result<WakeDatagram> &wake, const QByteArray &octets, const QString &from)
{
    const bool isForOther =
        wake && !wake->contradictory && meaningOf(wake->sir, inbox.owner()) != SirMeaning::ForMe;
    if (settings.companionPort == 0 || !isForOther)
        return onHeard(wake, octets, from);
    QUdpSocket socket;
    socket.writeDatagram(encodeWakeDatagram(*wake), settings.companion, settings.companionPort);
    tell("sir-handed-on", {{u"peer"_s, endpointText(settings.companion, settings.companionPort)},
                           {u"device"_s, wake->sir.device.toString()}});
}

void PushClient::State::takeWake(const WakeDatagram &wake, const QString &from, const QByteArray &octets)
{
    if (!wake.empty) {
        tell("sir-received", sirFields(wake, from));
        judge(wake);
        return;
    }
    tell("wake-received", {{u"peer"_s, from}, {u"bytes"_s, QString::fromLatin1(octets.toBase64())}});
    if (meaningOf(wake.sir, inbox.owner()) != SirMeaning::ForMe)
        ignore("not-for-me");
    else if (isConnected())
        ignore("already-connected");
    else if (!lockout.hasExpired())
        ignore("locked-out");
    else if (inbox.refusal() != 0)
        refuseSir({}, {});
    else
        reconnect("wake");
}

HttpResponse PushClient::State::takePost(const HttpRequest &request, const QString &from)
{
    HttpResponse response;
    if (request.method != "POST") {
        response.status = 405;
        response.headers.add("Allow", "POST");
        return response;
    }
    const Result<WakeDatagram> wake = readWakeRequest(request);
    if (!wake) {
        onHeard(wake, request.body, from);
        response.status = wake.error().is("wake-content-type") ? 415 : 400;
        return response;
    }
    response.status = 204;
    if (inbox.refusal() != 0) {
        response.status = 403;
        response.headers.add("X-Reveille-Refusal", QByteArray::number(inbox.refusal()));
    }
    takeWake(*wake, from, request.body);
    return response;
}

void PushClient::State::takeCall(std::unique_ptr<HttpChannel> channel, const HttpRequest &request)
{
    const QString peer = channel->peerText();
    const bool known = isOwnServer(channel->peerAddress());
    if (!known)
        tell("call-refused", {{u"peer"_s, peer}});
    if (!known || !running || settings.connect != ClientConnect::OtaHttp) {
        HttpResponse response;
        response.status = known ? 404 : 403;
        channel->answer(response, true);
        connect(channel.get(), &HttpChannel::closed, channel.get(), &QObject::deleteLater);
        channel.release()->setParent(&calls);
        return;
    }
    tell("called", {{u"peer"_s, peer}});
    wanted = true;
    silent = false;
    lanes.front()->retry.stop();
    lanes.front()->retryFactor = 1;
    lanes.front()->link->takeCall(std::move(channel), request);
}

bool PushClient::State::isOwnServer(const QHostAddress &address) const
{
    const auto isAt = [&](const QString &place) {
        const std::optional<HostAndPort> parts = splitHostAndPort(place);
        return parts && address.isEqual(QHostAddress(parts->host));
    };
    return address.isEqual(settings.registrar) ||
           std::any_of(settings.gateways.begin(), settings.gateways.end(), isAt);
}

void PushClient::State::judge(const WakeDatagram &wake)
{
    gate.setRules(rules());
    const SirGate::Verdict verdict =
        gate.judge(wake, isConnected(), Timestamp{QDateTime::currentMSecsSinceEpoch()});
    if (verdict.answer != SirGate::Answer::Connect)
        ignore(verdict.reason);
    else if (!lockout.hasExpired())
        ignore("locked-out");
    else if (inbox.refusal() != 0)
        refuseSir(wake.sir, verdict.gateway);
    else {
        asked = wake.sir;
        askedBy = verdict.gateway;
        if (lanes.front()->link->givesBackInAnswers())
            returnWhatWasAsked(*lanes.front()->link);
        reconnect("sir", verdict.gateway);
    }
}

void PushClient::State::refuseSir(const SessionRequest &sir, const SirGateway &gateway)
{
    const bool asked = sir.requests.testFlag(SirRequest::Refusal);
    tell("sir-refused", {{u"asked"_s, asked}, {u"status"_s, inbox.refusal()}});
    if (!asked)
        return;
    giveBack(*lanes.front()->link, "refusal", sir, gateway, {{u"status"_s, inbox.refusal()}});
}

/// By the link where it is open and has a way of its own, else by SIP.
void PushClient::State::giveBack(DeviceLink &link, const QByteArray &kind, const SessionRequest &sir,
                                 const SirGateway &gateway, const QJsonObject &content)
{
    const QByteArray body = returnedBody(settings, sir, content);
    if ((!silent || link.givesBackInAnswers()) && link.giveBack(kind, body))
        return;
    auto *message = new ClientReturn(settings, secret, sipPeerOf(gateway, settings), kind, body, q);
    connect(message, &ClientReturn::answered, q, [this, kind](int status) { onGivenBack(kind, status); });
    message->send(settings.localAddress);
}

void PushClient::State::onGivenBack(const QByteArray &kind, int status)
{
    tell(kind == "refusal" ? "refusal-answered" : "information-answered", {{u"status"_s, status}});
}

/// Once the session stands, or with it (requirement S14). The registration message that may be asked for is the registration itself.
void PushClient::State::returnWhatWasAsked(DeviceLink &link)
{
    const SirRequests requests = std::exchange(asked.requests, {});
    const bool isSecure =
        settings.transport == ClientTransport::Tls || settings.transport == ClientTransport::Dtls;
    QJsonObject content;
    if (requests.testFlag(SirRequest::Capability) || requests.testFlag(SirRequest::CapabilityMessage))
        content.insert(u"capability"_s, QJsonObject{{u"sir_version"_s, 2}, {u"max_message_size"_s, settings.maxMessage}});
    if (requests.testFlag(SirRequest::Preferences))
        content.insert(u"preferences"_s, QJsonObject{{u"accepts_pushes"_s, inbox.refusal() == 0}});
    if (requests.testFlag(SirRequest::Security))
        content.insert(u"security"_s, QJsonObject{{u"tls"_s, isSecure},
                                                  {u"signed_only"_s, !settings.password.isEmpty() && !settings.acceptsUnsigned}});
    if (requests.testFlag(SirRequest::Subscription))
        content.insert(u"subscription"_s, QJsonArray::fromStringList(settings.applications));
    if (content.isEmpty())
        return;
    tell("information-sent", {{u"what"_s, QJsonArray::fromStringList(content.keys())}});
    giveBack(link, "returned", asked, askedBy, content);
}

void PushClient::State::ignore(const QByteArray &reason)
{
    tell("sir-ignored", {{u"reason"_s, QString::fromLatin1(reason)}});
}

SirGate::Rules PushClient::State::rules() const
{
    SirGate::Rules rules;
    rules.me = {settings.device, settings.user};
    rules.key = secret.sirKeyFor(settings.user.host().toUtf8());
    rules.acceptsUnsigned = settings.acceptsUnsigned;
    rules.ownGateways = {settings.registrar.toString()};
    if (!settings.registrarName.isEmpty())
        rules.ownGateways.append(settings.registrarName);
    rules.gateways = settings.gateways;
    rules.window = settings.sirWindow;
    return rules;
}

} // namespace reveille
