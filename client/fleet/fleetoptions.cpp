// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/fleet/fleetoptions.h"

#include "client/optionreader.h"

#include <QFile>

#include <algorithm>
#include <tuple>

using namespace Qt::StringLiterals;

namespace reveille {
namespace {

void declare(QCommandLineParser &parser)
{
    parser.setApplicationDescription(
        u"Very many simulated devices in one process, datagram or SIP, each with habits of its own: keepers,\n"
        "sleepers, roamers that change their address, flaky ones. The same seed makes the same devices do the same.\n"
        "Prints JSON lines: when it is ready, counters every few seconds, what was done. Commands on standard input:\n"
        "silent all|N%, answer, drop all|N%, outage, restore, mix MIX, stats, quit. reveille-client(1) explains them."_s);
    const auto add = [&](const char *name, const char *text, const char *value = nullptr) {
        addOption(parser, name, text, value);
    };
    addStandardOptions(parser);
    add("fleet", "Devices, up to 100000; SIP: 10000. Needed.", "N");
    add("kind", "datagram (CoAP) or sip (over UDP). Default: datagram.", "KIND");
    add("mix", "keepers=60,sleepers=20,roamers=15,flaky=5 (the default), or a file.", "MIX");
    add("seed", "Of chance, and of the devices' identities. Default: 1.", "N");
    add("ramp", "Devices that begin in a second. Default: 1000.", "N");
    add("user-pattern", "Public user IDs, %1 is a number. Default: sip:dev%1@lab.example.", "URI");
    add("per-user", "Devices of each user. Default: 1.", "N");
    add("password", "Password of every user.", "TEXT");
    add("password-file", "File whose first line is the password.", "FILE");
    add("realm", "Realm of the password. Default: what the registrar says, else the host of the user.", "TEXT");
    add("registrar", "Where to register, IPv4. Default: 127.0.0.1 and the port of the kind.", "HOST[:PORT]");
    add("local", "First of the devices' own addresses. Default: 127.1.0.0.", "ADDRESS");
    add("one-address", "All devices have that one address, and different ports.");
    add("client-port", "Port for WSP pushes, 0 for any. Default: 0.", "PORT");
    add("no-wake-listener", "Do not listen for WSP pushes, and name no wake route.");
    add("gateway", "A further gateway a SIR may name; repeatable.", "ADDRESS[:PORT]");
    add("expires", "Registration time asked for. Default: 86400, SIP 3600.", "SECONDS");
    add("stats", "Time between two lines of counters, 0 for none. Default: 10.", "SECONDS");
}

void readPlaces(FleetSettings &settings, OptionReader &read)
{
    settings.registrarPort = settings.kind == ClientConnect::Sip ? 5060 : 5683;
    if (read.has(u"registrar"_s)) {
        quint16 port = 0;
        std::tie(settings.registrar, port) = read.host(u"registrar"_s, &settings.registrarName);
        settings.registrarPort = port == 0 ? settings.registrarPort : port;
    }
    settings.spread = !read.has(u"one-address"_s);
    if (read.has(u"local"_s))
        settings.local = read.address(u"local"_s);
    else if (!settings.spread)
        settings.local = QHostAddress(QHostAddress::LocalHost);
    const auto isV4 = [](const QHostAddress &address) {
        return address.protocol() == QAbstractSocket::IPv4Protocol;
    };
    if (!isV4(settings.registrar))
        read.refuse("option-value", u"registrar"_s);
    if (!isV4(settings.local) || (settings.spread && !settings.local.isLoopback()))
        read.refuse("option-value", u"local"_s);
    if (settings.spread && !settings.registrar.isLoopback())
        read.refuse("option-value", u"one-address"_s);
}

} // namespace

Result<FleetMix> fleetMixFrom(const QString &text, const FleetMix &before)
{
    if (text.contains(u'='))
        return FleetMix::parse(text, before);
    QFile file(text);
    if (!file.open(QIODevice::ReadOnly))
        return Error{"mix-file", text.left(200)};
    const QByteArray octets = file.read(FleetMix::largestFile + 1);
    if (octets.size() > FleetMix::largestFile)
        return Error{"mix-file", text.left(200)};
    return FleetMix::parse(QString::fromUtf8(octets), before);
}

bool FleetOptions::areIn(const QStringList &arguments)
{
    return std::any_of(arguments.begin(), arguments.end(), [](const QString &argument) {
        return argument == "--fleet"_L1 || argument.startsWith("--fleet="_L1);
    });
}

Result<FleetOptions> FleetOptions::read(const QStringList &arguments)
{
    QCommandLineParser parser;
    declare(parser);
    FleetOptions options;
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

    OptionReader read(parser);
    FleetSettings &settings = options.settings;
    const QString kind = parser.value(u"kind"_s);
    if (!kind.isEmpty() && kind != "datagram"_L1 && kind != "sip"_L1)
        read.refuse("option-value", u"kind"_s);
    settings.kind = kind == "sip"_L1 ? ClientConnect::Sip : ClientConnect::Datagram;
    const bool isSip = settings.kind == ClientConnect::Sip;
    const int most = int(isSip ? FleetSettings::mostSip : FleetSettings::mostDatagram);
    settings.devices = quint32(read.number(u"fleet"_s, 1, most, 0));
    settings.ramp = read.number(u"ramp"_s, 1, FleetSettings::mostRamp, settings.ramp);
    settings.perUser = quint32(read.number(u"per-user"_s, 1, 64, 1));
    bool isNumber = true;
    if (read.has(u"seed"_s))
        settings.seed = parser.value(u"seed"_s).toULongLong(&isNumber);
    if (!isNumber)
        read.refuse("option-value", u"seed"_s);
    if (read.has(u"user-pattern"_s))
        settings.userPattern = parser.value(u"user-pattern"_s);
    settings.password = read.password();
    settings.realm = parser.value(u"realm"_s);
    readPlaces(settings, read);
    settings.gateways = parser.values(u"gateway"_s);
    settings.listensForWakeUps = !read.has(u"no-wake-listener"_s);
    settings.clientPort = quint16(read.number(u"client-port"_s, 0, 65535, 0));
    settings.lifetime = read.number(u"expires"_s, 60, 86400 * 7, isSip ? 3600 : 86400);
    options.statsSeconds = read.number(u"stats"_s, 0, 86400, options.statsSeconds);
    if (read.error())
        return *read.error();
    if (read.has(u"mix"_s)) {
        const Result<FleetMix> mix = fleetMixFrom(parser.value(u"mix"_s), settings.mix);
        if (!mix)
            return mix.error();
        settings.mix = *mix;
    }
    return options;
}

} // namespace reveille
