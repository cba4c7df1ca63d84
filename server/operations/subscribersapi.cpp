// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/subscribersapi.h"

#include "engine/engine.h"
#include "engine/subscriberexport.h"
#include "engine/subscriberimport.h"
#include "http/problem.h"
#include "wire/httptarget.h"
#include "wire/json.h"

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

bool saysCsv(const HttpRequest &request)
{
    const QByteArray type = request.headers.value("Content-Type").toLower();
    return type.left(type.indexOf(';')).trimmed() == "text/csv" || type.trimmed() == "text/csv";
}

/// A switch of the query: 1 or 0. Error query-flag.
Result<bool> flagOf(const HttpCall &call, const QString &name)
{
    const QString text = call.target.item(name);
    if (text == "1"_L1 || text == "true"_L1)
        return true;
    if (text == "0"_L1 || text == "false"_L1 || !call.target.hasItem(name))
        return false;
    return Error{"query-flag", name};
}

/// A name that is no item would be an order misunderstood: a dry run that is none.
Result<Done> onlyKnown(const HttpCall &call, const QStringList &known)
{
    for (const auto &[name, value] : call.target.query) {
        if (!known.contains(name))
            return Error{"query-unknown", name.left(64)};
    }
    return Done{};
}

QJsonObject tally(const ImportReport::Tally &tally)
{
    return {{u"made"_s, tally.made}, {u"changed"_s, tally.changed}, {u"unchanged"_s, tally.unchanged}};
}

} // namespace

QJsonObject importView(const ImportReport &report)
{
    QJsonArray bad;
    for (const RowFault &fault : report.bad) {
        bad.append(QJsonObject{{u"line"_s, fault.line},
                               {u"column"_s, fault.column == 0 ? QJsonValue() : QJsonValue(fault.column)},
                               {u"name"_s, jsonText(fault.name)},
                               {u"code"_s, QString::fromLatin1(fault.error.code)},
                               {u"about"_s, jsonText(fault.error.about)}});
    }
    QJsonArray changes;
    for (const ImportReport::RowChange &change : report.changes) {
        changes.append(QJsonObject{{u"line"_s, change.line},
                                   {u"change"_s, change.made ? u"made"_s : u"changed"_s},
                                   {u"user"_s, change.user.toString()},
                                   {u"device"_s, jsonText(change.device.toString())}});
    }
    return {{u"dry_run"_s, report.dryRun}, {u"applied"_s, report.applied},        {u"rows"_s, report.rows},
            {u"bad_rows"_s, report.badRows}, {u"unreadable"_s, report.unreadable}, {u"users"_s, tally(report.users)}, {u"devices"_s, tally(report.devices)},
            {u"bad"_s, bad},                 {u"changes"_s, changes}};
}

void SubscribersApi::addTo(HttpRouter &router)
{
    router.add(
        "POST", "/v1/subscribers/import",
        [this](const HttpCall &call, const HttpReply &reply) { import(call, reply); }, {.bodyLimit = m_mostOctets});
    router.add("GET", "/v1/subscribers/export",
               [this](const HttpCall &call, const HttpReply &reply) { exportPage(call, reply); });
}

void SubscribersApi::import(const HttpCall &call, const HttpReply &reply)
{
    if (!saysCsv(call.request))
        return reply.sendProblem({"media-type", QString::fromLatin1(call.request.headers.value("Content-Type").left(64))});
    const Result<Done> known = onlyKnown(call, {u"dry_run"_s, u"keep_good"_s});
    const Result<bool> dryRun = flagOf(call, u"dry_run"_s);
    const Result<bool> keepGood = flagOf(call, u"keep_good"_s);
    if (!known || !dryRun || !keepGood)
        return reply.sendProblem(!known ? known.error() : !dryRun ? dryRun.error() : keepGood.error());
    ProvisioningLimits limits;
    limits.rows = m_mostRows;
    limits.range = std::min(limits.range, m_mostRows);
    SubscriberImport::start(m_engine, m_realm, call.request.body, {*dryRun, *keepGood}, limits, {},
                            [reply, dry = *dryRun](const Result<ImportReport> &report) {
                                if (!report)
                                    return reply.sendProblem(report.error());
                                const QJsonObject view = importView(*report);
                                if (dry || report->applied || report->badRows == 0)
                                    return reply.sendJson(200, view);
                                const Error error = report->unreadable
                                    ? Error{"import-unreadable", {}}
                                    : Error{"import-bad-rows", QString::number(report->badRows)};
                                HttpResponse refusal = problem(error);
                                QJsonObject body = parseJsonObject(refusal.body).valueOr({});
                                for (auto it = view.begin(); it != view.end(); ++it)
                                    body.insert(it.key(), it.value());
                                refusal.body = toJsonBytes(body);
                                reply.send(std::move(refusal));
                            });
}

void SubscribersApi::exportPage(const HttpCall &call, const HttpReply &reply)
{
    qint64 rows = SubscriberExport::mostRows;
    const QString limit = call.target.item(u"limit");
    bool ok = true;
    if (call.target.hasItem(u"limit"))
        rows = limit.toLongLong(&ok);
    const Result<Done> known = onlyKnown(call, {u"limit"_s, u"cursor"_s});
    if (!known)
        return reply.sendProblem(known.error());
    if (!ok || rows < 1 || rows > SubscriberExport::mostRows)
        return reply.sendProblem({"query-limit", limit.left(64)});
    SubscriberExport::start(m_engine, call.target.item(u"cursor"), rows, [reply, rows](const Result<ExportPage> &page) {
        if (!page)
            return reply.sendProblem(page.error());
        HttpResponse response;
        response.headers.add("Content-Type", "text/csv; charset=utf-8; header=present");
        response.headers.add("Content-Disposition", "attachment; filename=\"subscribers.csv\"");
        if (!page->next.isEmpty()) {
            response.headers.add("Link", "</v1/subscribers/export?limit=" + QByteArray::number(rows) + "&cursor="
                                             + percentEncode(page->next) + ">; rel=\"next\"");
        }
        response.body = page->csv;
        reply.send(std::move(response));
    });
}

} // namespace reveille
