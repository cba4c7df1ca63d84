// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/ctl/ctlshared.h"
#include "operations/ctl/ctltable.h"
#include "operations/ctl/sentences.h"
#include "wire/httptarget.h"

#include <QFile>
#include <QJsonArray>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

using Words = CtlWords;

QByteArray userPath(const CtlContext &context)
{
    return "/v1/users/" + percentEncode(context.arguments.at(0));
}

int users(const CtlContext &context)
{
    const auto list = wholeList(context, "/v1/users" + listQuery(context));
    if (!list)
        return context.fail(list.error());
    if (context.json) {
        context.print(*list);
        return 0;
    }
    CtlTable table({Words::tr("USER"), Words::tr("DEVICES"), Words::tr("PASSWORD"), Words::tr("NAME")});
    for (const QJsonValue value : list->value(u"items").toArray()) {
        const QJsonObject user = value.toObject();
        table.add({user.value(u"id").toString(), QString::number(user.value(u"devices").toInt()),
                   user.value(u"has_password").toBool() ? Words::tr("yes") : Words::tr("no"),
                   user.value(u"name").toString()});
    }
    context.out << table.toString();
    return 0;
}

int showUser(const CtlContext &context)
{
    const auto user = context.client.get(userPath(context));
    if (!user)
        return context.fail(user.error());
    if (context.json) {
        context.print(*user);
        return 0;
    }
    context.out << plainText(user->value(u"id").toString()) << "  "
                << plainText(user->value(u"name").toString()) << '\n';
    const QByteArray target = "/v1/devices?user=" + percentEncode(user->value(u"id").toString());
    const auto owned = context.client.get(target);
    if (!owned)
        return context.fail(owned.error());
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (const QJsonValue value : owned->value(u"items").toArray())
        context.out << "  " << plainText(value.toObject().value(u"id").toString()) << "\n    "
                    << deviceVerdict(value.toObject(), now) << '\n';
    return 0;
}

/// From standard input, so that a password need not stand in the list of processes.
CtlResult<QString> passwordOf(const CtlContext &context)
{
    if (!context.options.isSet(u"password-stdin"_s))
        return context.options.value(u"password"_s);
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return CtlFailure{u"password-unreadable"_s, {}};
    return QString::fromUtf8(input.readLine(4096)).remove(u'\n').remove(u'\r');
}

int addUser(const CtlContext &context)
{
    QJsonObject order;
    if (context.options.isSet(u"name"_s))
        order.insert(u"name"_s, context.options.value(u"name"_s));
    if (context.options.isSet(u"wake-policy"_s))
        order.insert(u"wake_policy"_s, wakePolicyOf(context));
    if (context.options.isSet(u"password"_s) || context.options.isSet(u"password-stdin"_s)) {
        const auto password = passwordOf(context);
        if (!password)
            return context.fail(password.error());
        order.insert(u"password"_s, *password);
    }
    const auto user = context.client.call("PUT", userPath(context), order);
    if (!user)
        return context.fail(user.error());
    if (context.json)
        context.print(*user);
    else
        context.out << Words::tr("User %1 is kept.\n").arg(plainText(user->value(u"id").toString()));
    return 0;
}

int removeUser(const CtlContext &context)
{
    const auto done = context.client.call("DELETE", userPath(context));
    return done ? 0 : context.fail(done.error());
}

} // namespace

QList<CtlCommand> userCommands()
{
    return {
        {u"users"_s, u"[TEXT]"_s, Words::tr("Users, all or those with TEXT in their names"), 0, 1, {}, users},
        {u"user show"_s, u"USER"_s, Words::tr("One user and a verdict on each device"), 1, 1, {}, showUser},
        {u"user add"_s,
         u"USER"_s,
         Words::tr("Makes or changes a user"),
         1,
         1,
         {valued("name", Words::tr("Display name"), u"NAME"_s),
          wakePolicyOption(),
          valued("password", Words::tr("Password (others can see it in the list of processes)"), u"TEXT"_s),
          QCommandLineOption(u"password-stdin"_s, Words::tr("Reads the password from standard input"))},
         addUser},
        {u"user remove"_s, u"USER"_s, Words::tr("Removes a user with all devices"), 1, 1, {}, removeUser},
    };
}

} // namespace reveille
