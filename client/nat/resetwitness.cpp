// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/nat/resetwitness.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace reveille {

void ResetWitness::watch(qintptr descriptor)
{
    release();
    if (descriptor >= 0)
        m_descriptor = ::fcntl(int(descriptor), F_DUPFD_CLOEXEC, 0);
}

bool ResetWitness::sawReset() const
{
    tcp_info info{};
    socklen_t length = sizeof info;
    return m_descriptor >= 0 && ::getsockopt(m_descriptor, IPPROTO_TCP, TCP_INFO, &info, &length) == 0 &&
           info.tcpi_state == TCP_CLOSE; // an end by FIN leaves it in CLOSE_WAIT while this side is open
}

void ResetWitness::release()
{
    if (const int descriptor = std::exchange(m_descriptor, -1); descriptor >= 0)
        ::close(descriptor);
}

} // namespace reveille
