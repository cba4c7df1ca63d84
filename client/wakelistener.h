// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"

#include <QHostAddress>
#include <QObject>
#include <QUdpSocket>

namespace reveille {

/// The client port: takes the datagrams of another bearer than SIP (WSP connectionless push over UDP). Judges
/// nothing. Lives in the thread of its client.
class WakeListener : public QObject {
    Q_OBJECT
public:
    explicit WakeListener(QObject *parent = nullptr);

    /// Port 0 takes any free one. Error client-bind (about: address and port).
    Result<Done> listen(const QHostAddress &address, quint16 port);
    void close();
    quint16 port() const; ///< 0 while not listening

    /// A deaf listener keeps its port and drops what arrives.
    void setDeaf(bool deaf) { m_deaf = deaf; }
    bool isDeaf() const { return m_deaf; }

    static constexpr int maxPerTurn = 64; ///< datagrams read before the event loop gets its turn

Q_SIGNALS:
    /// `octets` may be empty: an empty datagram is a wake-up too.
    void heard(const QByteArray &octets, const QString &peer);

private:
    void read();

    QUdpSocket m_socket;
    bool m_deaf = false;
};

} // namespace reveille
