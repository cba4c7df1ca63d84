// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/enginefixture.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

/// A stub that is one of several kinds of path.
class KindConnection : public StubConnection
{
public:
    KindConnection(std::shared_ptr<Log> log, ConnectionFacts facts)
        : StubConnection(std::move(log), facts.peer), m_facts(std::move(facts))
    {
    }
    ConnectionFacts facts() const override { return m_facts; }

private:
    ConnectionFacts m_facts;
};

const ConnectionFacts sipUdp{u"sip"_s, u"udp"_s, u"203.0.113.7:4012"_s, {}, u"sip:a@203.0.113.7"_s};
const ConnectionFacts otaTcp{u"ota_http"_s, u"tcp"_s, u"198.51.100.9:50112"_s, {}, u"ota"_s};

ConnectionFacts datagram(const QString &session)
{
    return {u"datagram"_s, u"udp"_s, u"10.0.0.7:5683"_s, {}, u"coap://10.0.0.7"_s, session, u"chat"_s};
}

QString field(const JournalEntry &row, const QString &name)
{
    for (const auto &[key, value] : row.fields) {
        if (key == name)
            return value;
    }
    return {};
}

} // namespace

/// A device that comes back is the same device in the same state, over whatever path it comes (R6).
class TestRestoring : public QObject
{
    Q_OBJECT
private:
    using Log = std::shared_ptr<StubConnection::Log>;
    std::unique_ptr<EngineFixture> f;
    ConnectionId bound;

    Log bind(const ConnectionFacts &facts, const QString &flow)
    {
        auto log = std::make_shared<StubConnection::Log>();
        Registration registration = f->registration(1);
        registration.flow = flow;
        const auto made = f->engine->registry().bind(registration, std::make_unique<KindConnection>(log, facts));
        bound = made ? *made : ConnectionId{};
        f->clock->advance(Milliseconds(0));
        return log;
    }
    void observe(ConnectionId id, LivenessEvent::Kind kind) { f->engine->registry().observe(id, {kind, {}, 0, {}}); }
    Registry &registry() { return f->engine->registry(); }
    JournalEntry newest(const QString &event) const
    {
        JournalEntry found;
        for (const JournalEntry &row : f->engine->journal().since({})) {
            if (row.event == event)
                found = row;
        }
        return found;
    }

private Q_SLOTS:
    void init() { f = std::make_unique<EngineFixture>(); }

    void theJournalHoldsBeforeAndAfterOverAnotherKindOfPath()
    {
        bind(sipUdp, u"sip/1"_s);
        Device device = *registry().device(f->deviceId(1));
        device.subscriptions = {u"news"_s, u"mail"_s};
        device.preferences.preferred = true;
        registry().putDevice(device, [](const Result<Done> &) {});
        QVERIFY(f->settle([&] { return registry().device(f->deviceId(1))->subscriptions.size() == 2; }));
        observe(bound, LivenessEvent::Kind::IcmpUnreachable);
        PushRequest request = f->request();
        request.application = u"news"_s;
        request.when = PushWhen::WhenReachable;
        QVERIFY(f->submit(request));
        f->clock->advance(Milliseconds(7000));
        const Log log = bind(otaTcp, u"ota_http"_s);

        const JournalEntry row = newest(u"restored"_s);
        QCOMPARE(field(row, u"transport"_s), u"ota_http/tcp"_s);
        QCOMPARE(field(row, u"peer"_s), u"198.51.100.9:50112"_s);
        QCOMPARE(field(row, u"before"_s), u"lost"_s);
        QCOMPARE(field(row, u"after"_s), u"up"_s);
        QCOMPARE(field(row, u"before_reason"_s), u"interrupted"_s);
        QCOMPARE(field(row, u"before_transport"_s), u"sip/udp"_s);
        QCOMPARE(field(row, u"before_peer"_s), u"203.0.113.7:4012"_s);
        QCOMPARE(field(row, u"subscriptions"_s), u"2"_s);
        QCOMPARE(field(row, u"pending"_s), u"1"_s);
        QCOMPARE(field(row, u"away_ms"_s), u"7000"_s);

        QCOMPARE(registry().devicesOf(f->userId(u"alice"_s)).size(), 1);
        QVERIFY(registry().device(f->deviceId(1))->preferences.preferred);
        QCOMPARE(log->sent.size(), 1); // what waited
    }
    void aLateDisconnectOfTheOldKindRemovesNothingOfTheNew()
    {
        bind(sipUdp, u"sip/1"_s);
        const ConnectionId old = bound;
        bind(otaTcp, u"ota_http"_s);
        observe(old, LivenessEvent::Kind::Reset);
        observe(old, LivenessEvent::Kind::Closed);
        registry().unbind(old);
        QCOMPARE(registry().liveness(f->deviceId(1))->state(), LivenessState::Up);
        ConnectionId usable;
        QVERIFY(registry().usableConnection(f->deviceId(1), &usable));
        QCOMPARE(usable, bound);
    }
    void theDeadPathOfTheOldKindGoesWithTheReturn()
    {
        bind(sipUdp, u"sip/1"_s);
        const ConnectionId old = bound;
        observe(old, LivenessEvent::Kind::Reset);
        bind(otaTcp, u"ota_http"_s);
        QVERIFY(!registry().livenessOf(old));
        QCOMPARE(registry().connections(f->deviceId(1)).size(), 1);
    }
    void theDeadPathOfAnotherApplicationInstanceStays()
    {
        bind(datagram(u"s-1"_s), u"datagram/s-1"_s);
        const ConnectionId first = bound;
        observe(first, LivenessEvent::Kind::Reset);
        bind(datagram(u"s-2"_s), u"datagram/s-2"_s);
        QVERIFY(registry().livenessOf(first));
        bind(otaTcp, u"ota_http"_s);
        QVERIFY(registry().livenessOf(first));
        QCOMPARE(registry().deviceOfSession(u"s-1"_s), std::optional(f->deviceId(1)));
        // The same instance over another kind of path takes the place of the dead one.
        ConnectionFacts sameInstance = otaTcp;
        sameInstance.session = u"s-1"_s;
        bind(sameInstance, u"ota_http/s-1"_s);
        QVERIFY(!registry().livenessOf(first));
        QCOMPARE(registry().deviceOfSession(u"s-1"_s), std::optional(f->deviceId(1)));
    }
    void aPathThatWasBeingWokenIsNoLongerOnceTheDeviceIsBackOverAnother()
    {
        bind(sipUdp, u"sip/1"_s);
        const ConnectionId old = bound;
        observe(old, LivenessEvent::Kind::IcmpUnreachable);
        LivenessEvent waking{LivenessEvent::Kind::WakeStarted, u"wsp"_s, 1, {}};
        registry().observe(old, waking);
        QCOMPARE(registry().livenessOf(old)->state(), LivenessState::Waking);
        bind(otaTcp, u"ota_http"_s);
        QCOMPARE(registry().livenessOf(old)->state(), LivenessState::Lost);
        QCOMPARE(registry().liveness(f->deviceId(1))->state(), LivenessState::Up);
        // It runs out in its own time.
        f->clock->advance(Milliseconds(3601 * 1000));
        QCOMPARE(registry().inState(LivenessState::Waking), 0);
    }
    void sessionsSurviveExpiryAndRestart()
    {
        bind(datagram(u"s-1"_s), u"datagram/s-1"_s);
        f->clock->advance(Milliseconds(3601 * 1000));
        observe(bound, LivenessEvent::Kind::Tick);
        QCOMPARE(registry().livenessOf(bound)->reason(), LossReason::Expired);
        QCOMPARE(registry().deviceOfSession(u"s-1"_s), std::optional(f->deviceId(1)));
        f->clock->advance(WriteBehind::delay);
        QVERIFY(f->settle([&] { return f->store->bindings.size() == 1 && f->store->journal.size() >= 2; }));

        const auto store = f->store;
        const auto clock = f->clock;
        f->engine.reset();
        store->close();
        f = std::make_unique<EngineFixture>(store, clock);
        QCOMPARE(store->bindings.size(), size_t(1));
        registry().restore(store->bindings.begin()->second, {}, nullptr);
        QCOMPARE(registry().deviceOfSession(u"s-1"_s), std::optional(f->deviceId(1)));
        bind(datagram(u"s-1"_s), u"datagram/s-1"_s);
        QCOMPARE(newest(u"restored"_s).device, f->deviceId(1));
        QCOMPARE(field(newest(u"restored"_s), u"session"_s), u"s-1"_s);
    }
    void theSameFlowFromAnotherAddressIsAnAddressChange()
    {
        bind(sipUdp, u"sip/1"_s);
        ConnectionFacts moved = sipUdp;
        moved.peer = u"203.0.113.7:4090"_s;
        bind(moved, u"sip/1"_s);
        const JournalEntry row = newest(u"address-changed"_s);
        QCOMPARE(field(row, u"before"_s), u"203.0.113.7:4012"_s);
        QCOMPARE(field(row, u"after"_s), u"203.0.113.7:4090"_s);
        QCOMPARE(field(row, u"rule"_s), u"address_changed"_s);
        QCOMPARE(f->engine->counters().addressChanges, 1);
        bind(otaTcp, u"ota_http"_s);
        ConnectionFacts reconnected = otaTcp;
        reconnected.peer = u"198.51.100.9:50200"_s;
        bind(reconnected, u"ota_http"_s); // a stream has another port each time
        QCOMPARE(f->engine->counters().addressChanges, 1);
    }

    void aPushUnderWayIsNotSentTwiceWhenTheDeviceReturnsOverAnotherPath()
    {
        const Log sip = bind(sipUdp, u"sip/1"_s);
        const PushId push = *f->submit(f->request());
        QCOMPARE(sip->sent.size(), 1);
        const Log ota = bind(otaTcp, u"ota_http"_s);
        f->clock->advance(Milliseconds(1000));
        QVERIFY(ota->sent.isEmpty());
        sip->answer(SendOutcome::Kind::Delivered, "200");
        f->clock->advance(Milliseconds(1000));
        QCOMPARE(f->stateOf(push), PushState::Delivered);
        QVERIFY(ota->sent.isEmpty());
    }
    void aPushThatStayedUnansweredGoesOverTheNewPathUnderTheSameId()
    {
        const Log sip = bind(sipUdp, u"sip/1"_s);
        const PushId push = *f->submit(f->request());
        const Log ota = bind(otaTcp, u"ota_http"_s);
        sip->answer(SendOutcome::Kind::Unanswered, "timeout");
        f->clock->advance(Milliseconds(0));
        QCOMPARE(sip->sent.size(), 1);
        QCOMPARE(ota->sent.size(), 1);
        QCOMPARE(ota->sent[0].push, push);
        ota->answer(SendOutcome::Kind::Delivered, "200");
        QCOMPARE(f->stateOf(push), PushState::Delivered);
        QCOMPARE(f->engine->pushes().counters().delivered, 1);
    }
    void aPushUnderWayOverAnEvictedPathIsSentOnceOverItsSuccessor()
    {
        const Log first = bind(sipUdp, u"sip/1"_s);
        const PushId push = *f->submit(f->request());
        const Log second = bind(sipUdp, u"sip/1"_s);
        QCOMPARE(first->closed, QVector<CloseReason>{CloseReason::Replaced});
        QCOMPARE(second->sent.size(), 1);
        QCOMPARE(second->sent[0].push, push);
        second->answer(SendOutcome::Kind::Delivered, "200");
        f->clock->advance(Milliseconds(60000));
        QCOMPARE(second->sent.size(), 1);
        QCOMPARE(f->stateOf(push), PushState::Delivered);
    }
};

QTEST_GUILESS_MAIN(TestRestoring)
#include "tst_restoring.moc"
