// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/httprouter.h"

#include <QJsonObject>

namespace reveille {

class Engine;
struct ImportReport;

/// POST /v1/subscribers/import (text/csv, see provisioningcsv.h; ?dry_run=1, ?keep_good=1) and
/// GET /v1/subscribers/export?limit=&cursor= (text/csv; where there is more, Link names the next page). An import answers
/// importView() once everything is durable; with bad rows and no leave to keep the good ones it applies nothing and answers
/// the problem import-bad-rows, or import-unreadable, with the same members. Server thread.
class SubscribersApi {
public:
    SubscribersApi(Engine &engine, QString realm, qint64 mostOctets, qint64 mostRows)
        : m_engine(engine)
        , m_realm(std::move(realm))
        , m_mostOctets(mostOctets)
        , m_mostRows(mostRows)
    {
    }

    void addTo(HttpRouter &router);

private:
    void import(const HttpCall &call, const HttpReply &reply);
    void exportPage(const HttpCall &call, const HttpReply &reply);

    Engine &m_engine;
    QString m_realm;
    qint64 m_mostOctets;
    qint64 m_mostRows;
};

/// {"dry_run","applied","rows","users":{"made","changed","unchanged"},"devices":{…},"bad_rows","unreadable",
///  "bad":[{"line","column","name","code","about"}],"changes":[{"line","change":"made"|"changed","user","device"}]}; of the
/// lists the first 1000 each.
QJsonObject importView(const ImportReport &report);

} // namespace reveille
