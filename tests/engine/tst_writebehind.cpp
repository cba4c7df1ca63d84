// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/writebehind.h"

#include "support/fakeclock.h"
#include "support/memorystore.h"

#include <QTest>

using namespace reveille;

namespace {

Push push(int n, PushState state)
{
    Push p;
    p.id = PushId(QStringLiteral("p-%1").arg(n));
    p.state = state;
    return p;
}

StoredBinding binding(const QString &flow, Timestamp until)
{
    StoredBinding b;
    b.device = *DeviceId::parse(u"urn:uuid:00000000-0000-4000-8000-000000000001");
    b.flow = flow;
    b.until = until;
    return b;
}

} // namespace

class TestWriteBehind : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void writesAfterAShortDelayAndOnlyTheNewestValue()
    {
        MemoryStore store;
        QVERIFY(store.open().ok());
        FakeClock clock;
        WriteBehind writes(store, clock);
        writes.stage(push(1, PushState::Waiting));
        writes.stage(push(2, PushState::Waiting));
        writes.stage(push(1, PushState::Sending));
        QCOMPARE(store.commits(), 0);
        clock.advance(WriteBehind::delay);
        QTRY_COMPARE(store.commits(), 1);
        QCOMPARE(store.pushes.at(PushId(QStringLiteral("p-1"))).state, PushState::Sending);
        QCOMPARE(store.pushes.size(), size_t(2));
    }
    void forgetsABindingThatWasRemovedAndTakenUpAgain()
    {
        MemoryStore store;
        QVERIFY(store.open().ok());
        FakeClock clock;
        WriteBehind writes(store, clock);
        for (int i = 0; i < 4; ++i)
            writes.stage(binding(QStringLiteral("sip/%1").arg(i), {1000}));
        writes.removeBinding(binding({}, {}).device, QStringLiteral("sip/1"));
        writes.stage(binding(QStringLiteral("sip/3"), {2000}));
        writes.removeBinding(binding({}, {}).device, QStringLiteral("sip/0"));
        writes.stage(binding(QStringLiteral("sip/0"), {3000}));
        clock.advance(WriteBehind::delay);
        QTRY_COMPARE(store.commits(), 1);
        QCOMPARE(store.bindings.size(), size_t(3));
        QCOMPARE(store.bindings.at({binding({}, {}).device, QStringLiteral("sip/3")}).until, Timestamp{2000});
        QCOMPARE(store.bindings.at({binding({}, {}).device, QStringLiteral("sip/0")}).until, Timestamp{3000});
    }
    void keepsWhatTheStoreRefusedAndTriesAgain()
    {
        MemoryStore store;
        QVERIFY(store.open().ok());
        FakeClock clock;
        WriteBehind writes(store, clock);
        store.failWith("store-full");
        writes.stage(push(1, PushState::Waiting));
        JournalEntry entry;
        entry.id = JournalId{1};
        writes.stage(entry);
        bool told = false;
        writes.commit([&](const Result<Done> &result) {
            told = true;
            QVERIFY(!result.ok());
        });
        QTRY_VERIFY(told);
        writes.stage(push(1, PushState::Delivered)); // newer than what comes back
        store.failWith("");
        clock.advance(WriteBehind::retryDelay);
        QTRY_COMPARE(store.pushes.size(), size_t(1));
        QCOMPARE(store.pushes.begin()->second.state, PushState::Delivered);
        QCOMPARE(store.journal.size(), size_t(1));
    }
    void refusesAChangeThatIsNotDurable()
    {
        MemoryStore store;
        QVERIFY(store.open().ok());
        FakeClock clock;
        WriteBehind writes(store, clock);
        store.failNext("store-full");
        StoreBatch batch;
        batch.pushes = {push(1, PushState::Accepted)};
        QByteArray code;
        writes.commitOrRefuse(batch, [&](const Result<Done> &result) { code = result.ok() ? "ok" : result.error().code; });
        QTRY_COMPARE(code, QByteArray("store-full"));
        clock.advance(Milliseconds(60000));
        QCoreApplication::processEvents();
        QCOMPARE(store.pushes.size(), size_t(0));
    }
};

QTEST_GUILESS_MAIN(TestWriteBehind)
#include "tst_writebehind.moc"
