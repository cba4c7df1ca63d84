// SPDX-License-Identifier: GPL-3.0-or-later
#include "eventloop/eventtimers.h"

#include <QCoreApplication>
#include <QTimerEvent>

namespace reveille {

using std::chrono::milliseconds;

void EventTimers::add(int id, milliseconds interval, Qt::TimerType type, QObject *object)
{
    Timer timer{id, interval, type, object, Clock::now() + interval, false, ++m_serial};
    m_order.insert({timer.due, id});
    m_timers.insert(id, timer);
}

bool EventTimers::remove(int id)
{
    const auto found = m_timers.constFind(id);
    if (found == m_timers.cend())
        return false;
    m_order.erase({found->due, id});
    m_timers.erase(found);
    return true;
}

bool EventTimers::removeAllOf(QObject *object)
{
    QVarLengthArray<int, 8> ids;
    for (const Timer &timer : std::as_const(m_timers)) {
        if (timer.object == object)
            ids.append(timer.id);
    }
    for (const int id : ids)
        remove(id);
    return !ids.isEmpty();
}

QList<QAbstractEventDispatcher::TimerInfo> EventTimers::of(QObject *object) const
{
    QList<QAbstractEventDispatcher::TimerInfo> list;
    for (const Timer &timer : m_timers) {
        if (timer.object == object)
            list.append({timer.id, int(timer.interval.count()), timer.type});
    }
    return list;
}

int EventTimers::remaining(int id) const
{
    const auto found = m_timers.constFind(id);
    if (found == m_timers.cend())
        return -1;
    const auto left = std::chrono::ceil<milliseconds>(found->due - Clock::now());
    return int(std::max<qint64>(0, left.count()));
}

std::optional<milliseconds> EventTimers::untilNext() const
{
    if (m_order.empty())
        return std::nullopt;
    return std::max(milliseconds(0), std::chrono::ceil<milliseconds>(m_order.begin()->first - Clock::now()));
}

int EventTimers::fire()
{
    const Clock::time_point now = Clock::now();
    QVarLengthArray<std::pair<int, quint64>, 16> due;
    for (auto place = m_order.begin(); place != m_order.end() && place->first <= now; ++place)
        due.append({place->second, m_timers[place->second].serial});

    int fired = 0;
    for (const auto &[id, serial] : due) {
        auto timer = m_timers.find(id);
        if (timer == m_timers.end() || timer->serial != serial || timer->isFiring)
            continue;
        m_order.erase({timer->due, id});
        timer->isFiring = true;
        // The next deadline follows the last one, so that a repeating timer does not drift; beats missed are left out.
        timer->due += timer->interval;
        if (timer->due < now)
            timer->due = now + timer->interval;
        QTimerEvent event(id);
        QCoreApplication::sendEvent(timer->object, &event);
        ++fired;
        timer = m_timers.find(id); // the receiver may have removed it, and may have made another with its id
        if (timer != m_timers.end() && timer->serial == serial) {
            timer->isFiring = false;
            m_order.insert({timer->due, id});
        }
    }
    return fired;
}

} // namespace reveille
