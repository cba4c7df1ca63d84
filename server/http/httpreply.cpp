// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/httpreply.h"

#include "http/httpconnection.h"
#include "http/problem.h"
#include "wire/json.h"

namespace reveille {

struct HttpReply::Shared {
    QPointer<HttpConnection> connection;
    QString peer;
    quint64 exchange = 0;
    bool answered = false;

    ~Shared()
    {
        if (!answered && connection)
            connection->respond(exchange, problem({"internal", {}}));
    }
};

HttpReply::HttpReply(HttpConnection *connection, quint64 exchange)
    : d(std::make_shared<Shared>())
{
    d->connection = connection;
    d->exchange = exchange;
    d->peer = connection->peer();
}

void HttpReply::send(HttpResponse response) const
{
    if (std::exchange(d->answered, true) || !d->connection)
        return;
    d->connection->respond(d->exchange, std::move(response));
}

void HttpReply::sendJson(int status, const QJsonObject &object) const
{
    HttpResponse response;
    response.status = status;
    response.headers.add("Content-Type", "application/json");
    response.body = toJsonBytes(object);
    send(std::move(response));
}

void HttpReply::sendProblem(const Error &error) const
{
    send(problem(error));
}

void HttpReply::sendNothing() const
{
    HttpResponse response;
    response.status = 204;
    send(std::move(response));
}

void HttpReply::sendDone(const Result<Done> &done) const
{
    if (done)
        sendNothing();
    else
        sendProblem(done.error());
}

EventStream *HttpReply::openEvents() const
{
    if (std::exchange(d->answered, true) || !d->connection)
        return nullptr;
    return d->connection->respondWithEvents(d->exchange);
}

QString HttpReply::peer() const
{
    return d->peer;
}

bool HttpReply::isGone() const
{
    return d->answered || !d->connection || !d->connection->isWaitingFor(d->exchange);
}

} // namespace reveille
