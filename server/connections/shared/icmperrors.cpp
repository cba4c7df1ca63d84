// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/shared/icmperrors.h"

#ifdef Q_OS_LINUX
#include <cerrno>
#include <cstring>
#include <linux/errqueue.h>
#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <netinet/ip.h>
#include <netinet/ip_icmp.h>
#include <sys/socket.h>
#endif

namespace reveille {

#ifdef Q_OS_LINUX
namespace {

IcmpError describe(const sock_extended_err &error)
{
    const bool v6 = error.ee_origin == SO_EE_ORIGIN_ICMP6;
    IcmpError result;
    result.what = v6 ? QStringLiteral("ICMPv6 ") : QStringLiteral("ICMP ");
    result.permanent = error.ee_errno != EMSGSIZE;
    if (error.ee_errno == EMSGSIZE)
        result.what += QStringLiteral("packet too big");
    else if (error.ee_errno == ECONNREFUSED)
        result.what += QStringLiteral("port unreachable");
    else if (error.ee_errno == ENETUNREACH)
        result.what += QStringLiteral("network unreachable");
    else if (error.ee_errno == EHOSTUNREACH)
        result.what += QStringLiteral("host unreachable");
    else
        result.what += QStringLiteral("type %1 code %2").arg(error.ee_type).arg(error.ee_code);
    return result;
}

void setAddress(IcmpError &error, const sockaddr_storage &storage)
{
    if (storage.ss_family == AF_INET) {
        sockaddr_in in;
        std::memcpy(&in, &storage, sizeof in);
        error.address = QHostAddress(ntohl(in.sin_addr.s_addr));
        error.port = ntohs(in.sin_port);
    } else if (storage.ss_family == AF_INET6) {
        sockaddr_in6 in;
        std::memcpy(&in, &storage, sizeof in);
        error.address = QHostAddress(in.sin6_addr.s6_addr);
        error.port = ntohs(in.sin6_port);
    }
}

} // namespace

void enableIcmpErrors(qintptr socket)
{
    const int on = 1;
    setsockopt(int(socket), IPPROTO_IP, IP_RECVERR, &on, sizeof on);
    setsockopt(int(socket), IPPROTO_IPV6, IPV6_RECVERR, &on, sizeof on);
}

QVector<IcmpError> takeIcmpErrors(qintptr socket, int limit)
{
    QVector<IcmpError> errors;
    for (int i = 0; i < limit; ++i) {
        sockaddr_storage peer{};
        char data[64];
        alignas(cmsghdr) char control[512];
        iovec vector{data, sizeof data};
        msghdr message{};
        message.msg_name = &peer;
        message.msg_namelen = sizeof peer;
        message.msg_iov = &vector;
        message.msg_iovlen = 1;
        message.msg_control = control;
        message.msg_controllen = sizeof control;
        if (recvmsg(int(socket), &message, MSG_ERRQUEUE | MSG_DONTWAIT) < 0)
            break;
        for (cmsghdr *c = CMSG_FIRSTHDR(&message); c; c = CMSG_NXTHDR(&message, c)) {
            const bool v4 = c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_RECVERR;
            const bool v6 = c->cmsg_level == IPPROTO_IPV6 && c->cmsg_type == IPV6_RECVERR;
            if (!v4 && !v6)
                continue;
            sock_extended_err details;
            std::memcpy(&details, CMSG_DATA(c), sizeof details);
            if (details.ee_origin != SO_EE_ORIGIN_ICMP && details.ee_origin != SO_EE_ORIGIN_ICMP6)
                continue;
            IcmpError error = describe(details);
            setAddress(error, peer);
            if (!error.address.isNull())
                errors.append(error);
        }
    }
    return errors;
}
#else
void enableIcmpErrors(qintptr) {}
QVector<IcmpError> takeIcmpErrors(qintptr, int)
{
    return {};
}
#endif

} // namespace reveille
