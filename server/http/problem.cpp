// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/problem.h"

#include "wire/json.h"

#include <algorithm>
#include <iterator>

namespace reveille {

namespace {

constexpr int retryAfterSeconds = 5;

constexpr struct {
    const char *code;
    int status;
} statuses[] = {
    {"token-missing", 401},
    {"token-wrong", 401},
    {"host-forbidden", 403},
    {"origin-forbidden", 403},
    {"not-found", 404},
    {"user-unknown", 404},
    {"device-unknown", 404},
    {"msisdn-unknown", 404},
    {"session-unknown", 404},
    {"target-unknown", 404},
    {"push-unknown", 404},
    {"wake-unknown", 404},
    {"initiator-unknown", 404},
    {"network-unknown", 404},
    {"fault-unknown", 404},
    {"faults-not-allowed", 403},
    {"faults-too-many", 409},
    {"push-resource-unknown", 404},
    {"webpush-unknown", 404},
    {"webpush-gone", 410},
    {"vapid-missing", 401},
    {"vapid-other-key", 403},
    {"vapid-too-long", 403},
    {"vapid-syntax", 403},
    {"vapid-key", 403},
    {"vapid-token", 403},
    {"vapid-algorithm", 403},
    {"vapid-audience", 403},
    {"vapid-expired", 403},
    {"vapid-expiry", 403},
    {"vapid-subject", 403},
    {"vapid-signature", 403},
    {"method-not-allowed", 405},
    {"request-timeout", 408},
    {"idempotency-under-way", 409},
    {"idempotency-mismatch", 422},
    {"push-finished", 409},
    {"push-sending", 409},
    {"wake-finished", 409},
    {"wake-active", 409},
    {"wake-not-allowed", 409},
    {"initiator-exists", 409},
    {"already-connected", 409},
    {"not-connected", 409},
    {"probe-unanswered", 504},
    {"no-wake-route", 409},
    {"bearer-unknown", 409},
    {"bearer-cannot-reach", 409},
    {"device-of-other-user", 409},
    {"device-belongs-to-other-user", 409},
    {"devices-too-many", 409},
    {"push-resources-too-many", 409},
    {"webpush-off", 409},
    {"body-too-large", 413},
    {"http-body-too-large", 413},
    {"json-too-long", 413},
    {"http-target-too-long", 414},
    {"media-type", 415},
    {"content-encoding", 415},
    {"import-bad-rows", 422},
    {"import-unreadable", 422},
    {"pushes-too-fast", 429},
    {"pushes-per-day", 429},
    {"misses-too-many", 429},
    {"guesses-too-many", 429},
    {"initiator-queue-full", 429},
    {"target-not-allowed", 403},
    {"content-not-allowed", 403},
    {"content-unreadable", 403},
    {"http-header-too-large", 431},
    {"internal", 500},
    {"http-transfer-coding", 501},
    {"queue-full", 503},
    {"device-queue-full", 503},
    {"session-away", 503},
    {"wakes-too-many", 503},
    {"streams-too-many", 503},
    {"connections-too-many", 503},
    {"bodies-too-many", 503},
    {"reply-timeout", 503},
    {"server-stopping", 503},
    {"store-closed", 503},
    {"store-corrupt", 503},
    {"store-failed", 503},
    {"store-full", 503},
    {"store-locked", 503},
    {"store-missing-folder", 503},
    {"store-newer", 503},
    {"store-read-only", 503},
    {"http-version", 505},
};

} // namespace

int httpStatusOf(const char *code)
{
    const auto it = std::find_if(std::begin(statuses), std::end(statuses),
                                 [&](const auto &row) { return qstrcmp(row.code, code) == 0; });
    return it == std::end(statuses) ? 400 : it->status;
}

HttpResponse problem(const Error &error)
{
    return problem(httpStatusOf(error.code), error);
}

HttpResponse problem(int status, const Error &error)
{
    QJsonObject body{
        {QStringLiteral("type"), QStringLiteral("about:blank")},
        {QStringLiteral("title"), QString::fromLatin1(httpReason(status))},
        {QStringLiteral("status"), status},
        {QStringLiteral("code"), QString::fromLatin1(error.code)},
    };
    if (!error.about.isEmpty())
        body.insert(QStringLiteral("about"), error.about);
    HttpResponse response;
    response.status = status;
    response.headers.add("Content-Type", "application/problem+json");
    if (status == 401)
        response.headers.add("WWW-Authenticate", "Bearer realm=\"reveille\"");
    const int wait = status == 429 ? error.about.toInt() : 0; // about: the seconds to wait, where they are known
    if (status == 503 || status == 429)
        response.headers.add("Retry-After", QByteArray::number(wait > 0 ? wait : retryAfterSeconds));
    response.body = toJsonBytes(body);
    return response;
}

} // namespace reveille
