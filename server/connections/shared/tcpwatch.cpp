// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/shared/tcpwatch.h"

#ifdef Q_OS_LINUX
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

namespace reveille {

#ifdef Q_OS_LINUX
TcpWatch::TcpWatch(qintptr socket)
    : m_descriptor(fcntl(int(socket), F_DUPFD_CLOEXEC, 0))
{
}

bool TcpWatch::wasReset() const
{
    tcp_info info{};
    socklen_t size = sizeof info;
    return m_descriptor >= 0 && getsockopt(m_descriptor, IPPROTO_TCP, TCP_INFO, &info, &size) == 0 &&
           info.tcpi_state == TCP_CLOSE;
}

void TcpWatch::release()
{
    if (m_descriptor >= 0)
        close(m_descriptor);
    m_descriptor = -1;
}
#else
TcpWatch::TcpWatch(qintptr) {}
bool TcpWatch::wasReset() const
{
    return false;
}
void TcpWatch::release() {}
#endif

TcpWatch::~TcpWatch()
{
    release();
}

} // namespace reveille
