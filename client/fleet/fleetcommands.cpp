// SPDX-License-Identifier: GPL-3.0-or-later
// What a fleet is told while it runs.
#include "client/fleet/fleet.h"

namespace reveille {
namespace {

constexpr quint64 commandStream = 0x436f6d6dULL << 32; ///< apart from the numbers of devices

} // namespace

int Fleet::forShare(int percent, const std::function<bool(quint32)> &act)
{
    const quint64 draw = ++m_draws;
    int count = 0;
    for (quint32 index = 0; index < m_settings.devices; ++index) {
        if (!FleetRandom(m_settings.seed + draw, commandStream + index).hits(percent) || !act(index))
            continue;
        ++count;
        schedule(index);
    }
    arm();
    return count;
}

int Fleet::silence(int percent)
{
    return forShare(percent, [&](quint32 index) {
        FleetDevice &device = m_devices[index];
        if (device.isHushed)
            return false;
        fallSilent(device);
        device.isHushed = true;
        return true;
    });
}

int Fleet::answer()
{
    int count = 0;
    return forShare(100, [&](quint32 index) {
        FleetDevice &device = m_devices[index];
        if (!device.isHushed)
            return false;
        comeBackAt(device, now() + Milliseconds(1000LL * count++ / m_settings.ramp));
        return true;
    });
}

int Fleet::dropPaths(int percent)
{
    return forShare(percent, [&](quint32 index) {
        FleetDevice &device = m_devices[index];
        const bool hasPath = device.phase == FleetPhase::Up || device.phase == FleetPhase::Registering;
        return hasPath && !std::exchange(device.isPathDead, true);
    });
}

void Fleet::beginOutage()
{
    m_isOut = true;
    for (FleetDevice &device : m_devices)
        device.isPathDead = true;
}

void Fleet::restore()
{
    m_isOut = false;
}

void Fleet::setMix(const FleetMix &mix)
{
    m_settings.mix = mix;
    for (quint32 index = 0; index < m_settings.devices; ++index) {
        FleetDevice &device = m_devices[index];
        const FleetHabit habit = mix.habitOf(fleetHabitDraw(m_settings.seed, index));
        if (habit == std::exchange(device.habit, habit))
            continue;
        if (device.phase == FleetPhase::Silent && !device.isHushed) // it slept, and does so no more
            comeBackAt(device, now() + Milliseconds(1000LL * index / m_settings.ramp));
        else if (device.phase == FleetPhase::Up)
            startHabit(device);
        if (device.phase == FleetPhase::Up && device.exchange.ask == FleetAsk::Nothing)
            device.keepAt = habit == FleetHabit::Sleeper
                                ? FleetAgenda::never
                                : std::min(device.keepAt, now() + device.random.around(standardInterval, 50));
        schedule(index);
    }
    arm();
}

} // namespace reveille
