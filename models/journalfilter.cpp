// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/journalfilter.h"

namespace reveille {

bool JournalFilter::takes(const JournalEntry &entry) const
{
    if (!kinds.isEmpty() && !kinds.contains(entry.kind))
        return false;
    if ((!user.isEmpty() && entry.user.toString() != user) || (!device.isEmpty() && entry.device.toString() != device)
        || (!push.isEmpty() && entry.push.text() != push) || (!wake.isEmpty() && entry.wake.text() != wake))
        return false;
    if ((from.isSet() && entry.time < from) || (until.isSet() && entry.time >= until))
        return false;
    if (text.isEmpty())
        return true;
    const auto holds = [this](const QString &value) { return value.contains(text, Qt::CaseInsensitive); };
    if (holds(entry.event) || holds(entry.user.toString()) || holds(entry.device.toString())
        || holds(entry.push.text()) || holds(entry.wake.text()))
        return true;
    for (const auto &[name, value] : entry.fields) {
        if (holds(value))
            return true;
    }
    return false;
}

JournalQuery JournalFilter::query(std::optional<JournalKind> kind) const
{
    JournalQuery query;
    query.kind = kind;
    query.user = user;
    query.device = device;
    query.push = push;
    query.wake = wake;
    query.text = text;
    query.from = from;
    query.until = until;
    return query;
}

} // namespace reveille
