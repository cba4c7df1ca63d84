// SPDX-License-Identifier: GPL-3.0-or-later
// What a PushClient does because a SIR named an application or asked for something (requirements S14, S15).
#include "client/pushclientstate.h"

#include "client/clientreturn.h"
#include "client/datagramreturn.h"
#include "client/endpoint.h"
#include "client/siplink.h"

#include <QJsonArray>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace reveille {
namespace {

/// What of a device and what of its application, field by field.
QJsonValue overlaid(const QJsonValue &own, const QJsonValue &application)
{
    if (!own.isObject() || !application.isObject())
        return own.type() == application.type() ? application : own;
    QJsonObject both = own.toObject();
    const QJsonObject more = application.toObject();
    for (auto it = more.begin(); it != more.end(); ++it)
        both.insert(it.key(), it.value());
    return both;
}

constexpr size_t mostReturns = 8; ///< paths of their own at a time

constexpr SirRequests askingInformation = SirRequest::Capability | SirRequest::CapabilityMessage | SirRequest::Preferences |
                                          SirRequest::Security | SirRequest::Subscription;

/// Where SIP is spoken on a server whose device speaks something else: what the SIR names, else the standard port.
FlowPeer sipPeerFor(const SessionRequest &sir, const SirGateway &gateway, const PushClientSettings &settings)
{
    if (settings.connect == ClientConnect::Sip)
        return sipPeerOf(gateway, settings);
    const SirGateway named = gatewayOf(sir).valueOr({});
    const std::optional<ClientTransport> transport = clientTransportFromText(named.transport);
    const bool usable = transport && *transport != ClientTransport::Dtls;
    FlowPeer peer{settings.registrar, quint16(named.port ? named.port : 5060), usable ? *transport : ClientTransport::Udp};
    if (!gateway.host.isEmpty())
        peer.address = QHostAddress(gateway.host);
    return peer;
}

} // namespace

Result<Done> PushClient::State::listenForApplications(const QHostAddress &address)
{
    applicationPorts.clear();
    for (qsizetype at = 0; at < settings.installed.size(); ++at) {
        ClientApplication &application = settings.installed[at];
        applicationPorts.push_back(nullptr);
        if (!application.port)
            continue;
        auto listener = std::make_unique<WakeListener>();
        listener->setDeaf(wakes.isDeaf());
        if (const Result<Done> bound = listenAt(*listener, address, *application.port, application.name); !bound)
            return bound;
        application.port = listener->port();
        connect(listener.get(), &WakeListener::heard, q,
                [this, at](const QByteArray &octets, const QString &from) {
                    onDatagram(octets, from, &settings.installed.at(at));
                });
        applicationPorts.back() = std::move(listener);
    }
    return Done{};
}

/// Those that the SIR names, as the owner of the device has written them.
QStringList PushClient::State::namedApplications() const
{
    const QStringList named = applicationsOf(asked);
    QStringList applications;
    for (const ClientApplication &application : settings.installed) {
        if (namesApplication(named, application.name))
            applications.append(application.name);
    }
    return applications;
}

void PushClient::State::activateNamed(ClientApplication::Start when)
{
    const QStringList named = namedApplications();
    for (const ClientApplication &application : std::as_const(settings.installed)) {
        if (application.start != when || !named.contains(application.name))
            continue;
        const bool before = when == ClientApplication::Start::BeforeConnecting;
        QJsonObject fields{{u"application"_s, application.name},
                           {u"built_in"_s, application.isBuiltIn()},
                           {u"when"_s, before ? u"before"_s : u"after"_s}};
        if (!application.session.isEmpty())
            fields.insert(u"session"_s, application.session);
        if (application.port)
            fields.insert(u"port"_s, int(*application.port));
        tell("application-activated", fields);
        if (application.isBuiltIn())
            continue;
        const FlowPeer peer = sipPeerOf(askedBy, settings);
        const ApplicationFacts facts{settings.user, settings.device, asked, named, endpointText(peer.address, peer.port), askedFrom};
        if (const std::optional<int> run = starter.start(application, facts))
            awaited.insert(*run);
    }
}

/// They register from now on, with the device where it has yet to connect: a device all of whose applications are dormant
/// has nothing else to register.
void PushClient::State::awakenNamed()
{
    for (const QString &application : namedApplications()) {
        if (asleep.removeAll(application) != 0)
            keepSoon();
    }
    for (const auto &lane : lanes)
        lane->link->setAsleep(asleep);
}

bool PushClient::State::isAskedForInformation() const
{
    return bool(unanswered & askingInformation);
}

void PushClient::State::returnOnceInformed(Lane &lane)
{
    if (!isAskedForInformation())
        return;
    answering = &lane;
    if (awaited.isEmpty())
        returnWhatWasAsked(*lane.link);
    else if (!informationWait.isActive())
        informationWait.start(settings.informationTime);
}

/// All have said what they have to say, or have had their time.
void PushClient::State::onInformed()
{
    informationWait.stop();
    if (const std::optional<WakeCase> wake = std::exchange(opening, std::nullopt))
        connectFor(*wake);
    else if (answering)
        returnWhatWasAsked(*answering->link);
}

/// It connects for another reason, with what has been said until now.
void PushClient::State::waitNoLonger()
{
    if (!std::exchange(opening, std::nullopt))
        return;
    informationWait.stop();
    returnWhatWasAsked(*lanes.front()->link);
}

void PushClient::State::takeInformation(int run, const QJsonObject &said)
{
    if (!awaited.contains(run))
        return;
    for (auto it = said.begin(); it != said.end(); ++it)
        information.insert(it.key(), information.contains(it.key()) ? overlaid(information.value(it.key()), it.value()) : it.value());
    stopWaitingFor(run);
}

void PushClient::State::stopWaitingFor(int run)
{
    if (!awaited.remove(run) || !awaited.isEmpty() || !informationWait.isActive())
        return;
    onInformed();
}

/// By the link where it is open and has a way of its own, else over a path for this alone. Where anybody could have many
/// such paths opened it says nothing.
void PushClient::State::giveBack(DeviceLink &link, const QByteArray &kind, const SessionRequest &sir,
                                 const SirGateway &gateway, const QJsonObject &content)
{
    const QByteArray body = returnedBody(settings, sir, content);
    if ((!silent || link.givesBackInAnswers()) && link.giveBack(kind, body))
        return;
    std::erase_if(returns, [](const QPointer<QObject> &one) { return !one; });
    if (returns.size() >= mostReturns) {
        if (kind != "refusal")
            onGivenBack(kind, 0);
        return;
    }
    if (settings.connect == ClientConnect::Datagram) {
        const QHostAddress server = gateway.host.isEmpty() ? settings.registrar : QHostAddress(gateway.host);
        auto *request = new DatagramReturn(settings, server, q);
        returns.emplace_back(request);
        connect(request, &DatagramReturn::answered, q, [this, kind](int status) { onGivenBack(kind, status); });
        return request->send(settings.localAddress, kind, body);
    }
    auto *message = new ClientReturn(settings, secret, sipPeerFor(sir, gateway, settings), kind, body, q);
    returns.emplace_back(message);
    connect(message, &ClientReturn::answered, q, [this, kind](int status) { onGivenBack(kind, status); });
    message->send(settings.localAddress);
}

void PushClient::State::onGivenBack(const QByteArray &kind, int status)
{
    tell(kind == "refusal" ? "refusal-answered" : "information-answered", {{u"status"_s, status}});
}

/// Once the session stands, or with it (requirement S14): what was asked for and no more. The registration message that
/// may be asked for is the registration itself.
void PushClient::State::returnWhatWasAsked(DeviceLink &link)
{
    const SirRequests requests = std::exchange(unanswered, {});
    const WakePreferences &preferences = settings.preferences;
    QJsonObject content;
    if (requests.testFlag(SirRequest::Capability) || requests.testFlag(SirRequest::CapabilityMessage))
        content.insert(u"capability"_s, QJsonObject{{u"sir_version"_s, 2}, {u"max_message_size"_s, settings.maxMessage}});
    if (requests.testFlag(SirRequest::Preferences))
        content.insert(u"preferences"_s, QJsonObject{{u"accepts_pushes"_s, inbox.refusal() == 0}});
    if (requests.testFlag(SirRequest::Security))
        content.insert(u"security"_s,
                       QJsonObject{{u"tls"_s, settings.transport == ClientTransport::Tls || settings.transport == ClientTransport::Dtls},
                                   {u"tls_only"_s, preferences.secureOnly},
                                   {u"signed_only"_s, !settings.password.isEmpty() && !settings.acceptsUnsigned}});
    if (requests.testFlag(SirRequest::Subscription))
        content.insert(u"subscription"_s, QJsonArray::fromStringList(settings.applications));
    if (content.isEmpty())
        return;
    for (const QString &key : content.keys()) {
        if (information.contains(key))
            content.insert(key, overlaid(content.value(key), information.value(key)));
    }
    tell("information-sent", {{u"what"_s, QJsonArray::fromStringList(content.keys())}});
    giveBack(link, "returned", asked, askedBy, content);
}

} // namespace reveille
