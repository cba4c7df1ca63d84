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

void printCounters(const CtlContext &context, const QJsonObject &counters)
{
    const auto number = [&](const char *name) {
        return QString::number(counters.value(QLatin1StringView(name)).toInteger());
    };
    context.out << Words::tr("Users    %1\n").arg(number("users"))
                << Words::tr("Devices  %1: %2 up, %3 suspect, %4 lost, %5 waking, %6 unreachable\n")
                       .arg(number("devices"), number("up"), number("suspect"), number("lost"),
                            number("waking"), number("unreachable"))
                << Words::tr("Pushes   %1 accepted, %2 delivered, %3 pending, %4 failed\n")
                       .arg(number("pushes_accepted"), number("pushes_delivered"), number("pushes_pending"),
                            number("pushes_failed"))
                << Words::tr("Wake-ups %1 active, %2 succeeded, %3 failed\n")
                       .arg(number("wakes_active"), number("wakes_succeeded"), number("wakes_failed"));
}

int status(const CtlContext &context)
{
    const auto answer = context.client.get("/v1/status");
    if (!answer)
        return context.fail(answer.error());
    if (context.json) {
        context.print(*answer);
        return 0;
    }
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QDateTime started =
        QDateTime::fromString(answer->value(u"started_at").toString(), Qt::ISODateWithMs);
    context.out << Words::tr("Running for %1, version %2, realm %3\n")
                       .arg(durationText(started.msecsTo(now)),
                            plainText(answer->value(u"version").toString()),
                            plainText(answer->value(u"realm").toString()));
    printCounters(context, answer->value(u"counters").toObject());
    const QString trouble = answer->value(u"store").toObject().value(u"trouble").toString();
    context.out << (trouble.isEmpty() ? Words::tr("Store    well\n")
                                      : Words::tr("Store    in trouble: %1\n").arg(plainText(trouble)));
    const QJsonObject faults = answer->value(u"faults").toObject();
    if (const qint64 active = faults.value(u"active").toInteger(); active > 0)
        context.out << Words::tr("Faults   %1 in force on purpose, the next ends in %2 (see reveillectl faults)\n")
                           .arg(active)
                           .arg(durationText(now.msecsTo(QDateTime::fromString(faults.value(u"next_end").toString(), Qt::ISODateWithMs))));
    CtlTable places({Words::tr("LISTENER"), Words::tr("ADDRESS")});
    const QJsonObject addresses = answer->value(u"addresses").toObject();
    for (auto it = addresses.begin(); it != addresses.end(); ++it)
        places.add({it.key(), it.value().toString()});
    CtlTable bearers(
        {Words::tr("BEARER"), Words::tr("TYPE"), Words::tr("STATE"), Words::tr("SENT"), Words::tr("FAILED")});
    for (const QJsonValue value : answer->value(u"bearers").toArray()) {
        const QJsonObject bearer = value.toObject();
        bearers.add(
            {bearer.value(u"name").toString(), bearer.value(u"type").toString(),
             bearer.value(u"healthy").toBool() ? Words::tr("ready") : bearer.value(u"code").toString(),
             QString::number(bearer.value(u"sent").toInteger()),
             QString::number(bearer.value(u"failed").toInteger())});
    }
    context.out << '\n' << places.toString() << '\n' << bearers.toString();
    return 0;
}

int metrics(const CtlContext &context)
{
    const auto text = context.client.text("/metrics");
    if (!text)
        return context.fail(text.error());
    context.out << QString::fromUtf8(*text);
    return 0;
}

/// One line per event; a device or user that changed is told in few words.
QString eventLine(const CtlClient::Event &event)
{
    const QString id = event.data.value(u"id").toString();
    const QString type = QString::fromUtf8(event.type).leftJustified(10);
    if (event.type == "journal")
        return journalLine(event.data);
    if (event.type == "device") {
        const QString state = event.data.value(u"liveness").toObject().value(u"state").toString();
        return plainText(QStringList{type, id, state, event.data.value(u"user").toString()}.join(u"  "));
    }
    if (event.type == "push")
        return type + u"  "_s + pushVerdict(event.data);
    if (event.type == "wake")
        return type + u"  "_s + wakeVerdict(event.data);
    if (event.type == "fault") {
        return plainText(QStringList{type, id, event.data.value(u"kind").toString(),
                                     Words::tr("struck %1").arg(event.data.value(u"struck").toInteger())}
                             .join(u"  "));
    }
    if (event.type == "dropped")
        return Words::tr("The server dropped this reader: it fell behind.");
    if (event.type == "gap")
        return Words::tr("The server no longer has every entry since %1.")
            .arg(event.data.value(u"after").toInteger());
    return plainText(type + u"  "_s + id);
}

int follow(const CtlContext &context, const QByteArray &target)
{
    const auto ended = context.client.follow(target, [&](const CtlClient::Event &event) {
        if (context.json) {
            context.print({{u"event"_s, QString::fromUtf8(event.type)},
                           {u"id"_s, event.id > 0 ? QJsonValue(qint64(event.id)) : QJsonValue()},
                           {u"data"_s, event.data}});
        } else {
            context.out << eventLine(event) << '\n';
        }
        context.out.flush();
        return true;
    });
    return ended ? 0 : context.fail(ended.error());
}

int watch(const CtlContext &context)
{
    QByteArray target = "/v1/events?types=" + percentEncode(context.options.value(u"types"_s));
    if (context.options.isSet(u"after"_s))
        target += "&after=" + percentEncode(context.options.value(u"after"_s));
    return follow(context, target);
}

int journal(const CtlContext &context)
{
    QByteArray target = "/v1/journal?limit=" + percentEncode(context.options.value(u"limit"_s));
    for (const char *name : {"kind", "user", "device", "push", "wake", "text", "from", "until", "after"}) {
        const QString value = context.options.value(QLatin1StringView(name));
        if (!value.isEmpty())
            target += QByteArray("&") + name + '=' + percentEncode(value);
    }
    const auto answer = context.client.get(target);
    if (!answer)
        return context.fail(answer.error());
    QJsonArray entries = answer->value(u"items").toArray();
    // The newest come first; on a terminal the newest stand last.
    const bool newestFirst = !context.options.isSet(u"after"_s);
    if (context.json) {
        context.print(*answer);
        return 0;
    }
    for (qsizetype i = 0; i < entries.size(); ++i)
        context.out << journalLine(entries.at(newestFirst ? entries.size() - 1 - i : i).toObject()) << '\n';
    return 0;
}

/// The rights among the options, into `order`; false after saying what is wrong.
bool readRights(const CtlContext &context, QJsonObject &order)
{
    if (context.options.isSet(u"target"_s)) {
        QStringList targets = context.options.values(u"target"_s);
        targets.removeAll(QString()); // --target "" alone means everybody
        order.insert(u"targets"_s, QJsonArray::fromStringList(targets));
    }
    if (context.options.isSet(u"content"_s)) {
        QStringList contents = context.options.values(u"content"_s);
        contents.removeAll(QString()); // --content "" alone means none
        order.insert(u"contents"_s, QJsonArray::fromStringList(contents));
    }
    for (const auto &[option, field] : {std::pair(u"per-second"_s, u"pushes_per_second"_s), std::pair(u"per-day"_s, u"pushes_per_day"_s)}) {
        if (!context.options.isSet(option))
            continue;
        bool isNumber = false;
        const qint64 number = context.options.value(option).toLongLong(&isNumber);
        if (!isNumber || number < 0) {
            context.misused(Words::tr("--%1 wants a number, not %2").arg(option, plainText(context.options.value(option))));
            return false;
        }
        order.insert(field, number);
    }
    return true;
}

int changeInitiator(const CtlContext &context)
{
    QJsonObject order;
    if (!readRights(context, order))
        return 2;
    const auto changed = context.client.call("PUT", "/v1/initiators/" + percentEncode(context.arguments.at(0)), order);
    if (!changed)
        return context.fail(changed.error());
    if (context.json)
        context.print(*changed);
    return 0;
}

int addInitiator(const CtlContext &context)
{
    QJsonObject order{{u"name"_s, context.arguments.at(0)}};
    if (!readRights(context, order))
        return 2;
    const auto made = context.client.call("POST", "/v1/initiators", order);
    if (!made)
        return context.fail(made.error());
    if (context.json)
        context.print(*made);
    else
        context.out << Words::tr(
                           "Initiator %1 (%2) may push with this token, which is not shown again:\n%3\n")
                           .arg(plainText(made->value(u"name").toString()),
                                plainText(made->value(u"id").toString()),
                                plainText(made->value(u"token").toString()));
    return 0;
}

int listInitiators(const CtlContext &context)
{
    const auto list = context.client.get("/v1/initiators");
    if (!list)
        return context.fail(list.error());
    if (context.json) {
        context.print(*list);
        return 0;
    }
    CtlTable table({Words::tr("INITIATOR"), Words::tr("NAME"), Words::tr("MAY ADDRESS"), Words::tr("MAY SEND"), Words::tr("A SECOND"),
                    Words::tr("A DAY"), Words::tr("SINCE")});
    for (const QJsonValue value : list->value(u"items").toArray()) {
        const QJsonObject initiator = value.toObject();
        const QStringList targets = initiator.value(u"targets").toVariant().toStringList();
        const QStringList contents = initiator.value(u"contents").toVariant().toStringList();
        const auto limit = [&](const QString &field) {
            const qint64 number = initiator.value(field).toInteger();
            return number > 0 ? QString::number(number) : u"-"_s;
        };
        table.add({initiator.value(u"id").toString(), initiator.value(u"name").toString(),
                   targets.isEmpty() ? Words::tr("everybody") : targets.join(u' '),
                   contents.isEmpty() ? Words::tr("what is harmless") : contents.join(u' '), limit(u"pushes_per_second"_s),
                   limit(u"pushes_per_day"_s),
                   initiator.value(u"created_at").toString()});
    }
    context.out << table.toString();
    return 0;
}

int removeInitiator(const CtlContext &context)
{
    const auto done =
        context.client.call("DELETE", "/v1/initiators/" + percentEncode(context.arguments.at(0)));
    return done ? 0 : context.fail(done.error());
}

QList<QCommandLineOption> rightsOptions()
{
    return {valued("target", Words::tr("May address these users only, as sip:*@lab.example; can be repeated"), u"PATTERN"_s),
            valued("content", Words::tr("May send what terminals act on unasked: provisioning, service_loading, session; can be repeated"), u"CLASS"_s),
            valued("per-second", Words::tr("Pushes a second; 0: as the configuration says"), u"NUMBER"_s),
            valued("per-day", Words::tr("Pushes a day; 0: as the configuration says"), u"NUMBER"_s)};
}

} // namespace

QList<CtlCommand> serverCommands()
{
    return {
        {u"status"_s,
         {},
         Words::tr("Whether the server is well, where it listens, what it carries"),
         0,
         0,
         {},
         status},
        {u"metrics"_s, {}, Words::tr("Numbers as Prometheus reads them"), 0, 0, {}, metrics},
        {u"watch"_s,
         {},
         Words::tr("What happens, as it happens, until interrupted"),
         0,
         0,
         {valued("types", Words::tr("Only these: journal,device,user,push,wake,fault"), u"LIST"_s),
          valued("after", Words::tr("First the journal entries after this one"), u"ID"_s)},
         watch},
        {u"journal"_s,
         {},
         Words::tr("What happened, the newest last"),
         0,
         0,
         {valued("kind", Words::tr("connection, sir, wake, push or trigger"), u"KIND"_s),
          valued("user", Words::tr("Of this user"), u"USER"_s),
          valued("device", Words::tr("Of this device"), u"DEVICE"_s),
          valued("push", Words::tr("Of this push"), u"ID"_s),
          valued("wake", Words::tr("Of this wake-up"), u"ID"_s),
          valued("text", Words::tr("With this text in it"), u"TEXT"_s),
          valued("from", Words::tr("Not before (ISO 8601)"), u"TIME"_s),
          valued("until", Words::tr("Not after (ISO 8601)"), u"TIME"_s),
          valued("after", Words::tr("The entries that follow this one, oldest first"), u"ID"_s),
          valued("limit", Words::tr("At most so many (100)"), u"NUMBER"_s, u"100"_s)},
         journal},
        {u"initiator list"_s, {}, Words::tr("Application servers that may push"), 0, 0, {}, listInitiators},
        {u"initiator add"_s,
         u"NAME"_s,
         Words::tr("Lets an application server push; prints its token"),
         1,
         1,
         rightsOptions(),
         addInitiator},
        {u"initiator change"_s,
         u"ID"_s,
         Words::tr("Changes what an application server may do"),
         1,
         1,
         rightsOptions(),
         changeInitiator},
        {u"initiator remove"_s, u"ID"_s, Words::tr("Takes that right away"), 1, 1, {}, removeInitiator},
    };
}

} // namespace reveille
