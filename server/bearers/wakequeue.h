// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/bearer.h"
#include "engine/clock.h"

#include <QHash>

#include <deque>

namespace reveille {

/// Wake-ups that wait for their carrier: so many a second, so many unanswered at a time, and the users in
/// turn, so that one user with a thousand wake-ups does not keep another one waiting. Bounded. Server thread.
class WakeQueue {
public:
    struct Settings {
        int perSecond = 10; ///< messages handed over in a second, 1 to 100,000
        int window = 10;    ///< handed over and not answered
        int limit = 10000;  ///< waiting; beyond that add() refuses
    };
    struct Item {
        WakeMessage message;
        std::function<void(WakeReceipt)> receipt;
    };
    /// `transmit` is called for each item whose turn has come, never from within add(); it answers with
    /// answered() once the carrier has.
    WakeQueue(Settings settings, Clock &clock, Timers &timers, std::function<void(Item)> transmit);
    ~WakeQueue();
    WakeQueue(const WakeQueue &) = delete;
    WakeQueue &operator=(const WakeQueue &) = delete;

    /// Error queue-full; the item is then still the caller's.
    Result<Done> add(Item &&item);
    /// One that was transmitted is answered; makes room in the window.
    void answered();
    /// What may leave leaves now, not with the next tick of the timers: once all the answers of one go are told. Not from
    /// within add().
    void releaseNow();
    /// Puts one that was transmitted back to the front of its user's line, for the carrier did not take it
    /// now.
    void putBack(Item item);
    /// Nothing leaves while paused: the link is down.
    void setPaused(bool paused);
    /// Nothing leaves for so long: the carrier asked to slow down. The longest hold counts.
    void hold(Milliseconds time);
    /// Takes all that wait and hands them to `each`, for example to fail them.
    void drain(const std::function<void(Item)> &each);

    int queued() const { return m_queued; }
    int inFlight() const { return m_inFlight; }

private:
    void schedule(Milliseconds in);
    void release();
    double credit();
    Item takeNext();

    Settings m_settings;
    Clock &m_clock;
    Timers &m_timers;
    std::function<void(Item)> m_transmit;
    QHash<PublicUserId, std::deque<Item>> m_lines;
    std::deque<PublicUserId> m_turns; ///< users with something waiting, next first
    TimerId m_timer = 0;
    Milliseconds m_creditedAt{0};
    Milliseconds m_heldUntil{0};
    double m_credit = 1;
    int m_queued = 0;
    int m_inFlight = 0;
    bool m_paused = false;
};

} // namespace reveille
