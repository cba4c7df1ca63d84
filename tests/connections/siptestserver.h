// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/sip/sipservice.h"
#include "engine/engine.h"
#include "support/fakeclock.h"
#include "support/memorystore.h"
#include "wire/sipdigest.h"

namespace reveille {

/// The SIP side on an engine with a store in memory and time that stands still, on free loopback ports.
class SipTestServer {
public:
    static SipSettings openSettings()
    {
        SipSettings settings;
        settings.udp.port = 0;
        settings.tcp.port = 0;
        settings.digest = false;
        settings.domains = {QStringLiteral("lab.example")};
        settings.secret = QByteArray(32, 'k');
        return settings;
    }
    static SipSettings digestSettings()
    {
        SipSettings settings = openSettings();
        settings.digest = true;
        return settings;
    }

    explicit SipTestServer(const SipSettings &settings = openSettings(), MemoryStore *store = nullptr,
                           const Engine::Settings &engine = {})
        : m_settings(settings)
        , m_store(store ? *store : m_ownStore)
        , m_state(*m_store.open())
        , m_engine(clock, clock, m_store, engine)
        , sip(settings, m_engine)
    {
        m_engine.load(m_state);
        const auto started = sip.start();
        if (!started)
            qFatal("%s", qPrintable(started.error().about));
        bound = *started;
        (void)m_store.readSubscribers([this](const StoredSubscribers &portion) {
            m_engine.load(portion);
            sip.restore(portion.bindings);
        });
        m_engine.resume();
    }
    ~SipTestServer()
    {
        m_engine.registry().closeAll(CloseReason::ServerStopping);
        sip.stop();
    }

    quint16 udpPort() const { return portOf(QStringLiteral("sip_udp")); }
    quint16 tcpPort() const { return portOf(QStringLiteral("sip_tcp")); }
    quint16 tlsPort() const { return portOf(QStringLiteral("sip_tls")); }
    Engine &engine() { return m_engine; }
    Registry &registry() { return m_engine.registry(); }
    MemoryStore &store() { return m_store; }

    /// A subscriber with a password.
    void addUser(const QString &id, const QByteArray &password)
    {
        User user;
        user.id = *PublicUserId::parse(id);
        const QByteArray name = user.id.localPart().toUtf8(), realm = m_settings.realm.toUtf8();
        user.ha1Md5 = sipDigestHa1(SipDigestAlgorithm::Md5, name, realm, password);
        user.ha1Sha256 = sipDigestHa1(SipDigestAlgorithm::Sha256, name, realm, password);
        bool done = false;
        registry().putUser(user, [&](const Result<Done> &) { done = true; });
        (void)QTest::qWaitFor([&] { return done; });
    }
    QVector<DeviceId> devicesOf(const char *user)
    {
        return registry().devicesOf(*PublicUserId::parse(QString::fromLatin1(user)));
    }
    std::optional<Liveness> liveness(const DeviceId &device) { return registry().liveness(device); }
    /// Rows of the journal with this event.
    int journaled(const QString &event) const
    {
        int count = 0;
        for (const JournalEntry &entry : const_cast<SipTestServer *>(this)->m_engine.journal().since({}))
            count += entry.event == event;
        return count;
    }

    FakeClock clock;
    QMap<QString, QString> bound;

private:
    quint16 portOf(const QString &key) const { return bound.value(key).section(u':', -1).toUShort(); }

    SipSettings m_settings;
    MemoryStore m_ownStore;
    MemoryStore &m_store;
    StoredState m_state;
    Engine m_engine;

public:
    SipService sip;
};

} // namespace reveille
