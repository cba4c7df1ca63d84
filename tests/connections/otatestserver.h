// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/otahttp/otahttpservice.h"
#include "engine/engine.h"
#include "engine/password.h"
#include "support/fakeclock.h"
#include "support/memorystore.h"

#include <QTest>

namespace reveille {

/// The OTA-HTTP side on an engine with a store in memory and time that stands still, on free loopback ports.
class OtaTestServer {
public:
    static OtaHttpSettings openSettings()
    {
        OtaHttpSettings settings;
        settings.tls.enabled = false;
        settings.needsPassword = false;
        settings.allowedNetworks = parseNetworks(u"127.0.0.0/8").valueOr({});
        return settings;
    }
    static OtaHttpSettings passwordSettings()
    {
        OtaHttpSettings settings = openSettings();
        settings.needsPassword = true;
        return settings;
    }

    explicit OtaTestServer(const OtaHttpSettings &settings = openSettings(), MemoryStore *store = nullptr,
                           Milliseconds fixedKeepAlive = Milliseconds(0))
        : m_realm(settings.realm)
        , m_store(store ? *store : m_ownStore)
        , m_state(*m_store.open())
        , m_engine(clock, clock, m_store, engineSettings(fixedKeepAlive))
        , ota(settings, m_engine)
    {
        m_engine.load(m_state);
        const auto started = ota.start();
        if (!started)
            qFatal("%s", qPrintable(started.error().about));
        bound = *started;
        (void)m_store.readSubscribers([this](const StoredSubscribers &portion) {
            m_engine.load(portion);
            ota.restore(portion.bindings);
        });
        m_engine.wakes().addBearer(ota.makeBearer());
        m_engine.resume();
    }
    ~OtaTestServer()
    {
        m_engine.registry().closeAll(CloseReason::ServerStopping);
        ota.stop();
    }

    quint16 port(const char *transport = "tcp") const
    {
        return bound.value(QStringLiteral("ota_http_") + QLatin1String(transport)).section(u':', -1).toUShort();
    }
    Engine &engine() { return m_engine; }
    Registry &registry() { return m_engine.registry(); }

    void addUser(const QString &id, const QString &password)
    {
        User user;
        user.id = *PublicUserId::parse(id);
        setPassword(user, m_realm, password);
        settle([&](Registry::DoneCallback done) { registry().putUser(user, std::move(done)); });
    }
    /// A device of alice that listens nowhere yet.
    Device addDevice(const QString &id, const QString &msisdn = {}, const QVector<WakeRoute> &routes = {},
                     const QString &user = QStringLiteral("sip:alice@lab.example"))
    {
        Device device;
        device.id = *DeviceId::parse(id);
        device.user = *PublicUserId::parse(user);
        device.provisionedRoutes = routes;
        if (!msisdn.isEmpty())
            device.msisdn = *Msisdn::parse(msisdn);
        if (!registry().user(device.user))
            addUser(user, {});
        settle([&](Registry::DoneCallback done) { registry().putDevice(device, std::move(done)); });
        return device;
    }
    LivenessState state(const DeviceId &device)
    {
        const std::optional<Liveness> liveness = registry().liveness(device);
        return liveness ? liveness->state() : LivenessState::Lost;
    }
    Evidence evidence(const DeviceId &device)
    {
        const std::optional<Liveness> liveness = registry().liveness(device);
        return liveness ? liveness->evidence() : Evidence();
    }
    QVector<JournalEntry> journal(const QString &event)
    {
        QVector<JournalEntry> entries;
        const QVector<JournalEntry> all = m_engine.journal().since({});
        for (const JournalEntry &entry : all) {
            if (entry.event == event)
                entries.append(entry);
        }
        return entries;
    }
    QString field(const JournalEntry &entry, const QString &name)
    {
        for (const auto &[key, value] : entry.fields) {
            if (key == name)
                return value;
        }
        return {};
    }
    /// The reason of the last refused registration; waits for one.
    QString refusal(int count = 1)
    {
        const QString event = QStringLiteral("registration-refused");
        if (!QTest::qWaitFor([&] { return journal(event).size() >= count; }))
            return QStringLiteral("none");
        return field(journal(event).last(), QStringLiteral("reason"));
    }
    PushMessage message(const DeviceId &device, const QByteArray &body = "hello") const
    {
        PushMessage push;
        push.push = PushId(QStringLiteral("p-test"));
        push.device = device;
        push.application = QStringLiteral("x-wap-application:wml.ua");
        push.contentType = QStringLiteral("text/plain");
        push.body = body;
        return push;
    }
    /// Sends over the device's connection; the outcomes come into `outcomes`.
    bool send(const DeviceId &device, const QByteArray &body = "hello")
    {
        Connection *connection = registry().usableConnection(device);
        if (!connection)
            return false;
        connection->send(message(device, body), [this](const SendOutcome &outcome) { outcomes.append(outcome); });
        return true;
    }

    FakeClock clock;
    QMap<QString, QString> bound;
    QVector<SendOutcome> outcomes;

private:
    static Engine::Settings engineSettings(Milliseconds fixedKeepAlive)
    {
        Engine::Settings settings;
        settings.pinholes.fixed = fixedKeepAlive;
        return settings;
    }
    template <typename Action>
    void settle(Action action)
    {
        bool done = false;
        action([&](const Result<Done> &) { done = true; });
        (void)QTest::qWaitFor([&] { return done; });
    }

    QString m_realm;
    MemoryStore m_ownStore;
    MemoryStore &m_store;
    StoredState m_state;
    Engine m_engine;

public:
    OtaHttpService ota;
};

} // namespace reveille
