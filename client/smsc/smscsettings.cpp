// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/smsc/smscsettings.h"

#include "client/simulation/simulationjson.h"
#include "domain/msisdn.h"

using namespace Qt::StringLiterals;

namespace reveille {

namespace {

constexpr EnumNames<2> idNames{"hex", "decimal"};
constexpr EnumNames<5> receiptNames{"after", "none", "before", "twice", "foreign"};
constexpr EnumNames<3> formNames{"text", "parameters", "both"};
constexpr EnumNames<3> silenceNames{"off", "submit", "all"};
constexpr EnumNames<4> ussdNames{"confirm", "refuse", "busy", "none"};
constexpr EnumNames<8> commandNames{"set",      "terminal", "remove", "terminals",
                                    "counters", "drop",     "unbind", "quit"};
constexpr int many = 1'000'000;

template <typename Visitor>
void visitSettings(Visitor &visitor, SmscSettings &settings)
{
    visitor.text(u"system_id"_s, settings.systemId, 15);
    visitor.secret(u"password"_s, settings.password, 8);
    visitor.choice(u"ids"_s, settings.ids, idNames);
    visitor.choice(u"receipt_ids"_s, settings.receiptIds, idNames);
    visitor.choice(u"receipts"_s, settings.receipts, receiptNames);
    visitor.choice(u"receipt_form"_s, settings.receiptForm, formNames);
    visitor.time(u"receipt_delay_ms"_s, settings.receiptDelay);
    visitor.choice(u"silence"_s, settings.silence, silenceNames);
    visitor.time(u"answer_delay_ms"_s, settings.answerDelay);
    visitor.time(u"delivery_delay_ms"_s, settings.deliveryDelay);
    visitor.time(u"delivery_jitter_ms"_s, settings.deliveryJitter);
    visitor.percent(u"loss_percent"_s, settings.lossPercent);
    visitor.count(u"status"_s, settings.status, 0, 0xffff);
    visitor.count(u"fail_first"_s, settings.failFirst, 0, many);
    visitor.count(u"per_second"_s, settings.perSecond, 0, many);
    visitor.count(u"drop_after"_s, settings.dropAfter, 0, many);
    visitor.flag(u"refuses_unknown"_s, settings.refusesUnknown);
    visitor.time(u"validity_ms"_s, settings.validity, Milliseconds(1));
    visitor.choice(u"ussd"_s, settings.ussd, ussdNames);
    visitor.flag(u"ussd_echoes"_s, settings.ussdEchoes);
    visitor.time(u"enquire_every_ms"_s, settings.enquireEvery);
    visitor.count(u"max_sessions"_s, settings.maxSessions, 1, 1000);
    visitor.count(u"max_terminals"_s, settings.maxTerminals, 1, many);
    visitor.count(u"max_messages"_s, settings.maxMessages, 1, many);
    visitor.count(u"max_deliveries"_s, settings.maxDeliveries, 1, many);
    visitor.count(u"window"_s, settings.window, 1, 1000);
    visitor.count(u"open_messages"_s, settings.openMessages, 1, 10'000);
}

void readSettings(JsonReader &reader, SmscSettings &settings)
{
    SettingsReader visitor(reader);
    visitSettings(visitor, settings);
}

void readTerminal(JsonReader &reader, SmscTerminal &terminal, bool numberOnly)
{
    Msisdn number;
    reader.require(u"msisdn"_s);
    reader.value(u"msisdn"_s, number, &Msisdn::parse);
    terminal.msisdn = number.digits();
    if (numberOnly)
        return;
    reader.require(u"place"_s);
    reader.value(u"place"_s, terminal.place, &SimulationEndpoint::parse);
    reader.flag(u"reachable"_s, terminal.reachable);
}

} // namespace

Result<SmscTerminal> SmscTerminal::parse(const QString &text)
{
    const qsizetype equals = text.indexOf(u'=');
    if (equals < 1)
        return Error{"terminal-form", text.left(64)};
    const Result<Msisdn> number = Msisdn::parse(QStringView(text).left(equals));
    if (!number)
        return number.error();
    const Result<SimulationEndpoint> place = SimulationEndpoint::parse(text.mid(equals + 1));
    if (!place)
        return place.error();
    return SmscTerminal{number->digits(), *place, true};
}

QJsonObject toJson(const SmscTerminal &terminal)
{
    return {{u"msisdn"_s, terminal.msisdn},
            {u"place"_s, terminal.place.toString()},
            {u"reachable"_s, terminal.reachable}};
}

QJsonObject toJson(const SmscSettings &settings)
{
    return settingsToJson(settings, [](auto &visitor, auto &all) { visitSettings(visitor, all); });
}

Result<SmscSettings> smscSettingsFromJson(const QJsonObject &object, const SmscSettings &current)
{
    return settingsFromJson(object, current, [](auto &visitor, auto &all) { visitSettings(visitor, all); });
}

Result<SmscCommand> smscCommandFromJson(QByteArrayView line, const SmscSettings &current)
{
    const Result<QJsonObject> object = parseJsonObject(line);
    if (!object)
        return object.error();
    SmscCommand command;
    command.settings = current;
    JsonReader reader(*object);
    reader.require(u"do"_s);
    SettingsReader(reader).choice(u"do"_s, command.kind, commandNames);
    if (command.kind == SmscCommand::Kind::Set)
        readSettings(reader, command.settings);
    if (command.kind == SmscCommand::Kind::Terminal || command.kind == SmscCommand::Kind::Remove)
        readTerminal(reader, command.terminal, command.kind == SmscCommand::Kind::Remove);
    reader.finish();
    if (reader.failed())
        return reader.error();
    return command;
}

} // namespace reveille
