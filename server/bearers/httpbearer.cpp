// SPDX-License-Identifier: GPL-3.0-or-later
#include "bearers/httpbearer.h"

#include "wire/wsp.h"

#include <QLocale>

namespace reveille {

namespace {

constexpr qsizetype mostHolds = 10000;

HttpRequest requestOf(const WakeMessage &message)
{
    HttpRequest request;
    request.method = "POST";
    QByteArray type = "application/vnd.wap.sia";
    request.headers.add("X-Wap-Application-Id", "x-wap-application:push.sia");
    if (!message.device.isEmpty()) {
        const QByteArray device = message.device.toString().toUtf8();
        if (message.placement.testFlag(IdentityPlacement::Header))
            request.headers.add(deviceHeaderName.latin1(), device);
        if (message.placement.testFlag(IdentityPlacement::HeaderValue))
            type += QByteArray("; ") + deviceParameterName.latin1() + "=\"" + device + '"';
    }
    if (!message.sir.isEmpty() || message.placement.testFlag(IdentityPlacement::HeaderValue))
        request.headers.add("Content-Type", type);
    request.body = message.sir;
    return request;
}

/// Seconds, or a date (RFC 9110 section 10.2.3).
std::optional<Milliseconds> waitOf(const QByteArray &retryAfter, Timestamp now)
{
    bool ok = false;
    const uint seconds = retryAfter.toUInt(&ok);
    if (ok)
        return Milliseconds(qint64(seconds) * 1000);
    QDateTime date = QLocale::c().toDateTime(QString::fromLatin1(retryAfter), QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'"));
    if (!date.isValid())
        return std::nullopt;
    date.setTimeSpec(Qt::UTC);
    return Timestamp{date.toMSecsSinceEpoch()} - now;
}

} // namespace

HttpBearer::HttpBearer(Settings settings, Clock &clock, Timers &timers)
    : m_settings(std::move(settings))
    , m_clock(clock)
    , m_timers(timers)
    , m_caller({m_settings.allowedNetworks, m_settings.timeout, 16 * 1024, 64 * 1024, m_settings.tls}, timers)
    , m_queue(m_settings.queue, clock, timers, [this](const WakeQueue::Item &item) { transmit(item); })
    , m_carrier(m_queue, Backoff(), clock, timers)
{
}

HttpBearer::~HttpBearer() = default;

BearerFacts HttpBearer::facts() const
{
    const QString type = QStringLiteral("http");
    return {m_settings.name, type, {type}, true};
}

BearerHealth HttpBearer::health() const
{
    return m_carrier.health();
}

Result<Done> HttpBearer::canReach(const WakeRoute &route) const
{
    const Result<HttpPlace> place = HttpPlace::ofRoute(route, m_settings.defaultPort);
    if (!place)
        return place.error();
    const Result<IpAddress> literal = IpAddress::parse(place->host);
    if (literal && !anyContains(m_settings.allowedNetworks, *literal))
        return Error{"network-not-allowed", literal->toString()};
    return Done{};
}

QByteArray HttpBearer::encode(const WakeMessage &message) const
{
    const Result<HttpPlace> place = HttpPlace::ofRoute(message.route, m_settings.defaultPort);
    return HttpCaller::octets(place.valueOr(HttpPlace()), requestOf(message));
}

void HttpBearer::send(const WakeMessage &message, std::function<void(WakeReceipt)> receipt)
{
    const Result<Done> reachable = canReach(message.route);
    if (reachable && isHeld(HttpPlace::ofRoute(message.route, m_settings.defaultPort)->authority()))
        return m_carrier.refuse(std::move(receipt), {WakeReceipt::Kind::Retry, "asked-to-wait", {}});
    m_carrier.take({message, std::move(receipt)}, reachable);
}

void HttpBearer::transmit(const WakeQueue::Item &item)
{
    const HttpPlace place = *HttpPlace::ofRoute(item.message.route, m_settings.defaultPort);
    m_caller.call(place, requestOf(item.message), [this, place, receipt = item.receipt](const Result<HttpResponse> &answer) {
        m_queue.answered();
        WakeReceipt result{WakeReceipt::Kind::Failed, {}, {}};
        if (answer)
            result = judge(place.authority(), *answer);
        else
            result.code = answer.error().code;
        result.kind == WakeReceipt::Kind::Accepted ? m_carrier.countSent() : m_carrier.countFailed();
        receipt(result);
    });
}

WakeReceipt HttpBearer::judge(const QString &authority, const HttpResponse &response)
{
    const QByteArray code = QByteArray::number(response.status);
    if (response.status >= 200 && response.status < 300)
        return {WakeReceipt::Kind::Accepted, code, {}};
    if (response.status == 403 && response.headers.has("X-Reveille-Refusal"))
        return {WakeReceipt::Kind::Refused, "refused-by-device", {}};
    if (response.status != 429 && response.status < 500)
        return {WakeReceipt::Kind::Failed, code, {}};
    hold(authority, response.headers.value("Retry-After"));
    return {WakeReceipt::Kind::Retry, code, {}};
}

void HttpBearer::hold(const QString &authority, const QByteArray &retryAfter)
{
    const std::optional<Milliseconds> wait = waitOf(retryAfter, m_clock.wall());
    if (!wait || *wait <= Milliseconds(0))
        return;
    const Milliseconds now = m_clock.monotonic();
    if (m_heldUntil.size() >= mostHolds)
        m_heldUntil.removeIf([now](const auto &held) { return held.value() <= now; });
    if (m_heldUntil.size() < mostHolds)
        m_heldUntil.insert(authority, now + std::min(*wait, m_settings.longestHold));
}

bool HttpBearer::isHeld(const QString &authority) const
{
    return m_heldUntil.value(authority, Milliseconds(0)) > m_clock.monotonic();
}

void HttpBearer::test(std::function<void(BearerTest)> done)
{
    const bool ready = !m_settings.allowedNetworks.isEmpty();
    m_timers.start(Milliseconds(0), [ready, done = std::move(done)] {
        done({ready, ready ? "ready" : "networks-missing", {}, Milliseconds(0)});
    });
}

} // namespace reveille
