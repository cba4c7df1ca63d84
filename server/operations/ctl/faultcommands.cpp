// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/ctl/ctlshared.h"
#include "operations/ctl/ctltable.h"
#include "operations/ctl/sentences.h"
#include "wire/httptarget.h"

#include <QJsonArray>

#include <optional>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

using Words = CtlWords;

QString cell(const QJsonObject &fault, const char *name)
{
    return fault.value(QLatin1StringView(name)).toString();
}

/// "wsp", "sip to urn:uuid:…", "any to urn:uuid:…"
QString targetOf(const QJsonObject &fault)
{
    const QString over = cell(fault, "bearer") + cell(fault, "connection");
    const QString device = cell(fault, "device");
    if (device.isEmpty())
        return over;
    return over.isEmpty() ? device : Words::tr("%1 to %2").arg(over, device);
}

QString kindOf(const QJsonObject &fault)
{
    const QString kind = cell(fault, "kind");
    if (kind == u"delay")
        return kind + u' ' + Words::tr("%1 ms").arg(fault.value(u"delay_ms").toInteger());
    if (kind == u"reject")
        return kind + u' ' + cell(fault, "code");
    return kind;
}

int listFaults(const CtlContext &context)
{
    const auto list = context.client.get("/v1/faults");
    if (!list)
        return context.fail(list.error());
    if (context.json) {
        context.print(*list);
        return 0;
    }
    const QJsonArray items = list->value(u"items").toArray();
    if (items.isEmpty()) {
        context.out << Words::tr("No fault is in force.") << '\n';
        return 0;
    }
    const QDateTime now = QDateTime::currentDateTimeUtc();
    CtlTable table({Words::tr("FAULT"), Words::tr("KIND"), Words::tr("OF"), Words::tr("OVER, TO"), Words::tr("CHANCE"),
                    Words::tr("STRUCK"), Words::tr("ENDS IN"), Words::tr("BY"), Words::tr("NOTE")});
    for (const QJsonValue value : items) {
        const QJsonObject fault = value.toObject();
        const QDateTime until = QDateTime::fromString(cell(fault, "until"), Qt::ISODateWithMs);
        const qint64 most = fault.value(u"most").toInteger();
        const QString struck = QString::number(fault.value(u"struck").toInteger());
        table.add({cell(fault, "id"), kindOf(fault), cell(fault, "what"), targetOf(fault),
                   QString::number(fault.value(u"chance").toInt()) + u'%',
                   most > 0 ? Words::tr("%1 of %2").arg(struck).arg(most) : struck, durationText(now.msecsTo(until)),
                   cell(fault, "who"), cell(fault, "note")});
    }
    context.out << table.toString();
    return 0;
}

/// "90", "90s", "10m", "2h"; nothing where it is none of these.
std::optional<qint64> secondsOf(QString text)
{
    qint64 unit = 1;
    if (text.endsWith(u's') || text.endsWith(u'm') || text.endsWith(u'h')) {
        unit = text.endsWith(u's') ? 1 : text.endsWith(u'm') ? 60 : 3600;
        text.chop(1);
    }
    bool isNumber = false;
    const int number = text.toInt(&isNumber);
    return isNumber && number > 0 ? std::optional(number * unit) : std::nullopt;
}

QString loginName()
{
    const QString name = qEnvironmentVariable("USER", qEnvironmentVariable("USERNAME"));
    return name.left(64);
}

int addFault(const CtlContext &context)
{
    const QCommandLineParser &options = context.options;
    QJsonObject order{{u"kind"_s, context.arguments.at(0)}};
    for (const auto &[option, field] : {std::pair(u"what"_s, u"what"_s), std::pair(u"bearer"_s, u"bearer"_s),
                                        std::pair(u"connection"_s, u"connection"_s), std::pair(u"device"_s, u"device"_s),
                                        std::pair(u"code"_s, u"code"_s), std::pair(u"note"_s, u"note"_s)}) {
        if (options.isSet(option))
            order.insert(field, options.value(option));
    }
    for (const auto &[option, field] : {std::pair(u"delay-ms"_s, u"delay_ms"_s), std::pair(u"chance"_s, u"chance"_s),
                                        std::pair(u"most"_s, u"most"_s)}) {
        if (!options.isSet(option))
            continue;
        bool isNumber = false;
        const int number = options.value(option).toInt(&isNumber);
        if (!isNumber)
            return context.misused(Words::tr("\"%1\" is no number").arg(options.value(option)));
        order.insert(field, number);
    }
    if (options.isSet(u"for"_s)) {
        const auto life = secondsOf(options.value(u"for"_s));
        if (!life)
            return context.misused(Words::tr("\"%1\" is no time such as 90s, 10m or 2h").arg(options.value(u"for"_s)));
        order.insert(u"for_s"_s, *life);
    }
    if (options.isSet(u"final"_s))
        order.insert(u"again"_s, false);
    if (const QString name = loginName(); !name.isEmpty())
        order.insert(u"who"_s, name);
    const auto made = context.client.call("POST", "/v1/faults", order);
    if (!made)
        return context.fail(made.error());
    if (context.json)
        context.print(*made);
    else
        context.out << plainText(Words::tr("Fault %1 is in force until %2.").arg(cell(*made, "id"), cell(*made, "until"))) << '\n';
    return 0;
}

int removeFault(const CtlContext &context)
{
    const auto done = context.client.call("DELETE", "/v1/faults/" + percentEncode(context.arguments.at(0)));
    return done ? 0 : context.fail(done.error());
}

int clearFaults(const CtlContext &context)
{
    const auto done = context.client.call("DELETE", "/v1/faults");
    if (!done)
        return context.fail(done.error());
    if (context.json)
        context.print(*done);
    else
        context.out << Words::tr("%1 fault(s) ended.").arg(done->value(u"ended").toInt()) << '\n';
    return 0;
}

} // namespace

QList<CtlCommand> faultCommands()
{
    return {
        {u"faults add"_s,
         u"drop|delay|duplicate|reject"_s,
         Words::tr("Puts a fault in the way of wake-ups and pushes, to try out what comes of it"),
         1,
         1,
         {valued("what", Words::tr("wakes, deliveries or both; with a bearer wakes, with a connection deliveries"), u"WHAT"_s),
          valued("bearer", Words::tr("Over this bearer (its name, its type, or a kind of route)"), u"NAME"_s),
          valued("connection", Words::tr("Over this kind of connection: sip, ota_http or datagram"), u"KIND"_s),
          valued("device", Words::tr("To this device"), u"DEVICE"_s),
          valued("delay-ms", Words::tr("Delay: milliseconds"), u"NUMBER"_s),
          valued("code", Words::tr("Reject: what is answered, such as 486"), u"CODE"_s),
          {u"final"_s, Words::tr("Reject: for good; otherwise it is tried again")},
          valued("chance", Words::tr("Strikes so many of a hundred (100)"), u"PERCENT"_s),
          valued("most", Words::tr("Ends after it has struck so often"), u"NUMBER"_s),
          valued("for", Words::tr("Ends after this time, such as 90s, 10m or 2h (1h)"), u"TIME"_s),
          valued("note", Words::tr("What it is good for"), u"TEXT"_s)},
         addFault,
         Words::tr("Faults are kept in memory: they end with the server, and at the latest after their time. What one strikes "
                   "is in the journal (fault-struck).\n")},
        {u"faults remove"_s, u"FAULT"_s, Words::tr("Ends a fault; what it holds back goes on its way"), 1, 1, {}, removeFault},
        {u"faults clear"_s, {}, Words::tr("Ends all faults"), 0, 0, {}, clearFaults},
        {u"faults list"_s, {}, Words::tr("The faults in force, and how often each has struck"), 0, 0, {}, listFaults},
        {u"faults"_s, {}, Words::tr("The same"), 0, 0, {}, listFaults},
    };
}

} // namespace reveille
