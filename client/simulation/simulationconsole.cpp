// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/simulation/simulationconsole.h"

#include "client/nat/natsimulator.h"
#include "client/simulation/simulationjson.h"
#include "client/smsc/smscsimulator.h"

using namespace Qt::StringLiterals;

namespace reveille {

namespace {

QJsonObject answer(const QString &event, QJsonObject fields = {})
{
    fields.insert(u"event"_s, event);
    return fields;
}

QJsonObject done(const QString &what, int count)
{
    return answer(u"done"_s, {{u"did"_s, what}, {u"count"_s, count}});
}

template <typename T>
QJsonArray listOf(const QVector<T> &things)
{
    QJsonArray list;
    for (const T &thing : things)
        list.append(toJson(thing));
    return list;
}

} // namespace

Result<QJsonObject> obey(NatSimulator &nat, QByteArrayView line)
{
    const Result<NatCommand> command = natCommandFromJson(line, nat.settings());
    if (!command)
        return command.error();
    switch (command->kind) {
    case NatCommand::Kind::Set:
        nat.change(command->settings);
        return answer(u"changed"_s, toJson(nat.settings()));
    case NatCommand::Kind::Rebind:
        return done(u"rebind"_s, nat.rebind(command->selection));
    case NatCommand::Kind::Forget:
        return done(u"forget"_s, nat.forget(command->selection));
    case NatCommand::Kind::Mappings:
        return answer(u"mappings"_s, {{u"mappings"_s, listOf(nat.mappings(command->selection))}});
    case NatCommand::Kind::Counters:
        return answer(u"counters"_s, toJson(nat.counters()));
    case NatCommand::Kind::Quit:
        break;
    }
    return answer(u"ending"_s);
}

Result<QJsonObject> obey(SmscSimulator &smsc, QByteArrayView line)
{
    const Result<SmscCommand> command = smscCommandFromJson(line, smsc.settings());
    if (!command)
        return command.error();
    const int sessions = smsc.counters().sessions;
    switch (command->kind) {
    case SmscCommand::Kind::Set:
        smsc.change(command->settings);
        return answer(u"changed"_s, toJson(smsc.settings()));
    case SmscCommand::Kind::Terminal:
        if (!smsc.setTerminal(command->terminal))
            return Error{"terminals-full", QString::number(smsc.settings().maxTerminals)};
        return done(u"terminal"_s, 1);
    case SmscCommand::Kind::Remove:
        if (!smsc.removeTerminal(command->terminal.msisdn))
            return Error{"terminal-unknown", command->terminal.msisdn};
        return done(u"remove"_s, 1);
    case SmscCommand::Kind::Terminals:
        return answer(u"terminals"_s, {{u"terminals"_s, listOf(smsc.terminals())}});
    case SmscCommand::Kind::Counters:
        return answer(u"counters"_s, toJson(smsc.counters()));
    case SmscCommand::Kind::Drop:
        smsc.dropAll();
        return done(u"drop"_s, sessions);
    case SmscCommand::Kind::Unbind:
        smsc.unbindAll();
        return done(u"unbind"_s, sessions);
    case SmscCommand::Kind::Quit:
        break;
    }
    return answer(u"ending"_s);
}

SimulationConsole::SimulationConsole(Obey obey, int commandsFrom, const SimulationClock &clock,
                                     QStringList hushed, QObject *parent)
    : QObject(parent)
    , m_obey(std::move(obey))
    , m_clock(clock)
    , m_hushed(std::move(hushed))
    , m_lines(commandsFrom, simulationLineLimit)
{
    connect(&m_lines, &CommandLines::lineRead, this, &SimulationConsole::take);
    connect(&m_lines, &CommandLines::lineTooLong, this, [this] {
        say(u"command-refused"_s,
            {{u"code"_s, u"json-too-long"_s}, {u"about"_s, QString::number(simulationLineLimit)}});
    });
    connect(&m_lines, &CommandLines::endAsked, this, &SimulationConsole::endAsked);
}

void SimulationConsole::show(const ClientEvent &event)
{
    if (!m_hushed.contains(event.code))
        printLine(toJsonLine(event));
}

void SimulationConsole::say(const QString &code, const QJsonObject &fields)
{
    printLine(toJsonLine({m_clock.now(), code, fields}));
}

void SimulationConsole::take(const QByteArray &line)
{
    const Result<QJsonObject> answered = m_obey(line);
    if (!answered)
        return say(u"command-refused"_s, {{u"code"_s, QString::fromLatin1(answered.error().code)},
                                          {u"about"_s, answered.error().about}});
    const QString event = answered->value(u"event"_s).toString();
    say(event, *answered);
    if (event == u"ending")
        Q_EMIT endAsked();
}

} // namespace reveille
