// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bearers/smscbearer.h"
#include "wire/ussdtext.h"

namespace reveille {

/// USSD that the network starts, through an SMSC over SMPP 3.4 (wire-facts section 4.6): one string to the
/// terminal, as a notification or as a request that it answers. Server thread.
///
/// How the wake-up stands in the string: wire/ussdtext.h. An answer to a request says whether the terminal
/// comes: one that begins with "NO" is a refusal, any other is a receipt. There is one dialogue per terminal;
/// a second one, even a copy of the first, is told Retry ussd-busy, and so is what the network calls busy. A
/// wake-up that does not fit is told Failed ussd-too-long.
class UssdBearer : public SmscBearer {
    Q_OBJECT
public:
    enum class Operation : quint8 { Request = 2, Notify = 3 }; ///< USSR and USSN of ussd_service_op
    struct Settings {
        SmscBearer::Settings smsc;
        QByteArray serviceType = "USSD";
        SmppAddress source; ///< the service code, where the SMSC wants one
        Operation operation = Operation::Notify;
        UssdForm form = UssdForm::Base64;
        quint8 dataCoding = 0x0f;
        bool sessionInfo = false; ///< its_session_info in requests, and heeded in answers
        bool endSessions = false; ///< after the answer to a request, send one more that ends the session
        Milliseconds answerTime{60'000};
    };
    UssdBearer(Settings settings, Clock &clock, Timers &timers, QObject *parent = nullptr);
    ~UssdBearer() override;

    BearerFacts facts() const override;
    QByteArray encode(const WakeMessage &message) const override;
    QString format() const override { return QStringLiteral("ussd"); }
    WakeBudget budget(const WakeMessage &message) const override;
    int dialogues() const { return int(m_dialogues.size()); }

protected:
    /// Errors ussd-too-long, ussd-busy, queue-full (as many dialogues as wake-ups may wait).
    Result<QVector<SmppPdu>> requestsFor(const WakeMessage &message) override;
    void accepted(Item item, const QVector<QByteArray> &ids) override;
    void givenUp(const Item &item) override;
    void delivered(const SmppPdu &pdu) override;

private:
    struct Dialogue {
        quint8 session = 0;
        std::function<void(WakeReceipt)> receipt; ///< set once the SMSC took it
        QString carrierId;
        TimerId timer = 0;
        std::optional<WakeReceipt> early; ///< answered before the SMSC said that it took it
    };
    SmppPdu stringTo(const QByteArray &number, quint16 operation, const QByteArray &text) const;
    void finish(const QByteArray &number, const WakeReceipt &receipt);
    WakeReceipt verdict(const SmppPdu &pdu) const;

    Settings m_settings;
    QHash<QByteArray, Dialogue> m_dialogues; ///< by number
    quint8 m_lastSession = 0;
};

} // namespace reveille
