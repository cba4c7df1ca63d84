// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bearers/carrierstate.h"
#include "http/httpcaller.h"

namespace reveille {

/// Wakes terminals, or what stands in for them, that listen for HTTP (requirement S12): one POST of the SIR to the
/// address of the route, a URL or an IP address with a port. An empty wake-up is a POST without a body. The
/// identity stands in the header X-Reveille-Device or in the parameter `device` of the content type, as the message
/// says. Server thread.
///
/// Receipts: 2xx Accepted with the status as code. 403 with a header X-Reveille-Refusal Refused: the device will
/// not come. 429 and 5xx Retry; Retry-After then holds what goes to the same host and port ("asked-to-wait"), and no
/// other. Whatever else, Failed with the status or one of HttpCaller's codes.
class HttpBearer : public Bearer {
public:
    struct Settings {
        QString name;
        QVector<IpNetwork> allowedNetworks; ///< judged when connecting, after the name was resolved
        quint16 defaultPort = 4035; ///< where neither address nor route names one (wire-facts 2.4)
        Milliseconds timeout{10000};
        Milliseconds longestHold{3600000}; ///< a longer Retry-After is cut
        WakeQueue::Settings queue{50, 50, 10000};
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    };
    HttpBearer(Settings settings, Clock &clock, Timers &timers);
    ~HttpBearer() override;

    BearerFacts facts() const override;
    BearerHealth health() const override;
    /// Errors address-not-url, network-not-allowed; of a name only its resolving can tell.
    Result<Done> canReach(const WakeRoute &route) const override;
    QByteArray encode(const WakeMessage &message) const override;
    QString format() const override { return QStringLiteral("http"); }
    void send(const WakeMessage &message, std::function<void(WakeReceipt)> receipt) override;
    /// There is no carrier to ask: tells whether it may send anywhere ("ready", "networks-missing").
    void test(std::function<void(BearerTest)> done) override;

private:
    void transmit(const WakeQueue::Item &item);
    WakeReceipt judge(const QString &authority, const HttpResponse &response);
    void hold(const QString &authority, const QByteArray &retryAfter);
    bool isHeld(const QString &authority) const;

    Settings m_settings;
    Clock &m_clock;
    Timers &m_timers;
    HttpCaller m_caller;
    WakeQueue m_queue;
    CarrierState m_carrier; ///< always up: there is no one carrier
    QHash<QString, Milliseconds> m_heldUntil; ///< by host and port; monotonic
};

} // namespace reveille
