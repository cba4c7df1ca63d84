// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/jsoncolumns.h"
#include "store/pushrows.h"
#include "store/sqlconnection.h"
#include "store/sqlrow.h"

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

/// Everything wakeFrom() reads, up to the condition.
QString selectWakes()
{
    return u"SELECT id, state, device_id, user_id, order_bearer, order_mode, order_empty, "
           "order_requests, order_application, order_by_hand, order_reason, because, mode, "
           "identity_inside, furthest, outcome, next_attempt_at, step_times, attempts, sir, "
           "order_session, repeats, checks, order_gateway FROM "
           "wakes WHERE "_s;
}

QString name(const char *code)
{
    return QString::fromLatin1(code);
}

WakeUp wakeFrom(SqlRow &row)
{
    WakeUp wake;
    wake.id = row.id<WakeId>();
    wake.state = row.named(wakeStateFromText);
    wake.device = row.device();
    wake.user = row.user();
    wake.order.bearer = row.text();
    wake.order.mode = row.namedOrNone(sirModeFromText);
    wake.order.empty = row.flag();
    wake.order.requests = SirRequests::fromInt(row.integer());
    wake.order.application = row.text();
    wake.order.byHand = row.flag();
    wake.order.reason = row.text();
    wake.because = lossReasonFromText(row.text());
    wake.mode = row.named(sirModeFromText);
    wake.identityInside = row.flag();
    wake.furthest = row.named(wakeStepFromText);
    wake.outcome = row.code();
    wake.nextAttemptAt = row.time();
    wake.stepTimes = timesFrom(row);
    wake.stepTimes.resize(int(WakeStep::Delivered) + 1);
    wake.attempts = attemptsFrom(row);
    wake.sir = row.bytes();
    wake.order.session = row.text();
    wake.order.repeats = row.id<WakeId>();
    wake.checks = checksFrom(row);
    wake.order.gateway = row.text();
    return wake;
}

Result<QVector<WakeUp>> readWakes(SqlConnection &connection, const QString &condition,
                                  const QVariantList &values)
{
    QVector<WakeUp> wakes;
    const Result<Done> read =
        connection.each(selectWakes() + condition, values, [&](SqlRow &row) { wakes.append(wakeFrom(row)); });
    if (!read)
        return read.error();
    return wakes;
}

} // namespace

Result<Done> writeRow(SqlConnection &connection, const WakeUp &wake)
{
    const WakeOrder &order = wake.order;
    const auto written = connection.write(
        u"INSERT INTO wakes (finished, requested_at, id, state, device_id, user_id, "
        "order_bearer, order_mode, order_empty, order_requests, order_application, "
        "order_by_hand, order_reason, because, mode, identity_inside, furthest, outcome, "
        "next_attempt_at, step_times, attempts, sir, order_session, repeats, checks, order_gateway) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, "
        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET finished = "
        "excluded.finished, requested_at = excluded.requested_at, state = excluded.state, "
        "device_id = excluded.device_id, user_id = excluded.user_id, order_bearer = "
        "excluded.order_bearer, order_mode = excluded.order_mode, order_empty = "
        "excluded.order_empty, order_requests = excluded.order_requests, order_application = "
        "excluded.order_application, order_by_hand = excluded.order_by_hand, order_reason = "
        "excluded.order_reason, because = excluded.because, mode = excluded.mode, "
        "identity_inside = excluded.identity_inside, furthest = excluded.furthest, outcome = "
        "excluded.outcome, next_attempt_at = excluded.next_attempt_at, step_times = "
        "excluded.step_times, attempts = excluded.attempts, sir = excluded.sir, order_session = "
        "excluded.order_session, repeats = excluded.repeats, checks = excluded.checks, "
        "order_gateway = excluded.order_gateway"_s,
        {int(isTerminal(wake.state)),
         wake.stepTimes.value(int(WakeStep::Requested)).ms,
         wake.id.text(),
         name(toText(wake.state)),
         wake.device.toString(),
         wake.user.toString(),
         order.bearer,
         order.mode ? name(toText(*order.mode)) : QString(),
         int(order.empty),
         int(order.requests.toInt()),
         order.application,
         int(order.byHand),
         order.reason,
         name(toText(wake.because)),
         name(toText(wake.mode)),
         int(wake.identityInside),
         name(toText(wake.furthest)),
         QString::fromLatin1(wake.outcome),
         wake.nextAttemptAt.ms,
         toJson(wake.stepTimes),
         toJson(wake.attempts),
         wake.sir,
         order.session,
         order.repeats.text(),
         checksToJson(wake.checks),
         order.gateway});
    if (!written)
        return written.error();
    return Done{};
}

Result<std::optional<WakeUp>> readWakeRow(SqlConnection &connection, const WakeId &id)
{
    const auto wakes = readWakes(connection, u"id = ?"_s, {id.text()});
    if (!wakes)
        return wakes.error();
    return wakes->isEmpty() ? std::nullopt : std::optional(wakes->first());
}

Result<QVector<WakeUp>> readUnfinishedWakes(SqlConnection &connection)
{
    return readWakes(connection, u"finished = 0 ORDER BY id"_s, {});
}

Result<WakeId> readHighestWake(SqlConnection &connection)
{
    WakeId highest;
    const Result<Done> read = connection.each(u"SELECT id FROM wakes ORDER BY id DESC LIMIT 1"_s, {},
                                              [&](SqlRow &row) { highest = row.id<WakeId>(); });
    return read ? Result<WakeId>(highest) : Result<WakeId>(read.error());
}

} // namespace reveille
