// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/datagram/datagramtransport.h"
#include "connections/datagram/readpace.h"
#include "connections/shared/endpoint.h"
#include "domain/result.h"
#include "engine/clock.h"
#include "engine/limitlog.h"

#include <QBasicTimer>
#include <QObject>

#include <memory>
#include <vector>

class QSocketNotifier;

namespace reveille {

/// One UDP socket for every peer that speaks plain CoAP. Reads in batches of `batch`, and what is sent meanwhile leaves
/// in one call too: recvmmsg and sendmmsg. Tells which peers the network calls unreachable. Datagrams over `largest`
/// octets are dropped and counted. Where datagrams come often but one by one, it reads by the clock instead of being woken
/// for each, so that one waits for some milliseconds at most: see ReadPace. Server thread.
class UdpSocket : public QObject, public DatagramSender
{
    Q_OBJECT
public:
    static constexpr int batch = 64;
    static constexpr int largest = 2048; ///< octets; RFC 7252 section 4.6 has 1152 for a message

    UdpSocket(DatagramReceiver &receiver, const Clock &clock, QObject *parent = nullptr);
    ~UdpSocket() override;

    /// Error listen-failed, about = "datagram/coap 127.0.0.1:5683: address in use".
    Result<Done> listen(const Endpoint &endpoint);
    void close();
    bool send(const DatagramPeer &peer, const QByteArray &datagram) override;
    QString local() const { return m_local; } ///< "127.0.0.1:5683"
    quint64 oversized() const { return m_oversized; }
    quint64 unsent() const { return m_unsent; } ///< the system did not take them

    bool isPolling() const { return m_interval.count() > 0; } ///< reads by the clock just now

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    struct Buffers;
    void readBatch();
    int read();
    void keepPace(int datagrams);
    void takeErrors();
    void flush();
    bool sendOne(const DatagramPeer &peer, const QByteArray &datagram);

    DatagramReceiver &m_receiver;
    const Clock &m_clock;
    std::unique_ptr<QSocketNotifier> m_notifier;
    std::unique_ptr<Buffers> m_buffers;
    std::vector<std::pair<DatagramPeer, QByteArray>> m_queue; ///< answers to the batch being read
    QString m_local;
    ReadPace m_pace;
    QBasicTimer m_poll;
    Milliseconds m_interval{0}; ///< of m_poll; 0 = the notifier wakes us
    int m_descriptor = -1;
    bool m_v6 = false;
    bool m_reading = false;
    bool m_hasErrors = false; ///< a send was told of one that belongs to an earlier datagram
    quint64 m_oversized = 0;
    quint64 m_unsent = 0;
    LimitLog m_largestLog;
};

} // namespace reveille
