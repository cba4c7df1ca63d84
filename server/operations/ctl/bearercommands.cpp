// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/ctl/ctlshared.h"
#include "operations/ctl/ctltable.h"
#include "wire/httptarget.h"

#include <QJsonArray>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

using Words = CtlWords;

int bearers(const CtlContext &context)
{
    const auto list = context.client.get("/v1/bearers");
    if (!list)
        return context.fail(list.error());
    if (context.json) {
        context.print(*list);
        return 0;
    }
    CtlTable table({Words::tr("BEARER"), Words::tr("TYPE"), Words::tr("CARRIES"), Words::tr("STATE"),
                    Words::tr("PEER"), Words::tr("SENT"), Words::tr("RECEIVED"), Words::tr("FAILED"),
                    Words::tr("QUEUED"), Words::tr("IN FLIGHT")});
    for (const QJsonValue value : list->value(u"items").toArray()) {
        const QJsonObject bearer = value.toObject();
        const auto number = [&](const char *name) {
            return QString::number(bearer.value(QLatin1StringView(name)).toInteger());
        };
        QStringList carries;
        for (const QJsonValue kind : bearer.value(u"carries").toArray())
            carries.append(kind.toString());
        const QString code = bearer.value(u"code").toString();
        table.add({bearer.value(u"name").toString(), bearer.value(u"type").toString(), carries.join(u','),
                   bearer.value(u"healthy").toBool() && code.isEmpty() ? Words::tr("ready") : code,
                   bearer.value(u"peer").toString(), number("sent"), number("received"), number("failed"),
                   number("queued"), number("in_flight")});
    }
    context.out << table.toString();
    return 0;
}

int testBearer(const CtlContext &context)
{
    const QString name = context.arguments.at(0);
    const auto test = context.client.call("POST", "/v1/bearers/" + percentEncode(name) + "/test");
    if (!test)
        return context.fail(test.error());
    const bool ok = test->value(u"ok").toBool();
    if (context.json) {
        context.print(*test);
        return ok ? 0 : 1;
    }
    const QString found = test->value(u"detail").toString();
    context.out << plainText((ok ? Words::tr("%1 answers: %2, %3 ms") : Words::tr("%1 does not work: %2, %3 ms"))
                                 .arg(name, test->value(u"code").toString())
                                 .arg(test->value(u"took_ms").toInteger()) +
                             (found.isEmpty() ? QString() : u" ("_s + found + u')'))
                << '\n';
    return ok ? 0 : 1;
}

} // namespace

QList<CtlCommand> bearerCommands()
{
    return {
        {u"bearers test"_s,
         u"NAME"_s,
         Words::tr("Asks the carrier whether it is there; wakes nobody"),
         1,
         1,
         {},
         testBearer},
        {u"bearers"_s, {}, Words::tr("The ways to wake, and how they are doing"), 0, 0, {}, bearers},
    };
}

} // namespace reveille
