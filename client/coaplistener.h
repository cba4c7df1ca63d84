// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/coapchannel.h"

#include <QHostAddress>
#include <QUdpSocket>

#include <deque>
#include <functional>

namespace reveille {

/// The port at which a device takes CoAP requests over UDP of whoever knows it (RFC 7252 section 4): answers in the
/// acknowledgement, answers a repeated request as before, a ping with a Reset. Asks nothing by itself and judges nobody.
/// Lives in its client's thread.
class CoapListener : public QObject {
    Q_OBJECT
public:
    struct Peer {
        QHostAddress address;
        quint16 port = 0;
    };
    /// Nothing: no answer, as if it had not come.
    using Handler = std::function<std::optional<CoapChannel::Reply>(const CoapMessage &, const Peer &)>;
    explicit CoapListener(Handler handler, QObject *parent = nullptr);

    /// Port 0 takes any free one. Error client-bind (about: address and port).
    Result<Done> listen(const QHostAddress &address, quint16 port);
    void close();
    quint16 port() const; ///< 0 while not listening
    /// A deaf listener keeps its port and drops what arrives.
    void setDeaf(bool deaf) { m_deaf = deaf; }

    static constexpr int maxPerTurn = 64;     ///< datagrams read before the event loop gets its turn
    static constexpr size_t maxAnswers = 256; ///< remembered for requests that come again

private:
    struct Given {
        Peer peer;
        quint16 id = 0;
        QByteArray octets;
        QDeadlineTimer until;
    };
    void read();
    void take(const QByteArray &datagram, const Peer &peer);
    void takeRequest(const CoapMessage &message, const Peer &peer);
    void send(const QByteArray &octets, const Peer &peer);

    Handler m_handler;
    QUdpSocket m_socket;
    std::deque<Given> m_given;
    quint16 m_nextId;
    bool m_deaf = false;
};

} // namespace reveille
