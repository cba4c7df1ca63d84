// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/clientoptions.h"

#include "client/clientusage.h"
#include "client/endpoint.h"
#include "client/optionreader.h"

#include <QProcess>
#include <QUuid>

#include <algorithm>
#include <tuple>

using namespace Qt::StringLiterals;

namespace reveille {
namespace {

DeviceId defaultDevice(const PublicUserId &user, const QString &name)
{
    static const QUuid space(0x6b1f7a52, 0x0d5e, 0x4c39, 0x9a, 0x41, 0x52, 0x65, 0x76, 0x65, 0x69, 0x6c);
    const QUuid uuid = QUuid::createUuidV5(space, user.toString() + u'\n' + name);
    return DeviceId::parse(uuid.toString(QUuid::WithoutBraces)).valueOr({});
}

quint16 standardPort(const PushClientSettings &settings)
{
    const bool secure =
        settings.transport == ClientTransport::Tls || settings.transport == ClientTransport::Dtls;
    switch (settings.connect) {
    case ClientConnect::Datagram:
        return secure ? 5684 : 5683;
    case ClientConnect::OtaHttp:
        return secure ? 4036 : 4035;
    case ClientConnect::Sip:
        break;
    }
    return secure ? 5061 : 5060;
}

bool fits(ClientConnect connect, ClientTransport transport)
{
    switch (connect) {
    case ClientConnect::Datagram:
        return transport == ClientTransport::Udp || transport == ClientTransport::Dtls;
    case ClientConnect::OtaHttp:
        return transport == ClientTransport::Tcp || transport == ClientTransport::Tls;
    case ClientConnect::Sip:
        break;
    }
    return transport != ClientTransport::Dtls;
}

/// Kind of connection and transport, which must suit each other.
void readKind(PushClientSettings &settings, OptionReader &read)
{
    settings.connect =
        read.taken(u"connect"_s, clientConnectFromText(read.text(u"connect"_s)), settings.connect);
    if (settings.connect == ClientConnect::OtaHttp)
        settings.transport = ClientTransport::Tcp;
    settings.transport =
        read.taken(u"transport"_s, clientTransportFromText(read.text(u"transport"_s)), settings.transport);
    if (!fits(settings.connect, settings.transport))
        read.refuse("option-value", u"transport"_s);
    settings.tlsCaFile = read.text(u"tls-ca"_s);
    settings.tlsInsecure = read.has(u"tls-insecure"_s);
    settings.registrarPort = standardPort(settings);
}

void readSessions(PushClientSettings &settings, OptionReader &read, const QStringList &sessions)
{
    for (const QString &text : sessions) {
        const ClientSession session{text.section(u'=', 0, 0), text.section(u'=', 1)};
        const bool known = std::any_of(settings.sessions.begin(), settings.sessions.end(),
                                       [&](const ClientSession &s) { return s.name == session.name; });
        if (session.name.isEmpty() || known)
            read.refuse("option-value", u"session"_s);
        settings.sessions.append(session);
    }
    settings.testsPinholes = !read.has(u"no-pinhole-tests"_s);
}

/// Applications, and what the settings say of each in other places too.
void readApplications(PushClientSettings &settings, OptionReader &read, const QStringList &applications)
{
    for (const QString &text : applications) {
        const Result<ClientApplication> application = ClientApplication::parse(text);
        if (!application) {
            read.refuse(application.error().code, application.error().about);
            return;
        }
        settings.applications.append(application->name);
        settings.installed.append(*application);
    }
    settings.mostRuns = read.number(u"application-limit"_s, 1, ClientApplication::most, settings.mostRuns);
}

void readPreferences(PushClientSettings &settings, OptionReader &read, const QStringList &unwanted)
{
    WakePreferences &preferences = settings.preferences;
    if (read.has(u"quiet-hours"_s))
        preferences.quietHours = read.parsed(u"quiet-hours"_s, WakePreferences::QuietHours::parse(read.text(u"quiet-hours"_s)));
    preferences.unwanted = unwanted;
    preferences.secureOnly = read.has(u"secure-only"_s);
    preferences.asks = read.has(u"ask"_s);
    preferences.askTime = Milliseconds(1000 * qint64(read.number(u"ask-timeout"_s, 1, 86400, 30)));
}

void readPlaces(PushClientSettings &settings, OptionReader &read, const QStringList &gateways)
{
    if (read.has(u"registrar"_s)) {
        std::tie(settings.registrar, settings.registrarPort) = read.host(u"registrar"_s, &settings.registrarName);
        if (settings.registrarPort == 0)
            settings.registrarPort = standardPort(settings);
    }
    settings.localAddress = read.address(u"local"_s);
    settings.wakeAddress = read.address(u"wake-address"_s);
    for (const QString &gateway : gateways) {
        const std::optional<HostAndPort> place = splitHostAndPort(gateway);
        if (!place || QHostAddress(place->host).isNull())
            read.refuse("option-value", u"gateway"_s);
    }
    settings.gateways = gateways;
}

void readCalls(PushClientSettings &settings, OptionReader &read)
{
    settings.listensForCoap = read.has(u"coap-port"_s);
    settings.coapPort = quint16(read.number(u"coap-port"_s, 0, 65535, 0));
    settings.listensForCalls = read.has(u"call-port"_s);
    settings.callPort = quint16(read.number(u"call-port"_s, 0, 65535, 0));
    settings.callTls = read.has(u"call-tls"_s);
    settings.calledOnly = read.has(u"called-only"_s);
    settings.plainPassword = read.has(u"plain-password"_s);
    if (read.has(u"wake-bearer"_s))
        settings.wakeBearer = read.text(u"wake-bearer"_s);
    const bool byHttp = settings.wakeBearer == u"http";
    const bool bySip = settings.wakeBearer == u"sip";
    if (bySip && (!read.has(u"wake-core"_s) || settings.connect != ClientConnect::Sip))
        read.refuse("option-value", u"wake-bearer"_s);
    if ((!byHttp && !bySip && settings.wakeBearer != u"wsp-udp") || (byHttp && (!settings.listensForCalls || settings.callTls)))
        read.refuse("option-value", u"wake-bearer"_s);
    if (settings.callTls && !settings.listensForCalls)
        read.refuse("option-value", u"call-tls"_s);
    if (settings.calledOnly && (!settings.listensForCalls || settings.connect != ClientConnect::OtaHttp))
        read.refuse("option-value", u"called-only"_s);
}

void readCore(PushClientSettings &settings, OptionReader &read)
{
    const auto transport = clientTransportFromText(read.text(u"wake-core-transport"_s));
    settings.core.transport = read.taken(u"wake-core-transport"_s, transport, settings.core.transport);
    if (settings.core.transport == ClientTransport::Dtls)
        read.refuse("option-value", u"wake-core-transport"_s);
    if (read.has(u"wake-core-user"_s))
        settings.core.user =
            read.parsed(u"wake-core-user"_s, PublicUserId::parse(read.text(u"wake-core-user"_s)));
    settings.core.password = read.text(u"wake-core-password"_s);
    if (read.has(u"wake-core"_s)) {
        std::tie(settings.core.address, settings.core.port) = read.host(u"wake-core"_s);
        if (settings.core.port == 0)
            settings.core.port = settings.core.transport == ClientTransport::Tls ? 5061 : 5060;
    }
    if (read.has(u"companion"_s)) {
        const std::optional<HostAndPort> place = splitHostAndPort(read.text(u"companion"_s));
        settings.companion = QHostAddress(place ? place->host : QString());
        settings.companionPort = place ? place->port : quint16(0);
        if (settings.companion.isNull() || settings.companionPort == 0)
            read.refuse("option-value", u"companion"_s);
    }
}

void readTimes(PushClientSettings &settings, OptionReader &read)
{
    settings.expires = read.number(u"expires"_s, 1, 86400 * 7, settings.expires);
    settings.keepAliveInterval =
        Milliseconds(1000 * qint64(read.number(u"keep-alive-interval"_s, 1, 3600, 25)));
    settings.insistsOnInterval = read.has(u"keep-alive-interval"_s);
    settings.provenFor = Milliseconds(1000 * qint64(read.number(u"proven"_s, 0, 86400, 30)));
    settings.retryDelay = Milliseconds(read.number(u"retry"_s, 10, 600000, int(settings.retryDelay.count())));
    settings.requestTimeout =
        Milliseconds(read.number(u"timeout"_s, 100, 600000, int(settings.requestTimeout.count())));
}

} // namespace

Result<ClientOptions> ClientOptions::read(const QStringList &arguments)
{
    QCommandLineParser parser;
    declareClientOptions(parser);
    ClientOptions options;
    if (!parser.parse(arguments)) {
        const QStringList unknown = parser.unknownOptionNames();
        return Error{"option-unknown", unknown.isEmpty() ? parser.errorText() : unknown.first()};
    }
    options.helpText = parser.helpText();
    if (parser.isSet(u"help"_s) || parser.isSet(u"version"_s)) {
        options.action = parser.isSet(u"help"_s) ? Action::ShowHelp : Action::ShowVersion;
        return options;
    }
    if (!parser.positionalArguments().isEmpty())
        return Error{"option-unknown", parser.positionalArguments().first()};
    if (!parser.isSet(u"user"_s))
        return Error{"option-missing", u"user"_s};

    OptionReader read(parser);
    PushClientSettings &settings = options.settings;
    settings.user = read.parsed(u"user"_s, PublicUserId::parse(parser.value(u"user"_s)));
    settings.deviceName = parser.value(u"name"_s);
    settings.device = parser.isSet(u"device"_s)
                          ? read.parsed(u"device"_s, DeviceId::parse(parser.value(u"device"_s)))
                          : defaultDevice(settings.user, settings.deviceName);
    settings.password = read.password();
    settings.realm = parser.value(u"realm"_s);
    readKind(settings, read);
    readSessions(settings, read, parser.values(u"session"_s));
    settings.keepAlive =
        read.taken(u"keep-alive"_s, keepAliveKindFromText(parser.value(u"keep-alive"_s)), settings.keepAlive);
    settings.regId = read.number(u"reg-id"_s, 0, 2147483647, settings.regId);
    settings.flows = read.number(u"flows"_s, 1, PushClientSettings::maxFlows, 1);
    settings.gruu = !parser.isSet(u"no-gruu"_s);
    settings.clientPort = quint16(read.number(u"client-port"_s, 0, 65535, 0));
    settings.listensForWakeUps = !parser.isSet(u"no-wake-listener"_s);
    settings.namesWakeRoute = !parser.isSet(u"no-wake-route"_s);
    settings.maxMessage = read.number(u"max-message"_s, 0, 1 << 30, int(settings.maxMessage));
    settings.invitesAfterSir = parser.isSet(u"invite-after-sir"_s);
    settings.acceptsUnsigned = parser.isSet(u"accept-unsigned"_s);
    settings.confirms = !parser.isSet(u"no-confirm"_s);
    if (parser.isSet(u"take-with"_s)) {
        settings.takerArguments = QProcess::splitCommand(parser.value(u"take-with"_s));
        if (settings.takerArguments.isEmpty())
            read.refuse("option-value", u"take-with"_s);
        else
            settings.takerProgram = settings.takerArguments.takeFirst();
    }
    readApplications(settings, read, parser.values(u"application"_s));
    readPreferences(settings, read, parser.values(u"unwanted-application"_s));
    settings.stateFile = parser.value(u"state"_s);
    if (parser.isSet(u"state"_s) && settings.stateFile.isEmpty())
        read.refuse("option-value", u"state"_s);
    readCalls(settings, read);
    readCore(settings, read);
    readPlaces(settings, read, parser.values(u"gateway"_s));
    readTimes(settings, read);
    options.silentWhenRegistered = parser.isSet(u"silent"_s);
    options.deaf = parser.isSet(u"deaf"_s);
    options.refuse = read.number(u"refuse"_s, 300, 699, 0);
    if (read.error())
        return *read.error();
    return options;
}

} // namespace reveille
