// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/enginefixture.h"

#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

/// A path as the datagram interface has them.
class DatagramStub : public Connection
{
public:
    explicit DatagramStub(ConnectionFacts facts) : m_facts(std::move(facts)) {}
    ConnectionFacts facts() const override { return m_facts; }
    void send(const PushMessage &, std::function<void(SendOutcome)> done) override { done({SendOutcome::Kind::Delivered, "2.04", {}}); }
    void probe(std::function<void(SendOutcome)>) override {}
    void close(CloseReason) override {}

private:
    ConnectionFacts m_facts;
};

/// An engine whose idle devices are put away at once, or never.
struct World : EngineFixture {
    World(bool parks, std::shared_ptr<FakeClock> time, std::shared_ptr<MemoryStore> kept = std::make_shared<MemoryStore>())
        : EngineFixture(std::move(kept), std::move(time))
    {
        if (parks) {
            registry().setProtocol(u"datagram"_s, {[this](const StoredBinding &b, ConnectionId) {
                ++revived;
                return std::make_unique<DatagramStub>(ConnectionFacts{b.kind, b.transport, b.peer, b.local, b.address, b.session, b.application});
            }});
            registry().setParkingLimits({0, Milliseconds(500), Milliseconds(500)});
        }
    }
    Registry &registry() { return engine->registry(); }

    Registration datagram(int n, int instance) const
    {
        Registration r = registration(n, u"user%1"_s.arg(n / 2));
        r.flow = u"datagram/%1-%2"_s.arg(n).arg(instance);
        r.deviceName = n % 3 ? u"meter"_s : QString();
        r.routes.clear();
        r.state = "key" + QByteArray::number(n);
        if (n % 4 == 0)
            r.msisdn = Msisdn::parse(u"4917012345%1"_s.arg(n, 2, 10, QChar(u'0'))).value();
        r.policy.keepAliveInterval = Milliseconds(n % 3 ? 60000 : 0);
        return r;
    }
    ConnectionId bindDatagram(int n, int instance = 0)
    {
        const Registration r = datagram(n, instance);
        const QString peer = u"127.0.1.%1:5683"_s.arg(n);
        const Result<ConnectionId> bound = registry().bind(r, std::make_unique<DatagramStub>(
            ConnectionFacts{u"datagram"_s, u"udp"_s, peer, u"127.0.0.1:5683"_s, u"coap://"_s + peer, r.flow.sliced(9), u"meter"_s}));
        return bound ? *bound : ConnectionId{};
    }
    bool renew(int n, int instance = 0)
    {
        const Registration r = datagram(n, instance);
        return registry().renew(registry().connectionOf(r.device, r.flow), r.until, r.policy);
    }
    int revived = 0;
};

QString textOf(const Liveness &l)
{
    const Evidence &e = l.evidence();
    return QStringList{QString::fromLatin1(toText(l.state())), QString::fromLatin1(toText(l.reason())),
                       QString::fromLatin1(toText(e.rule)), e.subject, QString::number(e.value), e.at.toIso(),
                       e.changesAt.toIso(), l.registeredUntil().toIso(), l.lastPacket().toIso(), l.lastProof().toIso()}
        .join(u',');
}

/// Everything the outside can ask of a device, as text.
QString textOf(World &world, const DeviceId &id)
{
    const std::optional<DeviceSnapshot> shown = world.engine->deviceSnapshot(id);
    if (!shown)
        return u"none"_s;
    const Device &d = shown->device;
    QStringList parts{d.id.toString(), d.user.toString(), d.name, d.msisdn.toString(), d.createdAt.toIso(), d.lastSeen.toIso(),
                      textOf(shown->liveness), QString::number(shown->pendingPushes)};
    for (const ConnectionSnapshot &c : shown->connections)
        parts << QString::number(c.id.number) << c.flow << c.facts.peer << c.facts.address << c.facts.session << textOf(c.liveness)
              << QString::number(c.live);
    return parts.join(u'|');
}

} // namespace

class TestRegistryParking : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyAnswerIsTheSameWithAndWithoutParking()
    {
        QRandomGenerator random(11);
        auto timeA = std::make_shared<FakeClock>(), timeB = std::make_shared<FakeClock>();
        World parking(true, timeA), plain(false, timeB);
        qint64 mostParked = 0;
        const auto both = [&](auto act) {
            act(parking);
            act(plain);
        };
        for (int step = 0; step < 4000; ++step) {
            const int n = random.bounded(24), instance = random.bounded(2), what = random.bounded(100);
            const DeviceId id = EngineFixture::deviceId(n);
            both([&](World &w) {
                Registry &r = w.registry();
                if (what < 15) {
                    w.bindDatagram(n, instance);
                } else if (what < 55) {
                    // The protocol knows the number of its path; looking it up here wakes nothing in the plain one.
                    const std::optional<DeviceSnapshot> shown = w.engine->deviceSnapshot(id);
                    const Registration registration = w.datagram(n, instance);
                    for (const ConnectionSnapshot &c : shown ? shown->connections : QVector<ConnectionSnapshot>()) {
                        if (c.flow != registration.flow)
                            continue;
                        if (what < 40)
                            r.renew(c.id, registration.until, registration.policy);
                        else
                            r.observe(c.id, {what < 50 ? LivenessEvent::Kind::Packet : LivenessEvent::Kind::RequestUnanswered,
                                             what < 45 ? QString() : u"POST"_s, 0, {}});
                    }
                } else if (what < 58) {
                    r.unbind(r.connectionOf(id, w.datagram(n, instance).flow));
                } else if (what < 60) {
                    r.removeDevice(id, [](const Result<Done> &) {});
                } else if (what < 61) {
                    r.removeUser(EngineFixture::userId(u"user%1"_s.arg(n / 2)), [](const Result<Done> &) {});
                } else if (what < 62) {
                    (void)r.deregister(id);
                } else if (what < 64) {
                    User user;
                    user.id = EngineFixture::userId(u"user%1"_s.arg(n / 2));
                    const User *known = r.user(user.id);
                    user.createdAt = known ? known->createdAt : w.clock->now();
                    user.name = n % 2 ? u"Named"_s : QString();
                    r.putUser(user, [](const Result<Done> &) {});
                }
                for (int i = 0; i < 20; ++i)
                    QCoreApplication::processEvents();
            });
            if (random.bounded(3) == 0) {
                const Milliseconds by(random.bounded(40) == 0 ? 600000 : random.bounded(3000));
                both([&](World &w) { w.clock->advance(by); });
            }
            mostParked = std::max(mostParked, parking.registry().parkedCount());

            Registry &a = parking.registry(), &b = plain.registry();
            QCOMPARE(a.userCount(), b.userCount());
            QCOMPARE(a.deviceCount(), b.deviceCount());
            QCOMPARE(textOf(parking, id).section(QChar(u'|'), 0, 3), textOf(plain, id).section(QChar(u'|'), 0, 3));
            QCOMPARE(a.deviceOfSession(u"%1-%2"_s.arg(n).arg(instance)), b.deviceOfSession(u"%1-%2"_s.arg(n).arg(instance)));
            if (what % 10 == 0) {
                const QString query = random.bounded(2) ? QString() : u"00%1"_s.arg(n), after = EngineFixture::deviceId(random.bounded(24)).toString();
                QCOMPARE(a.devices(query, after, 5), b.devices(query, after, 5));
                QCOMPARE(a.devices(u"127.0.1.1"_s, {}, 100), b.devices(u"127.0.1.1"_s, {}, 100));
                QCOMPARE(a.users(query, {}, 7), b.users(query, {}, 7));
                const PublicUserId user = EngineFixture::userId(u"user%1"_s.arg(n / 2));
                QCOMPARE(parking.engine->userSnapshot(user).has_value(), plain.engine->userSnapshot(user).has_value());
                if (const auto shown = parking.engine->userSnapshot(user)) {
                    QCOMPARE(shown->devices, plain.engine->userSnapshot(user)->devices);
                    QCOMPARE(shown->user, plain.engine->userSnapshot(user)->user);
                }
            }
            if (what % 20 == 1) { // these bring it back
                QCOMPARE(a.devicesOf(EngineFixture::userId(u"user%1"_s.arg(n / 2))), b.devicesOf(EngineFixture::userId(u"user%1"_s.arg(n / 2))));
                QCOMPARE(a.userOfMsisdn(Msisdn::parse(u"4917012345%1"_s.arg(n, 2, 10, QChar(u'0'))).value()),
                         b.userOfMsisdn(Msisdn::parse(u"4917012345%1"_s.arg(n, 2, 10, QChar(u'0'))).value()));
                QCOMPARE(a.usableConnection(id) != nullptr, b.usableConnection(id) != nullptr);
                QCOMPARE(a.lastTransport(id), b.lastTransport(id));
            }
        }
        both([](World &w) { w.clock->advance(Milliseconds(2000)); });
        for (int n = 0; n < 24; ++n) {
            // Deadlines may be noticed up to a second later: everything but those moments is compared.
            const auto settled = [&](World &w) {
                const auto shown = w.engine->deviceSnapshot(EngineFixture::deviceId(n));
                return shown ? QString::fromLatin1(toText(shown->liveness.state())) + QString::fromLatin1(toText(shown->liveness.reason()))
                        + shown->device.lastSeen.toIso()
                             : QString();
            };
            QCOMPARE(settled(parking), settled(plain));
        }
        for (int state = 0; state <= int(LivenessState::Unreachable); ++state)
            QCOMPARE(parking.registry().inState(LivenessState(state)), plain.registry().inState(LivenessState(state)));
        const QStringList events{u"registered"_s, u"restored"_s, u"suspect"_s, u"lost"_s, u"expired"_s, u"unregistered"_s};
        for (const QString &event : events)
            QCOMPARE(parking.journalCount(event), plain.journalCount(event));
        QVERIFY(mostParked > 5);
        QVERIFY(parking.revived > 50);
    }
    void aDeadlineOfAnIdleDeviceIsNoticedWithinASecond()
    {
        World w(true, std::make_shared<FakeClock>());
        w.bindDatagram(1);
        w.clock->advance(Milliseconds(3000));
        QCOMPARE(w.registry().parkedCount(), 1);
        w.clock->advance(Milliseconds(61500)); // 60 s and 5 s of grace since it was heard
        QCOMPARE(w.journalCount(u"suspect"_s), 0);
        w.clock->advance(Milliseconds(1500));
        QCOMPARE(w.journalCount(u"suspect"_s), 1);
        QCOMPARE(w.engine->deviceSnapshot(EngineFixture::deviceId(1))->liveness.evidence().rule, EvidenceRule::KeepAliveLate);
    }
    void renewalsLeaveAnIdleDeviceIdleAndMakeNoSnapshots()
    {
        World w(true, std::make_shared<FakeClock>());
        const ConnectionId id = w.bindDatagram(1);
        w.clock->advance(Milliseconds(3000));
        QSignalSpy changed(&w.registry(), &Registry::deviceChanged);
        for (int i = 0; i < 100; ++i) {
            const Registration r = w.datagram(1, 0);
            QVERIFY(w.registry().renew(id, r.until, r.policy));
            w.clock->advance(Milliseconds(50000));
        }
        QCOMPARE(w.registry().parkedCount(), 1);
        QCOMPARE(changed.size(), 0);
        QCOMPARE(w.revived, 0);
        QCOMPARE(w.engine->deviceSnapshot(EngineFixture::deviceId(1))->liveness.state(), LivenessState::Up);
        QVERIFY(w.registry().usableConnection(EngineFixture::deviceId(1)));
        QCOMPARE(w.revived, 1);
    }
    void whatIsStoredOfAnIdleDeviceNeverLagsByMoreThanHalfItsTime()
    {
        World w(true, std::make_shared<FakeClock>());
        const ConnectionId id = w.bindDatagram(1);
        for (int i = 0; i < 200; ++i) {
            w.clock->advance(Milliseconds(50000));
            const Registration r = w.datagram(1, 0);
            QVERIFY(w.registry().renew(id, r.until, r.policy));
            w.clock->advance(WriteBehind::delay);
            for (int n = 0; n < 10; ++n)
                QCoreApplication::processEvents();
            QCOMPARE(w.store->bindings.size(), size_t(1));
            QVERIFY(r.until - w.store->bindings.begin()->second.until <= Milliseconds(1850000));
        }
        QVERIFY(w.store->commits() < 20);
    }
    void aRestartPutsRegistrationsAwayAtOnceAndAsksNoneOfThem()
    {
        auto store = std::make_shared<MemoryStore>();
        {
            World w(true, std::make_shared<FakeClock>(), store);
            for (int n = 0; n < 40; ++n)
                w.bindDatagram(n);
            w.clock->advance(WriteBehind::delay);
            QVERIFY(w.settle([&] { return store->bindings.size() == 40; }));
        }
        World w(true, std::make_shared<FakeClock>(), store);
        for (const auto &[key, b] : store->bindings) {
            auto path = std::make_unique<DatagramStub>(ConnectionFacts{b.kind, b.transport, b.peer, b.local, b.address, b.session, b.application});
            QVERIFY(w.registry().restore(b, {}, std::move(path)).isSet());
        }
        QCOMPARE(w.registry().parkedCount(), 40);
        QCOMPARE(w.registry().inState(LivenessState::Suspect), 40);
        w.clock->advance(Milliseconds(60000));
        QCOMPARE(w.revived, 0);
        QCOMPARE(w.registry().userCount(), 20);
        QCOMPARE(w.registry().deviceOfSession(u"7-0"_s), std::optional(EngineFixture::deviceId(7)));
        QVERIFY(w.registry().usableConnection(EngineFixture::deviceId(7)));
        QCOMPARE(w.revived, 1);
        QCOMPARE(w.registry().devices(u"127.0.1.3"_s, {}, 100).size(), 11); // .3 and .30 to .39
    }
    void anUnknownConnectionIsNotRenewed()
    {
        World w(true, std::make_shared<FakeClock>());
        QVERIFY(!w.registry().renew(ConnectionId{7}, w.clock->now(), {}));
    }
    void aDeviceWithAPushUnderWayStays()
    {
        World w(true, std::make_shared<FakeClock>());
        w.bindDatagram(1);
        bool busy = true;
        w.registry().setBusyCheck([&](const DeviceId &) { return busy; });
        w.clock->advance(Milliseconds(20000));
        QCOMPARE(w.registry().parkedCount(), 0);
        busy = false;
        w.clock->advance(Milliseconds(5000));
        QCOMPARE(w.registry().parkedCount(), 1);
    }
    void protocolsThatDoNotTakePartAreLeftAlone()
    {
        World w(true, std::make_shared<FakeClock>());
        w.bind(3);
        w.clock->advance(Milliseconds(20000));
        QCOMPARE(w.registry().parkedCount(), 0);
    }
};

QTEST_GUILESS_MAIN(TestRegistryParking)
#include "tst_registryparking.moc"
