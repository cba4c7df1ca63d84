// SPDX-License-Identifier: GPL-3.0-or-later
// What a PushClient does about datagrams on its client port, and about calls over HTTP.
#include "client/pushclientstate.h"

#include "client/endpoint.h"
#include "client/eventfields.h"
#include "client/pushdatagram.h"
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

/// `through`: whose port it came to; nullptr for the device's.
void PushClient::State::onDatagram(const QByteArray &octets, const QString &from, const ClientApplication *through)
{
    std::optional<ReceivedPush> push = readPushDatagram(octets);
    if (push) {
        push->peer = from;
        if (through && push->application.isEmpty())
            push->application = through->name;
        if (through)
            push->session = through->session;
        inbox.take(*push, PushInbox::Way::Datagram);
        return tell("push-received", pushFields(*push));
    }
    Result<WakeDatagram> wake = readWakeDatagram(octets);
    if (wake && !wake->empty && through && applicationsOf(wake->sir).isEmpty())
        wake->sir.applicationName = through->name;
    onHeard(wake, octets, from);
}

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
        judge(wake, from);
        return;
    }
    tell("wake-received", {{u"peer"_s, from}, {u"bytes"_s, QString::fromLatin1(octets.toBase64())}});
    if (meaningOf(wake.sir, inbox.owner()) != SirMeaning::ForMe)
        ignore("not-for-me");
    else if (isConnected())
        ignore("already-connected");
    else if (!lockout.hasExpired())
        ignore("locked-out");
    else
        consider({{}, {}, from, "wake"});
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
    waitNoLonger();
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

void PushClient::State::judge(const WakeDatagram &wake, const QString &from)
{
    gate.setRules(rules());
    const SirGate::Verdict verdict =
        gate.judge(wake, isConnected(), Timestamp{QDateTime::currentMSecsSinceEpoch()});
    if (!wake.sir.authenticator.isEmpty() && verdict.answer != SirGate::Answer::NotSafe)
        keep(); // before it is obeyed
    if (verdict.answer != SirGate::Answer::Connect)
        ignore(verdict.reason);
    else if (!lockout.hasExpired())
        ignore("locked-out");
    else
        consider({wake.sir, verdict.gateway, from, "sir"});
}

/// Does its owner want it?
void PushClient::State::consider(const WakeCase &wake)
{
    if (inbox.refusal() != 0)
        return refuseSir(wake, {"refusing", inbox.refusal()});
    const WakeAbilities abilities{settings.applications, settings.transport == ClientTransport::Tls ||
                                                             settings.transport == ClientTransport::Dtls};
    const SirRefusal refusal =
        whyUnwanted(wake.sir, wake.gateway, settings.preferences, abilities, QTime::currentTime());
    if (!refusal.reason.isEmpty())
        refuseSir(wake, refusal);
    else if (settings.preferences.asks)
        ask(wake);
    else
        follow(wake);
}

void PushClient::State::ask(const WakeCase &wake)
{
    const QStringList named = applicationsOf(wake.sir);
    const QByteArray about = named.join(u'\n').toUtf8() + '\n' + wake.gateway.host.toUtf8();
    if (decisions.isAsking(about))
        return ignore("not-decided-yet");
    const FlowPeer peer = sipPeerOf(wake.gateway, settings);
    const QJsonObject fields{{u"application"_s, named.value(0)},
                             {u"applications"_s, QJsonArray::fromStringList(named)},
                             {u"gateway"_s, endpointText(peer.address, peer.port)},
                             {u"requests"_s, QJsonArray::fromStringList(toTexts(wake.sir.requests))},
                             {u"signed"_s, !wake.sir.authenticator.isEmpty()},
                             {u"peer"_s, wake.from}};
    const bool isAsked =
        decisions.ask(about, fields, settings.preferences.askTime,
                      [this, wake](UserDecisions::Decision decision) { onDecided(wake, decision); });
    if (!isAsked)
        refuseSir(wake, {"too-many-questions", 486});
}

void PushClient::State::onDecided(const WakeCase &wake, UserDecisions::Decision decision)
{
    if (decision == UserDecisions::Decision::Denied)
        refuseSir(wake, {"denied", 603});
    else if (decision == UserDecisions::Decision::NotDecided)
        refuseSir(wake, {"not-decided", 480});
    else if (isConnected())
        ignore("already-connected");
    else
        follow(wake);
}

/// Connects to where it says, and sees to what it asks for.
void PushClient::State::follow(const WakeCase &wake)
{
    asked = wake.sir;
    unanswered = wake.sir.requests;
    askedBy = wake.gateway;
    askedFrom = wake.from;
    information = {};
    awaited.clear();
    informationWait.stop();
    activatesAfter = true;
    answering = nullptr;
    opening.reset();
    awakenNamed();
    activateNamed(ClientApplication::Start::BeforeConnecting);
    const bool waits = lanes.front()->link->givesBackInAnswers() && isAskedForInformation() && !awaited.isEmpty();
    if (!waits)
        return connectFor(wake);
    for (const auto &lane : lanes)
        lane->retry.stop();
    opening = wake;
    lockout = QDeadlineTimer(settings.informationTime);
    informationWait.start(settings.informationTime);
}

void PushClient::State::connectFor(const WakeCase &wake)
{
    if (lanes.front()->link->givesBackInAnswers())
        returnWhatWasAsked(*lanes.front()->link);
    reconnect(wake.because, wake.gateway);
}

void PushClient::State::refuseSir(const WakeCase &wake, const SirRefusal &refusal)
{
    const bool isAsked = wake.sir.requests.testFlag(SirRequest::Refusal);
    const QString reason = QString::fromLatin1(refusal.reason);
    tell("sir-refused", {{u"asked"_s, isAsked}, {u"status"_s, refusal.status}, {u"reason"_s, reason}});
    if (isAsked)
        giveBack(*lanes.front()->link, "refusal", wake.sir, wake.gateway,
                 {{u"status"_s, refusal.status}, {u"reason"_s, reason}});
}

void PushClient::State::ignore(const QByteArray &reason)
{
    tell("sir-ignored", {{u"reason"_s, QString::fromLatin1(reason)}});
}

SirGate::Rules PushClient::State::rules() const
{
    SirGate::Rules rules;
    rules.me = {settings.device, settings.user};
    rules.key = secret.sirKeyFor((learnedRealm.isEmpty() ? settings.user.host() : learnedRealm).toUtf8());
    rules.acceptsUnsigned = settings.acceptsUnsigned;
    rules.ownGateways = {settings.registrar.toString()};
    if (!settings.registrarName.isEmpty())
        rules.ownGateways.append(settings.registrarName);
    rules.gateways = settings.gateways;
    rules.window = settings.sirWindow;
    return rules;
}

} // namespace reveille
