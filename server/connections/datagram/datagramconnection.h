// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/datagram/datagrampeer.h"
#include "engine/connection.h"

#include <QByteArray>

#include <memory>

namespace reveille {

class DatagramOutbox;

/// One registered application instance as the engine sees it: pushes go out as confirmable POSTs, probes as CoAP pings,
/// from the server's port to the registered address. Small, since there may be a million: texts are kept packed and
/// unpacked on demand. Server thread.
///
/// Outcome codes: the CoAP code ("2.04"), "timeout", "rst", "icmp", "closed", "too-many", "content-type".
class DatagramConnection : public Connection
{
public:
    DatagramConnection(std::weak_ptr<DatagramOutbox> outbox, quint64 key, const DatagramPeer &peer, const QString &session,
                       const QString &application);
    ~DatagramConnection() override;

    ConnectionFacts facts() const override;
    void send(const PushMessage &message, std::function<void(SendOutcome)> done) override;
    void probe(std::function<void(SendOutcome)> done) override;
    void close(CloseReason reason) override;
    bool isIdle() const override;

    quint64 key() const { return m_key; } ///< of the RegistrationTable
    const DatagramPeer &peer() const { return m_peer; }
    void setPeer(const DatagramPeer &peer) { m_peer = peer; }
    QByteArray session() const;
    QByteArray application() const;

private:
    std::weak_ptr<DatagramOutbox> m_outbox;
    quint64 m_key;
    DatagramPeer m_peer;
    std::unique_ptr<char[]> m_texts; ///< session and application, each with its length in front
};

} // namespace reveille
