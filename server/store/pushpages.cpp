// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/pushpages.h"

#include "store/journalreader.h"
#include "store/pushrows.h"
#include "store/sqlconnection.h"
#include "store/sqlrow.h"

#include <algorithm>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

constexpr int step = 1000;          ///< pushes looked at by one statement
const QString afterAllIds = u"~"_s; ///< ids are a letter, a dash, letters and digits
/// Word for word the condition of the index pushes_failed, which SQLite uses for nothing else.
const QString failed = u"(state = 'expired' OR state = 'cancelled' OR state = 'replaced' OR state = 'undeliverable')"_s;

bool needsText(const PushQuery &query)
{
    return query.device.isEmpty() && !query.text.isEmpty();
}

/// What the store can say of it. A state that is not final may be another one by now.
bool holds(const Push &push, const PushQuery &query)
{
    if (!query.state || isTerminal(*query.state))
        return matches(push, query);
    PushQuery known = query;
    known.state.reset();
    known.group = PushGroup::UnderWay;
    return matches(push, known);
}

struct Candidate {
    PushId id;
    bool isHit = false;
};

QVariantList valuesOf(const PushQuery &query)
{
    if (!query.device.isEmpty())
        return {query.device.toString()};
    QVariantList values;
    if (!query.user.isEmpty())
        values.append(query.user.toString());
    if (query.initiator)
        values.append(query.initiator->text());
    return values;
}

/// The next `step` pushes there are, oldest last; hits are those for which the statement holds, and the text.
Result<QVector<Candidate>> candidates(SqlConnection &connection, const PushQuery &query, const QString &before)
{
    PushQuery text;
    text.text = query.text;
    QVector<Candidate> found;
    const Result<Done> read = connection.each(pushPageStatement(query), valuesOf(query) + QVariantList{before}, [&](SqlRow &row) {
        Push push;
        push.id = row.id<PushId>();
        bool isHit = row.flag();
        if (isHit && needsText(query)) {
            PushTarget &to = push.request.to;
            push.user = row.user();
            to.user = row.user();
            to.device = row.device();
            if (const QString digits = row.text(); !digits.isEmpty())
                to.msisdn = Msisdn::parse(digits).valueOr({});
            to.session = row.text();
            push.request.application = row.text();
            push.request.reference = row.text();
            isHit = matches(push, text);
        }
        found.append({push.id, isHit});
    });
    if (!read)
        return read.error();
    return found;
}

} // namespace

QString pushPageStatement(const PushQuery &query)
{
    if (!query.device.isEmpty())
        return u"SELECT push_id, MAX(CASE WHEN device_id = ? THEN 1 ELSE 0 END) FROM deliveries WHERE push_id < ? "
               "GROUP BY push_id ORDER BY push_id DESC LIMIT "_s
            + QString::number(step);
    QStringList hit;
    if (!query.user.isEmpty())
        hit.append(u"user_id = ?"_s);
    if (query.initiator)
        hit.append(u"initiator = ?"_s);
    const PushGroup group = query.state ? groupOf(*query.state) : query.group.value_or(PushGroup::Delivered);
    // The body stands before the reference in a row, which is looked at only where a text is searched for.
    return u"SELECT id, "_s + (hit.isEmpty() ? u"1"_s : u"CASE WHEN "_s + hit.join(u" AND "_s) + u" THEN 1 ELSE 0 END"_s)
        + (needsText(query) ? u", user_id, target_user, target_device, target_msisdn, target_session, application, reference"_s : QString())
        + u" FROM pushes WHERE "_s
        + (group == PushGroup::UnderWay     ? u"finished = 0 AND "_s
               : group == PushGroup::Failed ? failed + u" AND "_s
                                            : QString())
        + u"id < ? ORDER BY id DESC LIMIT "_s + QString::number(step);
}

Result<PushPage> readPushPage(SqlConnection &connection, const PushQuery &query, const ReadControl &control, int mostLooked)
{
    const int limit = std::clamp(query.limit, 1, 1000);
    PushPage page;
    QString before = query.before.isEmpty() ? afterAllIds : query.before.text();
    for (int looked = 0; looked < mostLooked; looked += step) {
        if (control.cancelled)
            return Error{"store-cancelled", connection.file()};
        const Result<QVector<Candidate>> found = candidates(connection, query, before);
        if (!found)
            return found.error();
        for (const Candidate &candidate : *found) {
            if (!candidate.isHit)
                continue;
            Result<std::optional<ListedPush>> item = readListedPush(connection, candidate.id);
            if (!item)
                return item.error();
            if (*item && holds((*item)->push, query))
                page.pushes.append(**std::move(item));
            if (page.pushes.size() == limit) {
                page.next = candidate.id;
                return page;
            }
        }
        if (found->size() < step)
            return page;
        before = found->last().id.text();
    }
    page.next = PushId(before);
    return page;
}

} // namespace reveille
