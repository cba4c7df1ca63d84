// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/pushlisting.h"

#include "domain/explanationrecord.h"
#include "domain/selection.h"
#include "engine/engine.h"

#include <algorithm>

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

/// Of the entries of a push, which come in their order: a device that had its turn later stands in a later one.
std::optional<Explanation> recordedIn(const QVector<JournalEntry> &entries, const Push &push)
{
    Explanation explanation;
    bool isThere = false;
    for (const JournalEntry &entry : entries) {
        for (const auto &[name, value] : entry.fields) {
            const auto one = name == u"checks" ? explanationFromRecord(value, push) : std::nullopt;
            if (!one)
                continue;
            isThere = true;
            explanation.complete &= one->complete;
            for (const DeviceExplanation &device : one->devices) {
                const auto same = std::find_if(explanation.devices.begin(), explanation.devices.end(),
                                               [&](const DeviceExplanation &other) { return other.device == device.device; });
                if (same == explanation.devices.end())
                    explanation.devices.append(device);
                else
                    *same = device;
            }
        }
    }
    return isThere ? std::optional(explanation) : std::nullopt;
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
    const std::optional<Explanation> known = engine.pushes().explanation(id);
    if (known && known->complete) {
        done(*known);
        return;
    }
    findPush(engine, id, [&engine, known, done = std::move(done)](const Result<Push> &push) {
        if (!push)
            return done(push.error());
        JournalQuery query;
        query.kind = JournalKind::Push;
        query.push = push->id.text();
        query.ascending = true;
        engine.store().readJournal(query, [known, push = *push, done](const Result<QVector<JournalEntry>> &entries) {
            if (auto explanation = entries ? recordedIn(*entries, push) : std::nullopt)
                return done(withOutcomes(std::move(*explanation), push));
            Explanation explanation = known ? *known : withOutcomes({}, push);
            explanation.complete = false;
            done(explanation);
        });
    });
}

} // namespace reveille
