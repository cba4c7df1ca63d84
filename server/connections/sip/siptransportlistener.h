// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/sip/sipflow.h"

#include <QByteArray>

namespace reveille {

/// Who is told what a transport hears. Server thread; may send on the transport from within any of these.
class SipTransportListener {
public:
    /// One whole message, head and body, or on UDP whatever came in one datagram that was no keep-alive.
    virtual void messageReceived(const SipFlow &flow, const QByteArray &bytes) = 0;
    virtual void keepAliveReceived(const SipFlow &flow) = 0;
    /// TCP and TLS: the connection is gone; `reset` unless the peer closed it in order, or was silent for too long.
    virtual void streamClosed(const SipFlow &flow, bool reset) = 0;
    /// UDP: the network said that the peer cannot be reached.
    virtual void unreachable(const SipFlow &flow, const QString &what) = 0;

protected:
    ~SipTransportListener() = default;
};

} // namespace reveille
