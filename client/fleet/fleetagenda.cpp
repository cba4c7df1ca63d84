// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/fleet/fleetagenda.h"

namespace reveille {

FleetAgenda::FleetAgenda(quint32 devices)
    : m_due(devices, never)
    , m_place(devices, nowhere)
{
    m_heap.reserve(devices);
}

void FleetAgenda::set(quint32 device, Milliseconds due)
{
    const quint32 place = m_place[device];
    m_due[device] = due;
    if (due == never && place == nowhere)
        return;
    if (due == never) {
        const quint32 last = m_heap.back();
        m_heap.pop_back();
        m_place[device] = nowhere;
        if (last == device)
            return;
        put(place, last);
        rise(place);
        sink(m_place[last]);
        return;
    }
    if (place == nowhere) {
        m_heap.push_back(device);
        m_place[device] = quint32(m_heap.size() - 1);
    }
    rise(m_place[device]);
    sink(m_place[device]);
}

std::optional<quint32> FleetAgenda::first() const
{
    return m_heap.empty() ? std::nullopt : std::optional(m_heap.front());
}

Milliseconds FleetAgenda::nextDue() const
{
    return m_heap.empty() ? never : m_due[m_heap.front()];
}

bool FleetAgenda::isBefore(quint32 a, quint32 b) const
{
    return m_due[a] != m_due[b] ? m_due[a] < m_due[b] : a < b;
}

void FleetAgenda::put(quint32 place, quint32 device)
{
    m_heap[place] = device;
    m_place[device] = place;
}

void FleetAgenda::rise(quint32 place)
{
    const quint32 device = m_heap[place];
    while (place > 0) {
        const quint32 above = (place - 1) / 2;
        if (!isBefore(device, m_heap[above]))
            break;
        put(place, m_heap[above]);
        place = above;
    }
    put(place, device);
}

void FleetAgenda::sink(quint32 place)
{
    const quint32 device = m_heap[place];
    const quint32 size = quint32(m_heap.size());
    for (quint32 below = 2 * place + 1; below < size; below = 2 * place + 1) {
        if (below + 1 < size && isBefore(m_heap[below + 1], m_heap[below]))
            ++below;
        if (!isBefore(m_heap[below], device))
            break;
        put(place, m_heap[below]);
        place = below;
    }
    put(place, device);
}

} // namespace reveille
