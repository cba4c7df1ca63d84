// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/simulation/simulationoptions.h"

#include "client/simulation/simulationjson.h"

#include <QCommandLineParser>

using namespace Qt::StringLiterals;

namespace reveille {

namespace {

const QString natText = u"A NAT with firewall between devices and a server, on this machine, without rights: "
                        u"devices talk to a port of it "
                        u"as if it were the server, the server sees them come from an outside port."_s;
const QString smscText = u"An SMSC over SMPP 3.4 with simulated phones behind it: what is sent to a number "
                         u"goes to a UDP port, as from an "
                         u"adapter between SMSC and IP."_s;

QString settingsText(const QJsonObject &settings)
{
    return u"\n\nPrints one JSON line for each thing that happens, the first when it is ready; commands are "
           u"JSON lines on "
           u"standard input,\nsuch as {\"do\":\"set\",…} and {\"do\":\"counters\"}. reveille-sim(1) lists "
           u"them.\n\n"
           "Settings and their defaults: "_s +
           QString::fromUtf8(toJsonBytes(settings)).replace(u","_s, u", "_s);
}

void add(QCommandLineParser &parser, const QString &name, const QString &text, const QString &value = {})
{
    parser.addOption(QCommandLineOption(name, text, value));
}

void declare(QCommandLineParser &parser, SimulationOptions::Action action)
{
    const bool nat = action == SimulationOptions::Action::Nat;
    parser.setApplicationDescription(nat ? natText + settingsText(toJson(NatSettings()))
                                         : smscText + settingsText(toJson(SmscSettings())));
    parser.addOption({{u"h"_s, u"help"_s}, u"Show this help."_s});
    parser.addOption({{u"v"_s, u"version"_s}, u"Show the version."_s});
    if (nat) {
        const QString port =
            u"A %1 port that leads to the server; repeatable. INSIDE: address and port for devices, "
            "default 127.0.0.1 and any port."_s;
        add(parser, u"udp"_s, port.arg(u"UDP"_s), u"[INSIDE=]SERVER"_s);
        add(parser, u"tcp"_s, port.arg(u"TCP"_s), u"[INSIDE=]SERVER"_s);
        add(parser, u"outside"_s,
            u"An address mappings are on, in turn; repeatable. Default: one that reaches the server."_s,
            u"ADDRESS"_s);
    } else {
        add(parser, u"listen"_s, u"Default: 127.0.0.1:2775; port 0 for any."_s, u"ADDRESS[:PORT]"_s);
        add(parser, u"terminal"_s,
            u"A phone and where what it gets goes; repeatable. Without a port: the one that the message names."_s,
            u"MSISDN=ADDRESS[:PORT]"_s);
    }
    add(parser, u"set"_s,
        nat ? u"A setting, such as outbound.loss_percent=5; repeatable."_s
            : u"A setting, such as receipts=twice; repeatable."_s,
        u"KEY=VALUE"_s);
    add(parser, u"seed"_s, u"Of chance; the same seed, the same chance. Default: 1."_s, u"N"_s);
    add(parser, u"quiet"_s, nat ? u"No line for each packet dropped."_s : u"No line for each message."_s);
}

Result<Done> readPorts(const QStringList &texts, NatProtocol protocol, QVector<NatPort> &ports)
{
    for (const QString &text : texts) {
        const qsizetype equals = text.indexOf(u'=');
        const auto inside = SimulationEndpoint::parse(equals < 0 ? u"127.0.0.1"_s : text.left(equals));
        const auto server = SimulationEndpoint::parse(text.mid(equals + 1));
        if (!inside || !server || server->port == 0)
            return Error{"option-value", QString::fromLatin1(natProtocolText(protocol))};
        ports.append({protocol, *inside, *server});
    }
    return Done{};
}

Result<Done> readNat(const QCommandLineParser &parser, const QJsonObject &settings,
                     SimulationOptions &options)
{
    for (const NatProtocol protocol : {NatProtocol::Udp, NatProtocol::Tcp}) {
        const QString name = QString::fromLatin1(natProtocolText(protocol));
        if (const Result<Done> read = readPorts(parser.values(name), protocol, options.nat.ports); !read)
            return read;
    }
    if (options.nat.ports.isEmpty())
        return Error{"option-missing", u"udp"_s};
    for (const QString &text : parser.values(u"outside"_s)) {
        const QHostAddress address(text);
        if (address.isNull())
            return Error{"option-value", u"outside"_s};
        options.nat.outside.append(address);
    }
    options.nat.seed = options.seed;
    const Result<NatSettings> read = natSettingsFromJson(settings, {});
    if (!read)
        return read.error();
    options.natSettings = *read;
    return Done{};
}

Result<Done> readSmsc(const QCommandLineParser &parser, const QJsonObject &settings,
                      SimulationOptions &options)
{
    if (parser.isSet(u"listen"_s)) {
        const QString text = parser.value(u"listen"_s);
        const Result<SimulationEndpoint> listen = SimulationEndpoint::parse(text);
        if (!listen)
            return Error{"option-value", u"listen"_s};
        const quint16 standard = options.listen.port;
        options.listen = *listen;
        if (listen->port == 0 && !text.endsWith(u":0"))
            options.listen.port = standard;
    }
    for (const QString &text : parser.values(u"terminal"_s)) {
        const Result<SmscTerminal> terminal = SmscTerminal::parse(text);
        if (!terminal)
            return Error{"option-value", u"terminal"_s};
        options.terminals.append(*terminal);
    }
    const Result<SmscSettings> read = smscSettingsFromJson(settings, {});
    if (!read)
        return read.error();
    options.smscSettings = *read;
    if (options.terminals.size() > read->maxTerminals)
        return Error{"option-value", u"terminal"_s};
    return Done{};
}

SimulationOptions generalHelp(SimulationOptions::Action action)
{
    SimulationOptions options;
    options.action = action;
    options.helpText =
        u"Usage: reveille-sim COMMAND [OPTION]...\n"
        "The other end, simulated: what a laboratory would need a NAT, an SMSC and phones for.\n\n"
        "  nat   "_s +
        natText + u"\n  smsc  "_s + smscText +
        u"\n\nreveille-sim COMMAND --help tells more.\n"
        "Options:\n  -h, --help     Show this help.\n  -v, --version  Show the version.\n"_s;
    return options;
}

} // namespace

Result<SimulationOptions> SimulationOptions::read(const QStringList &arguments)
{
    const QString command = arguments.value(1);
    if (command == u"--help" || command == u"-h")
        return generalHelp(Action::ShowHelp);
    if (command == u"--version" || command == u"-v")
        return generalHelp(Action::ShowVersion);
    if (command.isEmpty())
        return Error{"command-missing", {}};
    if (command != u"nat" && command != u"smsc")
        return Error{"command-unknown", command.left(64)};

    SimulationOptions options;
    options.action = command == u"nat" ? Action::Nat : Action::Smsc;
    QCommandLineParser parser;
    declare(parser, options.action);
    QStringList rest = arguments;
    rest.removeAt(1);
    if (!parser.parse(rest)) {
        const QStringList unknown = parser.unknownOptionNames();
        return Error{"option-unknown", unknown.isEmpty() ? parser.errorText() : unknown.first()};
    }
    if (parser.isSet(u"help"_s) || parser.isSet(u"version"_s)) {
        options.helpText = parser.helpText();
        options.action = parser.isSet(u"help"_s) ? Action::ShowHelp : Action::ShowVersion;
        return options;
    }
    if (!parser.positionalArguments().isEmpty())
        return Error{"option-unknown", parser.positionalArguments().first()};
    options.quiet = parser.isSet(u"quiet"_s);
    if (parser.isSet(u"seed"_s)) {
        bool ok = false;
        options.seed = parser.value(u"seed"_s).toULongLong(&ok);
        if (!ok)
            return Error{"option-value", u"seed"_s};
    }
    const Result<QJsonObject> settings = settingsFromTexts(parser.values(u"set"_s));
    if (!settings)
        return settings.error();
    const Result<Done> read = options.action == Action::Nat ? readNat(parser, *settings, options)
                                                            : readSmsc(parser, *settings, options);
    if (!read)
        return read.error();
    return options;
}

} // namespace reveille
