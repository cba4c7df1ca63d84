// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/ctl/ctlshared.h"
#include "operations/ctl/ctltable.h"
#include "operations/ctl/sentences.h"
#include "wire/httptarget.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

using Words = CtlWords;

QByteArray devicePath(const CtlContext &context)
{
    return "/v1/devices/" + percentEncode(context.arguments.at(0));
}

QString connectionText(const QJsonObject &device)
{
    const QJsonObject connection = device.value(u"connections").toArray().at(0).toObject();
    if (connection.isEmpty())
        return u"-"_s;
    return connection.value(u"transport").toString() + u' ' + connection.value(u"peer").toString();
}

int devices(const CtlContext &context)
{
    QByteArray target = "/v1/devices" + listQuery(context);
    if (context.options.isSet(u"user"_s))
        target += "&user=" + percentEncode(context.options.value(u"user"_s));
    const auto list = wholeList(context, target);
    if (!list)
        return context.fail(list.error());
    if (context.json) {
        context.print(*list);
        return 0;
    }
    const QDateTime now = QDateTime::currentDateTimeUtc();
    CtlTable table({Words::tr("DEVICE"), Words::tr("USER"), Words::tr("STATE"), Words::tr("HEARD"),
                    Words::tr("OVER"), Words::tr("PENDING")});
    for (const QJsonValue value : list->value(u"items").toArray()) {
        const QJsonObject device = value.toObject();
        const QJsonObject liveness = device.value(u"liveness").toObject();
        table.add({device.value(u"id").toString(), device.value(u"user").toString(),
                   liveness.value(u"state").toString(), agoText(liveness.value(u"last_packet"), now),
                   connectionText(device), QString::number(device.value(u"pending_pushes").toInt())});
    }
    context.out << table.toString();
    return 0;
}

int showDevice(const CtlContext &context)
{
    const auto device = context.client.get(devicePath(context));
    if (!device)
        return context.fail(device.error());
    if (context.json) {
        context.print(*device);
        return 0;
    }
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QJsonObject liveness = device->value(u"liveness").toObject();
    context.out << deviceVerdict(*device, now) << "\n\n";
    CtlTable facts({Words::tr("DEVICE"), device->value(u"id").toString()});
    facts.add({Words::tr("user"), device->value(u"user").toString()});
    facts.add({Words::tr("name"), device->value(u"name").toString()});
    facts.add({Words::tr("number"), device->value(u"msisdn").toString()});
    facts.add({Words::tr("GRUU"), device->value(u"gruu").toString()});
    facts.add({Words::tr("registered until"), liveness.value(u"registered_until").toString()});
    facts.add({Words::tr("last packet"), agoText(liveness.value(u"last_packet"), now)});
    facts.add({Words::tr("last proof"), agoText(liveness.value(u"last_proof"), now)});
    facts.add({Words::tr("evidence"), liveness.value(u"evidence").toObject().value(u"rule").toString()});
    facts.add({Words::tr("wake policy"), device->value(u"wake_policy").toString(Words::tr("inherited"))});
    facts.add({Words::tr("pending pushes"), QString::number(device->value(u"pending_pushes").toInt())});
    for (const QJsonValue value : device->value(u"connections").toArray()) {
        const QJsonObject connection = value.toObject();
        facts.add({Words::tr("connection"),
                   u"%1/%2 %3 (%4)"_s.arg(
                       connection.value(u"kind").toString(), connection.value(u"transport").toString(),
                       connection.value(u"peer").toString(),
                       connection.value(u"liveness").toObject().value(u"state").toString())});
    }
    for (const QJsonValue value : device->value(u"wake_routes").toArray()) {
        const QJsonObject route = value.toObject();
        facts.add({Words::tr("wake route"),
                   u"%1 %2 %3 (%4)"_s.arg(route.value(u"bearer").toString(), route.value(u"address").toString(),
                                          route.value(u"port").toVariant().toString(), route.value(u"source").toString())});
    }
    for (const QJsonValue value : device->value(u"returned").toArray()) {
        const QJsonObject told = value.toObject();
        const QJsonDocument content = told.value(u"value").isArray() ? QJsonDocument(told.value(u"value").toArray())
                                                                     : QJsonDocument(told.value(u"value").toObject());
        facts.add({Words::tr("returned"), u"%1 %2 (%3, %4)"_s.arg(
                                              told.value(u"what").toString(),
                                              QString::fromUtf8(content.toJson(QJsonDocument::Compact)),
                                              agoText(told.value(u"at"), now), told.value(u"over").toString())});
    }
    context.out << facts.toString();
    return 0;
}

/// "BEARER,ADDRESS,PORT"; commas, because addresses have colons.
CtlResult<QJsonArray> routesOf(const QStringList &texts)
{
    QJsonArray routes;
    for (const QString &text : texts) {
        const QStringList parts = text.split(u',');
        bool ok = true;
        const int port = parts.size() == 3 ? parts[2].toInt(&ok) : 0;
        if (parts.size() < 2 || parts.size() > 3 || !ok)
            return CtlFailure{u"wake-route"_s, text};
        QJsonObject route{{u"bearer"_s, parts[0]}, {u"address"_s, parts[1]}};
        if (parts.size() == 3)
            route.insert(u"port"_s, port);
        routes.append(route);
    }
    return routes;
}

int addDevice(const CtlContext &context)
{
    QJsonObject order;
    for (const char *name : {"user", "name", "msisdn"}) {
        if (context.options.isSet(QLatin1StringView(name)))
            order.insert(QLatin1StringView(name), context.options.value(QLatin1StringView(name)));
    }
    if (context.options.isSet(u"wake-policy"_s))
        order.insert(u"wake_policy"_s, wakePolicyOf(context));
    if (context.options.isSet(u"port"_s)) {
        bool ok = false;
        order.insert(u"client_port"_s, context.options.value(u"port"_s).toInt(&ok));
        if (!ok)
            return context.misused(Words::tr("--port takes a number"));
    }
    if (context.options.isSet(u"route"_s)) {
        const auto routes = routesOf(context.options.values(u"route"_s));
        if (!routes)
            return context.misused(
                Words::tr("--route takes BEARER,ADDRESS[,PORT], not %1").arg(routes.error().about));
        order.insert(u"wake_routes"_s, *routes);
    }
    const auto device = context.client.call("PUT", devicePath(context), order);
    if (!device)
        return context.fail(device.error());
    if (context.json)
        context.print(*device);
    else
        context.out << Words::tr("Device %1 is kept.\n").arg(plainText(device->value(u"id").toString()));
    return 0;
}

int removeDevice(const CtlContext &context)
{
    const auto done = context.client.call("DELETE", devicePath(context));
    return done ? 0 : context.fail(done.error());
}

int probeDevice(const CtlContext &context)
{
    const auto done = context.client.call("POST", devicePath(context) + "/probe");
    if (!done)
        return context.fail(done.error());
    if (!context.json)
        context.out << Words::tr("The device answered.\n");
    return 0;
}

int deregisterDevice(const CtlContext &context)
{
    const auto done = context.client.call("POST", devicePath(context) + "/deregister");
    return done ? 0 : context.fail(done.error());
}

} // namespace

QList<CtlCommand> deviceCommands()
{
    return {
        {u"devices"_s,
         u"[TEXT]"_s,
         Words::tr("Devices, all or those with TEXT in an identifier"),
         0,
         1,
         {valued("user", Words::tr("Of this user"), u"USER"_s)},
         devices},
        {u"device show"_s,
         u"DEVICE"_s,
         Words::tr("One device: can it be reached, over what, since when"),
         1,
         1,
         {},
         showDevice},
        {u"device add"_s,
         u"DEVICE"_s,
         Words::tr("Makes or changes a device"),
         1,
         1,
         {valued("user", Words::tr("Its user (needed for a new one)"), u"USER"_s),
          valued("name", Words::tr("What people call it"), u"NAME"_s),
          wakePolicyOption(),
          valued("msisdn", Words::tr("Its phone number"), u"NUMBER"_s),
          valued("port", Words::tr("Its client port"), u"PORT"_s),
          valued("route", Words::tr("A wake-up route; may be repeated"), u"BEARER,ADDRESS[,PORT]"_s)},
         addDevice},
        {u"device remove"_s, u"DEVICE"_s, Words::tr("Removes a device"), 1, 1, {}, removeDevice},
        {u"device probe"_s,
         u"DEVICE"_s,
         Words::tr("Asks the device whether it is there"),
         1,
         1,
         {},
         probeDevice},
        {u"device deregister"_s,
         u"DEVICE"_s,
         Words::tr("Closes its connections, forgets its registrations"),
         1,
         1,
         {},
         deregisterDevice},
    };
}

} // namespace reveille
