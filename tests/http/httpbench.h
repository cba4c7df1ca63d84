// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/eventstream.h"
#include "http/httpserver.h"
#include "support/fakeclock.h"
#include "support/httppeer.h"

#include <QPointer>

namespace reveille {

/// A server of HTTP on a free loopback port with handlers of every kind, made anew for each test function.
class HttpBench {
protected:
    static inline const QByteArray get = QByteArrayLiteral("GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n");

    void begin()
    {
        m_clock = std::make_unique<FakeClock>();
        listen();
    }
    void end()
    {
        m_server.reset();
        m_replies.clear();
        m_clock.reset();
    }
    void listen(const HttpSettings &settings = {})
    {
        m_server = std::make_unique<HttpServer>(settings, *m_clock, *m_clock);
        HttpRouter &router = m_server->router();
        router.add("GET", "/hello", [](const HttpCall &, const HttpReply &reply) {
            HttpResponse response;
            response.headers.add("Content-Type", "text/plain");
            response.body = "hello";
            reply.send(response);
        });
        router.add("POST", "/echo", [](const HttpCall &call, const HttpReply &reply) {
            HttpResponse response;
            response.body = call.request.body;
            reply.send(response);
        });
        router.add("GET", "/things/special", [](const HttpCall &, const HttpReply &reply) {
            reply.sendJson(200, {{QStringLiteral("thing"), QStringLiteral("literal")}});
        });
        router.add("GET", "/things/{thing}", [](const HttpCall &call, const HttpReply &reply) {
            reply.sendJson(200, {{QStringLiteral("thing"), call.param(QStringLiteral("thing"))}, {QStringLiteral("q"), call.target.item(u"q")}});
        });
        router.add("DELETE", "/things/{thing}",
                   [](const HttpCall &, const HttpReply &reply) { reply.sendNothing(); });
        router.add("GET", "/later",
                   [this](const HttpCall &, const HttpReply &reply) { m_replies.append(reply); });
        router.add("GET", "/never", [](const HttpCall &, const HttpReply &) {});
        router.add("GET", "/large", [](const HttpCall &, const HttpReply &reply) {
            HttpResponse response;
            response.body = QByteArray(8 * 1024 * 1024, 'x');
            reply.send(response);
        });
        router.add("GET", "/events",
                   [this](const HttpCall &, const HttpReply &reply) { m_stream = reply.openEvents(); });
        const auto bound = m_server->start(QStringLiteral("test/http"), *IpAddress::parse(u"127.0.0.1"), 0);
        if (!bound)
            qFatal("%s", qPrintable(bound.error().about));
        m_port = bound->section(u':', 1).toUShort();
    }

    quint16 m_port = 0;
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<HttpServer> m_server;
    QVector<HttpReply> m_replies;
    QPointer<EventStream> m_stream;
};

} // namespace reveille
