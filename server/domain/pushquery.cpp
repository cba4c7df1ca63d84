// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/pushquery.h"

#include <algorithm>

namespace reveille {

namespace {

bool hasText(const Push &push, const QString &text)
{
    const auto has = [&](const QString &where) { return where.contains(text, Qt::CaseInsensitive); };
    const PushTarget &to = push.request.to;
    return has(push.id.text()) || has(push.user.toString()) || has(to.user.toString()) || has(to.device.toString())
        || has(to.msisdn.digits()) || has(to.session) || has(push.request.application) || has(push.request.reference);
}

} // namespace

bool matches(const Push &push, const PushQuery &query)
{
    return (!query.group || groupOf(push.state) == *query.group) && (!query.state || push.state == *query.state)
        && (query.user.isEmpty() || push.user == query.user)
        && (!query.initiator || push.request.initiator == *query.initiator)
        && (query.device.isEmpty()
            || std::any_of(push.deliveries.begin(), push.deliveries.end(),
                           [&](const Delivery &delivery) { return delivery.device == query.device; }))
        && (query.text.isEmpty() || hasText(push, query.text));
}

ListedPush listed(const Push &push)
{
    ListedPush item{push, push.request.body.size()};
    item.push.request.body.clear();
    return item;
}

} // namespace reveille
