// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/explanationtext.h"
#include "engine/pushlisting.h"
#include "support/enginefixture.h"

#include <QTest>

using namespace reveille;
using namespace Qt::StringLiterals;

namespace {

QString texts(const DeviceExplanation &device)
{
    QStringList lines;
    for (const Check &check : device.checks)
        lines.append(explanationtext::check(check));
    return lines.join(u'\n');
}

} // namespace

/// One can always ask why: while a push is in memory, after a restart, and once it has left memory.
class TestPushExplanation : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void saysTheSameAfterARestart_data();
    void saysTheSameAfterARestart();
    void saysWhyNobodyGetsItAfterARestart();
    void saysThatThereIsNoDevice();
    void saysWhyOnceItHasLeftMemory();
    void saysWhyOfWhatWasHeld();
    void saysWhyOfTheNextDevice();
    void isNotCompleteWithoutTheJournal();

private:
    /// What is asked of the engine.
    Explanation explain(const PushId &id);
    /// Ended as by a crash once all was written, and started again.
    void restart();
    void change(int device, const std::function<void(Device &)> &change);

    std::shared_ptr<MemoryStore> m_store;
    std::shared_ptr<FakeClock> m_clock;
    std::unique_ptr<EngineFixture> f;
};

void TestPushExplanation::init()
{
    f.reset();
    m_store = std::make_shared<MemoryStore>();
    m_clock = std::make_shared<FakeClock>();
    f = std::make_unique<EngineFixture>(m_store, m_clock);
}

Explanation TestPushExplanation::explain(const PushId &id)
{
    std::optional<Result<Explanation>> answer;
    findExplanation(*f->engine, id, [&](const Result<Explanation> &explanation) { answer = explanation; });
    f->settle([&] { return answer.has_value(); });
    return answer ? answer->valueOr({}) : Explanation();
}

void TestPushExplanation::restart()
{
    bool written = false;
    f->engine->writes().commit([&](const Result<Done> &) { written = true; });
    QVERIFY(f->settle([&] { return written; }));
    f.reset();
    f = std::make_unique<EngineFixture>(m_store, m_clock);
    f->engine->resume();
}

void TestPushExplanation::change(int device, const std::function<void(Device &)> &change)
{
    Device changed = *f->engine->registry().device(EngineFixture::deviceId(device));
    change(changed);
    bool done = false;
    f->engine->registry().putDevice(changed, [&](const Result<Done> &) { done = true; });
    QVERIFY(f->settle([&] { return done; }));
}

void TestPushExplanation::saysTheSameAfterARestart_data()
{
    QTest::addColumn<PushWhen>("when");
    QTest::newRow("woken") << PushWhen::Wake;
    QTest::newRow("waits") << PushWhen::WhenReachable;
}

void TestPushExplanation::saysTheSameAfterARestart()
{
    QFETCH(PushWhen, when);
    f->bind(1);
    f->bind(2);
    f->lose(1);
    f->lose(2);
    change(2, [](Device &device) { device.subscriptions = {u"news"_s}; });
    PushRequest request = f->request();
    request.application = u"mail"_s;
    request.when = when;
    const PushId push = f->submit(request).value();
    const Explanation before = explain(push);
    QVERIFY(before.complete);
    QCOMPARE(before.devices.size(), 2);
    restart();
    // What is changed now is not why it was chosen then.
    change(1, [](Device &device) { device.preferences.acceptsPushes = false; });
    const Explanation after = explain(push);
    QVERIFY(after.complete);
    QCOMPARE(after.devices.size(), 2);
    for (int i = 0; i < 2; ++i) {
        QCOMPARE(after.devices[i].device, before.devices[i].device);
        QCOMPARE(after.devices[i].chosen, before.devices[i].chosen);
        QCOMPARE(after.devices[i].path, before.devices[i].path);
        // The last one says what came of it so far.
        QCOMPARE(texts(after.devices[i]).section(u"Has the device"_s, 0, 0), texts(before.devices[i]).section(u"Has the device"_s, 0, 0));
    }
}

void TestPushExplanation::saysWhyNobodyGetsItAfterARestart()
{
    f->bind(1);
    change(1, [](Device &device) { device.preferences.acceptsPushes = false; });
    const PushId push = f->submit(f->request()).value();
    QCOMPARE(f->stateOf(push), PushState::Undeliverable);
    restart();
    QVERIFY(!f->engine->pushes().push(push));
    const Explanation explanation = explain(push);
    QVERIFY(explanation.complete);
    QCOMPARE(explanation.devices.size(), 1);
    QCOMPARE(explanationtext::verdict(explanation.devices[0]),
             u"Does not get it. Does its owner want pushes? no. To change it: “Accepts pushes” of the device."_s);
}

void TestPushExplanation::saysThatThereIsNoDevice()
{
    bool done = false;
    User bob;
    bob.id = EngineFixture::userId(u"bob"_s);
    f->engine->registry().putUser(bob, [&](const Result<Done> &) { done = true; });
    QVERIFY(f->settle([&] { return done; }));
    const PushId push = f->submit(f->request(u"bob"_s)).value();
    restart();
    const Explanation explanation = explain(push);
    QVERIFY(explanation.complete);
    QVERIFY(explanation.devices.isEmpty());
}

void TestPushExplanation::saysWhyOnceItHasLeftMemory()
{
    const auto phone = f->bind(1);
    const PushId push = f->submit(f->request()).value();
    phone->answer(SendOutcome::Kind::Delivered, "200");
    restart();
    const Explanation explanation = explain(push);
    QVERIFY(explanation.complete);
    QCOMPARE(explanation.devices[0].path, DeliveryPath::Direct);
    QCOMPARE(explanation.devices[0].checks.size(), 13);
    QCOMPARE(explanationtext::verdict(explanation.devices[0]), u"Has got it."_s);
}

void TestPushExplanation::saysWhyOfWhatWasHeld()
{
    f->bind(1);
    PushRequest request = f->request();
    request.notBefore = m_clock->now() + Milliseconds(60000);
    const PushId push = f->submit(request).value();
    QCOMPARE(f->journalCount(u"push-chosen"_s), 0);
    m_clock->advance(Milliseconds(61000));
    QCOMPARE(f->journalCount(u"push-chosen"_s), 1);
    restart();
    const Explanation explanation = explain(push);
    QVERIFY(explanation.complete);
    QCOMPARE(explanation.devices[0].path, DeliveryPath::Direct);
}

void TestPushExplanation::saysWhyOfTheNextDevice()
{
    const auto one = f->bind(1);
    m_clock->advance(Milliseconds(1000));
    const auto two = f->bind(2);
    PushRequest request = f->request();
    request.choice = DeviceChoice::FirstReachable;
    const PushId push = f->submit(request).value();
    two->answer(SendOutcome::Kind::Refused, "415");
    QCOMPARE(one->sent.size(), 1);
    one->answer(SendOutcome::Kind::Delivered, "200");
    const Explanation before = explain(push);
    restart();
    const Explanation after = explain(push);
    QVERIFY(after.complete);
    QCOMPARE(after.devices.size(), 2);
    for (int i = 0; i < 2; ++i)
        QCOMPARE(texts(after.devices[i]), texts(before.devices[i]));
}

void TestPushExplanation::isNotCompleteWithoutTheJournal()
{
    const auto phone = f->bind(1);
    const PushId push = f->submit(f->request()).value();
    phone->answer(SendOutcome::Kind::Delivered, "200");
    restart();
    m_store->journal.clear();
    const Explanation explanation = explain(push);
    QVERIFY(!explanation.complete);
    QCOMPARE(explanationtext::verdict(explanation.devices[0]), u"Has got it."_s);
}

QTEST_GUILESS_MAIN(TestPushExplanation)
#include "tst_pushexplanation.moc"
