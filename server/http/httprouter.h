// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/httpcall.h"

#include <QByteArrayList>
#include <QVector>

namespace reveille {

/// What a route asks of requests before their bodies are read.
struct HttpRouteTerms {
    HttpGuard guard{};    ///< after that of the router
    qint64 bodyLimit = 0; ///< octets, instead of what the listener takes; 0 = as the listener
};

/// What becomes of a request, judged by its head (HttpCall::request without the body).
struct HttpVerdict {
    HttpCall call;
    HttpHandler handler; ///< none where it is refused
    std::optional<HttpResponse> refusal;
    qint64 bodyLimit = 0; ///< octets that its body may have
};

/// Which handler a method and a path belong to. Patterns are "/v1/users/{user}"; a {name} takes one segment
/// that is not empty, percent-decoded after the path was cut, so that an escaped slash stays inside. Server
/// thread.
class HttpRouter {
public:
    /// Where two patterns fit a path, the one added first wins. GET also serves HEAD.
    void add(const QByteArray &method, const QByteArray &pattern, HttpHandler handler, HttpRouteTerms terms = {});
    void setGuard(HttpGuard guard) { m_guard = std::move(guard); }

    /// Finds the handler, or refuses: what the guards say, 400 http-escape, 404 not-found, 405 method-not-allowed with
    /// Allow. `usual`: octets of a body that the listener takes.
    HttpVerdict judge(const HttpRequest &head, const QString &peer, qint64 usual) const;
    /// "GET /v1/users/{user}", in the order added.
    QByteArrayList routes() const;

private:
    struct Route {
        QByteArray method;
        QVector<QString> segments; ///< "{name}" for a parameter
        HttpHandler handler;
        HttpRouteTerms terms;
    };
    static bool matches(const Route &route, const QVector<QString> &segments,
                        QHash<QString, QString> *params);
    std::optional<HttpResponse> choose(HttpVerdict &verdict) const;

    QVector<Route> m_routes;
    HttpGuard m_guard;
};

} // namespace reveille
