// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/fleet/fleetsockets.h"

#include <algorithm>
#include <array>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>
#include <utility>

namespace reveille {
namespace {

constexpr int wideBuffer = 4 * 1024 * 1024, narrowBuffer = 64 * 1024;
constexpr quint64 wakesNumber = ~quint64(0);
constexpr size_t otherDescriptors = 64; ///< standard ones, libraries

/// A shell's usual bound is 1,024.
bool raiseFileLimit(size_t needed)
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return false;
    if (limit.rlim_cur < needed) {
        limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, std::max<rlim_t>(needed, limit.rlim_cur));
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
    return limit.rlim_cur >= needed;
}

} // namespace

FleetSockets::FleetSockets(const FleetSettings &settings, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
    , m_local(settings.local.toIPv4Address())
    , m_server{settings.registrar.toIPv4Address(), settings.registrarPort}
{
    while (m_block < settings.devices)
        m_block *= 2;
}

FleetSockets::~FleetSockets()
{
    m_notifier.reset();
    if (m_epoll >= 0)
        ::close(m_epoll);
}

size_t FleetSockets::socketsNeeded() const
{
    if (m_settings.spread)
        return std::min<size_t>(spreadSockets, m_settings.devices + 1);
    if (isExclusive())
        return m_settings.devices;
    return m_settings.devices / devicesPerPort(m_settings.devices) + 2; // one to move to
}

Result<Done> FleetSockets::open(FleetReceiver &receiver)
{
    m_receiver = &receiver;
    const size_t needed = socketsNeeded();
    if (m_settings.spread && ((m_local >> 24) != 127 || quint64(m_local) + quint64(m_block) * blocks > 0x7fffffffU))
        return Error{"fleet-addresses", m_settings.local.toString()};
    if (!raiseFileLimit(needed + otherDescriptors))
        return Error{"fleet-descriptors", QString::number(needed)};
    m_epoll = ::epoll_create1(EPOLL_CLOEXEC);
    const quint32 address = m_settings.spread ? 0 : m_local;
    for (size_t i = 0; i < needed; ++i) {
        Result<FleetSocket> socket = FleetSocket::bound(address, 0, isExclusive() ? narrowBuffer : wideBuffer);
        if (!socket)
            return socket.error();
        m_sockets.push_back(std::move(socket).value());
        if (!watch(m_sockets.back(), i))
            return Error{"fleet-descriptors", QString::number(needed)};
    }
    if (m_settings.listensForWakeUps) {
        Result<FleetSocket> wakes = FleetSocket::bound(address, m_settings.clientPort, wideBuffer);
        if (!wakes)
            return wakes.error();
        m_wakes = std::move(wakes).value();
        if (!watch(m_wakes, wakesNumber))
            return Error{"fleet-descriptors", QString::number(needed)};
    }
    m_notifier = std::make_unique<QSocketNotifier>(m_epoll, QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &FleetSockets::read);
    return Done{};
}

bool FleetSockets::watch(const FleetSocket &socket, quint64 number)
{
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = number;
    return ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, socket.descriptor(), &event) == 0;
}

void FleetSockets::send(const FleetPlace &from, const QByteArray &octets)
{
    if (from.socket < m_sockets.size() && m_sockets[from.socket].add(from.address, octets))
        m_toFlush.push_back(from.socket);
}

void FleetSockets::flush()
{
    for (const quint16 number : std::exchange(m_toFlush, {}))
        m_unsent += quint64(m_sockets[number].flush(m_server));
}

FleetPlace FleetSockets::place(quint32 device, quint32 moves)
{
    const size_t count = m_sockets.size();
    if (m_settings.spread)
        return {m_local + m_block * (moves % blocks) + device, quint16((device + moves) % count)};
    if (!isExclusive())
        return {m_local, quint16((device / devicesPerPort(m_settings.devices) + moves) % count)};
    const auto number = quint16(device);
    if (moves == 0)
        return {m_local, number};
    Result<FleetSocket> other = FleetSocket::bound(m_local, 0, narrowBuffer);
    if (other && watch(*other, number)) {
        m_unsent += quint64(m_sockets[number].flush(m_server));
        m_sockets[number] = std::move(other).value();
    }
    return {m_local, number};
}

quint16 FleetSockets::portOf(const FleetPlace &place) const
{
    return place.socket < m_sockets.size() ? m_sockets[place.socket].port() : quint16(0);
}

std::optional<quint32> FleetSockets::ownerOf(quint32 address) const
{
    if (!m_settings.spread || address < m_local || address - m_local >= m_block * blocks)
        return std::nullopt;
    const quint32 device = (address - m_local) % m_block;
    return device < m_settings.devices ? std::optional(device) : std::nullopt;
}

void FleetSockets::read()
{
    std::array<epoll_event, readsPerTurn> events;
    const int count = ::epoll_wait(m_epoll, events.data(), int(events.size()), 0);
    for (int i = 0; i < count; ++i) {
        const quint64 number = events[size_t(i)].data.u64;
        if (number == wakesNumber)
            readWakes();
        else if (number < m_sockets.size())
            readFrom(size_t(number));
    }
    flush();
}

void FleetSockets::readFrom(size_t number)
{
    m_sockets[number].read([&](quint32 to, const FleetSocket::Peer &from, QByteArrayView octets) {
        if (from == m_server)
            m_receiver->received({to, quint16(number)}, octets);
    });
}

void FleetSockets::readWakes()
{
    m_wakes.read([&](quint32 to, const FleetSocket::Peer &, QByteArrayView octets) { m_receiver->heard(to, octets); });
}

} // namespace reveille
