// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/httprouter.h"

#include "http/problem.h"

namespace reveille {

void HttpRouter::add(const QByteArray &method, const QByteArray &pattern, HttpHandler handler, qint64 bodyLimit)
{
    Route route{method, {}, std::move(handler), bodyLimit};
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

qint64 HttpRouter::bodyLimit(const HttpRequest &head, qint64 usual) const
{
    HttpCall call;
    call.request = head;
    const auto target = HttpTarget::parse(head.target);
    if (!target)
        return usual;
    QVector<QString> segments;
    for (const QByteArray &segment : target->segments)
        segments.append(QString::fromLatin1(segment));
    for (const Route &candidate : m_routes) {
        if (candidate.bodyLimit <= usual || candidate.method != head.method || !matches(candidate, segments, &call.params))
            continue;
        call.target = *target;
        return m_guard && m_guard(call) ? usual : candidate.bodyLimit;
    }
    return usual;
}

void HttpRouter::route(HttpRequest request, const QString &peer, const HttpReply &reply) const
{
    HttpCall call;
    call.peer = peer;
    call.request = std::move(request);
    auto target = HttpTarget::parse(call.request.target);
    if (!target) {
        reply.sendProblem(target.error());
        return;
    }
    call.target = std::move(*target);
    if (m_guard) {
        if (auto refusal = m_guard(call)) {
            reply.send(std::move(*refusal));
            return;
        }
    }
    QVector<QString> segments;
    for (const QByteArray &segment : std::as_const(call.target.segments)) {
        auto text = percentDecode(segment);
        if (!text) {
            reply.sendProblem(text.error());
            return;
        }
        segments.append(*text);
    }

    const QByteArray method = call.request.method == "HEAD" ? QByteArrayLiteral("GET") : call.request.method;
    QByteArrayList allowed;
    for (const Route &candidate : m_routes) {
        if (!matches(candidate, segments, &call.params))
            continue;
        if (candidate.method == method) {
            candidate.handler(call, reply);
            return;
        }
        allowed.append(candidate.method);
        if (candidate.method == "GET")
            allowed.append("HEAD");
    }
    if (allowed.isEmpty()) {
        reply.sendProblem({"not-found", {}});
        return;
    }
    HttpResponse response = problem({"method-not-allowed", QString::fromLatin1(call.request.method)});
    response.headers.add("Allow", allowed.join(", "));
    reply.send(std::move(response));
}

QByteArrayList HttpRouter::routes() const
{
    QByteArrayList routes;
    for (const Route &route : m_routes)
        routes.append(route.method + " /" + QStringList(route.segments).join(u'/').toUtf8());
    return routes;
}

} // namespace reveille
