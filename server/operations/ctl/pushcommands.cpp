// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/deviceid.h"
#include "domain/push.h"
#include "domain/wakeup.h"
#include "operations/ctl/ctlcommand.h"
#include "operations/ctl/ctltable.h"
#include "operations/ctl/sentences.h"
#include "wire/httptarget.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QFile>
#include <QJsonArray>
#include <QTimer>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(reveillectl)
};

constexpr int pollInterval = 200; ///< milliseconds

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
    QJsonObject push{{u"to"_s, targetOf(context.arguments.at(0))}, {u"body_base64"_s, QString::fromLatin1(content->toBase64())}};
    const auto copy = [&](const char *option, const char *field) {
        const QString value = context.options.value(QLatin1StringView(option));
        if (!value.isEmpty())
            push.insert(QLatin1StringView(field), value);
    };
    copy("application", "application");
    copy("content-type", "content_type");
    copy("priority", "priority");
    copy("when", "when");
    copy("sir-mode", "sir_mode");
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

void pause(int milliseconds)
{
    QEventLoop loop;
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
}

/// Asks until `ended`; prints every state once.
template <typename Ended>
CtlResult<QJsonObject> waitFor(const CtlContext &context, const QByteArray &target, QString (*verdict)(const QJsonObject &),
                               Ended ended)
{
    QString last;
    for (;;) {
        auto now = context.client.get(target);
        if (!now)
            return now.error();
        const QString text = verdict(*now);
        if (text != last && !context.json)
            context.out << text << Qt::endl;
        last = text;
        if (ended(now->value(u"state").toString()))
            return now;
        pause(pollInterval);
    }
}

bool pushEnded(const QString &state)
{
    const auto known = pushStateFromText(state);
    return !known || isTerminal(*known);
}

bool wakeEnded(const QString &state)
{
    const auto known = wakeStateFromText(state);
    return !known || isTerminal(*known);
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
        context.out << plainText(device.value(u"device").toString()) << ' ' << explanationVerdict(device) << '\n';
        if (!context.options.isSet(u"checks"_s))
            continue;
        CtlTable table({u"  "_s + Words::tr("CHECK"), Words::tr("OUTCOME"), Words::tr("FOUND")});
        for (const QJsonValue item : device.value(u"checks").toArray()) {
            const QJsonObject check = item.toObject();
            table.add({u"  "_s + check.value(u"question").toString(), check.value(u"outcome").toString(),
                       check.value(u"value").toString()});
        }
        context.out << table.toString();
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
    return final->value(u"state").toString() == u"delivered" ? 0 : 1;
}

int pushes(const CtlContext &context)
{
    const auto list = context.client.get("/v1/pushes?limit=" + percentEncode(context.options.value(u"limit"_s)));
    if (!list)
        return context.fail(list.error());
    if (context.json) {
        context.print(*list);
        return 0;
    }
    CtlTable table({Words::tr("PUSH"), Words::tr("STATE"), Words::tr("USER"), Words::tr("ACCEPTED"), Words::tr("TYPE")});
    for (const QJsonValue value : list->value(u"items").toArray()) {
        const QJsonObject item = value.toObject();
        table.add({item.value(u"id").toString(), item.value(u"state").toString(), item.value(u"user").toString(),
                   item.value(u"accepted_at").toString(), item.value(u"content_type").toString()});
    }
    context.out << table.toString();
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

QJsonObject wakeOrderOf(const CtlContext &context)
{
    QJsonObject order;
    for (const char *name : {"bearer", "mode", "application"}) {
        const QString value = context.options.value(QLatin1StringView(name));
        if (!value.isEmpty())
            order.insert(QLatin1StringView(name), value);
    }
    if (context.options.isSet(u"empty"_s))
        order.insert(u"empty"_s, true);
    if (context.options.isSet(u"request"_s))
        order.insert(u"request"_s, QJsonArray::fromStringList(context.options.value(u"request"_s).split(u',', Qt::SkipEmptyParts)));
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
                                 .arg(preview->value(u"bearer").toString(), route.value(u"address").toString(),
                                      preview->value(u"mode").toString())
                                 .arg(wire.size())
                                 .arg(preview->value(u"wire_format").toString()))
                << '\n'
                << QString::fromLatin1(wire.toHex(' ')) << '\n';
    return 0;
}

int wake(const CtlContext &context)
{
    const QByteArray path = "/v1/devices/" + percentEncode(context.arguments.at(0)) + "/wake";
    if (context.options.isSet(u"dry-run"_s))
        return previewWake(context, path);
    const auto started = context.client.call("POST", path, wakeOrderOf(context));
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
    CtlTable table({Words::tr("DEVICE"), Words::tr("STATE"), Words::tr("REASON"), Words::tr("WAKE-UP"), Words::tr("ATTEMPTS")});
    for (const QJsonValue value : thing->value(u"deliveries").toArray()) {
        const QJsonObject delivery = value.toObject();
        table.add({delivery.value(u"device").toString(), delivery.value(u"state").toString(), delivery.value(u"reason").toString(),
                   delivery.value(u"wake").toString(), QString::number(delivery.value(u"attempts").toInt())});
    }
    context.out << table.toString();
    return 0;
}

int cancel(const CtlContext &context)
{
    const auto done = context.client.call("DELETE", thingPath(context.arguments.at(0)));
    return done ? 0 : context.fail(done.error());
}

QCommandLineOption valued(const char *name, const QString &text, const QString &value, const QString &fallback = {})
{
    return {QString::fromLatin1(name), text, value, fallback};
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
            valued("sir-mode", Words::tr("routed, broadcast or broadcast_identified"), u"MODE"_s),
            QCommandLineOption(u"checks"_s, Words::tr("With --dry-run and explain: every check"))};
}

} // namespace

QList<CtlCommand> pushCommands()
{
    QList<QCommandLineOption> sending = pushOptions();
    sending.append({u"wait"_s, Words::tr("Waits for the final state; exit status 0 if delivered")});
    sending.append({u"dry-run"_s, Words::tr("Only says who would get it, over what and why")});
    return {
        {u"push"_s, u"TO [TEXT]"_s, Words::tr("Pushes TEXT to a user, a device or a phone number"), 1, 2, sending, push},
        {u"pushes"_s, {}, Words::tr("Recent pushes, newest first"), 0, 0, {valued("limit", Words::tr("At most so many (20)"), u"NUMBER"_s, u"20"_s)}, pushes},
        {u"explain"_s, u"PUSH|TO [TEXT]"_s, Words::tr("Why a push went where it went, or where it would go"), 1, 2, pushOptions(), explain},
        {u"wake"_s, u"DEVICE"_s, Words::tr("Wakes a device"), 1, 1,
         {valued("bearer", Words::tr("Over this bearer only"), u"NAME"_s), valued("mode", Words::tr("routed, broadcast or broadcast_identified"), u"MODE"_s),
          QCommandLineOption(u"empty"_s, Words::tr("Sends an empty message")),
          valued("request", Words::tr("capability,preferences,security,subscription,refusal,registration_message,capability_message"), u"LIST"_s),
          valued("application", Words::tr("Application it is for"), u"NAME"_s),
          QCommandLineOption(u"wait"_s, Words::tr("Waits for the end; exit status 0 if the device came back")),
          QCommandLineOption(u"dry-run"_s, Words::tr("Only shows what would be sent"))},
         wake},
        {u"show"_s, u"ID"_s, Words::tr("One push (p-…) or wake-up (w-…)"), 1, 1, {}, show},
        {u"cancel"_s, u"ID"_s, Words::tr("Cancels a push (p-…) or a wake-up (w-…)"), 1, 1, {}, cancel},
    };
}

} // namespace reveille
