// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bearers/carrierstate.h"
#include "connections/sip/sipservice.h"
#include "connections/sip/sipwakesender.h"

#include <QObject>
#include <QPointer>

namespace reveille {

/// Wakes over SIP (requirement S12): a MESSAGE with the SIR to the SIP URI of the route. With a core it goes there, for
/// the core to find the device; without one the URI must be a GRUU of this server, of a device of the same user, and the
/// MESSAGE goes over its live flow. It stands here since it brings bearers and connections together. Server thread.
///
/// Receipts: 200 Received, for the final answer is the terminal's; other 2xx Accepted. 408, 429, 480, 486, 491, 5xx and
/// no answer Retry. 6xx but 604 Refused. Whatever else Failed. A core that does not answer is unhealthy: what waits for it
/// and what comes gets Retry, and OPTIONS with a growing pause looks for its return. 503 of a core holds the rest for
/// its Retry-After.
class SipBearer : public QObject, public Bearer {
    Q_OBJECT
public:
    struct Settings {
        QString name;
        QString coreHost; ///< name or address; empty = over flows
        quint16 corePort = 5060;
        SipTransport transport = SipTransport::Udp;
        SipWakeSender::Login login{}; ///< for a core that asks
        WakeQueue::Settings queue{200, 100, 10000};
        Backoff backoff{Milliseconds(1000), Milliseconds(60000)};
        Milliseconds longestHold{300000};
    };
    /// The service may end before the bearer does.
    SipBearer(Settings settings, SipService &service, Clock &clock, Timers &timers);
    ~SipBearer() override;

    BearerFacts facts() const override;
    BearerHealth health() const override;
    /// Errors address-not-sip; over flows also gruu-missing (the address is not a GRUU).
    Result<Done> canReach(const WakeRoute &route) const override;
    QByteArray encode(const WakeMessage &message) const override;
    QString format() const override { return QStringLiteral("sip"); }
    void send(const WakeMessage &message, std::function<void(WakeReceipt)> receipt) override;
    /// Over flows "service-runs". With a core "link-answers" and the status that OPTIONS got, or why none came.
    void test(std::function<void(BearerTest)> done) override;

private:
    using ReachedCore = std::function<void(const Result<SipFlow> &)>;
    bool hasCore() const { return !m_settings.coreHost.isEmpty(); }
    Result<SipWakeTarget> targetOf(const WakeMessage &message) const;
    void transmit(const WakeQueue::Item &item);
    void send(const WakeQueue::Item &item);
    void answered(const WakeQueue::Item &item, const SipClientAnswer &answer);
    void finish(const WakeQueue::Item &item, const WakeReceipt &receipt);
    /// A new flow; all who want one at the same time get the same.
    void reachCore(ReachedCore done);
    void connectTo(const QHostAddress &address);
    void reached(const Result<SipFlow> &flow);
    void ask(std::function<void(const SipClientAnswer &)> done);
    void probe();
    void judgeCore(const SipClientAnswer &answer);
    void down(const QByteArray &code);

    Settings m_settings;
    QPointer<SipService> m_service;
    Clock &m_clock;
    Timers &m_timers;
    WakeQueue m_queue;
    CarrierState m_carrier;
    std::optional<SipFlow> m_core;
    QVector<ReachedCore> m_reaching;
};

} // namespace reveille
