// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bearers/smpplink.h"
#include "bearers/wakequeue.h"

#include <QHash>

#include <memory>

namespace reveille {

/// What SMS and USSD have in common: links to one SMSC, the queue before them, how a slow or missing SMSC is
/// borne, health and test. Server thread.
///
/// Wake-ups wait while the link is down or the SMSC throttles, but no longer than the patience; then they are
/// told Retry, so that other routes get their chance. One that was handed over and not answered is told Retry
/// too, and not sent again: the SMSC may have it.
class SmscBearer : public QObject, public Bearer {
    Q_OBJECT
public:
    struct Settings {
        QString name;
        SmppLink::Settings link; ///< its role is overruled by `pair`
        bool pair = false;       ///< a transmitter and a receiver link instead of a transceiver
        WakeQueue::Settings queue;
        Milliseconds patience{30'000}; ///< how long they wait for a link, or for an SMSC that throttles
        Milliseconds firstHold{500};   ///< after the first "throttled", doubled with each further one
        Milliseconds longestHold{30'000};
    };
    SmscBearer(Settings settings, Clock &clock, Timers &timers, QObject *parent);
    ~SmscBearer() override;

    /// Errors msisdn-… of Msisdn::parse.
    Result<Done> canReach(const WakeRoute &route) const override;
    BearerHealth health() const override;
    void send(const WakeMessage &message, std::function<void(WakeReceipt)> receipt) override;
    /// Code link-answers with the round trip of an enquire_link; a link that is down is tried at once.
    void test(std::function<void(BearerTest)> done) override;
    void leave() override;

protected:
    using Item = WakeQueue::Item;
    /// The submit_sm of one wake-up, in order. An error is told as Failed, ussd-busy and queue-full as
    /// Retry.
    virtual Result<QVector<SmppPdu>> requestsFor(const WakeMessage &message) = 0;
    /// The SMSC took all of them, under these ids. Tells the receipt of `item`.
    virtual void accepted(Item item, const QVector<QByteArray> &ids) = 0;
    virtual void delivered(const SmppPdu &pdu) = 0;
    /// A status that the subclass knows better; nothing: the common table counts.
    virtual std::optional<WakeReceipt> judged(quint32 status) const;
    /// The SMSC did not take it, at least not now: what requestsFor() began for it is over. Not called for
    /// what never came that far.
    virtual void givenUp(const Item &item) { Q_UNUSED(item) }

    void fail(const Item &item, WakeReceipt::Kind kind, const QByteArray &code,
              const QString &carrierId = {});
    void countReceived() { ++m_counters.received; }
    void countFailed() { ++m_counters.failed; }
    void submitAlone(SmppPdu pdu); ///< of its own accord, answered or not
    bool isHealthy() const;
    const QString &name() const { return m_settings.name; }
    Clock &clock() const { return m_clock; }
    Timers &timers() const { return m_timers; }

private:
    struct Flight;
    SmppLink &sender() const { return *m_links.front(); }
    void transmit(Item item);
    void answered(const std::shared_ptr<Flight> &flight, const SmppLink::Answer &answer);
    void settle(Flight &flight);
    void throttled(Item item, const QByteArray &code);
    void linkChanged();
    void armPatience();
    void loseTime();
    void recover();
    QByteArray code() const;
    void tellIfChanged();
    void finishTests();

    Settings m_settings;
    Clock &m_clock;
    Timers &m_timers;
    WakeQueue m_queue;
    std::vector<std::unique_ptr<SmppLink>> m_links; ///< the sending one first
    BearerHealth m_counters;
    QByteArray m_throttle; ///< the code of the last refusal while the SMSC throttles
    Backoff m_throttling;  ///< how long to hold then
    TimerId m_patienceTimer = 0;
    TimerId m_recoveryTimer = 0;
    bool m_wasBound = false;
    bool m_impatient = false; ///< the patience ended, and nothing got better since
    std::vector<std::function<void(BearerTest)>> m_tests; ///< waiting for a link
    BearerHealth m_told;
};

} // namespace reveille
