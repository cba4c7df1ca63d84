// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operations/operationslistener.h"
#include "support/enginefixture.h"
#include "support/httppeer.h"

namespace reveille {

/// A listener of staff over an engine the test holds in its hands, and a client with the right token.
struct OperationsFixture : EngineFixture {
    static inline const QByteArray token = QByteArrayLiteral("0123456789abcdef0123456789abcdef0123456789a");

    OperationsFixture()
    {
        OperationsListener::Settings settings;
        settings.token = token;
        settings.realm = QStringLiteral("lab.example");
        settings.hosts = {QStringLiteral("push.lab.example")};
        listener = std::make_unique<OperationsListener>(settings, *engine);
        const auto bound = listener->start(*IpAddress::parse(u"127.0.0.1"), 0);
        port = bound ? bound->section(u':', 1).toUShort() : quint16(0);
        peer = newPeer();
    }
    std::unique_ptr<HttpPeer> newPeer() const
    {
        auto made = std::make_unique<HttpPeer>(port);
        made->setHeader("Authorization", "Bearer " + token);
        return made;
    }
    HttpResponse ask(const QByteArray &method, const QByteArray &target, const QByteArray &body = {})
    {
        return peer->ask(method, target, body);
    }
    QJsonObject get(const QByteArray &target) { return HttpPeer::json(ask("GET", target)); }
    static QByteArray path(const DeviceId &id, const QByteArray &rest = {})
    {
        return "/v1/devices/" + percentEncode(id.toString()) + rest;
    }

    quint16 port = 0;
    std::unique_ptr<OperationsListener> listener;
    std::unique_ptr<HttpPeer> peer;
};

} // namespace reveille
