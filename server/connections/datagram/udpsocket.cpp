// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/datagram/udpsocket.h"

#include "connections/datagram/datagramlog.h"
#include "connections/shared/icmperrors.h"
#include "connections/shared/listenerror.h"

#include <QSocketNotifier>
#include <QTimerEvent>
#include <QtEndian>

#include <algorithm>
#include <array>
#include <cerrno>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace reveille {

namespace {

constexpr int receiveBuffer = 4 * 1024 * 1024;
constexpr int maxErrors = 64;
constexpr int roundsAtOnce = 16; ///< full batches in one go, so that others have their turn
constexpr int sendAttempts = 3;  ///< a queued ICMP error of an earlier datagram is reported by the next call

void writeName(const DatagramPeer &peer, bool v6, sockaddr_storage *storage, socklen_t *size)
{
    if (v6) {
        sockaddr_in6 in{};
        in.sin6_family = AF_INET6;
        in.sin6_port = qToBigEndian(peer.port);
        std::memcpy(in.sin6_addr.s6_addr, peer.octets.data(), 16);
        std::memcpy(storage, &in, sizeof in);
        *size = sizeof in;
        return;
    }
    sockaddr_in in{};
    in.sin_family = AF_INET;
    in.sin_port = qToBigEndian(peer.port);
    in.sin_addr.s_addr = peer.v4();
    std::memcpy(storage, &in, sizeof in);
    *size = sizeof in;
}

DatagramPeer readName(const sockaddr_storage &storage)
{
    DatagramPeer peer;
    if (storage.ss_family == AF_INET) {
        sockaddr_in in;
        std::memcpy(&in, &storage, sizeof in);
        peer.port = qFromBigEndian(in.sin_port);
        peer.setV4(in.sin_addr.s_addr);
    } else if (storage.ss_family == AF_INET6) {
        sockaddr_in6 in;
        std::memcpy(&in, &storage, sizeof in);
        peer.port = qFromBigEndian(in.sin6_port);
        std::memcpy(peer.octets.data(), in.sin6_addr.s6_addr, 16);
    }
    return peer;
}

QAbstractSocket::SocketError toQt(int error)
{
    switch (error) {
    case EADDRINUSE:
        return QAbstractSocket::AddressInUseError;
    case EADDRNOTAVAIL:
        return QAbstractSocket::SocketAddressNotAvailableError;
    case EACCES:
    case EPERM:
        return QAbstractSocket::SocketAccessError;
    case EMFILE:
    case ENFILE:
        return QAbstractSocket::SocketResourceError;
    default:
        return QAbstractSocket::UnknownSocketError;
    }
}

bool isIcmpEcho(int error)
{
    return error == ECONNREFUSED || error == EHOSTUNREACH || error == ENETUNREACH;
}

/// Messages for one call, and where their parts are.
struct MessageBatch {
    mmsghdr messages[UdpSocket::batch];
    iovec vectors[UdpSocket::batch];
    sockaddr_storage names[UdpSocket::batch];

    MessageBatch()
    {
        for (int i = 0; i < UdpSocket::batch; ++i) {
            msghdr &head = messages[i].msg_hdr;
            head = {};
            head.msg_name = &names[i];
            head.msg_namelen = sizeof(sockaddr_storage);
            head.msg_iov = &vectors[i];
            head.msg_iovlen = 1;
        }
    }
};

} // namespace

struct UdpSocket::Buffers {
    MessageBatch in, out;
    char octets[batch][largest];

    Buffers()
    {
        for (int i = 0; i < batch; ++i)
            in.vectors[i] = {octets[i], largest};
    }
};

UdpSocket::UdpSocket(DatagramReceiver &receiver, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_receiver(receiver)
    , m_clock(clock)
    , m_buffers(std::make_unique<Buffers>())
    , m_largestLog(datagramLog, "largest")
{
}

UdpSocket::~UdpSocket()
{
    close();
}

Result<Done> UdpSocket::listen(const Endpoint &endpoint)
{
    const auto failed = [&](int error) {
        close();
        return listenError(QStringLiteral("datagram/coap"), endpoint, toQt(error));
    };
    m_v6 = endpoint.address.protocol() != QAbstractSocket::IPv4Protocol;
    m_descriptor = ::socket(m_v6 ? AF_INET6 : AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (m_descriptor < 0)
        return failed(errno);
    const int off = 0, size = receiveBuffer;
    if (m_v6)
        ::setsockopt(m_descriptor, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
    ::setsockopt(m_descriptor, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
    enableIcmpErrors(m_descriptor);

    DatagramPeer wanted;
    const Q_IPV6ADDR octets = endpoint.address.toIPv6Address();
    std::memcpy(wanted.octets.data(), octets.c, 16);
    wanted.port = endpoint.port;
    sockaddr_storage name{};
    socklen_t length = 0;
    writeName(wanted, m_v6, &name, &length);
    if (::bind(m_descriptor, reinterpret_cast<sockaddr *>(&name), length) < 0)
        return failed(errno);
    length = sizeof name;
    if (::getsockname(m_descriptor, reinterpret_cast<sockaddr *>(&name), &length) < 0)
        return failed(errno);
    m_local = readName(name).text();
    m_notifier = std::make_unique<QSocketNotifier>(m_descriptor, QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &UdpSocket::readBatch);
    return Done{};
}

void UdpSocket::close()
{
    m_poll.stop();
    m_pace = {};
    m_interval = {};
    m_notifier.reset();
    m_queue.clear();
    if (m_descriptor >= 0)
        ::close(m_descriptor);
    m_descriptor = -1;
}

void UdpSocket::readBatch()
{
    keepPace(read());
}

void UdpSocket::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_poll.timerId())
        return QObject::timerEvent(event);
    int total = 0;
    for (int rounds = 0; rounds < roundsAtOnce && m_descriptor >= 0; ++rounds) {
        const int count = read();
        total += std::max(count, 0);
        if (count < 0 || (count > 0 && count < batch)) // 0: an error stood before what may be there
            break;
    }
    keepPace(total);
}

/// Takes up the clock, another interval of it, or the notifier again, as the pace wants it after a read.
void UdpSocket::keepPace(int datagrams)
{
    if (m_descriptor < 0)
        return;
    m_pace.read(datagrams, m_clock.monotonic());
    if (m_pace.interval() == m_interval)
        return;
    m_interval = m_pace.interval();
    m_notifier->setEnabled(!isPolling());
    if (isPolling())
        m_poll.start(int(m_interval.count()), Qt::PreciseTimer, this);
    else
        m_poll.stop();
}

/// Datagrams read; 0 where an error came in their place, less where nothing was there.
int UdpSocket::read()
{
    MessageBatch &in = m_buffers->in;
    const int count = ::recvmmsg(m_descriptor, in.messages, batch, MSG_DONTWAIT, nullptr);
    const bool isEmpty = count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
    if (count <= 0 || m_hasErrors) // woken by an error, or told of one in place of a datagram
        takeErrors();
    m_reading = true;
    if (count > 1) {
        std::array<QByteArrayView, batch> views;
        for (int i = 0; i < count; ++i)
            views[size_t(i)] = QByteArrayView(m_buffers->octets[i], in.messages[i].msg_len);
        m_receiver.expect(std::span(views).first(size_t(count)));
    }
    for (int i = 0; i < count && m_descriptor >= 0; ++i) {
        const mmsghdr &message = in.messages[i];
        if (message.msg_hdr.msg_flags & MSG_TRUNC) {
            ++m_oversized;
            m_largestLog.reached([&] { return readName(in.names[i]).text(); });
            continue;
        }
        const DatagramPeer peer = readName(in.names[i]);
        if (peer.isSet())
            m_receiver.received(peer, QByteArrayView(m_buffers->octets[i], message.msg_len));
    }
    for (int i = 0; i < count; ++i)
        in.messages[i].msg_hdr.msg_namelen = sizeof(sockaddr_storage);
    m_reading = false;
    flush();
    return isEmpty ? -1 : std::max(count, 0);
}

void UdpSocket::takeErrors()
{
    m_hasErrors = false;
    const QVector<IcmpError> errors = takeIcmpErrors(m_descriptor, maxErrors);
    for (const IcmpError &error : errors) {
        const Result<IpAddress> address = IpAddress::parse(error.address.toString());
        if (error.permanent && address)
            m_receiver.unreachable(DatagramPeer::of(*address, error.port, false), error.what);
    }
}

bool UdpSocket::send(const DatagramPeer &peer, const QByteArray &datagram)
{
    if (m_descriptor < 0)
        return false;
    if (!m_v6 && !peer.isV4()) { // its last octets are no address
        ++m_unsent;
        return false;
    }
    if (!m_reading)
        return sendOne(peer, datagram);
    m_queue.emplace_back(peer, datagram);
    return true;
}

bool UdpSocket::sendOne(const DatagramPeer &peer, const QByteArray &datagram)
{
    sockaddr_storage name{};
    socklen_t size = 0;
    writeName(peer, m_v6, &name, &size);
    for (int i = 0; i < sendAttempts; ++i) {
        if (::sendto(m_descriptor, datagram.constData(), size_t(datagram.size()), MSG_DONTWAIT | MSG_NOSIGNAL,
                     reinterpret_cast<sockaddr *>(&name), size) >= 0)
            return true;
        if (!isIcmpEcho(errno))
            break;
        m_hasErrors = true;
    }
    ++m_unsent;
    return false;
}

void UdpSocket::flush()
{
    size_t begin = 0;
    int failures = 0;
    while (m_descriptor >= 0 && begin < m_queue.size()) {
        MessageBatch &out = m_buffers->out;
        const int count = int(qMin(m_queue.size() - begin, size_t(batch)));
        for (int i = 0; i < count; ++i) {
            const auto &[peer, datagram] = m_queue[begin + size_t(i)];
            out.vectors[i] = {const_cast<char *>(datagram.constData()), size_t(datagram.size())};
            writeName(peer, m_v6, &out.names[i], &out.messages[i].msg_hdr.msg_namelen);
        }
        const int sent = ::sendmmsg(m_descriptor, out.messages, unsigned(count), MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent > 0) {
            m_hasErrors |= sent < count; // what stopped it is not told
            begin += size_t(sent);
            failures = 0;
        } else if (isIcmpEcho(errno) && ++failures < sendAttempts) {
            m_hasErrors = true;
        } else {
            ++m_unsent;
            ++begin; // this one cannot go; the others may
            failures = 0;
        }
    }
    m_queue.clear();
}

} // namespace reveille
