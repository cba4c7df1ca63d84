// SPDX-License-Identifier: GPL-3.0-or-later
// The time of a fleet: whose turn it is, requests and how often, habits.
#include "client/fleet/fleet.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace reveille {
namespace {

constexpr Milliseconds firstRetry{2000};
constexpr int mostDoublings = 6;
constexpr Milliseconds longestRestart{5000};

} // namespace

Fleet::Fleet(FleetSettings settings, const FleetIdentities &identities, FleetProtocol &protocol,
             FleetNetwork &network, const SimulationClock &clock, SimulationTimers &timers, QObject *parent)
    : QObject(parent)
    , m_settings(std::move(settings))
    , m_identities(identities)
    , m_protocol(protocol)
    , m_network(network)
    , m_clock(clock)
    , m_timers(timers)
    , m_devices(m_settings.devices)
    , m_agenda(m_settings.devices)
{
    m_counters.devices = m_settings.devices;
    m_counters.phases[size_t(FleetPhase::Waiting)] = m_settings.devices;
    m_there.reserve(qsizetype(m_settings.devices));
}

Fleet::~Fleet()
{
    m_timers.cancel(m_timer);
}

void Fleet::start()
{
    m_startedAt = now();
    for (quint32 index = 0; index < m_settings.devices; ++index) {
        FleetDevice &device = m_devices[index];
        device.random = FleetRandom(m_settings.seed, index);
        device.habit = m_settings.mix.habitOf(fleetHabitDraw(m_settings.seed, index));
        device.changeAt = m_startedAt + Milliseconds(1000LL * index / m_settings.ramp);
        schedule(index);
    }
    arm();
}

void Fleet::run()
{
    m_timer = 0;
    m_armedFor = FleetAgenda::never;
    const Milliseconds until = now();
    for (int served = 0; served < mostPerTurn && m_agenda.nextDue() <= until; ++served)
        serve(*m_agenda.first());
    m_network.flush();
    arm();
}

/// One timer for the whole fleet.
void Fleet::arm()
{
    const Milliseconds next = m_agenda.nextDue();
    if (next == m_armedFor)
        return;
    m_timers.cancel(m_timer);
    m_armedFor = next;
    if (next != FleetAgenda::never)
        m_timer = m_timers.startAt(next, [this] { run(); });
}

void Fleet::serve(quint32 index)
{
    FleetDevice &device = m_devices[index];
    const Milliseconds at = now();
    if (device.lateAt <= at) {
        device.lateAt = FleetAgenda::never;
        send(device, std::exchange(device.lateAnswer, {}));
    }
    if (device.exchange.at <= at)
        repeat(index);
    if (device.changeAt <= at)
        change(index);
    if (device.keepAt <= at) {
        device.keepAt = FleetAgenda::never;
        ask(index, device.renewAt <= at ? FleetAsk::Register : FleetAsk::Keep);
    }
    schedule(index);
}

void Fleet::schedule(quint32 index)
{
    m_agenda.set(index, m_devices[index].due());
}

void Fleet::enter(FleetDevice &device, FleetPhase phase)
{
    --m_counters.phases[size_t(device.phase)];
    ++m_counters.phases[size_t(phase)];
    device.phase = phase;
    const bool isBack = phase == FleetPhase::Up || phase == FleetPhase::Silent || phase == FleetPhase::Off;
    if (device.isWoken && isBack) {
        device.isWoken = false;
        --m_counters.waking;
    }
}

void Fleet::setRegistered(FleetDevice &device, bool registered)
{
    if (device.isRegistered != registered)
        registered ? ++m_counters.registered : --m_counters.registered;
    device.isRegistered = registered;
}

void Fleet::leave(quint32 index)
{
    FleetDevice &device = m_devices[index];
    const auto first = m_there.find(device.place.key());
    if (first == m_there.end())
        return;
    quint32 *link = &*first;
    while (*link != index && *link != FleetDevice::nobody)
        link = &m_devices[*link].nextThere;
    if (*link == index)
        *link = std::exchange(device.nextThere, FleetDevice::nobody);
    if (*first == FleetDevice::nobody)
        m_there.erase(first);
}

void Fleet::goTo(quint32 index, const FleetPlace &place)
{
    leave(index);
    m_devices[index].place = place;
    m_devices[index].nextThere = m_there.value(place.key(), FleetDevice::nobody);
    m_there.insert(place.key(), index);
}

/// Over a path that it did not have before.
void Fleet::registerAnew(quint32 index)
{
    FleetDevice &device = m_devices[index];
    goTo(index, m_network.place(index, device.moves++));
    device.isPathDead = m_isOut;
    device.isHushed = false;
    device.provenUntil = Milliseconds(0);
    enter(device, FleetPhase::Registering);
    ask(index, FleetAsk::Register);
}

void Fleet::ask(quint32 index, FleetAsk what)
{
    FleetDevice &device = m_devices[index];
    const FleetPace pace = m_protocol.pace(what);
    FleetExchange &exchange = device.exchange;
    exchange.ask = what;
    exchange.octets = m_protocol.request(index, device, what);
    exchange.sends = 1;
    exchange.wait = pace.first + Milliseconds(device.random.below(pace.first.count() * pace.spreadPercent / 100 + 1));
    exchange.end = now() + pace.giveUp;
    exchange.at = now() + exchange.wait;
    send(device, exchange.octets);
}

/// RFC 7252 section 4.2, RFC 3261 section 17.1.2: once more, or nobody answers.
void Fleet::repeat(quint32 index)
{
    FleetDevice &device = m_devices[index];
    FleetExchange &exchange = device.exchange;
    const FleetPace pace = m_protocol.pace(exchange.ask);
    const bool isOver = now() >= exchange.end || (pace.mostSends != 0 && exchange.sends >= pace.mostSends);
    if (isOver) {
        ++m_counters.timeouts;
        return retryLater(device, Milliseconds(0));
    }
    ++exchange.sends;
    ++m_counters.retransmissions;
    exchange.wait *= 2;
    if (pace.longest.count() != 0)
        exchange.wait = std::min(exchange.wait, pace.longest);
    exchange.at = std::min(now() + exchange.wait, exchange.end);
    send(device, exchange.octets);
}

/// What its phase or its habit had in store.
void Fleet::change(quint32 index)
{
    FleetDevice &device = m_devices[index];
    device.changeAt = FleetAgenda::never;
    if (device.phase != FleetPhase::Up)
        return registerAnew(index);
    switch (device.habit) {
    case FleetHabit::Keeper:
        break;
    case FleetHabit::Sleeper:
        fallSilent(device);
        break;
    case FleetHabit::Roamer:
        ++m_counters.moves;
        device.keepAt = FleetAgenda::never;
        registerAnew(index);
        break;
    case FleetHabit::Flaky:
        ++m_counters.restarts;
        fallSilent(device);
        m_protocol.forget(index);
        setRegistered(device, false);
        enter(device, FleetPhase::Off);
        device.changeAt = now() + Milliseconds(1000 + device.random.below((longestRestart.count() - 1000) + 1));
        break;
    }
}

/// The next thing that it does by itself while it is up.
void Fleet::startHabit(FleetDevice &device)
{
    const FleetMix &mix = m_settings.mix;
    Milliseconds in = FleetAgenda::never;
    if (device.habit == FleetHabit::Sleeper)
        in = mix.awake;
    else if (device.habit == FleetHabit::Roamer)
        in = mix.roam;
    else if (device.habit == FleetHabit::Flaky)
        in = mix.restart;
    device.changeAt = in == FleetAgenda::never ? in : now() + device.random.around(in, 50);
}

void Fleet::fallSilent(FleetDevice &device)
{
    enter(device, FleetPhase::Silent);
    device.exchange = {};
    device.keepAt = device.changeAt = device.lateAt = FleetAgenda::never;
    device.lateAnswer.clear();
}

void Fleet::comeBackAt(FleetDevice &device, Milliseconds at)
{
    device.exchange = {};
    device.keepAt = device.lateAt = FleetAgenda::never;
    device.isHushed = false;
    enter(device, FleetPhase::Waiting);
    device.changeAt = at;
}

/// Not registered, or its path is gone: another one, later and later.
void Fleet::retryLater(FleetDevice &device, Milliseconds atLeast)
{
    const Milliseconds pause = firstRetry * (1 << std::min<int>(device.failures, mostDoublings));
    if (device.failures < mostDoublings)
        ++device.failures;
    const Milliseconds told(atLeast.count() + device.random.below(atLeast.count() / 4 + 1));
    comeBackAt(device, now() + std::max(device.random.around(pause, 25), told));
}

void Fleet::send(FleetDevice &device, const QByteArray &octets)
{
    if (octets.isEmpty())
        return;
    const bool isLost = device.habit == FleetHabit::Flaky && device.random.hits(m_settings.mix.lossPercent);
    if (m_isOut || device.isPathDead || isLost) {
        ++m_counters.lost;
        return;
    }
    ++m_counters.sent;
    m_counters.sentOctets += quint64(octets.size());
    m_network.send(device.place, octets);
}

} // namespace reveille
