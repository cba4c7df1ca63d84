// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/ctl/ctlshared.h"
#include "operations/ctl/ctltable.h"
#include "wire/httptarget.h"

#include <QJsonArray>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

using Words = CtlWords;

QByteArray webPushPath(const CtlContext &context)
{
    return "/v1/devices/" + percentEncode(context.arguments.at(0)) + "/webpush";
}

int listWebPush(const CtlContext &context)
{
    const auto list = context.client.get(webPushPath(context));
    if (!list)
        return context.fail(list.error());
    if (context.json) {
        context.print(*list);
        return 0;
    }
    CtlTable table({Words::tr("RESOURCE"), Words::tr("NAME"), Words::tr("APPLICATION"), Words::tr("SESSION"),
                    Words::tr("VAPID KEY"), Words::tr("SINCE"), Words::tr("UNTIL")});
    for (const QJsonValue value : list->value(u"items").toArray()) {
        const QJsonObject resource = value.toObject();
        const auto cell = [&](const QString &field) { return resource.value(field).toString(u"-"_s); };
        table.add({cell(u"id"_s), cell(u"name"_s), cell(u"application"_s), cell(u"session"_s), cell(u"vapid_key"_s).left(12),
                   cell(u"created_at"_s), cell(u"expires_at"_s)});
    }
    context.out << table.toString();
    return 0;
}

int addWebPush(const CtlContext &context)
{
    QJsonObject order{{u"application"_s, context.arguments.at(1)}};
    for (const auto &[option, field] : {std::pair(u"session"_s, u"session"_s), std::pair(u"name"_s, u"name"_s),
                                        std::pair(u"vapid-key"_s, u"vapid_key"_s), std::pair(u"until"_s, u"expires_at"_s)}) {
        if (context.options.isSet(option))
            order.insert(field, context.options.value(option));
    }
    const auto made = context.client.call("POST", webPushPath(context), order);
    if (!made)
        return context.fail(made.error());
    if (context.json)
        context.print(*made);
    else
        context.out << Words::tr("Application servers push to %1 at this address, which is not shown again:\n%2\n")
                           .arg(plainText(made->value(u"id").toString()), plainText(made->value(u"endpoint").toString()));
    return 0;
}

int removeWebPush(const CtlContext &context)
{
    const auto done = context.client.call("DELETE", webPushPath(context) + '/' + percentEncode(context.arguments.at(1)));
    return done ? 0 : context.fail(done.error());
}

} // namespace

QList<CtlCommand> webPushCommands()
{
    return {
        {u"webpush list"_s, u"DEVICE"_s, Words::tr("Where application servers push to a device over Web Push"), 1, 1, {}, listWebPush},
        {u"webpush add"_s,
         u"DEVICE APPLICATION"_s,
         Words::tr("Lets application servers push to an application of a device; prints the address to push to"),
         2,
         2,
         {valued("session", Words::tr("Only this instance of the application"), u"ID"_s),
          valued("name", Words::tr("What to call it"), u"NAME"_s),
          valued("vapid-key", Words::tr("Only who signs with this VAPID key may push"), u"KEY"_s),
          valued("until", Words::tr("When it ends (ISO 8601)"), u"TIME"_s)},
         addWebPush},
        {u"webpush remove"_s, u"DEVICE RESOURCE"_s, Words::tr("Takes that right away"), 2, 2, {}, removeWebPush},
    };
}

} // namespace reveille
