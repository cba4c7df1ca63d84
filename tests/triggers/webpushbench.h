// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/enginefixture.h"
#include "support/httppeer.h"
#include "support/vapidsigner.h"
#include "triggers/triggerlistener.h"

namespace reveille {

/// The external interface over an engine with one device of alice, an application server, and a push resource.
class WebPushBench : public EngineFixture
{
public:
    using Headers = QVector<std::pair<QByteArray, QByteArray>>;
    static constexpr char origin[] = "https://push.example";

    explicit WebPushBench(std::shared_ptr<MemoryStore> kept = std::make_shared<MemoryStore>(),
                          std::shared_ptr<FakeClock> time = std::make_shared<FakeClock>())
        : EngineFixture(std::move(kept), std::move(time))
    {
        listen();
    }
    void listen(const TriggerListener::Settings &settings = {})
    {
        peer.reset();
        listener = std::make_unique<TriggerListener>(settings, *engine);
        listener->setOrigins({QString::fromLatin1(origin)});
        const auto bound = listener->start(*IpAddress::parse(u"127.0.0.1"), 0);
        peer = std::make_unique<HttpPeer>(bound ? bound->section(u':', 1).toUShort() : quint16(0));
    }
    /// Of device `n`; `token` is that of the newest one.
    PushResource makeResource(int n = 1, const PushResource &order = {})
    {
        PushResource wanted = order;
        wanted.device = deviceId(n);
        wanted.application = QStringLiteral("news");
        std::optional<Result<PushResources::Made>> answer;
        engine->pushResources().add(wanted, [&](const Result<PushResources::Made> &made) { answer = made; });
        settle([&] { return answer.has_value(); });
        if (!answer || !*answer)
            return {};
        token = (*answer)->token;
        return (*answer)->resource;
    }
    /// Sends as a library does; a header given replaces the usual one, an empty value takes it away.
    HttpResponse push(const Headers &headers = {}, const QByteArray &body = "octets")
    {
        return ask("POST", "/wpush/" + token, headers, body);
    }
    HttpResponse ask(const QByteArray &method, const QByteArray &target, const Headers &headers = {}, const QByteArray &body = {})
    {
        HttpRequest request;
        request.method = method;
        request.target = target;
        request.body = body;
        request.headers.add("Host", "127.0.0.1");
        if (method == "POST") {
            request.headers.add("TTL", "60");
            request.headers.add("Content-Type", "application/octet-stream");
            request.headers.add("Content-Encoding", "aes128gcm");
        }
        for (const auto &[name, value] : headers) {
            request.headers.remove(name);
            if (!value.isEmpty())
                request.headers.add(name, value);
        }
        peer->send(serialise(request));
        return peer->response();
    }
    /// "/wpush/TOKEN/m/ID" of what was answered.
    static QByteArray pathOf(const HttpResponse &response) { return response.headers.value("Location").mid(qstrlen(origin)); }
    static PushId idOf(const HttpResponse &response)
    {
        return PushId(QString::fromLatin1(pathOf(response)).section(QLatin1Char('/'), -1));
    }
    static QByteArray receiptOf(const HttpResponse &response)
    {
        const QByteArray link = response.headers.value("Link");
        return link.mid(1, link.indexOf('>') - 1).mid(qstrlen(origin));
    }
    QByteArray signedFor(const QByteArray &audience, qint64 expiresIn = 3600) const
    {
        return signer.authorization(VapidSigner::claims(audience, clock->now().ms / 1000 + expiresIn));
    }
    /// Rows of the journal with this event that have these fields.
    int journaled(const QString &event, const QVector<std::pair<QString, QString>> &fields) const
    {
        const QVector<JournalEntry> rows = engine->journal().since({});
        return int(std::count_if(rows.begin(), rows.end(), [&](const JournalEntry &row) {
            return row.event == event && std::all_of(fields.begin(), fields.end(),
                                                     [&](const auto &field) { return row.fields.contains(field); });
        }));
    }
    int refused(const QString &code) const { return journaled(QStringLiteral("trigger-refused"), {{QStringLiteral("code"), code}}); }

    const VapidSigner signer;
    QByteArray token;
    std::unique_ptr<TriggerListener> listener;
    std::unique_ptr<HttpPeer> peer;
};

} // namespace reveille
