// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/coappeer.h"
#include "connections/datagram/datagramservice.h"
#include "support/fakeclock.h"
#include "support/memorystore.h"

namespace reveille {

/// The datagram side on an engine with a store in memory and time that stands still, on free loopback ports.
class DatagramTestServer
{
public:
    static DatagramSettings settings()
    {
        DatagramSettings settings;
        settings.coap.port = 0;
        settings.dtls.port = 0;
        settings.dtls.enabled = false;
        settings.open = true;
        settings.domains = {QStringLiteral("lab.example")};
        settings.allowed = *parseNetworks(u"127.0.0.0/8");
        return settings;
    }
    static Engine::Settings learnsNothing()
    {
        Engine::Settings settings;
        settings.pinholes.learns = false;
        return settings;
    }
    explicit DatagramTestServer(const DatagramSettings &settings = DatagramTestServer::settings(),
                                MemoryStore *store = nullptr, const Engine::Settings &engineSettings = learnsNothing())
        : m_store(store ? *store : m_ownStore)
        , m_state(*m_store.open())
        , m_engine(clock, clock, m_store, engineSettings)
        , datagram(settings, m_engine)
    {
        m_engine.load(m_state);
        const auto started = datagram.start();
        if (!started)
            qFatal("%s", qPrintable(started.error().about));
        bound = *started;
        (void)m_store.readSubscribers([this](const StoredSubscribers &portion) {
            m_engine.load(portion);
            datagram.restore(portion.bindings);
        });
        m_engine.resume();
    }
    ~DatagramTestServer()
    {
        m_engine.registry().closeAll(CloseReason::ServerStopping);
        datagram.stop();
    }

    quint16 port() const { return bound.value(QStringLiteral("datagram_coap")).section(u':', -1).toUShort(); }
    quint16 dtlsPort() const { return bound.value(QStringLiteral("datagram_dtls")).section(u':', -1).toUShort(); }
    Engine &engine() { return m_engine; }
    Registry &registry() { return m_engine.registry(); }
    void addUser(const QString &id, const QByteArray &ha1Sha256 = {})
    {
        User user;
        user.id = *PublicUserId::parse(id);
        user.ha1Sha256 = ha1Sha256;
        bool done = false;
        registry().putUser(user, [&](const Result<Done> &) { done = true; });
        (void)QTest::qWaitFor([&] { return done; });
    }
    ConnectionId connectionOf(const QString &device, const QString &session)
    {
        return registry().connectionOf(*DeviceId::parse(device), QStringLiteral("datagram/") + session);
    }
    LivenessState stateOf(const QString &device) { return registry().liveness(*DeviceId::parse(device))->state(); }
    QVector<JournalEntry> journaled(const QString &event)
    {
        QVector<JournalEntry> rows;
        for (const JournalEntry &entry : m_engine.journal().since({})) {
            if (entry.event == event)
                rows.append(entry);
        }
        return rows;
    }
    /// Submits a push for one session and gives its id.
    PushId push(const QString &session, const QByteArray &body, const QString &contentType = QStringLiteral("text/plain"),
                const QString &contentEncoding = {}, bool confirm = false)
    {
        PushRequest request;
        request.to.session = session;
        request.body = body;
        request.contentType = contentType;
        request.contentEncoding = contentEncoding;
        request.confirm = confirm;
        request.when = PushWhen::WhenReachable;
        std::optional<Result<PushId>> answer;
        m_engine.pushes().submit(request, [&](const Result<PushId> &result) { answer = result; });
        (void)QTest::qWaitFor([&] { return answer.has_value(); });
        return answer && answer->ok() ? **answer : PushId();
    }
    PushState stateOf(const PushId &id) { return m_engine.pushes().push(id)->state; }

    FakeClock clock;
    QMap<QString, QString> bound;

private:
    MemoryStore m_ownStore;
    MemoryStore &m_store;
    StoredState m_state;
    Engine m_engine;

public:
    DatagramService datagram;
};

} // namespace reveille
