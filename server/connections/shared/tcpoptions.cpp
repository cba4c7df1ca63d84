// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/shared/tcpoptions.h"

#ifdef Q_OS_LINUX
#include <algorithm>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#endif

namespace reveille {

#ifdef Q_OS_LINUX
namespace {

constexpr int maxSeconds = 32767; ///< of TCP_KEEPIDLE and TCP_KEEPINTVL

void set(qintptr socket, int level, int name, int value)
{
    setsockopt(int(socket), level, name, &value, sizeof value);
}

} // namespace

void detectHalfOpen(qintptr socket, Milliseconds idle, Milliseconds userTimeout)
{
    const qint64 timeout = std::clamp<qint64>(userTimeout.count(), 1000, 3600 * 1000);
    const int seconds = int(std::clamp<qint64>(idle.count() / 1000, 1, maxSeconds));
    set(socket, SOL_SOCKET, SO_KEEPALIVE, 1);
    set(socket, IPPROTO_TCP, TCP_KEEPIDLE, seconds);
    set(socket, IPPROTO_TCP, TCP_KEEPINTVL, int(std::max<qint64>(1, timeout / 4000)));
    set(socket, IPPROTO_TCP, TCP_KEEPCNT, 4);
    set(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, int(timeout));
}
#else
void detectHalfOpen(qintptr, Milliseconds, Milliseconds) {}
#endif

} // namespace reveille
