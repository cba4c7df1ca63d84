// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/fleet/fleetconsole.h"

#include "client/fleet/fleetoptions.h"

using namespace Qt::StringLiterals;

namespace reveille {
namespace {

QJsonObject event(const QString &code, QJsonObject fields = {})
{
    fields.insert(u"event"_s, code);
    return fields;
}

QJsonObject done(const QString &what, int count)
{
    return event(u"done"_s, {{u"did"_s, what}, {u"count"_s, count}});
}

/// "all", "N%" or "N %"; nothing for anything else.
std::optional<int> shareFrom(QString text)
{
    if (text == "all"_L1)
        return 100;
    if (!text.endsWith(u'%'))
        return std::nullopt;
    text.chop(1);
    bool ok = false;
    const int percent = text.trimmed().toInt(&ok);
    return ok && percent >= 0 && percent <= 100 ? std::optional(percent) : std::nullopt;
}

} // namespace

Result<QJsonObject> obey(Fleet &fleet, const QString &line)
{
    const QString text = line.simplified();
    const QString command = text.section(u' ', 0, 0);
    const QString rest = text.section(u' ', 1);
    if (command == "silent"_L1 || command == "drop"_L1) {
        const std::optional<int> percent = shareFrom(rest);
        if (!percent)
            return Error{"command-share", text.left(80)};
        return done(command, command == "silent"_L1 ? fleet.silence(*percent) : fleet.dropPaths(*percent));
    }
    if (command == "mix"_L1) {
        const Result<FleetMix> mix = fleetMixFrom(rest, fleet.mix());
        if (!mix)
            return mix.error();
        fleet.setMix(*mix);
        return event(u"changed"_s, mix->toJson());
    }
    if (!rest.isEmpty())
        return Error{"command-unknown", text.left(80)};
    if (command == "answer"_L1)
        return done(command, fleet.answer());
    if (command == "outage"_L1 || command == "restore"_L1) {
        command == "outage"_L1 ? fleet.beginOutage() : fleet.restore();
        return done(command, int(fleet.counters().devices));
    }
    if (command == "stats"_L1)
        return event(u"stats"_s, fleet.counters().toJson());
    if (command == "quit"_L1)
        return event(u"ending"_s);
    return Error{"command-unknown", text.left(80)};
}

FleetConsole::FleetConsole(Fleet &fleet, const SimulationClock &clock, SimulationTimers &timers,
                           Milliseconds statsEvery, int commandsFrom, QObject *parent)
    : QObject(parent)
    , m_fleet(fleet)
    , m_clock(clock)
    , m_timers(timers)
    , m_statsEvery(statsEvery)
    , m_lines(commandsFrom, maxLine)
{
    connect(&m_fleet, &Fleet::happened, this, [](const ClientEvent &event) { printLine(toJsonLine(event)); });
    connect(&m_lines, &CommandLines::lineRead, this, [this](const QByteArray &line) { take(QString::fromUtf8(line)); });
    connect(&m_lines, &CommandLines::lineTooLong, this, [this] {
        say(u"command-refused"_s, {{u"code"_s, u"command-too-long"_s}, {u"about"_s, QString::number(maxLine)}});
    });
    connect(&m_lines, &CommandLines::endAsked, this, &FleetConsole::endAsked);
    if (m_statsEvery.count() != 0)
        m_timer = m_timers.start(m_statsEvery, [this] { sayStats(); });
}

FleetConsole::~FleetConsole()
{
    m_timers.cancel(m_timer);
}

void FleetConsole::say(const QString &code, const QJsonObject &fields)
{
    QJsonObject all = fields;
    if (code == "stats"_L1 && m_extra) {
        const QJsonObject extra = m_extra();
        for (auto field = extra.begin(); field != extra.end(); ++field)
            all.insert(field.key(), field.value());
    }
    printLine(toJsonLine({m_clock.now(), code, all}));
}

void FleetConsole::sayStats()
{
    say(u"stats"_s, m_fleet.counters().toJson());
    m_timer = m_timers.start(m_statsEvery, [this] { sayStats(); });
}

void FleetConsole::take(const QString &line)
{
    const Result<QJsonObject> answer = obey(m_fleet, line);
    if (!answer) {
        say(u"command-refused"_s,
            {{u"code"_s, QString::fromLatin1(answer.error().code)}, {u"about"_s, answer.error().about}});
        return;
    }
    QJsonObject fields = *answer;
    const QString code = fields.take(u"event"_s).toString();
    say(code, fields);
    if (code == "ending"_L1)
        Q_EMIT endAsked();
}

} // namespace reveille
