// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/wakeup.h"
#include "operations/ctl/ctlshared.h"
#include "operations/ctl/ctltable.h"
#include "operations/ctl/sentences.h"
#include "wire/httptarget.h"

#include <QJsonArray>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

using Words = CtlWords;

bool wakeEnded(const QJsonObject &wake)
{
    const auto known = wakeStateFromText(wake.value(u"state").toString());
    return !known || isTerminal(*known);
}

QJsonObject wakeOrderOf(const CtlContext &context)
{
    QJsonObject order;
    for (const char *name : {"bearer", "mode", "application", "gateway"}) {
        const QString value = context.options.value(QLatin1StringView(name));
        if (!value.isEmpty())
            order.insert(QLatin1StringView(name), value);
    }
    if (context.options.isSet(u"empty"_s))
        order.insert(u"empty"_s, true);
    if (context.options.isSet(u"request"_s))
        order.insert(u"request"_s, QJsonArray::fromStringList(
                                       context.options.value(u"request"_s).split(u',', Qt::SkipEmptyParts)));
    return order;
}

int previewWake(const CtlContext &context, const QByteArray &path)
{
    const auto preview = context.client.call("POST", path + "/preview", wakeOrderOf(context));
    if (!preview)
        return context.fail(preview.error());
    if (context.json) {
        context.print(*preview);
        return 0;
    }
    const QJsonObject route = preview->value(u"route").toObject();
    const QByteArray wire = QByteArray::fromBase64(preview->value(u"wire_bytes").toString().toLatin1());
    context.out << plainText(Words::tr("Would go over %1 to %2, mode %3, %4 octets of %5:")
                                 .arg(preview->value(u"bearer").toString(),
                                      route.value(u"address").toString(), preview->value(u"mode").toString())
                                 .arg(wire.size())
                                 .arg(preview->value(u"wire_format").toString()))
                << '\n'
                << QString::fromLatin1(wire.toHex(' ')) << '\n';
    return 0;
}

/// Tells of a wake-up that was asked for; with --wait until its end.
int report(const CtlContext &context, const CtlResult<QJsonObject> &started)
{
    if (!started)
        return context.fail(started.error());
    if (!context.options.isSet(u"wait"_s)) {
        if (context.json)
            context.print(*started);
        else
            context.out << wakeVerdict(*started) << '\n';
        return 0;
    }
    const QByteArray target = "/v1/wakes/" + percentEncode(started->value(u"id").toString());
    const auto final = waitFor(context, target, wakeVerdict, wakeEnded);
    if (!final)
        return context.fail(final.error());
    if (context.json)
        context.print(*final);
    return final->value(u"state").toString() == u"succeeded" ? 0 : 1;
}

int wake(const CtlContext &context)
{
    const QByteArray path = "/v1/devices/" + percentEncode(context.arguments.at(0)) + "/wake";
    if (context.options.isSet(u"dry-run"_s))
        return previewWake(context, path);
    return report(context, context.client.call("POST", path, wakeOrderOf(context)));
}

int repeat(const CtlContext &context)
{
    QJsonObject order;
    if (context.options.isSet(u"bearer"_s))
        order.insert(u"bearer"_s, context.options.value(u"bearer"_s));
    const QByteArray path = "/v1/wakes/" + percentEncode(context.arguments.at(0)) + "/repeat";
    return report(context, context.client.call("POST", path, order));
}

int wakes(const CtlContext &context)
{
    const auto list =
        context.client.get("/v1/wakes?limit=" + percentEncode(context.options.value(u"limit"_s)));
    if (!list)
        return context.fail(list.error());
    if (context.json) {
        context.print(*list);
        return 0;
    }
    CtlTable table({Words::tr("WAKE-UP"), Words::tr("STATE"), Words::tr("FURTHEST"), Words::tr("DEVICE"),
                    Words::tr("REQUESTED")});
    for (const QJsonValue value : list->value(u"items").toArray()) {
        const QJsonObject wake = value.toObject();
        table.add({wake.value(u"id").toString(), wake.value(u"state").toString(),
                   wake.value(u"furthest").toString(), wake.value(u"device").toString(),
                   wake.value(u"steps").toObject().value(u"requested").toString()});
    }
    context.out << table.toString();
    return 0;
}

QByteArray thingPath(const QString &id)
{
    return (id.startsWith(u"w-") ? "/v1/wakes/" : "/v1/pushes/") + percentEncode(id);
}

int show(const CtlContext &context)
{
    const QString id = context.arguments.at(0);
    const auto thing = context.client.get(thingPath(id));
    if (!thing)
        return context.fail(thing.error());
    if (context.json) {
        context.print(*thing);
        return 0;
    }
    if (id.startsWith(u"w-")) {
        context.out << wakeVerdict(*thing) << '\n';
        CtlTable table({Words::tr("STEP"), Words::tr("TIME")});
        const QJsonObject steps = thing->value(u"steps").toObject();
        for (auto it = steps.begin(); it != steps.end(); ++it)
            table.add({it.key(), it.value().toString()});
        context.out << table.toString();
        return 0;
    }
    context.out << pushVerdict(*thing) << '\n';
    CtlTable table({Words::tr("DEVICE"), Words::tr("STATE"), Words::tr("REASON"), Words::tr("WAKE-UP"),
                    Words::tr("ATTEMPTS")});
    for (const QJsonValue value : thing->value(u"deliveries").toArray()) {
        const QJsonObject delivery = value.toObject();
        table.add({delivery.value(u"device").toString(), delivery.value(u"state").toString(),
                   deliveryReason(delivery), delivery.value(u"wake").toString(),
                   QString::number(delivery.value(u"attempts").toInt())});
    }
    context.out << table.toString();
    return 0;
}

int cancel(const CtlContext &context)
{
    const auto done = context.client.call("DELETE", thingPath(context.arguments.at(0)));
    return done ? 0 : context.fail(done.error());
}

} // namespace

QList<CtlCommand> wakeCommands()
{
    return {
        {u"wake repeat"_s,
         u"ID"_s,
         Words::tr("Asks for the same wake-up once more; one under way moves to another bearer"),
         1,
         1,
         {valued("bearer", Words::tr("Over this bearer only"), u"NAME"_s),
          QCommandLineOption(u"wait"_s,
                             Words::tr("Waits for the end; exit status 0 if the device came back"))},
         repeat},
        {u"wake"_s,
         u"DEVICE"_s,
         Words::tr("Wakes a device"),
         1,
         1,
         {valued("bearer", Words::tr("Over this bearer only"), u"NAME"_s),
          valued("mode", Words::tr("routed, broadcast or broadcast_identified"), u"MODE"_s),
          QCommandLineOption(u"empty"_s, Words::tr("Sends an empty message")),
          valued("request",
                 Words::tr("capability,preferences,security,subscription,refusal,registration_message,"
                           "capability_message"),
                 u"LIST"_s),
          valued("application", Words::tr("Application it is for, by name or number"), u"NAME"_s),
          valued("gateway", Words::tr("Another gateway the device is to go to"), u"URI"_s),
          QCommandLineOption(u"wait"_s,
                             Words::tr("Waits for the end; exit status 0 if the device came back")),
          QCommandLineOption(u"dry-run"_s, Words::tr("Only shows what would be sent"))},
         wake},
        {u"wakes"_s,
         {},
         Words::tr("Recent wake-ups, newest first"),
         0,
         0,
         {valued("limit", Words::tr("At most so many (20)"), u"NUMBER"_s, u"20"_s)},
         wakes},
        {u"show"_s, u"ID"_s, Words::tr("One push (p-…) or wake-up (w-…)"), 1, 1, {}, show},
        {u"cancel"_s, u"ID"_s, Words::tr("Cancels a push (p-…) or a wake-up (w-…)"), 1, 1, {}, cancel},
    };
}

} // namespace reveille
