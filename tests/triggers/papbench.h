// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/enginefixture.h"
#include "support/httppeer.h"
#include "triggers/triggerlistener.h"
#include "wire/multipart.h"
#include "wire/papreader.h"
#include "wire/papwriter.h"

namespace reveille {

/// An initiator that speaks PAP with a listener over an engine in the test's hands.
class PapBench {
public:
    explicit PapBench(TriggerListener::Settings settings = {}, std::shared_ptr<MemoryStore> store = std::make_shared<MemoryStore>(),
                      std::shared_ptr<FakeClock> clock = std::make_shared<FakeClock>(), const PushDispatcher::Limits &limits = {})
        : engine(std::move(store), std::move(clock), limits)
    {
        listener = std::make_unique<TriggerListener>(settings, *engine.engine);
        listener->load(noticesOf(*engine.store));
        const auto bound = listener->start(*IpAddress::parse(u"127.0.0.1"), 0);
        port = bound ? bound->section(u':', 1).toUShort() : quint16(0);
    }
    ~PapBench() { listener.reset(); }

    /// May send content of every class, and what nobody can be certain of.
    static InitiatorRights everyContent()
    {
        InitiatorRights rights;
        for (int i = 0; i < contentClasses; ++i)
            rights.allow(ContentClass(i));
        return rights;
    }
    QByteArray makeInitiator(const QString &name, const InitiatorRights &rights = {})
    {
        QByteArray token;
        engine.engine->addInitiator(name, rights, [&](const Result<std::pair<InitiatorId, QByteArray>> &made) {
            if (made)
                token = made->second;
        });
        engine.settle([&] { return !token.isEmpty(); });
        return token;
    }
    /// As the initiator of `token`, or of the one first made.
    HttpResponse post(const QByteArray &contentType, const QByteArray &body, const QByteArray &withToken = {})
    {
        if (token.isEmpty())
            token = makeInitiator(QStringLiteral("shop"));
        HttpPeer peer(port);
        peer.setHeader("Content-Type", contentType);
        peer.setHeader("Authorization", "Basic " + QByteArray("pi:" + (withToken.isEmpty() ? token : withToken)).toBase64());
        return peer.ask("POST", "/pap", body);
    }
    PapDocument ask(const PapBody &body, const QByteArray &withToken = {})
    {
        return read(post("application/xml", toPapBytes({{2, 0}, {}, {}, body}), withToken));
    }
    HttpResponse postPush(const PapPushMessage &message, const QVector<BodyPart> &parts, PapVersion version = {2, 0})
    {
        BodyPart control;
        control.headers.add("Content-Type", "application/xml");
        control.body = toPapBytes({version, {}, {}, message});
        const QVector<BodyPart> all = QVector<BodyPart>{control} + parts;
        const QByteArray boundary = multipartBoundary(all);
        return post("multipart/related; type=\"application/xml\"; boundary=" + boundary, toMultipartBytes(all, boundary));
    }
    PapPushResponse push(const PapPushMessage &message)
    {
        const PapDocument answer = read(postPush(message, {content()}));
        const auto *response = std::get_if<PapPushResponse>(&answer.body);
        return response ? *response : PapPushResponse{};
    }
    static BodyPart content()
    {
        BodyPart part;
        part.headers.add("Content-Type", "text/plain; charset=utf-8");
        part.headers.add("X-Wap-Application-Id", "x-wap-application:wml.ua");
        part.body = "hello";
        return part;
    }
    static PapDocument read(const HttpResponse &response)
    {
        const auto document = parsePap(response.body);
        return response.status == 202 && document ? *document : PapDocument{};
    }
    static PapPushMessage to(const QString &pushId, const QStringList &users = {QStringLiteral("alice")})
    {
        PapPushMessage message;
        message.pushId = pushId;
        for (const QString &user : users)
            message.addresses.append(QStringLiteral("WAPPUSH=%1%40lab.example/TYPE=USER@ppg").arg(user));
        return message;
    }
    QVector<Push> pushes() const
    {
        QVector<Push> all;
        for (const auto &[id, push] : engine.store->pushes)
            all.append(engine.engine->pushes().push(id).value_or(push));
        return all;
    }

    EngineFixture engine;
    std::unique_ptr<TriggerListener> listener;
    QByteArray token;
    quint16 port = 0;

private:
    static QVector<Notice> noticesOf(const MemoryStore &store)
    {
        QVector<Notice> notices;
        for (const auto &[id, notice] : store.notices)
            notices.append(notice);
        return notices;
    }
};

/// Device 1, of alice, that has told what it can do.
inline void bindAble(PapBench &bench, const Capabilities &capabilities)
{
    Registration able = bench.engine.registration(1);
    able.capabilities = capabilities;
    const auto log = std::make_shared<StubConnection::Log>();
    (void)bench.engine.engine->registry().bind(able, std::make_unique<StubConnection>(log, QStringLiteral("127.0.0.1:40001")));
}

/// A client profile with these attributes in PushCharacteristics.
inline BodyPart profile(const QByteArray &attributes)
{
    BodyPart part;
    part.headers.add("Content-Type", "application/xml");
    part.body = R"(<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" )"
                R"(xmlns:prf="http://www.openmobilealliance.org/tech/profiles/UAPROF/ccppschema-20021212#">)"
                R"(<rdf:Description rdf:ID="Profile"><prf:component><rdf:Description rdf:ID="PushCharacteristics">)"
        + attributes + "</rdf:Description></prf:component></rdf:Description></rdf:RDF>";
    return part;
}

/// Of an operator all of whose devices are on GSM.
inline TriggerListener::Settings gsmOnly()
{
    TriggerListener::Settings settings;
    settings.pap.networks = {QStringLiteral("Any"), QStringLiteral("GSM")};
    settings.pap.bearers = {QStringLiteral("Any"), QStringLiteral("SMS"), QStringLiteral("CSD"), QStringLiteral("GPRS")};
    return settings;
}

} // namespace reveille
