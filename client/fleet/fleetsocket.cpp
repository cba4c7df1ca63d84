// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/fleet/fleetsocket.h"

#include "client/endpoint.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace reveille {
namespace {

constexpr int sendAttempts = 3; ///< a queued ICMP error of an earlier datagram is reported by the next call

union Control {
    char octets[CMSG_SPACE(sizeof(in_pktinfo))];
    cmsghdr align;
};

/// Messages for one call, and where their parts are.
struct Messages {
    std::array<mmsghdr, FleetSocket::batch> heads{};
    std::array<iovec, FleetSocket::batch> parts{};
    std::array<sockaddr_in, FleetSocket::batch> names{};
    std::array<Control, FleetSocket::batch> controls{};

    msghdr &prepare(size_t i)
    {
        msghdr &head = heads[i].msg_hdr;
        head = {};
        head.msg_name = &names[i];
        head.msg_namelen = sizeof names[i];
        head.msg_iov = &parts[i];
        head.msg_iovlen = 1;
        head.msg_control = controls[i].octets;
        head.msg_controllen = sizeof controls[i].octets;
        return head;
    }
};

sockaddr_in nameOf(const FleetSocket::Peer &peer)
{
    sockaddr_in name{};
    name.sin_family = AF_INET;
    name.sin_port = htons(peer.port);
    name.sin_addr.s_addr = htonl(peer.address);
    return name;
}

sockaddr *raw(sockaddr_in &name)
{
    void *pointer = &name;
    return static_cast<sockaddr *>(pointer);
}

} // namespace

FleetSocket::FleetSocket(FleetSocket &&other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
    , m_port(std::exchange(other.m_port, 0))
    , m_kept(std::move(other.m_kept))
{
}

FleetSocket &FleetSocket::operator=(FleetSocket &&other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    std::swap(m_port, other.m_port);
    std::swap(m_kept, other.m_kept);
    return *this;
}

FleetSocket::~FleetSocket()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

Result<FleetSocket> FleetSocket::bound(quint32 address, quint16 port, int receiveBuffer)
{
    FleetSocket made;
    made.m_descriptor = ::socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    const int on = 1;
    sockaddr_in name = nameOf({address, port});
    socklen_t size = sizeof name;
    ::setsockopt(made.m_descriptor, IPPROTO_IP, IP_PKTINFO, &on, sizeof on);
    ::setsockopt(made.m_descriptor, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, sizeof receiveBuffer);
    if (made.m_descriptor < 0 || ::bind(made.m_descriptor, raw(name), sizeof name) != 0 ||
        ::getsockname(made.m_descriptor, raw(name), &size) != 0)
        return Error{"client-bind", endpointText(QHostAddress(address), port)};
    made.m_port = ntohs(name.sin_port);
    return made;
}

bool FleetSocket::add(quint32 from, const QByteArray &octets)
{
    m_kept.push_back({from, octets});
    return m_kept.size() == 1;
}

int FleetSocket::flush(const Peer &to)
{
    const std::vector<Outgoing> kept = std::exchange(m_kept, {});
    const sockaddr_in name = nameOf(to);
    Messages messages;
    int lost = 0, attempts = sendAttempts;
    for (size_t begin = 0; begin < kept.size();) {
        const size_t count = std::min<size_t>(kept.size() - begin, batch);
        for (size_t i = 0; i < count; ++i) {
            const Outgoing &outgoing = kept[begin + i];
            messages.names[i] = name;
            messages.parts[i] = {const_cast<char *>(outgoing.octets.constData()), size_t(outgoing.octets.size())};
            msghdr &head = messages.prepare(i);
            cmsghdr *control = CMSG_FIRSTHDR(&head);
            control->cmsg_level = IPPROTO_IP;
            control->cmsg_type = IP_PKTINFO;
            control->cmsg_len = CMSG_LEN(sizeof(in_pktinfo));
            in_pktinfo info{};
            info.ipi_spec_dst.s_addr = htonl(outgoing.from);
            std::memcpy(CMSG_DATA(control), &info, sizeof info);
        }
        const int sent = ::sendmmsg(m_descriptor, messages.heads.data(), unsigned(count), 0);
        if (sent <= 0 && --attempts > 0)
            continue;
        attempts = sendAttempts;
        lost += sent <= 0 ? 1 : 0; // the first of them is what it does not take
        begin += size_t(std::max(sent, 1));
    }
    return lost;
}

void FleetSocket::read(const Take &take)
{
    static thread_local std::array<std::array<char, largest>, batch> octets;
    Messages messages;
    for (size_t i = 0; i < size_t(batch); ++i) {
        messages.parts[i] = {octets[i].data(), octets[i].size()};
        messages.prepare(i);
    }
    const int count = ::recvmmsg(m_descriptor, messages.heads.data(), batch, MSG_DONTWAIT, nullptr);
    for (size_t i = 0; i < size_t(std::max(count, 0)); ++i) {
        const msghdr &head = messages.heads[i].msg_hdr;
        const cmsghdr *control = CMSG_FIRSTHDR(&head);
        if (!control || control->cmsg_type != IP_PKTINFO || (head.msg_flags & MSG_TRUNC) != 0)
            continue;
        in_pktinfo info;
        std::memcpy(&info, CMSG_DATA(control), sizeof info);
        const sockaddr_in &name = messages.names[i];
        take(ntohl(info.ipi_addr.s_addr), {ntohl(name.sin_addr.s_addr), ntohs(name.sin_port)},
             QByteArrayView(octets[i].data(), qsizetype(messages.heads[i].msg_len)));
    }
}

} // namespace reveille
