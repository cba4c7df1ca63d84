// SPDX-License-Identifier: GPL-3.0-or-later
#include "bearers/carrierstate.h"

namespace reveille {

using Kind = WakeReceipt::Kind;

CarrierState::CarrierState(WakeQueue &queue, Backoff backoff, Clock &clock, Timers &timers, std::function<void()> look,
                           std::function<void()> changed)
    : m_queue(queue)
    , m_backoff(backoff)
    , m_clock(clock)
    , m_timers(timers)
    , m_look(std::move(look))
    , m_changed(std::move(changed))
{
}

CarrierState::~CarrierState()
{
    m_timers.cancel(m_timer);
}

void CarrierState::startUnknown(const QByteArray &code)
{
    m_health.code = code;
    m_queue.setPaused(true);
}

void CarrierState::lookSoon()
{
    m_timers.cancel(m_timer);
    m_timer = m_timers.start(Milliseconds(0), [this] {
        m_timer = 0;
        m_look();
    });
}

void CarrierState::up()
{
    m_backoff.reset();
    m_timers.cancel(m_timer);
    if (isUp())
        return;
    m_health.healthy = true;
    m_health.code.clear();
    m_health.detail.clear();
    m_health.since = m_clock.now();
    m_queue.setPaused(false);
    if (m_changed)
        m_changed();
}

void CarrierState::down(const QByteArray &code, const std::optional<QString> &detail)
{
    const bool isNews = m_health.healthy || m_health.code != code;
    m_health.healthy = false;
    m_health.code = code;
    if (detail)
        m_health.detail = *detail;
    if (isNews)
        m_health.since = m_clock.now();
    m_queue.setPaused(true);
    m_queue.drain([this](WakeQueue::Item item) { refuse(std::move(item.receipt), {Kind::Retry, m_health.code, {}}); });
    if (!m_timer) {
        m_timer = m_timers.start(m_backoff.next(), [this] {
            m_timer = 0;
            m_look();
        });
    }
    if (isNews && m_changed)
        m_changed();
}

void CarrierState::take(WakeQueue::Item item, const Result<Done> &fit)
{
    if (!fit)
        return refuse(std::move(item.receipt), {Kind::Failed, fit.error().code, {}});
    if (!m_health.healthy)
        return refuse(std::move(item.receipt), {Kind::Retry, m_health.code, {}});
    if (const Result<Done> added = m_queue.add(std::move(item)); !added)
        refuse(std::move(item.receipt), {Kind::Retry, added.error().code, {}});
}

void CarrierState::refuse(std::function<void(WakeReceipt)> receipt, const WakeReceipt &why)
{
    ++m_health.failed;
    tellLater(m_timers, std::move(receipt), why);
}

void CarrierState::tellLater(Timers &timers, std::function<void(WakeReceipt)> receipt, const WakeReceipt &what)
{
    timers.start(Milliseconds(0), [receipt = std::move(receipt), what] { receipt(what); });
}

BearerHealth CarrierState::health() const
{
    BearerHealth health = m_health;
    health.queued = m_queue.queued();
    health.inFlight = m_queue.inFlight();
    return health;
}

} // namespace reveille
