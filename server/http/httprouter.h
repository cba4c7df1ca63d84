// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/httpcall.h"

#include <QByteArrayList>
#include <QVector>

namespace reveille {

/// Which handler a method and a path belong to. Patterns are "/v1/users/{user}"; a {name} takes one segment
/// that is not empty, percent-decoded after the path was cut, so that an escaped slash stays inside. Server
/// thread.
class HttpRouter {
public:
    /// Where two patterns fit a path, the one added first wins. GET also serves HEAD.
    /// A `bodyLimit` above that of the listener holds for this route only, and only for those the guard lets in.
    void add(const QByteArray &method, const QByteArray &pattern, HttpHandler handler, qint64 bodyLimit = 0);
    void setGuard(HttpGuard guard) { m_guard = std::move(guard); }

    /// Finds the handler and calls it, or answers 400 http-escape, 404 not-found, 405 method-not-allowed with
    /// Allow.
    void route(HttpRequest request, const QString &peer, const HttpReply &reply) const;
    /// Octets that the body of a request with this head may have.
    qint64 bodyLimit(const HttpRequest &head, qint64 usual) const;
    /// "GET /v1/users/{user}", in the order added.
    QByteArrayList routes() const;

private:
    struct Route {
        QByteArray method;
        QVector<QString> segments; ///< "{name}" for a parameter
        HttpHandler handler;
        qint64 bodyLimit = 0;
    };
    static bool matches(const Route &route, const QVector<QString> &segments,
                        QHash<QString, QString> *params);

    QVector<Route> m_routes;
    HttpGuard m_guard;
};

} // namespace reveille
