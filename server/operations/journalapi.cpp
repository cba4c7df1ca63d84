// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/journalapi.h"

#include "engine/engine.h"
#include "http/jsonbody.h"
#include "wire/jsonjournal.h"

namespace reveille {

namespace {

Result<Timestamp> timeOf(const HttpCall &call, QStringView name)
{
    const QString text = call.target.item(name);
    const Timestamp time = text.isEmpty() ? Timestamp{} : Timestamp::fromIso(text);
    if (!text.isEmpty() && !time.isSet())
        return Error{"query-time", text.left(64)};
    return time;
}

/// Sets the canonical text of an identifier; what cannot be one is an error, not an empty answer.
template <typename Id>
Result<QString> idOf(const HttpCall &call, QStringView name)
{
    if (!call.target.hasItem(name))
        return QString();
    const auto id = Id::parse(call.target.item(name));
    if (!id)
        return id.error();
    return id->toString();
}

/// "123": older than that entry; "+123": newer.
Result<Done> readPlace(const HttpCall &call, JournalQuery &query)
{
    const QString cursor = call.target.item(u"cursor");
    const bool following = call.target.hasItem(u"after") || cursor.startsWith(u'+');
    const QString place = cursor.isEmpty() ? call.target.item(u"after") : cursor;
    query.ascending = following;
    if (place.isEmpty())
        return Done{};
    bool ok = false;
    query.after = JournalId{place.toULongLong(&ok)};
    if (!ok)
        return Error{cursor.isEmpty() ? "query-after" : "query-cursor", place.left(64)};
    return Done{};
}

} // namespace

void JournalApi::addTo(HttpRouter &router)
{
    router.add("GET", "/v1/journal",
               [this](const HttpCall &call, const HttpReply &reply) { read(call, reply); });
}

Result<JournalQuery> JournalApi::queryOf(const HttpCall &call)
{
    JournalQuery query;
    const auto page = Page::of(call);
    if (!page)
        return page.error();
    query.limit = page->limit;
    if (call.target.hasItem(u"kind")) {
        query.kind = journalKindFromText(call.target.item(u"kind"));
        if (!query.kind)
            return Error{"query-kind", call.target.item(u"kind").left(64)};
    }
    const auto user = idOf<PublicUserId>(call, u"user");
    if (!user)
        return user.error();
    const auto device = idOf<DeviceId>(call, u"device");
    if (!device)
        return device.error();
    const auto from = timeOf(call, u"from");
    if (!from)
        return from.error();
    const auto until = timeOf(call, u"until");
    if (!until)
        return until.error();
    query.user = *user;
    query.device = *device;
    query.push = call.target.item(u"push");
    query.wake = call.target.item(u"wake");
    query.text = call.target.item(u"text");
    query.from = *from;
    query.until = *until;
    if (const auto placed = readPlace(call, query); !placed)
        return placed.error();
    return query;
}

void JournalApi::read(const HttpCall &call, const HttpReply &reply)
{
    const auto asked = queryOf(call);
    if (!asked) {
        reply.sendProblem(asked.error());
        return;
    }
    const auto answer = [reply, query = *asked](const Result<QVector<JournalEntry>> &entries) {
        if (!entries) {
            reply.sendProblem(entries.error());
            return;
        }
        QJsonArray items;
        for (const JournalEntry &entry : *entries)
            items.append(toJson(entry));
        QString next;
        if (entries->size() == query.limit) {
            next = (query.ascending ? QStringLiteral("+") : QString()) +
                   QString::number(entries->last().id.number);
        }
        reply.sendJson(200, listOf(items, next));
    };
    m_engine.writes().commit([&engine = m_engine, query = *asked, answer](const Result<Done> &done) {
        if (done)
            engine.store().readJournal(query, answer);
        else
            answer(done.error());
    });
}

} // namespace reveille
