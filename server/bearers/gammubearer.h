// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bearers/carrierstate.h"
#include "bearers/gammuphone.h"
#include "bearers/smsform.h"

#include <QThread>

namespace reveille {

/// Wakes by SMS from a GSM modem or phone (requirement S12): the WSP push in 8-bit data with a port header, in several
/// parts where it needs them. libGammu works in a thread of the bearer's own; the bearer lives in the server thread.
///
/// Receipts: Accepted "phone-sent" with the message references once the network took every part. A phone that is
/// silent or gone: Retry, for what waits too; it is connected again after a growing pause. What the phone refuses:
/// Failed "phone-refused". No delivery reports are asked for.
class GammuBearer : public QObject, public Bearer {
    Q_OBJECT
public:
    struct Settings {
        QString name;
        GammuPhone::Settings phone;
        SmsForm form;
        WakeQueue::Settings queue{5, 1, 1000};
        Milliseconds watch{60000};     ///< between two looks whether the phone is still there; 0 = none
        Backoff backoff{Milliseconds(2000), Milliseconds(300000)};
    };
    GammuBearer(Settings settings, Clock &clock, Timers &timers, QObject *parent = nullptr);
    /// Waits for the call into libGammu that is under way, at most the phone's own timeouts.
    ~GammuBearer() override;

    BearerFacts facts() const override;
    BearerHealth health() const override;
    /// Errors those of Msisdn::parse.
    Result<Done> canReach(const WakeRoute &route) const override;
    /// The user data of every part, one after the other.
    QByteArray encode(const WakeMessage &message) const override;
    QString format() const override { return QStringLiteral("sms"); }
    WakeBudget budget(const WakeMessage &message) const override;
    void send(const WakeMessage &message, std::function<void(WakeReceipt)> receipt) override;
    /// Code phone-answers; the detail has maker, model, signal and network as far as the phone tells them.
    void test(std::function<void(BearerTest)> done) override;

private:
    struct Asked {
        std::function<void(BearerTest)> done;
        Milliseconds begun{0};
    };
    void transmit(const WakeQueue::Item &item);
    void opened(const PhoneAnswer &answer);
    void submitted(const PhoneAnswer &answer);
    void asked(const PhoneAnswer &answer);
    void open();
    void up();
    void down(const PhoneAnswer &answer);
    void look();
    void watchLater();

    Settings m_settings;
    Clock &m_clock;
    Timers &m_timers;
    WakeQueue m_queue;
    CarrierState m_carrier;
    QHash<quint64, WakeQueue::Item> m_orders; ///< with the phone
    QVector<Asked> m_tests;
    TimerId m_watchTimer = 0;
    quint64 m_lastOrder = 0;
    std::atomic_bool m_isStopping = false;
    QThread m_thread;
    GammuPhone *m_phone; ///< lives in m_thread and goes with it
};

} // namespace reveille
