// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pushlisting.h"

#include "domain/selection.h"
#include "engine/engine.h"

namespace reveille {

namespace {

/// What the engine knows better: the states of pushes that are in memory.
PushPage asItStands(const PushDispatcher &pushes, const PushPage &stored, const PushQuery &query)
{
    PushPage page{{}, stored.next};
    for (const ListedPush &item : stored.pushes) {
        const std::optional<Push> known = pushes.push(item.push.id);
        if (const ListedPush now = known ? listed(*known) : item; matches(now.push, query))
            page.pushes.append(now);
    }
    return page;
}

} // namespace

void listPushes(Engine &engine, const PushQuery &query, std::function<void(Result<PushPage>)> done)
{
    PushQuery asked = query;
    if (const Device *device = query.device.isEmpty() ? nullptr : engine.registry().device(query.device))
        asked.device = device->id;
    engine.writes().commit([&engine, asked, done = std::move(done)](const Result<Done> &written) {
        if (!written) {
            done(written.error());
            return;
        }
        engine.store().readPushes(asked, [&engine, asked, done](const Result<PushPage> &page) {
            if (page)
                done(asItStands(engine.pushes(), *page, asked));
            else
                done(page.error());
        });
    });
}

void findPush(Engine &engine, const PushId &id, std::function<void(Result<Push>)> done)
{
    if (const std::optional<Push> known = engine.pushes().push(id)) {
        done(*known);
        return;
    }
    engine.store().readPush(id, [id, done = std::move(done)](const Result<std::optional<Push>> &push) {
        if (!push)
            done(push.error());
        else if (*push)
            done(**push);
        else
            done(Error{"push-unknown", id.text()});
    });
}

void findExplanation(Engine &engine, const PushId &id, std::function<void(Result<Explanation>)> done)
{
    if (const std::optional<Explanation> known = engine.pushes().explanation(id)) {
        done(*known);
        return;
    }
    findPush(engine, id, [done = std::move(done)](const Result<Push> &push) {
        if (!push)
            return done(push.error());
        Explanation explanation = withOutcomes({}, *push);
        explanation.complete = false;
        done(explanation);
    });
}

} // namespace reveille
