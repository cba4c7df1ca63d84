// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/nat/natsettings.h"

#include "client/simulation/simulationjson.h"

using namespace Qt::StringLiterals;

namespace reveille {

namespace {

constexpr EnumNames<2> protocolNames{"udp", "tcp"};
constexpr EnumNames<3> refreshNames{"both", "outbound", "inbound"};
constexpr EnumNames<3> filteringNames{"address_and_port", "address", "endpoint"};
constexpr EnumNames<2> lateNames{"silent", "reset"};
constexpr EnumNames<6> commandNames{"set", "rebind", "forget", "mappings", "counters", "quit"};

template <typename Visitor>
void visitImpairment(Visitor &visitor, NatImpairment &way)
{
    visitor.percent(u"loss_percent"_s, way.lossPercent);
    visitor.percent(u"duplicate_percent"_s, way.duplicatePercent);
    visitor.percent(u"reorder_percent"_s, way.reorderPercent);
    visitor.time(u"reorder_delay_ms"_s, way.reorderDelay);
    visitor.time(u"delay_ms"_s, way.delay);
    visitor.time(u"jitter_ms"_s, way.jitter);
    visitor.flag(u"blocked"_s, way.blocked);
}

template <typename Visitor>
void visitSettings(Visitor &visitor, NatSettings &settings)
{
    visitor.time(u"udp_timeout_ms"_s, settings.udpTimeout, Milliseconds(1));
    visitor.choice(u"udp_refresh"_s, settings.udpRefresh, refreshNames);
    visitor.choice(u"udp_filtering"_s, settings.udpFiltering, filteringNames);
    visitor.time(u"tcp_timeout_ms"_s, settings.tcpTimeout, Milliseconds(1));
    visitor.choice(u"tcp_late"_s, settings.tcpLate, lateNames);
    visitor.time(u"rebind_every_ms"_s, settings.rebindEvery);
    visitor.group(u"outbound"_s, [&](Visitor &inner) { visitImpairment(inner, settings.outbound); });
    visitor.group(u"inbound"_s, [&](Visitor &inner) { visitImpairment(inner, settings.inbound); });
    visitor.count(u"max_mappings"_s, settings.maxMappings, 1, 100'000);
    visitor.count(u"max_queued"_s, settings.maxQueued, 65'536, 1 << 30);
    visitor.count(u"max_forgotten"_s, settings.maxForgotten, 0, 100'000);
    visitor.time(u"forgotten_for_ms"_s, settings.forgottenFor);
}

void readSettings(JsonReader &reader, NatSettings &settings)
{
    SettingsReader visitor(reader);
    visitSettings(visitor, settings);
}

void readSelection(JsonReader &reader, NatSelection &selection)
{
    qint64 mapping = 0;
    reader.number(u"mapping"_s, mapping, 1, 1LL << 53);
    if (reader.has(u"mapping"_s) && !reader.failed())
        selection.mapping = quint64(mapping);
    SettingsReader visitor(reader);
    NatProtocol protocol = NatProtocol::Udp;
    visitor.choice(u"protocol"_s, protocol, protocolNames);
    if (reader.has(u"protocol"_s))
        selection.protocol = protocol;
    if (reader.has(u"inside"_s)) {
        SimulationEndpoint inside;
        reader.value(u"inside"_s, inside, &SimulationEndpoint::parse);
        selection.inside = inside;
    }
}

} // namespace

const char *natProtocolText(NatProtocol protocol)
{
    return nameOf(protocolNames, protocol);
}

QJsonObject toJson(const NatSettings &settings)
{
    return settingsToJson(settings, [](auto &visitor, auto &all) { visitSettings(visitor, all); });
}

Result<NatSettings> natSettingsFromJson(const QJsonObject &object, const NatSettings &current)
{
    return settingsFromJson(object, current, [](auto &visitor, auto &all) { visitSettings(visitor, all); });
}

Result<NatCommand> natCommandFromJson(QByteArrayView line, const NatSettings &current)
{
    const Result<QJsonObject> object = parseJsonObject(line);
    if (!object)
        return object.error();
    NatCommand command;
    command.settings = current;
    JsonReader reader(*object);
    reader.require(u"do"_s);
    SettingsReader(reader).choice(u"do"_s, command.kind, commandNames);
    switch (command.kind) {
    case NatCommand::Kind::Set:
        readSettings(reader, command.settings);
        break;
    case NatCommand::Kind::Rebind:
    case NatCommand::Kind::Forget:
    case NatCommand::Kind::Mappings:
        readSelection(reader, command.selection);
        break;
    case NatCommand::Kind::Counters:
    case NatCommand::Kind::Quit:
        break;
    }
    reader.finish();
    if (reader.failed())
        return reader.error();
    return command;
}

} // namespace reveille
