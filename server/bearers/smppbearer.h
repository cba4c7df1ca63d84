// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bearers/smscbearer.h"
#include "bearers/smsform.h"
#include "wire/smppreceipt.h"

namespace reveille {

/// SMS through an SMSC over SMPP 3.4: a WSP push with a user data header to the client's port (wire-facts
/// sections 3 and 4), in several parts where one does not hold it. Server thread.
///
/// A delivery receipt is believed when its message id is one that the SMSC issued to us, as it is or in the
/// other of the two bases that SMSCs mix up; in the other base only if the number fits too. One that comes
/// before the response is kept for it; one that comes again, or for an id that is not ours, changes nothing.
class SmppBearer : public SmscBearer {
    Q_OBJECT
public:
    struct Settings {
        SmscBearer::Settings smsc;
        QByteArray serviceType;
        SmppAddress source;
        quint8 dataCoding = 0xf5;       ///< 8-bit data, class 1
        bool portsInParameters = false; ///< port and segment parameters instead of a user data header
        SmsForm form;
        Milliseconds validity{3'600'000}; ///< how long the SMSC tries; 0: as it likes
        bool receipts = true;
        int receiptLimit = 20000; ///< ids of which a receipt is awaited; beyond that the oldest is forgotten
        Milliseconds receiptTime{86'400'000};
    };
    SmppBearer(Settings settings, Clock &clock, Timers &timers, QObject *parent = nullptr);

    BearerFacts facts() const override;
    /// The user data as the terminal gets it, of all parts in order; each but the last has 140 octets.
    QByteArray encode(const WakeMessage &message) const override;
    QString format() const override { return QStringLiteral("sms"); }
    WakeBudget budget(const WakeMessage &message) const override;
    int awaited() const { return int(m_awaited.size()); } ///< message ids without a receipt

protected:
    Result<QVector<SmppPdu>> requestsFor(const WakeMessage &message) override;
    void accepted(Item item, const QVector<QByteArray> &ids) override;
    void delivered(const SmppPdu &pdu) override;

private:
    /// One wake-up whose parts the SMSC has.
    struct Sent {
        Item item;
        QByteArray number;
        int open = 0; ///< parts without a receipt
        bool over = false;
    };
    struct Early {
        SmppReceipt receipt;
        QByteArray number;
        Milliseconds at{0};
    };
    bool judge(const SmppReceipt &receipt, const QByteArray &number);
    void await(const QByteArray &id, const std::shared_ptr<Sent> &sent);
    void forgetOld();

    Settings m_settings;
    QHash<QByteArray, std::shared_ptr<Sent>> m_awaited; ///< by id in its first form
    std::deque<std::pair<Milliseconds, QByteArray>> m_order;
    std::deque<Early> m_early; ///< receipts for ids that no response has named yet
};

} // namespace reveille
