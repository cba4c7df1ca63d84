// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/wakeline.h"

#include <algorithm>
#include <utility>

namespace reveille {

WakeLine::WakeLine(Timers &timers, std::function<int(const DeviceId &)> takeUp)
    : m_timers(timers), m_takeUp(std::move(takeUp))
{
}

WakeLine::~WakeLine()
{
    m_timers.cancel(m_timer);
    for (Entry &entry : m_entries)
        m_timers.cancel(entry.timer);
}

void WakeLine::add(const DeviceId &device, Reason reason)
{
    Entry &entry = m_entries[device];
    // Another of its pushes; what is tried by itself goes before what is not.
    if (!entry.isTaken && (entry.reason == reason || reason == Reason::BearerDown))
        return;
    m_timers.cancel(entry.timer);
    entry.isTaken = false;
    entry.reason = reason;
    if (reason != Reason::NoRoute)
        return;
    entry.timer = m_timers.start(entry.pauses.next(), [this, device] {
        Entry &rested = m_entries[device];
        rested.timer = 0;
        makeDue(device, rested);
    });
}

void WakeLine::remove(const DeviceId &device)
{
    if (m_entries.isEmpty())
        return;
    const auto entry = m_entries.find(device);
    if (entry == m_entries.end())
        return;
    m_timers.cancel(entry->timer);
    m_entries.erase(entry);
}

void WakeLine::recall()
{
    for (auto entry = m_entries.begin(); entry != m_entries.end(); ++entry)
        makeDue(entry.key(), *entry);
}

void WakeLine::makeDue(const DeviceId &device, Entry &entry)
{
    if (!std::exchange(entry.isDue, true))
        m_due.push_back(device);
    if (!m_timer)
        m_timer = m_timers.start(turn, [this] { run(); });
}

int WakeLine::take(const DeviceId &device)
{
    Entry &entry = m_entries[device];
    m_timers.cancel(entry.timer);
    entry.isTaken = true;
    const int pushes = m_takeUp(device);
    // Not added again: it is being woken, is there, or nothing waits for it any more.
    if (const auto left = m_entries.constFind(device); left != m_entries.cend() && left->isTaken)
        m_entries.erase(left);
    return std::max(pushes, 1);
}

void WakeLine::run()
{
    m_timer = 0;
    int left = perTurn;
    while (left > 0 && !m_due.empty()) {
        const DeviceId device = m_due.front();
        m_due.pop_front();
        const auto entry = m_entries.find(device);
        if (entry != m_entries.end() && std::exchange(entry->isDue, false))
            left -= take(device);
    }
    if (!m_due.empty() && !m_timer)
        m_timer = m_timers.start(turn, [this] { run(); });
}

} // namespace reveille
