// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/httprouter.h"

#include "http/problem.h"

namespace reveille {

void HttpRouter::add(const QByteArray &method, const QByteArray &pattern, HttpHandler handler, HttpRouteTerms terms)
{
    Route route{method, {}, std::move(handler), std::move(terms)};
    for (const QByteArray &segment : pattern.mid(1).split('/'))
        route.segments.append(QString::fromLatin1(segment));
    m_routes.append(std::move(route));
}

bool HttpRouter::matches(const Route &route, const QVector<QString> &segments,
                         QHash<QString, QString> *params)
{
    if (route.segments.size() != segments.size())
        return false;
    params->clear();
    for (qsizetype i = 0; i < segments.size(); ++i) {
        const QString &wanted = route.segments[i];
        if (wanted.startsWith(u'{')) {
            if (segments[i].isEmpty())
                return false;
            params->insert(wanted.sliced(1, wanted.size() - 2), segments[i]);
        } else if (wanted != segments[i]) {
            return false;
        }
    }
    return true;
}

HttpVerdict HttpRouter::judge(const HttpRequest &head, const QString &peer, qint64 usual) const
{
    HttpVerdict verdict;
    verdict.call.peer = peer;
    verdict.call.request = head;
    verdict.bodyLimit = usual;
    verdict.refusal = choose(verdict);
    return verdict;
}

std::optional<HttpResponse> HttpRouter::choose(HttpVerdict &verdict) const
{
    HttpCall &call = verdict.call;
    auto target = HttpTarget::parse(call.request.target);
    if (!target)
        return problem(target.error());
    call.target = std::move(*target);
    if (m_guard) {
        if (auto refusal = m_guard(call))
            return refusal;
    }
    QVector<QString> segments;
    for (const QByteArray &segment : std::as_const(call.target.segments)) {
        auto text = percentDecode(segment);
        if (!text)
            return problem(text.error());
        segments.append(*text);
    }

    const QByteArray method = call.request.method == "HEAD" ? QByteArrayLiteral("GET") : call.request.method;
    QByteArrayList allowed;
    for (const Route &candidate : m_routes) {
        if (!matches(candidate, segments, &call.params))
            continue;
        if (candidate.method == method) {
            if (candidate.terms.guard) {
                if (auto refusal = candidate.terms.guard(call))
                    return refusal;
            }
            verdict.handler = candidate.handler;
            if (candidate.terms.bodyLimit > 0)
                verdict.bodyLimit = candidate.terms.bodyLimit;
            return {};
        }
        allowed.append(candidate.method);
        if (candidate.method == "GET")
            allowed.append("HEAD");
    }
    if (allowed.isEmpty())
        return problem({"not-found", {}});
    HttpResponse response = problem({"method-not-allowed", QString::fromLatin1(call.request.method)});
    response.headers.add("Allow", allowed.join(", "));
    return response;
}

QByteArrayList HttpRouter::routes() const
{
    QByteArrayList routes;
    for (const Route &route : m_routes)
        routes.append(route.method + " /" + QStringList(route.segments).join(u'/').toUtf8());
    return routes;
}

} // namespace reveille
