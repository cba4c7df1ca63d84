// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/pushrows.h"

#include "store/jsoncolumns.h"
#include "store/sqlconnection.h"
#include "store/sqlrow.h"

#include <QHash>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

/// Everything pushFrom() reads, and after it the size of the body; up to the condition.
QString selectPushes(bool withBody = true)
{
    return u"SELECT id, state, accepted_at, expires_at, finished_at, user_id, initiator, "
           "target_user, target_device, target_msisdn, target_session, named_devices, "
           "application, content_type, ttl_ms, priority, send_when, choice, sir_mode, "_s
        + (withBody ? u"body"_s : u"''"_s)
        + u", reference, not_before, notify_to, terms, content_encoding, confirm, finished, length(body) FROM pushes "
          "WHERE "_s;
}

QString name(const char *code)
{
    return QString::fromLatin1(code);
}

/// Nothing can happen to it any more.
int isFinished(const Push &push)
{
    return isTerminal(push.state) && !push.awaitsConfirmation;
}

Push pushFrom(SqlRow &row)
{
    Push push;
    push.id = row.id<PushId>();
    push.state = row.named(pushStateFromText);
    push.acceptedAt = row.time();
    push.expiresAt = row.time();
    push.finishedAt = row.time();
    push.user = row.user();
    PushRequest &request = push.request;
    request.initiator = row.id<InitiatorId>();
    request.to.user = row.user();
    request.to.device = row.device();
    const QString digits = row.text();
    if (!digits.isEmpty()) {
        const Result<Msisdn> msisdn = Msisdn::parse(digits);
        if (!msisdn)
            row.refuse();
        request.to.msisdn = msisdn.valueOr({});
    }
    request.to.session = row.text();
    request.devices = devicesFrom(row);
    request.application = row.text();
    request.contentType = row.text();
    request.ttl = Milliseconds(row.number());
    request.priority = row.named(pushPriorityFromText);
    request.when = row.named(pushWhenFromText);
    request.choice = row.named(deviceChoiceFromText);
    request.sirMode = row.namedOrNone(sirModeFromText);
    request.body = row.bytes();
    request.reference = row.text();
    request.notBefore = row.time();
    request.notifyTo = row.text();
    request.terms = row.bytes();
    request.contentEncoding = row.text();
    request.confirm = row.flag();
    push.awaitsConfirmation = !row.flag() && isTerminal(push.state);
    return push;
}

Delivery deliveryFrom(SqlRow &row)
{
    Delivery delivery;
    delivery.device = row.device();
    delivery.state = row.named(pushStateFromText);
    delivery.reason = row.code();
    delivery.wake = row.id<WakeId>();
    delivery.attempts = row.integer();
    delivery.changedAt = row.time();
    return delivery;
}

Result<Done> readDeliveries(SqlConnection &connection, Push &push)
{
    return connection.each(u"SELECT device_id, state, reason, wake_id, attempts, changed_at FROM deliveries "
                           "WHERE push_id = ? ORDER BY position"_s,
                           {push.id.text()}, [&](SqlRow &row) { push.deliveries.append(deliveryFrom(row)); });
}

/// A push gains deliveries and never loses one.
Result<Done> writeDeliveries(SqlConnection &connection, const Push &push)
{
    for (qsizetype i = 0; i < push.deliveries.size(); ++i) {
        const Delivery &delivery = push.deliveries[i];
        const auto written = connection.write(
            u"INSERT INTO deliveries (push_id, position, device_id, state, reason, wake_id, "
            "attempts, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (push_id, "
            "position) DO UPDATE SET state = excluded.state, "
            "reason = excluded.reason, wake_id = excluded.wake_id, attempts = "
            "excluded.attempts, changed_at = excluded.changed_at"_s,
            {push.id.text(), i, delivery.device.toString(), name(toText(delivery.state)),
             QString::fromLatin1(delivery.reason), delivery.wake.text(), delivery.attempts,
             delivery.changedAt.ms});
        if (!written)
            return written.error();
    }
    return Done{};
}

} // namespace

Result<Done> writeRow(SqlConnection &connection, const Push &push)
{
    // What was asked for never changes, so that it is written once.
    const bool isNew = push.state == PushState::Accepted && push.deliveries.isEmpty();
    const auto changed = isNew ? Result<qint64>(0)
                               : connection.write(u"UPDATE pushes SET finished = ?, state = ?, expires_at = ?, finished_at = ? "
                                                  "WHERE id = ?"_s,
                                                  {isFinished(push), name(toText(push.state)), push.expiresAt.ms,
                                                   push.finishedAt.ms, push.id.text()});
    if (!changed)
        return changed.error();
    if (*changed > 0)
        return writeDeliveries(connection, push);
    const PushRequest &request = push.request;
    const auto written = connection.write(
        u"INSERT INTO pushes (finished, id, state, accepted_at, expires_at, finished_at, "
        "user_id, initiator, target_user, target_device, target_msisdn, target_session, "
        "named_devices, application, content_type, ttl_ms, priority, send_when, choice, sir_mode, body, "
        "reference, not_before, notify_to, terms, content_encoding, confirm) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) "
        "DO UPDATE SET finished = excluded.finished, state = excluded.state, accepted_at = "
        "excluded.accepted_at, expires_at = excluded.expires_at, finished_at = "
        "excluded.finished_at, user_id = excluded.user_id, initiator = excluded.initiator, "
        "target_user = excluded.target_user, target_device = excluded.target_device, "
        "target_msisdn = excluded.target_msisdn, target_session = excluded.target_session, "
        "named_devices = excluded.named_devices, application = excluded.application, "
        "content_type = excluded.content_type, ttl_ms = excluded.ttl_ms, priority = "
        "excluded.priority, send_when = excluded.send_when, choice = excluded.choice, sir_mode = excluded.sir_mode, body "
        "= excluded.body, reference = excluded.reference, not_before = excluded.not_before, "
        "notify_to = excluded.notify_to, terms = excluded.terms, "
        "content_encoding = excluded.content_encoding, confirm = excluded.confirm"_s,
        {isFinished(push),
         push.id.text(),
         name(toText(push.state)),
         push.acceptedAt.ms,
         push.expiresAt.ms,
         push.finishedAt.ms,
         push.user.toString(),
         request.initiator.text(),
         request.to.user.toString(),
         request.to.device.toString(),
         request.to.msisdn.digits(),
         request.to.session,
         toJson(request.devices),
         request.application,
         request.contentType,
         qint64(request.ttl.count()),
         name(toText(request.priority)),
         name(toText(request.when)),
         name(toText(request.choice)),
         request.sirMode ? name(toText(*request.sirMode)) : QString(),
         request.body,
         request.reference,
         request.notBefore.ms,
         request.notifyTo,
         request.terms,
         request.contentEncoding,
         int(request.confirm)});
    if (!written)
        return written.error();
    return writeDeliveries(connection, push);
}

Result<std::optional<Push>> readPushRow(SqlConnection &connection, const PushId &id)
{
    std::optional<Push> push;
    Result<Done> read = connection.each(selectPushes() + u"id = ?"_s, {id.text()},
                                        [&](SqlRow &row) { push = pushFrom(row); });
    if (read && push)
        read = readDeliveries(connection, *push);
    if (!read)
        return read.error();
    return push;
}

Result<std::optional<ListedPush>> readListedPush(SqlConnection &connection, const PushId &id)
{
    std::optional<ListedPush> item;
    Result<Done> read = connection.each(selectPushes(false) + u"id = ?"_s, {id.text()}, [&](SqlRow &row) {
        const Push push = pushFrom(row);
        item = ListedPush{push, row.number()};
    });
    if (read && item)
        read = readDeliveries(connection, item->push);
    if (!read)
        return read.error();
    return item;
}

Result<QVector<Push>> readPushesByReference(SqlConnection &connection, const InitiatorId &initiator,
                                            const QString &reference)
{
    QStringList ids;
    const Result<Done> read =
        connection.each(u"SELECT id FROM pushes WHERE initiator = ? AND reference = ? AND reference <> '' ORDER BY id"_s,
                        {initiator.text(), reference}, [&](SqlRow &row) { ids.append(row.text()); });
    if (!read)
        return read.error();
    QVector<Push> pushes;
    for (const QString &id : std::as_const(ids)) {
        auto push = readPushRow(connection, PushId(id));
        if (!push)
            return push.error();
        if (*push)
            pushes.append(*std::move(*push));
    }
    return pushes;
}

Result<QVector<Push>> readUnfinishedPushes(SqlConnection &connection)
{
    QVector<Push> pushes;
    QHash<PushId, qsizetype> positions;
    Result<Done> read =
        connection.each(selectPushes() + u"finished = 0 ORDER BY id"_s, {}, [&](SqlRow &row) {
            pushes.append(pushFrom(row));
            positions.insert(pushes.last().id, pushes.size() - 1);
        });
    if (read) {
        read = connection.each(
            u"SELECT push_id, device_id, deliveries.state, reason, wake_id, attempts, changed_at FROM pushes "
            "JOIN deliveries ON deliveries.push_id = pushes.id WHERE finished = 0 ORDER BY push_id, position"_s,
            {}, [&](SqlRow &row) {
                const auto found = positions.constFind(row.id<PushId>());
                if (found != positions.constEnd())
                    pushes[*found].deliveries.append(deliveryFrom(row));
            });
    }
    if (!read)
        return read.error();
    return pushes;
}

Result<PushId> readHighestPush(SqlConnection &connection)
{
    PushId highest;
    const Result<Done> read = connection.each(u"SELECT id FROM pushes ORDER BY id DESC LIMIT 1"_s, {},
                                              [&](SqlRow &row) { highest = row.id<PushId>(); });
    return read ? Result<PushId>(highest) : Result<PushId>(read.error());
}

Result<qint64> removeFinishedBefore(SqlConnection &connection, Timestamp time, int limit)
{
    const auto pushes = connection.write(
        u"DELETE FROM pushes WHERE id IN (SELECT id FROM pushes WHERE finished = 1 AND finished_at < ? LIMIT ?)"_s,
        {time.ms, limit});
    if (!pushes)
        return pushes;
    const auto wakes = connection.write(
        u"DELETE FROM wakes WHERE id IN (SELECT id FROM wakes WHERE finished = 1 AND requested_at < ? LIMIT ?)"_s,
        {time.ms, limit});
    if (!wakes)
        return wakes;
    return *pushes + *wakes;
}

} // namespace reveille
