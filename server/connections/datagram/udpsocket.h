// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/datagram/datagramtransport.h"
#include "connections/shared/endpoint.h"
#include "domain/result.h"
#include "engine/limitlog.h"

#include <QBasicTimer>
#include <QElapsedTimer>
#include <QObject>

#include <memory>
#include <vector>

class QSocketNotifier;

namespace reveille {

/// One UDP socket for every peer that speaks plain CoAP. Reads in batches of `batch`, and what is sent meanwhile leaves
/// in one call too: recvmmsg and sendmmsg. Tells which peers the network calls unreachable. Datagrams over `largest`
/// octets are dropped and counted. Where datagrams come often but one by one, it reads by the clock, each millisecond,
/// instead of being woken for each. Server thread.
class UdpSocket : public QObject, public DatagramSender
{
    Q_OBJECT
public:
    static constexpr int batch = 64;
    static constexpr int largest = 2048; ///< octets; RFC 7252 section 4.6 has 1152 for a message

    explicit UdpSocket(DatagramReceiver &receiver, QObject *parent = nullptr);
    ~UdpSocket() override;

    /// Error listen-failed, about = "datagram/coap 127.0.0.1:5683: address in use".
    Result<Done> listen(const Endpoint &endpoint);
    void close();
    bool send(const DatagramPeer &peer, const QByteArray &datagram) override;
    QString local() const { return m_local; } ///< "127.0.0.1:5683"
    quint64 oversized() const { return m_oversized; }
    quint64 unsent() const { return m_unsent; } ///< the system did not take them

    bool isPolling() const { return m_polling; } ///< reads by the clock just now

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    struct Buffers;
    void readBatch();
    int read();
    void setPolling(bool polling);
    bool isBusy();
    void takeErrors();
    void flush();
    bool sendOne(const DatagramPeer &peer, const QByteArray &datagram);

    DatagramReceiver &m_receiver;
    std::unique_ptr<QSocketNotifier> m_notifier;
    std::unique_ptr<Buffers> m_buffers;
    std::vector<std::pair<DatagramPeer, QByteArray>> m_queue; ///< answers to the batch being read
    QString m_local;
    QBasicTimer m_poll;
    QElapsedTimer m_since;   ///< the last `looks` times the notifier woke us
    int m_looks = 0;
    int m_descriptor = -1;
    bool m_polling = false;
    bool m_v6 = false;
    bool m_reading = false;
    bool m_hasErrors = false; ///< a send was told of one that belongs to an earlier datagram
    quint64 m_oversized = 0;
    quint64 m_unsent = 0;
    LimitLog m_largestLog;
};

} // namespace reveille
