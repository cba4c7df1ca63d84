// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"
#include "wire/httpmessage.h"

#include <QJsonObject>
#include <QPointer>

#include <memory>

namespace reveille {

class EventStream;
class HttpConnection;

/// The right to answer one request, once. Copies share it: the first answer counts, later ones do nothing, as
/// does an answer to a connection that is gone. When the last copy goes unanswered, the peer gets 500. Server
/// thread.
class HttpReply {
public:
    HttpReply(HttpConnection *connection, quint64 exchange);

    void send(HttpResponse response) const;
    void sendJson(int status, const QJsonObject &object) const;
    void sendProblem(const Error &error) const;
    /// 204.
    void sendNothing() const;
    /// 204, or the problem.
    void sendDone(const Result<Done> &done) const;
    /// Answers with an endless text/event-stream. The stream belongs to the connection: hold it by QPointer.
    /// nullptr where the answer was given or the connection is gone.
    EventStream *openEvents() const;
    /// Who asked, "127.0.0.1:40112"; known even where it has gone.
    QString peer() const;
    /// Nobody would read an answer.
    bool isGone() const;

private:
    struct Shared;
    std::shared_ptr<Shared> d;
};

} // namespace reveille
