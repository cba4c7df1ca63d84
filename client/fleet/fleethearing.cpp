// SPDX-License-Identifier: GPL-3.0-or-later
// What comes in for a fleet: answers and pushes over paths, wake-ups at the client port.
#include "client/fleet/fleet.h"
#include "client/sirgate.h"

#include <QtEndian>

#include <algorithm>
#include <functional>
#include <utility>

using namespace Qt::StringLiterals;

namespace reveille {
namespace {

constexpr int refreshPercent = 90; ///< before this share of the lifetime has passed it is renewed

/// What a device remembers of signed SIRs, as SirGate has it: a few, packed.
void recall(const FleetDevice &device, SirMemory &memory)
{
    std::deque<SirMemory::Seen> seen;
    for (const quint64 mark : device.sirs) {
        const quint32 nonce = qToBigEndian(quint32(mark));
        if (mark != 0)
            seen.push_back({Timestamp{qint64(mark >> 32) * 1000},
                            nonce == 0 ? QByteArray() : QByteArray(reinterpret_cast<const char *>(&nonce), sizeof nonce)});
    }
    memory.restore(seen, Timestamp{qint64(device.sirsForgotten) * 1000});
}

void keep(FleetDevice &device, const SirMemory &memory)
{
    std::vector<quint64> marks;
    for (const SirMemory::Seen &seen : memory.seen()) {
        const quint32 nonce = seen.nonce.size() < 4 ? 0 : qFromBigEndian<quint32>(seen.nonce.constData());
        marks.push_back(quint64(seen.time.ms / 1000) << 32 | nonce);
    }
    std::sort(marks.begin(), marks.end(), std::greater());
    device.sirsForgotten = std::max(device.sirsForgotten, quint32(memory.forgottenUntil().ms / 1000));
    device.sirs = {};
    for (size_t i = 0; i < marks.size(); ++i) {
        if (i < device.sirs.size())
            device.sirs[i] = marks[i];
        else
            device.sirsForgotten = std::max(device.sirsForgotten, quint32(marks[i] >> 32));
    }
}

} // namespace

void Fleet::received(const FleetPlace &to, QByteArrayView octets)
{
    ++m_counters.received;
    m_counters.receivedOctets += quint64(octets.size());
    const quint32 first = m_there.value(to.key(), FleetDevice::nobody);
    quint32 index = first;
    if (first != FleetDevice::nobody && m_devices[first].nextThere != FleetDevice::nobody) {
        while (index != FleetDevice::nobody && !m_protocol.isFor(index, octets))
            index = m_devices[index].nextThere;
    }
    if (index == FleetDevice::nobody) {
        ++m_counters.strays;
        return;
    }
    take(index, octets);
    schedule(index);
    arm();
}

void Fleet::take(quint32 index, QByteArrayView octets)
{
    FleetDevice &device = m_devices[index];
    const bool isMute = device.phase == FleetPhase::Silent || device.phase == FleetPhase::Off;
    const bool isLost = device.habit == FleetHabit::Flaky && device.random.hits(m_settings.mix.lossPercent);
    if (m_isOut || device.isPathDead || isMute || isLost) {
        ++m_counters.lost;
        return;
    }
    const FleetHeard heard = m_protocol.take(index, device, octets, now());
    device.provenUntil = now() + m_settings.mix.proven;
    const FleetAsk asked = device.exchange.ask;
    switch (heard.kind) {
    case FleetHeard::Kind::Nothing:
        break;
    case FleetHeard::Kind::Held:
        device.exchange.at = device.exchange.end;
        break;
    case FleetHeard::Kind::Granted:
        device.exchange = {};
        onGranted(index, asked, heard);
        break;
    case FleetHeard::Kind::Refused:
        ++m_counters.refused;
        setRegistered(device, false);
        retryLater(device, heard.retryAfter);
        break;
    case FleetHeard::Kind::Unknown:
        setRegistered(device, false);
        enter(device, FleetPhase::Registering);
        ask(index, FleetAsk::Register);
        break;
    case FleetHeard::Kind::Again:
        ask(index, asked);
        break;
    case FleetHeard::Kind::Repeated:
        ++m_counters.repeated;
        break;
    case FleetHeard::Kind::Request:
        break;
    case FleetHeard::Kind::Push:
        if (heard.push != 0 && device.knowsPush(heard.push))
            ++m_counters.duplicates;
        else
            ++m_counters.pushes;
        if (device.habit == FleetHabit::Sleeper && device.phase == FleetPhase::Up)
            startHabit(device); // it stays awake for what may follow
        break;
    }
    reply(device, heard);
}

void Fleet::onGranted(quint32 index, FleetAsk asked, const FleetHeard &heard)
{
    FleetDevice &device = m_devices[index];
    const FleetMix &mix = m_settings.mix;
    const Milliseconds life = heard.lifetime * refreshPercent / 100;
    Milliseconds interval = mix.interval.count() != 0 ? mix.interval : heard.interval;
    if (interval.count() == 0)
        interval = standardInterval;
    if (heard.keepRenews && life.count() != 0)
        interval = std::min(interval, life);
    if (!heard.keepRenews && life.count() != 0)
        device.renewAt = now() + life;
    device.failures = 0;
    if (asked == FleetAsk::Keep) {
        ++m_counters.keepAlives;
    } else {
        ++m_counters.registrations;
        const bool isFirst = device.phase == FleetPhase::Registering;
        enter(device, FleetPhase::Up);
        setRegistered(device, true);
        if (isFirst)
            startHabit(device);
    }
    // What a sleeper does it does before its path would close.
    if (device.habit != FleetHabit::Sleeper)
        device.keepAt = now() + std::max(device.random.around(interval, mix.jitterPercent), Milliseconds(1));
    if (!std::exchange(device.wasRegistered, true) && ++m_everRegistered == m_settings.devices)
        Q_EMIT happened({m_clock.now(), u"all-registered"_s, {{u"ms"_s, qint64((now() - m_startedAt).count())}}});
}

void Fleet::reply(FleetDevice &device, const FleetHeard &heard)
{
    const bool isRequest = heard.kind == FleetHeard::Kind::Push || heard.kind == FleetHeard::Kind::Request ||
                           heard.kind == FleetHeard::Kind::Repeated;
    const bool mayBeLate = device.habit == FleetHabit::Flaky && isRequest && device.lateAt == FleetAgenda::never;
    if (!mayBeLate || !device.random.hits(m_settings.mix.latePercent))
        return send(device, heard.reply);
    device.lateAnswer = heard.reply;
    device.lateAt = now() + Milliseconds(1 + device.random.below(m_settings.mix.late.count()));
}

void Fleet::heard(quint32 address, QByteArrayView octets)
{
    if (m_isOut)
        return;
    ++m_counters.wakeUps;
    const std::optional<quint32> owner = m_network.ownerOf(address);
    if (owner && m_devices[*owner].place.address != address) { // it has left this address
        ++m_counters.strays;
        return;
    }
    const Result<WakeDatagram> wake = readWakeDatagram(octets);
    const std::optional<quint32> index = wake ? meantBy(*wake, address) : std::nullopt;
    if (!index) {
        ++m_counters.wakesUnclear;
        return;
    }
    FleetDevice &device = m_devices[*index];
    if (!obeys(*index, *wake)) {
        ++m_counters.wakesIgnored;
        return;
    }
    ++m_counters.wakes;
    wakeUp(device);
    schedule(*index);
    arm();
}

/// The device or the user that stands in it tells, else the address it came to.
std::optional<quint32> Fleet::meantBy(const WakeDatagram &wake, quint32 address) const
{
    if (!wake.sir.device.isEmpty())
        return m_identities.find(wake.sir.device);
    const std::optional<quint32> owner = m_network.ownerOf(address);
    return owner || wake.sir.user.isEmpty() ? owner : m_identities.find(wake.sir.user);
}

bool Fleet::obeys(quint32 index, const WakeDatagram &wake)
{
    FleetDevice &device = m_devices[index];
    const bool isConnected = device.phase == FleetPhase::Up && device.provenUntil > now();
    if (device.phase == FleetPhase::Off || device.lockedUntil > now())
        return false;
    SirGate::Rules rules;
    rules.me = {m_identities.device(index), m_identities.user(index)};
    if (wake.empty)
        return !isConnected && meaningOf(wake.sir, rules.me) == SirMeaning::ForMe;
    rules.key = m_protocol.sirKey(index);
    rules.ownGateways = {m_settings.registrar.toString()};
    if (!m_settings.registrarName.isEmpty())
        rules.ownGateways.append(m_settings.registrarName);
    rules.gateways = m_settings.gateways;
    rules.window = sirWindow;
    SirGate gate;
    gate.setRules(std::move(rules));
    recall(device, gate.memory());
    const SirGate::Verdict verdict = gate.judge(wake, isConnected, m_clock.now());
    keep(device, gate.memory());
    return verdict.answer == SirGate::Answer::Connect;
}

void Fleet::wakeUp(FleetDevice &device)
{
    if (!std::exchange(device.isWoken, true))
        ++m_counters.waking;
    device.failures = 0;
    device.lockedUntil = now() + wakeLockout;
    comeBackAt(device, now() + Milliseconds(device.random.below(m_settings.mix.wakeDelay.count() + 1)));
}

} // namespace reveille
