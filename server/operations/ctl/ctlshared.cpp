// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/ctl/ctlshared.h"

#include "wire/httptarget.h"

#include <QEventLoop>
#include <QJsonArray>
#include <QTimer>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

constexpr int pollInterval = 200; ///< milliseconds

void pause(int milliseconds)
{
    QEventLoop loop;
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
}

} // namespace

QCommandLineOption valued(const char *name, const QString &text, const QString &value,
                          const QString &fallback)
{
    return {QString::fromLatin1(name), text, value, fallback};
}

CtlResult<QJsonObject> wholeList(const CtlContext &context, const QByteArray &target)
{
    QJsonArray items;
    QString cursor;
    do {
        const auto page = context.client.get(
            target + (cursor.isEmpty() ? QByteArray() : "&cursor=" + percentEncode(cursor)));
        if (!page)
            return page.error();
        for (const QJsonValue item : page->value(u"items").toArray())
            items.append(item);
        cursor = page->value(u"next").toString();
    } while (!cursor.isEmpty() && items.size() < 100000);
    return QJsonObject{{u"items"_s, items},
                       {u"next"_s, cursor.isEmpty() ? QJsonValue() : QJsonValue(cursor)}};
}

QByteArray listQuery(const CtlContext &context)
{
    return "?limit=1000&query=" +
           (context.arguments.isEmpty() ? QByteArray() : percentEncode(context.arguments.at(0)));
}

CtlResult<QJsonObject> waitFor(const CtlContext &context, const QByteArray &target,
                               QString (*verdict)(const QJsonObject &), bool (*ended)(const QJsonObject &))
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
        if (ended(*now))
            return now;
        pause(pollInterval);
    }
}

QCommandLineOption wakePolicyOption()
{
    return valued("wake-policy", CtlWords::tr("What wakes by itself: on_push, always, never or inherit"), QStringLiteral("POLICY"));
}

QJsonValue wakePolicyOf(const CtlContext &context)
{
    const QString text = context.options.value(u"wake-policy"_s);
    return text == u"inherit" ? QJsonValue() : QJsonValue(text);
}

} // namespace reveille
