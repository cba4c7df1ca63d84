// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/automaticwakes.h"

#include <QLoggingCategory>
#include <QRandomGenerator>

namespace reveille {

namespace {

Q_LOGGING_CATEGORY(lcWakes, "reveille.wakes")

constexpr qsizetype manyPauses = 1000;

} // namespace

AutomaticWakes::AutomaticWakes(Settings settings, Clock &clock, Timers &timers, Registry &registry, WakeService &wakes,
                               QObject *parent)
    : QObject(parent), m_settings(settings), m_clock(clock), m_timers(timers), m_registry(registry), m_wakes(wakes)
{
    if (settings.limit == 0)
        return;
    connect(&registry, &Registry::deviceLost, this, &AutomaticWakes::deviceLost);
    connect(&wakes, &WakeService::wakeChanged, this, [this](const WakeId &id) {
        if (!m_underWay.contains(id))
            return;
        const std::optional<WakeUp> wake = m_wakes.wakeUp(id);
        if (wake && !isTerminal(wake->state))
            return;
        m_underWay.remove(id);
        schedule();
    });
    if (settings.beforeExpiry.count() > 0)
        m_lookTimer = m_timers.start(lookEvery, [this] { lookAtExpiries(); });
}

AutomaticWakes::~AutomaticWakes()
{
    m_timers.cancel(m_timer);
    m_timers.cancel(m_lookTimer);
}

void AutomaticWakes::deviceLost(const DeviceId &id)
{
    const Device *device = m_registry.device(id);
    const std::optional<Liveness> liveness = m_registry.liveness(id);
    if (!device || !liveness || m_wakes.ruleFor(*device).rule != WakeRule::Always)
        return;
    const LossReason reason = liveness->reason();
    if (reason == LossReason::PinholeClosed || reason == LossReason::Interrupted || reason == LossReason::Expired)
        add(id, QStringLiteral("deterioration"));
}

void AutomaticWakes::lookAtExpiries()
{
    m_lookTimer = m_timers.start(lookEvery, [this] { lookAtExpiries(); });
    const QVector<DeviceId> expiring = m_registry.expiringBefore(m_clock.now() + m_settings.beforeExpiry);
    for (const DeviceId &id : expiring)
        add(id, QStringLiteral("before_expiry"));
}

void AutomaticWakes::add(const DeviceId &id, const QString &reason)
{
    if (m_waiting.contains(id) || !m_wakes.activeFor(id).isEmpty())
        return;
    const bool isEarly = reason == QLatin1String("before_expiry");
    const Timestamp now = m_clock.now();
    const Timestamp last = m_last.value(id);
    if (isEarly && last.isSet() && now - last < m_settings.pause)
        return;
    if (m_waiting.size() >= m_settings.queueLimit) {
        if (!std::exchange(m_toldFull, true))
            qCWarning(lcWakes) << "too many devices wait to be woken" << m_settings.queueLimit;
        return;
    }
    m_toldFull = false;
    const Milliseconds spread(QRandomGenerator::global()->bounded(qint64(m_settings.jitter.count()) + 1));
    const Timestamp early = last.isSet() ? last + m_settings.pause : now;
    m_due.emplace(std::max(now, early) + (isEarly ? Milliseconds(0) : spread), std::pair(id, reason));
    m_waiting.insert(id);
    schedule();
}

void AutomaticWakes::schedule()
{
    m_timers.cancel(m_timer);
    m_timer = 0;
    if (m_due.empty() || m_underWay.size() >= m_settings.limit)
        return;
    const Milliseconds in = std::max(Milliseconds(0), m_due.begin()->first - m_clock.now());
    m_timer = m_timers.start(in, [this] { startDue(); });
}

void AutomaticWakes::startDue()
{
    m_timer = 0;
    while (!m_due.empty() && m_due.begin()->first <= m_clock.now() && m_underWay.size() < m_settings.limit) {
        const auto [id, reason] = m_due.begin()->second;
        m_due.erase(m_due.begin());
        m_waiting.remove(id);
        if (start(id, reason))
            m_last.insert(id, m_clock.now());
    }
    forgetOld();
    schedule();
}

bool AutomaticWakes::start(const DeviceId &id, const QString &reason)
{
    if (!m_wakes.activeFor(id).isEmpty())
        return false;
    WakeOrder order;
    order.reason = reason;
    const Result<WakeId> wake = m_wakes.wake(id, order);
    if (!wake) {
        qCDebug(lcWakes) << "not woken" << id.toString() << wake.error().code;
        return false;
    }
    if (!isTerminal(m_wakes.wakeUp(*wake)->state))
        m_underWay.insert(*wake);
    return true;
}

void AutomaticWakes::forgetOld()
{
    if (m_last.size() < manyPauses)
        return;
    const Timestamp now = m_clock.now();
    m_last.removeIf([&](QHash<DeviceId, Timestamp>::iterator last) { return now - last.value() >= m_settings.pause; });
}

} // namespace reveille
