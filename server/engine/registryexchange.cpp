// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/registrystate.h"

#include <QPointer>

#include <algorithm>

namespace reveille {

PathExchange Registry::exchangeOf(const Path &path, PathExchange::What what) const
{
    PathExchange exchange;
    exchange.what = what;
    exchange.device = path.device;
    exchange.connection = path.id;
    exchange.facts = path.facts;
    const Timestamp heard = std::max(path.liveness.lastPacket(), path.liveness.lastProof());
    if (heard.isSet())
        exchange.silence = d->clock.now() - heard;
    const LivenessPolicy &policy = path.liveness.policy();
    exchange.overdue = policy.keepAliveInterval.count() > 0
        && exchange.silence >= policy.keepAliveInterval + policy.keepAliveGrace;
    return exchange;
}

template <typename Start>
void Registry::exchange(ConnectionId id, PathExchange::What what, AnswerCallback done, Start start)
{
    Path *path = d->path(id);
    if (!path || !path->connection) {
        d->timers.start(Milliseconds(0), [done = std::move(done)] { done({SendOutcome::Kind::Broken, "closed", {}}); });
        return;
    }
    const PathExchange begun = exchangeOf(*path, what);
    Connection &connection = *path->connection;
    Q_EMIT sent(begun);
    start(connection, [guard = QPointer<Registry>(this), begun, done = std::move(done)](const SendOutcome &outcome) {
        if (guard) {
            PathExchange ended = begun;
            ended.outcome = outcome.kind;
            ended.code = outcome.code;
            ended.request = outcome.request;
            Q_EMIT guard->answered(ended);
        }
        done(outcome);
    });
}

void Registry::send(ConnectionId id, const PushMessage &message, AnswerCallback done)
{
    exchange(id, PathExchange::What::Push, std::move(done),
             [&](Connection &connection, AnswerCallback answered) { connection.send(message, std::move(answered)); });
}

void Registry::probe(ConnectionId id, AnswerCallback done)
{
    exchange(id, PathExchange::What::Probe, std::move(done),
             [](Connection &connection, AnswerCallback answered) { connection.probe(std::move(answered)); });
}

} // namespace reveille
