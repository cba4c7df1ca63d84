// SPDX-License-Identifier: GPL-3.0-or-later
#include "bearers/wspudpbearer.h"

#include "bearers/sirpush.h"

#include <cerrno>
#include <linux/errqueue.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace reveille {

namespace {

constexpr Milliseconds icmpWait{2000};
constexpr Milliseconds drainInterval{50};

QHostAddress hostAddress(const IpAddress &address)
{
    return QHostAddress(address.toString());
}

/// The peer of the next queued ICMP error of a socket; port 0 when there is none.
std::pair<QHostAddress, quint16> nextUnreachable(qintptr descriptor)
{
    sockaddr_storage peer = {};
    char control[512];
    char data[64];
    iovec part = {data, sizeof data};
    msghdr message = {};
    message.msg_name = &peer;
    message.msg_namelen = sizeof peer;
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    if (recvmsg(int(descriptor), &message, MSG_ERRQUEUE | MSG_DONTWAIT) < 0)
        return {QHostAddress(), 0};
    const QHostAddress address(reinterpret_cast<const sockaddr *>(&peer));
    const quint16 port = peer.ss_family == AF_INET6 ? reinterpret_cast<const sockaddr_in6 *>(&peer)->sin6_port
                                                    : reinterpret_cast<const sockaddr_in *>(&peer)->sin_port;
    return {address, ntohs(port)};
}

} // namespace

WspUdpBearer::WspUdpBearer(Settings settings, Timers &timers, QObject *parent)
    : QObject(parent), m_settings(std::move(settings)), m_timers(timers)
{
    const int on = 1;
    const QHostAddress wanted = m_settings.localAddress.isNull() ? QHostAddress() : hostAddress(m_settings.localAddress);
    const bool has4 = wanted.isNull() || wanted.protocol() == QAbstractSocket::IPv4Protocol;
    const bool has6 = wanted.isNull() || wanted.protocol() == QAbstractSocket::IPv6Protocol;
    if (has4 && m_socket4.bind(wanted.isNull() ? QHostAddress(QHostAddress::AnyIPv4) : wanted, 0))
        setsockopt(int(m_socket4.socketDescriptor()), SOL_IP, IP_RECVERR, &on, sizeof on);
    if (has6 && m_socket6.bind(wanted.isNull() ? QHostAddress(QHostAddress::AnyIPv6) : wanted, 0))
        setsockopt(int(m_socket6.socketDescriptor()), SOL_IPV6, IPV6_RECVERR, &on, sizeof on);
    if (m_socket4.state() != QAbstractSocket::BoundState && m_socket6.state() != QAbstractSocket::BoundState) {
        m_health.healthy = false;
        m_health.code = "bind-failed";
    }
}

WspUdpBearer::~WspUdpBearer()
{
    m_timers.cancel(m_drainTimer);
    for (Flight &flight : m_flights)
        m_timers.cancel(flight.timer);
}

BearerFacts WspUdpBearer::facts() const
{
    return {m_settings.name, QStringLiteral("wsp-udp"), {QStringLiteral("wsp-udp")}, m_health.healthy};
}

BearerHealth WspUdpBearer::health() const
{
    BearerHealth health = m_health;
    health.queued = int(m_queue.size());
    return health;
}

void WspUdpBearer::test(std::function<void(BearerTest)> done)
{
    m_timers.start(Milliseconds(0), [ok = m_health.healthy, code = m_health.code, done = std::move(done)] {
        done({ok, ok ? QByteArray("socket-open") : code, {}, Milliseconds(0)});
    });
}

Result<Done> WspUdpBearer::canReach(const WakeRoute &route) const
{
    const Result<IpAddress> address = IpAddress::parse(route.address);
    if (!address)
        return Error{"address-not-ip", route.address.left(100)};
    if (!anyContains(m_settings.allowedNetworks, *address))
        return Error{"network-not-allowed", address->toString()};
    return Done{};
}

QByteArray WspUdpBearer::encode(const WakeMessage &message) const
{
    return encodeSirPush(message);
}

void WspUdpBearer::send(const WakeMessage &message, Receipt receipt)
{
    const Result<Done> reachable = canReach(message.route);
    WakeReceipt refusal;
    if (!reachable) {
        refusal = {WakeReceipt::Kind::Failed, reachable.error().code, {}};
    } else if (qint64(m_queue.size()) >= m_settings.queueLimit) {
        refusal = {WakeReceipt::Kind::Retry, "queue-full", {}};
    } else {
        const quint16 port = message.route.port.isSet() ? message.route.port.number() : m_settings.defaultPort;
        m_queue.push_back({encode(message), hostAddress(*IpAddress::parse(message.route.address)), port, std::move(receipt)});
        if (!m_drainTimer)
            m_drainTimer = m_timers.start(Milliseconds(0), [this] { drain(); });
        return;
    }
    ++m_health.failed;
    m_timers.start(Milliseconds(0), [receipt = std::move(receipt), refusal] { receipt(refusal); });
}

void WspUdpBearer::drain()
{
    m_drainTimer = 0;
    const int share = std::max(1, int(m_settings.perSecond * drainInterval.count() / 1000));
    for (int i = 0; i < share && !m_queue.empty(); ++i) {
        const Waiting next = std::move(m_queue.front());
        m_queue.pop_front();
        transmit(next);
    }
    if (!m_queue.empty())
        m_drainTimer = m_timers.start(drainInterval, [this] { drain(); });
}

QUdpSocket &WspUdpBearer::socketFor(const QHostAddress &address)
{
    return address.protocol() == QAbstractSocket::IPv6Protocol ? m_socket6 : m_socket4;
}

void WspUdpBearer::transmit(const Waiting &waiting)
{
    QUdpSocket &socket = socketFor(waiting.address);
    readErrors(); // an old error must not fail this datagram
    if (socket.writeDatagram(waiting.datagram, waiting.address, waiting.port) != waiting.datagram.size()) {
        ++m_health.failed;
        waiting.receipt({WakeReceipt::Kind::Failed, "send-failed", {}});
        return;
    }
    ++m_health.sent;
    const std::pair key(waiting.address, waiting.port);
    Flight &flight = m_flights[key];
    m_timers.cancel(flight.timer);
    flight.receipt = waiting.receipt;
    flight.timer = m_timers.start(Milliseconds(100), [this, key] {
        readErrors();
        const auto found = m_flights.find(key);
        if (found != m_flights.end()) {
            found->timer = m_timers.start(icmpWait, [this, key] {
                readErrors();
                m_flights.remove(key);
            });
        }
    });
    waiting.receipt({WakeReceipt::Kind::Accepted, "sent", {}});
}

void WspUdpBearer::readErrors()
{
    for (QUdpSocket *socket : {&m_socket4, &m_socket6}) {
        if (socket->socketDescriptor() < 0)
            continue;
        for (int i = 0; i < 100; ++i) {
            const auto peer = nextUnreachable(socket->socketDescriptor());
            if (peer.second == 0)
                break;
            const auto flight = m_flights.find(peer);
            if (flight == m_flights.end())
                continue;
            const Flight failed = *flight;
            m_flights.erase(flight);
            TimerId timer = failed.timer;
            m_timers.cancel(timer);
            ++m_health.failed;
            failed.receipt({WakeReceipt::Kind::Failed, "port-unreachable", {}});
        }
    }
}

} // namespace reveille
