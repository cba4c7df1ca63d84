// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ipaddress.h"
#include "engine/bearer.h"
#include "engine/clock.h"

#include <QHash>
#include <QHostAddress>
#include <QObject>
#include <QUdpSocket>

#include <deque>

namespace reveille {

/// WSP connectionless push over UDP (WAP-230 section 8.2.4), the bearer of the packet-switched domain (requirement S12):
/// one datagram to the terminal's address and client port. Server thread.
///
/// A datagram has no receipt: Accepted says that the network took it; Failed comes when the terminal's host answers
/// "port unreachable" within two seconds. Only addresses in `allowedNetworks` are ever sent to.
class WspUdpBearer : public QObject, public Bearer
{
    Q_OBJECT
public:
    struct Settings {
        QString name;
        QVector<IpNetwork> allowedNetworks;
        IpAddress localAddress;          ///< null: any
        quint16 defaultPort = 2948;      ///< where a route names no port
        int perSecond = 200;             ///< datagrams a second, the rest waits in order
        int queueLimit = 10000;          ///< waiting datagrams; beyond that Retry "queue-full"
    };
    WspUdpBearer(Settings settings, Timers &timers, QObject *parent = nullptr);
    ~WspUdpBearer() override;

    BearerFacts facts() const override;
    BearerHealth health() const override;
    /// Errors address-not-ip, network-not-allowed.
    Result<Done> canReach(const WakeRoute &route) const override;
    QByteArray encode(const WakeMessage &message) const override;
    QString format() const override { return QStringLiteral("wsp"); }
    void send(const WakeMessage &message, std::function<void(WakeReceipt)> receipt) override;
    void test(std::function<void(BearerTest)> done) override;

private:
    using Receipt = std::function<void(WakeReceipt)>;
    struct Waiting {
        QByteArray datagram;
        QHostAddress address;
        quint16 port;
        Receipt receipt;
    };
    struct Flight {
        Receipt receipt;
        TimerId timer = 0;
    };
    void drain();
    void transmit(const Waiting &waiting);
    void readErrors();
    QUdpSocket &socketFor(const QHostAddress &address);

    Settings m_settings;
    Timers &m_timers;
    QUdpSocket m_socket4;
    QUdpSocket m_socket6;
    std::deque<Waiting> m_queue;
    TimerId m_drainTimer = 0;
    QHash<std::pair<QHostAddress, quint16>, Flight> m_flights; ///< sent lately, for ICMP errors
    BearerHealth m_health;
};

} // namespace reveille
