// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/sip/sipstreamtransport.h"
#include "connections/sip/sipudptransport.h"

#include <QMap>

#include <memory>
#include <utility>

namespace reveille {

/// Every transport of the SIP side behind one send(). Server thread.
class SipTransports {
public:
    SipTransports(const SipSettings &settings, Clock &clock, Timers &timers, SipTransportListener &listener,
                  std::function<bool(const SipFlow &)> inUse);

    /// All or nothing. "sip_udp" -> "127.0.0.1:5060". Errors listen-failed and those of serverTls().
    Result<QMap<QString, QString>> listen();
    void close();

    bool send(const SipFlow &flow, const QByteArray &bytes);
    /// Takes a connection that the server opened itself, to a SIP core; the flow over it.
    SipFlow adopt(QTcpSocket *socket, SipTransport transport) { return m_streams.adopt(socket, transport); }
    /// Host and port for a Via towards this peer.
    std::pair<QByteArray, quint16> sentBy(const SipFlow &flow) const;
    /// "127.0.0.1:5060": the end of a flow that is ours.
    QString local(const SipFlow &flow) const;
    /// "sip:127.0.0.1:5060;transport=udp"; empty when nothing listens.
    QString uri() const;
    /// Whether a host in a URI means this server itself.
    bool isOwnHost(const QByteArray &host) const;

private:
    bool isListening(SipTransport transport) const;
    QHostAddress boundAddress(SipTransport transport) const;
    quint16 boundPort(SipTransport transport) const;
    QHostAddress advertised(SipTransport transport, const QHostAddress &peer) const;

    const SipSettings &m_settings;
    SipUdpTransport m_udp;
    SipStreamTransport m_streams;
    QList<QHostAddress> m_machine; ///< addresses of this machine when listening began
    QHostAddress m_outward;        ///< an address of this machine, for a listener on all of them
};

} // namespace reveille
