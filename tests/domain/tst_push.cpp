// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/push.h"

#include <QtTest>

using namespace reveille;
using States = QVector<PushState>;

class PushTest : public QObject {
    Q_OBJECT

    static PushState overall(const States &states)
    {
        QVector<Delivery> deliveries;
        for (PushState state : states) {
            Delivery delivery;
            delivery.state = state;
            deliveries.append(delivery);
        }
        return overallState(deliveries);
    }

private Q_SLOTS:
    void stateFollowsFromDeliveries_data()
    {
        using enum PushState;
        QTest::addColumn<States>("states");
        QTest::addColumn<PushState>("overall");
        QTest::newRow("none") << States{} << Undeliverable;
        QTest::newRow("delivered and lost") << States{Expired, Delivered, Undeliverable} << Delivered;
        QTest::newRow("all confirmed") << States{Confirmed, Confirmed} << Confirmed;
        QTest::newRow("confirmed and lost") << States{Expired, Confirmed, Undeliverable} << Confirmed;
        QTest::newRow("one is not confirmed") << States{Confirmed, Delivered, Confirmed} << Delivered;
        QTest::newRow("confirmed and pending") << States{Confirmed, Waiting} << Waiting;
        QTest::newRow("delivered and pending") << States{Delivered, Waiting} << Waiting;
        QTest::newRow("sending leads") << States{Accepted, Waiting, Waking, Sending, Delivered} << Sending;
        QTest::newRow("waking leads") << States{Waiting, Waking, Accepted} << Waking;
        QTest::newRow("waiting leads") << States{Accepted, Waiting} << Waiting;
        QTest::newRow("pending beats many ends") << States{Expired, Expired, Accepted} << Accepted;
        QTest::newRow("majority expired") << States{Undeliverable, Expired, Expired} << Expired;
        QTest::newRow("majority replaced") << States{Undeliverable, Replaced, Replaced, Expired} << Replaced;
        QTest::newRow("tie: undeliverable first")
            << States{Replaced, Cancelled, Expired, Undeliverable} << Undeliverable;
        QTest::newRow("tie: expired next") << States{Replaced, Cancelled, Expired} << Expired;
        QTest::newRow("tie: cancelled next") << States{Replaced, Cancelled} << Cancelled;
    }
    void stateFollowsFromDeliveries()
    {
        QFETCH(States, states);
        QTEST(overall(states), "overall");
        std::reverse(states.begin(), states.end());
        QTEST(overall(states), "overall");
    }

    void oneDeliveryGivesItsState()
    {
        for (int state = 0; state <= int(PushState::Undeliverable); ++state)
            QCOMPARE(overall({PushState(state)}), PushState(state));
    }

    void everyPairIsPendingIfEitherIs()
    {
        for (int a = 0; a <= int(PushState::Undeliverable); ++a) {
            for (int b = 0; b <= int(PushState::Undeliverable); ++b) {
                const bool bothEnded = isTerminal(PushState(a)) && isTerminal(PushState(b));
                QCOMPARE(isTerminal(overall({PushState(a), PushState(b)})), bothEnded);
            }
        }
    }

    void knowsWhatIsFinal()
    {
        using enum PushState;
        for (PushState state : {Accepted, Waiting, Waking, Sending})
            QVERIFY(!isTerminal(state));
        for (PushState state : {Delivered, Confirmed, Expired, Cancelled, Replaced, Undeliverable})
            QVERIFY(isTerminal(state));
    }

    void leavesDeliveredForConfirmedOnlyAndOnlyWhereAsked()
    {
        using enum PushState;
        for (int from = 0; from <= int(Undeliverable); ++from) {
            for (int to = 0; to <= int(Undeliverable); ++to) {
                const auto before = PushState(from), after = PushState(to);
                for (const bool asked : {false, true}) {
                    const bool isTheOneStep = asked && before == Delivered && after == Confirmed;
                    const bool expected = isTheOneStep || (!isTerminal(before) && after != Confirmed);
                    QCOMPARE(mayFollow(before, after, asked), expected);
                }
            }
        }
    }
};

QTEST_GUILESS_MAIN(PushTest)
#include "tst_push.moc"
