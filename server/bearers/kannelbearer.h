// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bearers/carrierstate.h"
#include "bearers/kannelreceipts.h"
#include "bearers/smsform.h"
#include "http/httpcaller.h"

#include <memory>

namespace reveille {

/// SMS through the smsbox of a Kannel gateway, or another that takes its `sendsms` request (Kannel user guide, "Sending
/// a message through HTTP"): the WSP push with a user data header to the client's port, one request for each part.
/// Server thread.
///
/// Receipts: Accepted when Kannel took every part, Received when every part was delivered, Failed when one was not. 4xx
/// of Kannel is Failed, 5xx and a Kannel that is not there Retry; that one is looked for with a growing pause, and what
/// waits for it gets Retry, so that other routes have their chance. One that was handed over is never handed over twice.
class KannelBearer : public QObject, public Bearer
{
    Q_OBJECT
public:
    struct Settings {
        QString name;
        HttpPlace sendsms;                    ///< http://127.0.0.1:13013/cgi-bin/sendsms
        std::optional<HttpPlace> status;      ///< http://127.0.0.1:13000/status.txt, for tests; nothing: sendsms
        QString user;
        QString password;
        QString from;                         ///< sender; empty: Kannel's own
        QString smsc;                         ///< id of Kannel's link; empty: as Kannel routes
        std::optional<KannelReceipts::Settings> receipts; ///< nothing: no reports wanted
        SmsForm form;
        Milliseconds timeout{10000};
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        WakeQueue::Settings queue{10, 10, 10000};
        Backoff backoff{Milliseconds(1000), Milliseconds(60000)};
    };
    KannelBearer(Settings settings, Clock &clock, Timers &timers);
    ~KannelBearer() override;
    /// Opens the listener for reports, where there is one. Error listen-failed.
    Result<Done> start();

    BearerFacts facts() const override;
    BearerHealth health() const override;
    /// Errors msisdn-… of Msisdn::parse.
    Result<Done> canReach(const WakeRoute &route) const override;
    /// The user data as the terminal gets it, of all parts in order; each but the last has 140 octets.
    QByteArray encode(const WakeMessage &message) const override;
    QString format() const override { return QStringLiteral("sms"); }
    WakeBudget budget(const WakeMessage &message) const override;
    void send(const WakeMessage &message, std::function<void(WakeReceipt)> receipt) override;
    /// Asks for the status page: "link-answers" and its first line, or why there was none.
    void test(std::function<void(BearerTest)> done) override;
    QString receiptsAddress() const { return m_receipts ? m_receipts->bound() : QString(); }

private:
    struct Flight;
    void transmit(WakeQueue::Item item);
    void submit(const std::shared_ptr<Flight> &flight, int part);
    void answered(const std::shared_ptr<Flight> &flight, int part, const Result<HttpResponse> &answer);
    void give(const std::shared_ptr<Flight> &flight, WakeReceipt::Kind kind, const QByteArray &code, const QString &id = {});
    void reported(const std::shared_ptr<Flight> &flight, int part, KannelReceipts::Report report, const QString &id);
    void end(const std::shared_ptr<Flight> &flight);
    HttpRequest requestFor(const Flight &flight, int part) const;
    void probe();

    Settings m_settings;
    Clock &m_clock;
    Timers &m_timers;
    HttpCaller m_caller;
    WakeQueue m_queue;
    CarrierState m_carrier;
    std::unique_ptr<KannelReceipts> m_receipts;
};

} // namespace reveille
