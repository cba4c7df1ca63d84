// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"
#include "support/fakeclock.h"
#include "support/memorystore.h"

#include <QCoreApplication>

#include <memory>

namespace reveille {

/// A path to a device whose answers the test gives.
class StubConnection : public Connection
{
public:
    struct Log {
        QVector<PushMessage> sent;
        std::deque<std::function<void(SendOutcome)>> waiting; ///< of send()
        std::deque<std::function<void(SendOutcome)>> probes;
        QVector<CloseReason> closed;

        void answer(SendOutcome::Kind kind, const QByteArray &code)
        {
            const auto done = std::move(waiting.front());
            waiting.pop_front();
            done({kind, code, {}});
        }
    };
    StubConnection(std::shared_ptr<Log> log, QString peer) : m_log(std::move(log)), m_peer(std::move(peer)) {}

    ConnectionFacts facts() const override
    {
        return {QStringLiteral("sip"), QStringLiteral("udp"), m_peer, QStringLiteral("127.0.0.1:5060"),
                QStringLiteral("sip:stub@") + m_peer};
    }
    void send(const PushMessage &message, std::function<void(SendOutcome)> done) override
    {
        m_log->sent.append(message);
        m_log->waiting.push_back(std::move(done));
    }
    void probe(std::function<void(SendOutcome)> done) override { m_log->probes.push_back(std::move(done)); }
    void close(CloseReason reason) override
    {
        m_log->closed.append(reason);
        while (!m_log->waiting.empty())
            m_log->answer(SendOutcome::Kind::Broken, "closed");
    }

private:
    std::shared_ptr<Log> m_log;
    QString m_peer;
};

/// A bearer that keeps what it was given.
class StubBearer : public Bearer
{
public:
    struct Log {
        QVector<WakeMessage> sent;
        QVector<std::function<void(WakeReceipt)>> receipts;
        QVector<std::function<void(BearerTest)>> tests;
        bool healthy = true;
        bool refuses = false;
        int queued = 0; ///< that it says it has
        std::function<void()> tell; ///< that its health has changed
    };
    StubBearer(QString name, QString type, std::shared_ptr<Log> log)
        : m_name(std::move(name)), m_type(std::move(type)), m_log(std::move(log))
    {
        m_log->tell = [this] { tellHealthChanged(); };
    }
    BearerFacts facts() const override { return {m_name, m_type, {m_type}, m_log->healthy}; }
    BearerHealth health() const override { return {m_log->healthy, {}, quint64(m_log->sent.size()), 0, 0, m_log->queued}; }
    Result<Done> canReach(const WakeRoute &route) const override
    {
        return m_log->refuses ? Result<Done>(Error{"network-not-allowed", route.address}) : Result<Done>(Done{});
    }
    QByteArray encode(const WakeMessage &message) const override { return "stub:" + message.sir; }
    QString format() const override { return QStringLiteral("stub"); }
    void send(const WakeMessage &message, std::function<void(WakeReceipt)> receipt) override
    {
        m_log->sent.append(message);
        m_log->receipts.append(std::move(receipt));
    }
    void test(std::function<void(BearerTest)> done) override { m_log->tests.append(std::move(done)); }

private:
    QString m_name;
    QString m_type;
    std::shared_ptr<Log> m_log;
};

/// An engine on a clock, a store and a bearer that the test holds in its hands.
class EngineFixture
{
public:
    explicit EngineFixture(std::shared_ptr<MemoryStore> kept = std::make_shared<MemoryStore>(),
                           std::shared_ptr<FakeClock> time = std::make_shared<FakeClock>(),
                           const PushDispatcher::Limits &limits = {}, const std::function<void(Engine::Settings &)> &change = {})
        : store(std::move(kept)), clock(std::move(time))
    {
        Engine::Settings settings;
        settings.wake.gateway = QStringLiteral("sip:127.0.0.1:5060;transport=udp");
        settings.wake.answerTimeout = Milliseconds(10000);
        settings.wake.backoff = Milliseconds(1000);
        settings.pushes = limits;
        if (change)
            change(settings);
        const StoredState state = *store->open();
        engine = std::make_unique<Engine>(*clock, *clock, *store, settings);
        engine->load(state);
        (void)store->readSubscribers([this](const StoredSubscribers &portion) { engine->load(portion); });
        engine->wakes().addBearer(std::make_unique<StubBearer>(QStringLiteral("wsp"), QStringLiteral("wsp-udp"), bearer));
    }

    static DeviceId deviceId(int n)
    {
        return *DeviceId::parse(QStringLiteral("urn:uuid:00000000-0000-4000-8000-%1").arg(n, 12, 10, QLatin1Char('0')));
    }
    static PublicUserId userId(const QString &name) { return *PublicUserId::parse(QStringLiteral("sip:%1@lab.example").arg(name)); }

    Registration registration(int n, const QString &user = QStringLiteral("alice")) const
    {
        Registration r;
        r.user = userId(user);
        r.device = deviceId(n);
        r.deviceName = QStringLiteral("device %1").arg(n);
        r.flow = QStringLiteral("sip/1");
        r.until = clock->now() + Milliseconds(3600 * 1000);
        r.policy.pinholeLifetime = Milliseconds(120000);
        r.routes = {{QStringLiteral("wsp-udp"), QStringLiteral("127.0.0.1"), ClientPort(2948), WakeRoute::Source::Client}};
        return r;
    }
    /// Registers device `n` over a new path; its log is what the test looks at.
    std::shared_ptr<StubConnection::Log> bind(int n, const QString &user = QStringLiteral("alice"))
    {
        auto log = std::make_shared<StubConnection::Log>();
        const Result<ConnectionId> bound = engine->registry().bind(
            registration(n, user), std::make_unique<StubConnection>(log, QStringLiteral("127.0.0.1:%1").arg(40000 + n)));
        lastBound = bound ? *bound : ConnectionId{};
        clock->advance(Milliseconds(0));
        return log;
    }
    void lose(int n, LivenessEvent::Kind kind = LivenessEvent::Kind::IcmpUnreachable)
    {
        engine->registry().observe(engine->registry().connectionOf(deviceId(n), QStringLiteral("sip/1")), {kind, {}, 0, {}});
    }
    PushRequest request(const QString &user = QStringLiteral("alice")) const
    {
        PushRequest r;
        r.to.user = userId(user);
        r.body = "hello";
        return r;
    }
    Result<PushId> submit(const PushRequest &request)
    {
        std::optional<Result<PushId>> answer;
        engine->pushes().submit(request, [&](const Result<PushId> &result) { answer = result; });
        settle([&] { return answer.has_value(); });
        return answer.value_or(Error{"no-answer", {}});
    }
    /// Lets store callbacks through until `condition` holds.
    template <typename Condition>
    bool settle(Condition condition)
    {
        for (int i = 0; i < 1000 && !condition(); ++i)
            QCoreApplication::processEvents();
        return condition();
    }
    PushState stateOf(const PushId &id) const { return engine->pushes().push(id)->state; }
    int journalCount(const QString &event) const
    {
        int count = 0;
        for (const JournalEntry &entry : engine->journal().since({}))
            count += entry.event == event;
        return count;
    }

    std::shared_ptr<MemoryStore> store;
    std::shared_ptr<FakeClock> clock;
    std::shared_ptr<StubBearer::Log> bearer = std::make_shared<StubBearer::Log>();
    ConnectionId lastBound;
    std::unique_ptr<Engine> engine;
};

} // namespace reveille
