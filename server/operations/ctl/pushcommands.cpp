// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/push.h"
#include "operations/ctl/ctlshared.h"
#include "operations/ctl/ctltable.h"
#include "operations/ctl/sentences.h"
#include "wire/httptarget.h"

#include <QFile>
#include <QJsonArray>

#include <algorithm>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

using Words = CtlWords;

constexpr int largestPage = 1000;
constexpr int mostListed = 100000;

/// "+49…" is a number, what is a URI with gr= or no URI of a user is a device, the rest is a user.
QJsonObject targetOf(const QString &text)
{
    if (text.startsWith(u'+'))
        return {{u"msisdn"_s, text}};
    const bool user = text.contains(u'@') || text.startsWith(u"tel:");
    if (user && !text.contains(u";gr"))
        return {{u"user"_s, text}};
    return {{u"device"_s, text}};
}

CtlResult<QByteArray> contentOf(const CtlContext &context)
{
    if (!context.options.isSet(u"file"_s))
        return context.arguments.value(1).toUtf8();
    QFile file(context.options.value(u"file"_s));
    const bool input = file.fileName() == u"-";
    if (input ? !file.open(stdin, QIODevice::ReadOnly) : !file.open(QIODevice::ReadOnly))
        return CtlFailure{u"file-unreadable"_s, file.fileName()};
    return file.readAll();
}

CtlResult<QJsonObject> pushOf(const CtlContext &context)
{
    const auto content = contentOf(context);
    if (!content)
        return content.error();
    QJsonObject push{{u"to"_s, targetOf(context.arguments.at(0))},
                     {u"body_base64"_s, QString::fromLatin1(content->toBase64())}};
    const auto copy = [&](const char *option, const char *field) {
        const QString value = context.options.value(QLatin1StringView(option));
        if (!value.isEmpty())
            push.insert(QLatin1StringView(field), value);
    };
    copy("application", "application");
    copy("content-type", "content_type");
    copy("priority", "priority");
    copy("when", "when");
    copy("choice", "choice");
    copy("sir-mode", "sir_mode");
    if (context.options.isSet(u"confirm"_s))
        push.insert(u"confirm"_s, true);
    if (context.options.isSet(u"ttl"_s)) {
        bool ok = false;
        push.insert(u"ttl_s"_s, context.options.value(u"ttl"_s).toInt(&ok));
        if (!ok)
            return CtlFailure{u"ttl-invalid"_s, context.options.value(u"ttl"_s)};
    }
    if (context.options.isSet(u"device"_s))
        push.insert(u"devices"_s, QJsonArray::fromStringList(context.options.values(u"device"_s)));
    return push;
}

std::optional<PushState> stateOf(const QJsonObject &push)
{
    return pushStateFromText(push.value(u"state").toString());
}

bool pushEnded(const QJsonObject &push)
{
    const auto known = stateOf(push);
    return !known || (isTerminal(*known) && !push.value(u"awaits_confirmation").toBool());
}

void printExplanation(const CtlContext &context, const QJsonObject &explanation)
{
    if (context.json) {
        context.print(explanation);
        return;
    }
    const QJsonArray devices = explanation.value(u"devices").toArray();
    if (devices.isEmpty())
        context.out << Words::tr("There is no device to get it.\n");
    for (const QJsonValue value : devices) {
        const QJsonObject device = value.toObject();
        context.out << plainText(device.value(u"device").toString()) << ": " << explanationVerdict(device) << '\n';
        if (!context.options.isSet(u"checks"_s))
            continue;
        for (const QJsonValue item : device.value(u"checks").toArray()) {
            const QJsonObject check = item.toObject();
            const QString outcome = check.value(u"outcome").toString();
            const char *mark = outcome == u"failed" ? "x" : outcome == u"passed" ? "+" : "-";
            context.out << "  " << mark << ' ' << plainText(check.value(u"text").toString()) << '\n';
        }
    }
}

int push(const CtlContext &context)
{
    const auto order = pushOf(context);
    if (!order)
        return context.fail(order.error());
    if (context.options.isSet(u"dry-run"_s)) {
        const auto explanation = context.client.call("POST", "/v1/pushes/explain", *order);
        if (!explanation)
            return context.fail(explanation.error());
        printExplanation(context, *explanation);
        return 0;
    }
    const auto accepted = context.client.call("POST", "/v1/pushes", *order);
    if (!accepted)
        return context.fail(accepted.error());
    const QString id = accepted->value(u"id").toString();
    if (!context.options.isSet(u"wait"_s)) {
        if (context.json)
            context.print(*accepted);
        else
            context.out << Words::tr("Push %1 is accepted.\n").arg(plainText(id));
        return 0;
    }
    const auto final = waitFor(context, "/v1/pushes/" + percentEncode(id), pushVerdict, pushEnded);
    if (!final)
        return context.fail(final.error());
    if (context.json)
        context.print(*final);
    const PushState state = stateOf(*final).value_or(PushState::Undeliverable);
    const bool isDone = context.options.isSet(u"confirm"_s) ? state == PushState::Confirmed : isDelivered(state);
    return isDone ? 0 : 1;
}

/// As many pushes as are wanted, page after page; where the list goes on is in "next".
CtlResult<QJsonObject> listedPushes(const CtlContext &context, int limit)
{
    QByteArray filter;
    for (const char *name : {"state", "user", "device", "initiator", "text"}) {
        const QString value = context.options.value(QLatin1StringView(name));
        if (!value.isEmpty())
            filter += QByteArray("&") + name + '=' + percentEncode(value);
    }
    QString cursor = context.options.value(u"cursor"_s);
    QJsonArray items;
    do {
        const auto page = context.client.get("/v1/pushes?limit=" + QByteArray::number(std::min(limit - int(items.size()), largestPage))
                                             + filter + (cursor.isEmpty() ? QByteArray() : "&cursor=" + percentEncode(cursor)));
        if (!page)
            return page.error();
        for (const QJsonValue item : page->value(u"items").toArray())
            items.append(item);
        cursor = page->value(u"next").toString();
    } while (!cursor.isEmpty() && items.size() < limit);
    return QJsonObject{{u"items"_s, items}, {u"next"_s, cursor.isEmpty() ? QJsonValue() : QJsonValue(cursor)}};
}

/// "2/3": of the devices that are to get it, those that are done with it.
QString doneOf(const QJsonObject &push)
{
    const QJsonArray deliveries = push.value(u"deliveries").toArray();
    const auto done = std::count_if(deliveries.begin(), deliveries.end(), [](const QJsonValue &delivery) {
        const auto state = pushStateFromText(delivery.toObject().value(u"state").toString());
        return !state || isTerminal(*state);
    });
    return u"%1/%2"_s.arg(done).arg(deliveries.size());
}

int pushes(const CtlContext &context)
{
    bool isNumber = false;
    const int limit = context.options.value(u"limit"_s).toInt(&isNumber);
    if (!isNumber || limit < 1 || limit > mostListed)
        return context.misused(Words::tr("--limit wants a number from 1 to %1, not %2")
                                   .arg(mostListed)
                                   .arg(plainText(context.options.value(u"limit"_s))));
    const auto list = listedPushes(context, limit);
    if (!list)
        return context.fail(list.error());
    if (context.json) {
        context.print(*list);
        return 0;
    }
    CtlTable table({Words::tr("PUSH"), Words::tr("STATE"), Words::tr("DONE"), Words::tr("USER"), Words::tr("ACCEPTED"),
                    Words::tr("INITIATOR"), Words::tr("OCTETS"), Words::tr("TYPE")});
    for (const QJsonValue value : list->value(u"items").toArray()) {
        const QJsonObject item = value.toObject();
        const QString initiator = item.value(u"initiator").toString();
        table.add({item.value(u"id").toString(), item.value(u"state").toString(), doneOf(item),
                   item.value(u"user").toString(), item.value(u"accepted_at").toString(),
                   initiator.isEmpty() ? Words::tr("staff") : initiator, QString::number(item.value(u"size").toInteger()),
                   item.value(u"content_type").toString()});
    }
    context.out << table.toString();
    if (const QString next = list->value(u"next").toString(); !next.isEmpty())
        context.err << Words::tr("There may be more: go on with --cursor %1.\n").arg(plainText(next));
    return 0;
}

int explain(const CtlContext &context)
{
    const QString what = context.arguments.at(0);
    CtlResult<QJsonObject> explanation = QJsonObject();
    if (what.startsWith(u"p-") && context.arguments.size() == 1) {
        explanation = context.client.get("/v1/pushes/" + percentEncode(what) + "/explanation");
    } else {
        const auto order = pushOf(context);
        if (!order)
            return context.fail(order.error());
        explanation = context.client.call("POST", "/v1/pushes/explain", *order);
    }
    if (!explanation)
        return context.fail(explanation.error());
    printExplanation(context, *explanation);
    return 0;
}

QList<QCommandLineOption> pushOptions()
{
    return {valued("device", Words::tr("Only this device of the user; may be repeated"), u"DEVICE"_s),
            valued("application", Words::tr("Application it is for"), u"NAME"_s),
            valued("content-type", Words::tr("Type of the content (text/plain)"), u"TYPE"_s),
            valued("file", Words::tr("Content from a file, - for standard input"), u"FILE"_s),
            valued("ttl", Words::tr("Seconds it may wait (3600)"), u"SECONDS"_s),
            valued("priority", Words::tr("low, normal or high"), u"PRIORITY"_s),
            valued("when", Words::tr("now, when_reachable or wake (wake)"), u"WHEN"_s),
            valued("choice", Words::tr("all, first_reachable or preferred: which of the devices that take it"), u"CHOICE"_s),
            valued("sir-mode", Words::tr("routed, broadcast or broadcast_identified"), u"MODE"_s),
            QCommandLineOption(u"confirm"_s, Words::tr("The application on the device is to confirm that it has it")),
            QCommandLineOption(u"checks"_s, Words::tr("With --dry-run and explain: every check"))};
}

} // namespace

QList<CtlCommand> pushCommands()
{
    QList<QCommandLineOption> sending = pushOptions();
    sending.append({u"wait"_s, Words::tr("Waits for the final state; exit status 0 if delivered, with --confirm if confirmed")});
    sending.append({u"dry-run"_s, Words::tr("Only says who would get it, over what and why")});
    return {
        {u"push"_s, u"TO [TEXT]"_s, Words::tr("Pushes TEXT to a user, a device or a phone number"), 1, 2,
         sending, push},
        {u"pushes"_s,
         {},
         Words::tr("Pushes of all time, newest first"),
         0,
         0,
         {valued("state", Words::tr("under_way, delivered, failed or a state itself, such as expired"), u"STATE"_s),
          valued("user", Words::tr("To this user"), u"USER"_s),
          valued("device", Words::tr("To this device"), u"DEVICE"_s),
          valued("initiator", Words::tr("Of this application server (id or name), or staff"), u"INITIATOR"_s),
          valued("text", Words::tr("With this text in id, user, target, application or reference"), u"TEXT"_s),
          valued("cursor", Words::tr("Those that follow this place"), u"PLACE"_s),
          valued("limit", Words::tr("At most so many (20)"), u"NUMBER"_s, u"20"_s)},
         pushes},
        {u"explain"_s, u"PUSH|TO [TEXT]"_s, Words::tr("Why a push went where it went, or where it would go"),
         1, 2, pushOptions(), explain},
    };
}

} // namespace reveille
