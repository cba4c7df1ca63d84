// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/enginefixture.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

/// A path that belongs to one application instance.
class SessionConnection : public StubConnection
{
public:
    explicit SessionConnection(ConnectionFacts facts)
        : StubConnection(std::make_shared<Log>(), facts.peer), m_facts(std::move(facts))
    {
    }
    ConnectionFacts facts() const override { return m_facts; }

private:
    ConnectionFacts m_facts;
};

StoredBinding binding(const EngineFixture &f, int device, Milliseconds left)
{
    StoredBinding stored;
    stored.device = f.deviceId(device);
    stored.user = f.userId(u"alice"_s);
    stored.flow = u"datagram/s-1"_s;
    stored.kind = u"datagram"_s;
    stored.transport = u"udp"_s;
    stored.peer = u"10.0.0.%1:5683"_s.arg(device);
    stored.session = u"s-1"_s;
    stored.until = f.clock->now() + left;
    stored.lastPacket = f.clock->now();
    return stored;
}

std::unique_ptr<Connection> connectionTo(const StoredBinding &stored)
{
    return std::make_unique<SessionConnection>(ConnectionFacts{stored.kind, stored.transport, stored.peer, {},
                                                               u"coap://"_s + stored.peer, stored.session, {}});
}

} // namespace

/// A session leads to one device, and what is written down of a registration is what it says now.
class TestRegistrySessions : public QObject
{
    Q_OBJECT
private:
    /// An engine that knows two devices of alice from before a restart.
    struct Restarted : EngineFixture {
        Restarted()
        {
            bind(1);
            bind(2);
            clock->advance(WriteBehind::delay);
            (void)settle([&] { return store->devices.size() == 2; });
            engine = std::make_unique<Engine>(*clock, *clock, *store, Engine::Settings());
            engine->load(*store->open());
            (void)store->readSubscribers([this](const StoredSubscribers &portion) { engine->load(portion); });
        }
        void restore(int device, Milliseconds left)
        {
            const StoredBinding stored = binding(*this, device, left);
            (void)engine->registry().restore(stored, {}, connectionTo(stored));
        }
    };

private Q_SLOTS:
    void aRegistrationThatRanOutTakesNoSessionAfterARestart()
    {
        Restarted f;
        f.restore(1, Milliseconds(3600000));
        f.restore(2, Milliseconds(-1000));
        QCOMPARE(f.engine->registry().deviceOfSession(u"s-1"_s), f.deviceId(1));
    }
    void theLastRegistrationHasTheSessionAfterARestart()
    {
        Restarted f;
        f.restore(1, Milliseconds(3600000));
        f.restore(2, Milliseconds(3600000));
        QCOMPARE(f.engine->registry().deviceOfSession(u"s-1"_s), f.deviceId(2));
    }
    void lookingAtADeviceThatWasPutAwayMovesNoSession()
    {
        Restarted f;
        f.engine->registry().setProtocol(u"datagram"_s, {[](const StoredBinding &stored, ConnectionId) { return connectionTo(stored); }});
        f.engine->registry().setParkingLimits({0, Milliseconds(500), Milliseconds(500)});
        f.restore(1, Milliseconds(3600000));
        f.restore(2, Milliseconds(3600000));
        QVERIFY(f.engine->registry().device(f.deviceId(1)));
        QCOMPARE(f.engine->registry().deviceOfSession(u"s-1"_s), f.deviceId(2));
    }
    void theEndOfAnOldPathLeavesTheSessionToTheNewOne()
    {
        EngineFixture f;
        const auto bindOver = [&](const QString &flow) {
            StoredBinding way = binding(f, 1, Milliseconds(3600000));
            Registration registration = f.registration(1);
            registration.flow = way.flow = flow;
            return *f.engine->registry().bind(registration, connectionTo(way));
        };
        const ConnectionId before = bindOver(u"datagram/s-1"_s), after = bindOver(u"datagram/s-1/b"_s);
        QCOMPARE(f.engine->registry().deviceOfSession(u"s-1"_s), f.deviceId(1));
        f.engine->registry().unbind(before);
        QCOMPARE(f.engine->registry().deviceOfSession(u"s-1"_s), f.deviceId(1));
        f.engine->registry().unbind(after);
        QVERIFY(!f.engine->registry().deviceOfSession(u"s-1"_s));
    }
    void newStateOfARegistrationIsWrittenAtOnce()
    {
        EngineFixture f;
        f.bind(1);
        f.clock->advance(WriteBehind::delay);
        QVERIFY(f.settle([&] { return f.store->bindings.size() == 1; }));
        Registration registration = f.registration(1);
        registration.state = "moved";
        QVERIFY(f.engine->registry().refresh(f.lastBound, registration));
        f.clock->advance(WriteBehind::delay);
        QVERIFY(f.settle([&] { return f.store->bindings.begin()->second.state == "moved"; }));
    }
};

QTEST_GUILESS_MAIN(TestRegistrySessions)
#include "tst_registrysessions.moc"
