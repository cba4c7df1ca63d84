// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/clientoptions.h"

#include "client/endpoint.h"

#include <QCommandLineParser>
#include <QFile>
#include <QHostInfo>
#include <QUuid>

#include <algorithm>
#include <tuple>

using namespace Qt::StringLiterals;

namespace reveille {
namespace {

/// Reads options one by one and remembers the first thing wrong.
class OptionReader {
public:
    explicit OptionReader(const QCommandLineParser &parser)
        : m_parser(parser)
    {
    }

    bool has(const QString &name) const { return m_parser.isSet(name); }
    QString text(const QString &name) const { return m_parser.value(name); }
    void refuse(const char *code, const QString &about)
    {
        if (!m_error)
            m_error = Error{code, about};
    }
    const std::optional<Error> &error() const { return m_error; }

    int number(const QString &name, int from, int to, int otherwise)
    {
        if (!has(name))
            return otherwise;
        bool ok = false;
        const int value = text(name).toInt(&ok);
        if (!ok || value < from || value > to)
            refuse("option-value", name);
        return value;
    }
    template <typename T>
    T taken(const QString &name, const std::optional<T> &value, T otherwise)
    {
        if (!has(name))
            return otherwise;
        if (!value)
            refuse("option-value", name);
        return value.value_or(otherwise);
    }
    template <typename T>
    T parsed(const QString &name, const Result<T> &value)
    {
        if (!value)
            refuse("option-value", name);
        return value.ok() ? *value : T{};
    }

private:
    const QCommandLineParser &m_parser;
    std::optional<Error> m_error;
};

void declare(QCommandLineParser &parser)
{
    parser.setApplicationDescription(
        u"Reference push client: one device that registers over SIP, CoAP or OTA-HTTP, is woken and takes "
        u"pushes.\n"
        "Prints one JSON line for each thing received or done. Commands on standard input: silent, answer, "
        "drop,\n"
        "register, unregister, refuse STATUS (0 ends it), deaf, hear, quit."_s);
    const auto add = [&](const char *name, const char *text, const char *value = nullptr) {
        QCommandLineOption option(QString::fromLatin1(name), QString::fromUtf8(text));
        if (value)
            option.setValueName(QString::fromLatin1(value));
        parser.addOption(option);
    };
    parser.addOption({{u"h"_s, u"help"_s}, u"Show this help."_s});
    parser.addOption({{u"v"_s, u"version"_s}, u"Show the version."_s});
    add("user", "Public user ID, sip:alice@lab.example. Needed.", "URI");
    add("device", "Device identity, a UUID or an IMEI. Default: a UUID made from user and name.", "ID");
    add("name", "Name of the device, shown to people.", "TEXT");
    add("password", "Password of the user.", "TEXT");
    add("password-file", "File whose first line is the password.", "FILE");
    add("realm", "Realm of the password. Default: what the registrar says.", "TEXT");
    add("registrar", "Where to register. Default: 127.0.0.1 and the port of the kind.", "HOST[:PORT]");
    add("connect", "sip, datagram (CoAP) or ota-http. Default: sip.", "KIND");
    add("transport", "udp, tcp or tls; datagram: udp or dtls; ota-http: tcp or tls. Default: udp, tcp.", "NAME");
    add("tls-ca", "Certificates of the authorities trusted, PEM. Default: the system's.", "FILE");
    add("tls-insecure", "Take any certificate.");
    add("local", "Own address. Default: the one that reaches the registrar.", "ADDRESS");
    add("expires", "Registration time asked for. Default: 3600.", "SECONDS");
    add("reg-id", "reg-id of RFC 5626, 0 for none. Default: 1.", "N");
    add("flows", "SIP flows to keep at a time, reg-id counting up. Default: 1.", "N");
    add("no-gruu", "Do not ask for a GRUU.");
    add("keep-alive", "stun, crlf, options or none. Default: stun.", "KIND");
    add("keep-alive-interval", "Default: 25, or what the registrar hands out.", "SECONDS");
    add("session", "Datagram: an application instance with its application; repeatable.", "NAME[=APP]");
    add("no-pinhole-tests", "Datagram: take no tests of quiet paths.");
    add("wake-address", "Where WSP pushes are listened for. Default: the own address.", "ADDRESS");
    add("client-port", "Port for WSP pushes, 0 for any. Default: 0.", "PORT");
    add("no-wake-listener", "Do not listen for WSP pushes.");
    add("call-port", "Take calls over HTTP on this port, 0 for any: OTA-HTTP, and SIRs by POST.", "PORT");
    add("call-tls", "Be called over TLS: OTA-HTTP only.");
    add("called-only", "OTA-HTTP: never connect, wait to be called.");
    add("plain-password", "OTA-HTTP: say the password in the clear without TLS.");
    add("wake-core", "A SIP core to register at as well, and be woken through.", "HOST[:PORT]");
    add("wake-core-transport", "udp, tcp or tls. Default: udp.", "NAME");
    add("wake-core-user", "Address of record at the core. Default: the user.", "URI");
    add("wake-core-password", "Password at the core. Default: the user's.", "TEXT");
    add("companion", "Hand a SIR for another device that comes over SIP on to this client port.", "ADDRESS:PORT");
    add("wake-bearer", "The wake route to name: wsp-udp, http for the call port, sip for the core. Default: wsp-udp.",
        "TYPE");
    add("no-wake-route", "Do not name a wake route when registering.");
    add("gateway", "A further gateway a SIR may name; repeatable.", "ADDRESS[:PORT]");
    add("application", "An application it knows; repeatable. Default: any.", "NAME");
    add("max-message", "Largest push taken in a session, 0 for no sessions. Default: 16777216.", "OCTETS");
    add("invite-after-sir", "Ask the server for a session when a SIR brought it back.");
    add("accept-unsigned", "Follow unsigned SIRs although there is a password.");
    add("proven", "How long a packet of the registrar proves the path. Default: 30.", "SECONDS");
    add("retry", "First delay after a failed registration. Default: 2000.", "MS");
    add("timeout", "Time a request is given to be answered. Default: 32000.", "MS");
    add("silent", "Go silent once registered.");
    add("deaf", "Do not hear wake-ups.");
    add("refuse", "Answer pushes with this status and follow no SIR.", "STATUS");
}

DeviceId defaultDevice(const PublicUserId &user, const QString &name)
{
    static const QUuid space(0x6b1f7a52, 0x0d5e, 0x4c39, 0x9a, 0x41, 0x52, 0x65, 0x76, 0x65, 0x69, 0x6c);
    const QUuid uuid = QUuid::createUuidV5(space, user.toString() + u'\n' + name);
    return DeviceId::parse(uuid.toString(QUuid::WithoutBraces)).valueOr({});
}

QString readPassword(const QString &path, OptionReader &read)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        read.refuse("password-file", path);
        return {};
    }
    QString line = QString::fromUtf8(file.readLine(1024));
    while (line.endsWith(u'\n') || line.endsWith(u'\r'))
        line.chop(1);
    return line;
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

/// An address literal; null where the option is not there.
QHostAddress readAddress(const QString &name, OptionReader &read)
{
    const QHostAddress address(read.text(name));
    if (read.has(name) && address.isNull())
        read.refuse("option-value", name);
    return address;
}

/// "HOST[:PORT]", where a name is resolved; `name` is set then. Port 0: none written.
std::pair<QHostAddress, quint16> readHost(const QString &option, OptionReader &read, QString *name = nullptr)
{
    const std::optional<HostAndPort> place = splitHostAndPort(read.text(option));
    QHostAddress address(place ? place->host : QString());
    if (place && address.isNull()) {
        const QHostInfo info = QHostInfo::fromName(place->host);
        if (!info.addresses().isEmpty())
            address = info.addresses().first();
        if (name)
            *name = place->host;
    }
    if (address.isNull())
        read.refuse("option-value", option);
    return {address, place ? place->port : quint16(0)};
}

void readPlaces(PushClientSettings &settings, OptionReader &read, const QStringList &gateways)
{
    if (read.has(u"registrar"_s)) {
        std::tie(settings.registrar, settings.registrarPort) = readHost(u"registrar"_s, read, &settings.registrarName);
        if (settings.registrarPort == 0)
            settings.registrarPort = standardPort(settings);
    }
    settings.localAddress = readAddress(u"local"_s, read);
    settings.wakeAddress = readAddress(u"wake-address"_s, read);
    for (const QString &gateway : gateways) {
        const std::optional<HostAndPort> place = splitHostAndPort(gateway);
        if (!place || QHostAddress(place->host).isNull())
            read.refuse("option-value", u"gateway"_s);
    }
    settings.gateways = gateways;
}

void readCalls(PushClientSettings &settings, OptionReader &read)
{
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
        std::tie(settings.core.address, settings.core.port) = readHost(u"wake-core"_s, read);
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
    settings.provenFor = Milliseconds(1000 * qint64(read.number(u"proven"_s, 0, 86400, 30)));
    settings.retryDelay = Milliseconds(read.number(u"retry"_s, 10, 600000, int(settings.retryDelay.count())));
    settings.requestTimeout =
        Milliseconds(read.number(u"timeout"_s, 100, 600000, int(settings.requestTimeout.count())));
}

} // namespace

Result<ClientOptions> ClientOptions::read(const QStringList &arguments)
{
    QCommandLineParser parser;
    declare(parser);
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
    settings.password = parser.isSet(u"password-file"_s)
                            ? readPassword(parser.value(u"password-file"_s), read)
                            : parser.value(u"password"_s);
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
    settings.applications = parser.values(u"application"_s);
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
