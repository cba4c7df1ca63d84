// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/trigger.h"

#include "models/pushtarget.h"

#include <algorithm>

namespace reveille {

QStringList Trigger::variables() const
{
    QStringList names;
    for (const QString &text : {to, body, contentType, application}) {
        for (const QString &name : Variables::in(text)) {
            if (!names.contains(name))
                names.append(name);
        }
    }
    return names;
}

VariableValues Trigger::valuesWith(const VariableValues &values) const
{
    VariableValues all = defaults;
    all.insert(values);
    return all;
}

QStringList Trigger::unfilled(const VariableValues &values) const
{
    const VariableValues all = valuesWith(values);
    QStringList names = variables();
    names.removeIf([&](const QString &name) { return all.contains(name); });
    return names;
}

Result<PushRequest> Trigger::request(const VariableValues &values) const
{
    const VariableValues all = valuesWith(values);
    const QString target = Variables::filled(to, all);
    for (const QString &name : Variables::in(to)) {
        if (!all.contains(name))
            return Error{"variable-unfilled", name};
    }
    const Result<PushTarget> known = pushTargetFromText(target);
    if (!known)
        return known.error();
    PushRequest request;
    request.to = *known;
    request.application = Variables::filled(application, all).trimmed();
    request.contentType = Variables::filled(contentType, all).trimmed();
    request.body = Variables::filled(body, all).toUtf8();
    request.ttl = ttl;
    request.priority = priority;
    request.when = when;
    request.choice = choice;
    request.confirm = confirm;
    request.sirMode = sirMode;
    return request;
}

TriggerItem TriggerItem::of(const Trigger &trigger)
{
    TriggerItem item;
    item.trigger = trigger;
    return item;
}

TriggerItem TriggerItem::ofFolder(const QString &name, const QVector<TriggerItem> &items)
{
    TriggerItem item;
    item.isFolder = true;
    item.folder = name;
    item.items = items;
    return item;
}

int TriggerItem::count() const
{
    int all = 1;
    for (const TriggerItem &item : items)
        all += item.count();
    return all;
}

int TriggerItem::depth() const
{
    int deepest = 0;
    for (const TriggerItem &item : items)
        deepest = std::max(deepest, item.depth());
    return isFolder ? deepest + 1 : 0;
}

} // namespace reveille
