// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/otahttp/otahttpservice.h"
#include "engine/bearer.h"
#include "engine/clock.h"

#include <QPointer>

namespace reveille {

/// Wakes terminals that listen for the server (PO-TCP): connecting to one and having it register is all a wake-up is
/// about, so no SIR is sent. Route bearer "ota_http", its address an IP address, with "tls:" in front for TLS. Server
/// thread.
///
/// Receipts: Accepted when the connection stands, Received when the terminal registered.
class OtaHttpBearer : public Bearer
{
public:
    OtaHttpBearer(OtaHttpService &service, Clock &clock, Timers &timers);

    BearerFacts facts() const override;
    BearerHealth health() const override;
    Result<Done> canReach(const WakeRoute &route) const override;
    QByteArray encode(const WakeMessage &message) const override;
    QString format() const override { return QStringLiteral("http"); }
    void send(const WakeMessage &message, std::function<void(WakeReceipt)> receipt) override;
    void test(std::function<void(BearerTest)> done) override;

private:
    struct Counts {
        quint64 sent = 0;
        quint64 failed = 0;
    };
    QPointer<OtaHttpService> m_service;
    Clock &m_clock;
    Timers &m_timers;
    std::shared_ptr<Counts> m_counts = std::make_shared<Counts>();
};

} // namespace reveille
