// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/ctl/ctlshared.h"
#include "operations/ctl/ctltable.h"
#include "operations/ctl/sentences.h"
#include "wire/httptarget.h"

#include <QJsonArray>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

using Words = CtlWords;

QString spanText(const QJsonObject &network, const char *name)
{
    const QJsonValue span = network.value(QLatin1StringView(name));
    return span.isDouble() ? durationText(span.toInteger()) : u"-"_s;
}

int networks(const CtlContext &context)
{
    const auto list = context.client.get("/v1/networks");
    if (!list)
        return context.fail(list.error());
    if (context.json) {
        context.print(*list);
        return 0;
    }
    CtlTable table({Words::tr("NETWORK"), Words::tr("TRANSPORT"), Words::tr("OPEN AFTER"),
                    Words::tr("CLOSED AFTER"), Words::tr("KEEP-ALIVE"), Words::tr("CONFIDENCE"),
                    Words::tr("SAMPLES")});
    for (const QJsonValue value : list->value(u"items").toArray()) {
        const QJsonObject network = value.toObject();
        table.add({network.value(u"prefix").toString(), network.value(u"transport").toString(),
                   spanText(network, "longest_open_ms"), spanText(network, "shortest_closed_ms"),
                   spanText(network, "keep_alive_ms"),
                   u"%1 %"_s.arg(network.value(u"confidence").toInt()),
                   QString::number(network.value(u"samples").toArray().size())});
    }
    context.out << table.toString();
    return 0;
}

int forgetNetwork(const CtlContext &context)
{
    const auto done = context.client.call("DELETE", "/v1/networks/" + percentEncode(context.arguments.at(0)) +
                                                        '/' + percentEncode(context.arguments.at(1)));
    return done ? 0 : context.fail(done.error());
}

int history(const CtlContext &context)
{
    const auto answer =
        context.client.get("/v1/devices/" + percentEncode(context.arguments.at(0)) + "/history");
    if (!answer)
        return context.fail(answer.error());
    if (context.json) {
        context.print(*answer);
        return 0;
    }
    const auto number = [&](const char *name) {
        return QString::number(answer->value(QLatin1StringView(name)).toInteger());
    };
    for (const QJsonValue value : answer->value(u"marks").toArray())
        context.out << historyLine(value.toObject()) << '\n';
    context.out << Words::tr("Probes %1 sent, %2 answered, %3 lost; %4 address changes, %5 pushes missed, "
                             "%6 wake-ups\n")
                       .arg(number("probes_sent"), number("probes_answered"), number("probes_lost"),
                            number("address_changes"), number("pushes_missed"), number("wakes"));
    return 0;
}

} // namespace

QList<CtlCommand> pathCommands()
{
    return {
        {u"history"_s,
         u"DEVICE"_s,
         Words::tr("Its lifeline: states, packets, address changes, lost probes, wake-ups"),
         1,
         1,
         {},
         history},
        {u"networks"_s,
         {},
         Words::tr("How long networks keep a quiet path open, as learned"),
         0,
         0,
         {},
         networks},
        {u"network forget"_s,
         u"PREFIX udp|tcp"_s,
         Words::tr("Forgets what was learned of a network"),
         2,
         2,
         {},
         forgetNetwork},
    };
}

} // namespace reveille
