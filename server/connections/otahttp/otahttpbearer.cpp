// SPDX-License-Identifier: GPL-3.0-or-later
#include "connections/otahttp/otahttpbearer.h"

#include "wire/otahttp.h"

namespace reveille {

namespace {

/// The terminal was reached and said that it will not register.
bool isRefusal(const Error &error)
{
    return error.is("registration-rejected") || error.is("provisioning-context");
}

} // namespace

OtaHttpBearer::OtaHttpBearer(OtaHttpService &service, Clock &clock, Timers &timers)
    : m_service(&service), m_clock(clock), m_timers(timers)
{
}

BearerFacts OtaHttpBearer::facts() const
{
    const QString name = QStringLiteral("ota_http");
    return {name, name, {name, QStringLiteral("ota-http")}, !m_service.isNull()};
}

BearerHealth OtaHttpBearer::health() const
{
    const bool stands = !m_service.isNull();
    return {stands, stands ? QByteArray() : QByteArray("server-stopping"), m_counts->sent, m_counts->failed};
}

Result<Done> OtaHttpBearer::canReach(const WakeRoute &route) const
{
    return m_service ? m_service->mayCall(route.address) : Result<Done>(Error{"server-stopping", {}});
}

QByteArray OtaHttpBearer::encode(const WakeMessage &) const
{
    OtaRequest request;
    request.date = m_clock.now();
    return request.toBytes();
}

void OtaHttpBearer::send(const WakeMessage &message, std::function<void(WakeReceipt)> receipt)
{
    if (!m_service)
        return;
    ++m_counts->sent;
    const auto tell = std::make_shared<std::function<void(WakeReceipt)>>(std::move(receipt));
    m_service->call(
        message.route.address, message.route.port.number(),
        [tell] { (*tell)({WakeReceipt::Kind::Accepted, "connected", {}}); },
        [tell, counts = m_counts](const Result<Done> &done) {
            if (done)
                return (*tell)({WakeReceipt::Kind::Received, "registered", {}});
            ++counts->failed;
            (*tell)({isRefusal(done.error()) ? WakeReceipt::Kind::Refused : WakeReceipt::Kind::Failed,
                     done.error().code, {}});
        });
}

void OtaHttpBearer::test(std::function<void(BearerTest)> done)
{
    m_timers.start(Milliseconds(0), [stands = !m_service.isNull(), done = std::move(done)] {
        done({stands, stands ? "service-runs" : "server-stopping", {}, Milliseconds(0)});
    });
}

} // namespace reveille
