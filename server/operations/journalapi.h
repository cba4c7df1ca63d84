// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/journalentry.h"
#include "http/httprouter.h"

namespace reveille {

class Engine;

/// GET /v1/journal?kind=&user=&device=&push=&wake=&text=&from=&until=&after=&limit=&cursor= ->
/// {"items","next"}.
///
/// Newest first, unless `after` is given: then the entries with a greater id, oldest first, as for following.
/// `next` is the `cursor` of the page that follows in the same order. Reads the store, after what is staged
/// for it was handed over, so that nothing that has happened is missing. Errors query-kind, query-time,
/// query-after, query-cursor, query-limit, and those of the identifiers. Server thread.
class JournalApi {
public:
    explicit JournalApi(Engine &engine)
        : m_engine(engine)
    {
    }

    void addTo(HttpRouter &router);

    static Result<JournalQuery> queryOf(const HttpCall &call);

private:
    void read(const HttpCall &call, const HttpReply &reply);

    Engine &m_engine;
};

} // namespace reveille
