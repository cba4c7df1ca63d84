// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bearers/wakequeue.h"
#include "engine/backoff.h"

#include <optional>

namespace reveille {

/// Whether the carrier of a bearer is there, and what follows from that: wake-ups are queued or refused, what waits is told
/// Retry when it goes, so that other routes have their chance, and it is looked for with a growing pause. Keeps the health
/// and the counters of the bearer. Server thread.
class CarrierState {
public:
    /// `look` finds out whether the carrier is there and then calls up() or down(); `changed` is told of each other health.
    CarrierState(WakeQueue &queue, Backoff backoff, Clock &clock, Timers &timers, std::function<void()> look = {},
                 std::function<void()> changed = {});
    ~CarrierState();
    CarrierState(const CarrierState &) = delete;
    CarrierState &operator=(const CarrierState &) = delete;

    /// Whether it is there is being found out: until then wake-ups wait.
    void startUnknown(const QByteArray &code);
    void lookSoon();
    void up();
    /// `detail`: what the carrier said about it; without one the last word stays.
    void down(const QByteArray &code, const std::optional<QString> &detail = {});

    /// Queues a wake-up, or tells its receipt later: Failed when it is not `fit` for the carrier, Retry while that is not
    /// there or the queue is full.
    void take(WakeQueue::Item item, const Result<Done> &fit);
    /// Counts it as failed and tells the receipt, later.
    void refuse(std::function<void(WakeReceipt)> receipt, const WakeReceipt &why);
    static void tellLater(Timers &timers, std::function<void(WakeReceipt)> receipt, const WakeReceipt &what);

    bool isHealthy() const { return m_health.healthy; }           ///< as far as is known
    bool isUp() const { return isHealthy() && m_health.code.isEmpty(); }
    BearerHealth health() const; ///< with the figures of the queue
    void setPeer(const QString &peer) { m_health.peer = peer; }
    void setDetail(const QString &detail) { m_health.detail = detail; }
    void countSent() { ++m_health.sent; }
    void countFailed() { ++m_health.failed; }
    void countReceived() { ++m_health.received; }

private:
    WakeQueue &m_queue;
    Backoff m_backoff;
    Clock &m_clock;
    Timers &m_timers;
    std::function<void()> m_look;
    std::function<void()> m_changed;
    BearerHealth m_health;
    TimerId m_timer = 0; ///< until the next look
};

} // namespace reveille
