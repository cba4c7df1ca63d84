// SPDX-License-Identifier: GPL-3.0-or-later
#include "triggers/papsubmission.h"

#include "domain/selection.h"
#include "domain/textscan.h"
#include "http/httpplace.h"
#include "triggers/papdirectory.h"
#include "wire/papstatus.h"

#include <QSet>

namespace reveille {

namespace {

constexpr qint64 submissionOctets = 32 * 1024 * 1024; ///< content times recipients: each push is stored with its own
constexpr Milliseconds longestLifetime{28LL * 24 * 3600 * 1000};

constexpr struct {
    const char *code;
    int status;
} codes[] = {
    {"user-unknown", PapCode::addressError},       {"device-unknown", PapCode::addressError},
    {"msisdn-unknown", PapCode::addressError},     {"session-unknown", PapCode::addressError},
    {"address-not-served", PapCode::addressError}, {"target-missing", PapCode::addressError},
    {"body-too-large", PapCode::badRequest},       {"content-type-invalid", PapCode::badRequest},
    {"ttl-invalid", PapCode::badRequest},          {"target-unknown", PapCode::addressError},
    {"target-not-allowed", PapCode::addressError}, {"capabilities-mismatch", PapCode::capabilitiesMismatch},
    {"capabilities-unreadable", PapCode::badRequest}, {"capabilities-unsupported", PapCode::capabilitiesNotSupported},
    {"device-queue-full", PapCode::serviceUnavailable},
};

bool lists(const QStringList &names, const QString &name)
{
    return name.isEmpty() || names.contains(name, Qt::CaseInsensitive);
}

PapRefusal refusal(int code, const char *why, const QString &about = {})
{
    return {code, {why, shortened(about)}};
}

std::optional<PapRefusal> checkQuality(const std::optional<PapQualityOfService> &quality, const PapSettings &settings)
{
    if (!quality)
        return std::nullopt;
    if (quality->networkRequired && !lists(settings.networks, quality->network))
        return refusal(PapCode::networkNotAvailable, "network-required", quality->network);
    if (quality->bearerRequired && !lists(settings.bearers, quality->bearer))
        return refusal(PapCode::bearerNotAvailable, "bearer-required", quality->bearer);
    return std::nullopt;
}

/// What can be seen without resolving a name; the rest is judged when the connection is made.
std::optional<PapRefusal> checkNotify(const QString &url, const PapSettings &settings)
{
    if (url.isEmpty())
        return std::nullopt;
    const auto place = HttpPlace::parse(url);
    if (!place)
        return refusal(PapCode::badRequest, "notify-url"); // it may hold a password
    const auto literal = IpAddress::parse(place->host);
    const bool nobody = !settings.notifyPublic && settings.notifyNetworks.isEmpty();
    if (nobody || (literal && !mayNotify(settings, *literal)))
        return refusal(PapCode::forbidden, "notify-forbidden", place->authority());
    return std::nullopt;
}

PushPriority priorityOf(PapPriority priority)
{
    return priority == PapPriority::High  ? PushPriority::High
           : priority == PapPriority::Low ? PushPriority::Low
                                          : PushPriority::Normal;
}

/// What all recipients share; notBefore and ttl are checked and set.
Result<PushRequest, PapRefusal> commonRequest(const PapPushMessage &message, const BodyPart &content,
                                              const PapSettings &settings, Timestamp now)
{
    PushRequest request;
    request.application = QString::fromLatin1(content.headers.value("X-Wap-Application-Id"));
    request.contentType = QString::fromLatin1(content.headers.value("Content-Type"));
    request.body = content.body;
    request.reference = message.pushId;
    request.notifyTo = message.notifyTo;
    if (message.quality)
        request.priority = priorityOf(message.quality->priority);
    if (message.deliverAfter > now)
        request.notBefore = message.deliverAfter;
    const Timestamp start = std::max(now, request.notBefore);
    const Timestamp end = message.deliverBefore.isSet() ? message.deliverBefore : start + settings.lifetime;
    if (message.deliverBefore.isSet() && (message.deliverBefore <= now || message.deliverAfter >= message.deliverBefore))
        return refusal(PapCode::badRequest, "deliver-times", papTime(message.deliverBefore));
    request.ttl = std::min(end - now, longestLifetime);
    if (request.notBefore.isSet() && request.notBefore >= now + request.ttl)
        return refusal(PapCode::badRequest, "deliver-times", papTime(message.deliverAfter));
    return request;
}

/// By the rules of selection: what a device has not told stops nothing.
Result<Done> canDo(const Capabilities &real, const ClientProfile &assumed)
{
    for (const QString &type : assumed.contentTypes) {
        if (!takesContentType(real.contentTypes, type))
            return Error{"capabilities-mismatch", type};
    }
    if (real.maxMessageSize > 0 && assumed.maxMessageSize > real.maxMessageSize)
        return Error{"capabilities-mismatch", QString::number(assumed.maxMessageSize)};
    return Done{};
}

} // namespace

int papCodeOf(const Error &error)
{
    for (const auto &[code, status] : codes) {
        if (error.is(code))
            return status;
    }
    const QByteArrayView code(error.code);
    for (const char *prefix : {"pap-address", "user-", "msisdn-"}) {
        if (code.startsWith(prefix))
            return PapCode::addressError;
    }
    return PapCode::internalError;
}

bool mayNotify(const PapSettings &settings, const IpAddress &address)
{
    return anyContains(settings.notifyNetworks, address) || (settings.notifyPublic && address.isPublic());
}

Result<PapSubmission, PapRefusal> PapSubmission::plan(const PapDocument &document, const PapEntities &entities,
                                                      const InitiatorId &initiator, const PapSettings &settings,
                                                      Timestamp now)
{
    const auto &message = std::get<PapPushMessage>(document.body);
    if (!entities.content)
        return refusal(PapCode::badRequest, "content-missing");
    std::optional<ClientProfile> profile;
    if (!entities.capabilities.isEmpty()) {
        auto read = parseClientProfile(entities.capabilities);
        if (!read)
            return PapRefusal{papCodeOf(read.error()), read.error()};
        profile = *std::move(read);
    }
    if (auto refused = checkQuality(message.quality, settings))
        return *refused;
    if (auto refused = checkNotify(message.notifyTo, settings))
        return *refused;
    auto common = commonRequest(message, *entities.content, settings, now);
    if (!common)
        return common.error();
    common->initiator = initiator;

    PapTerms terms;
    terms.version = document.version;
    terms.tellVersions = document.version.major > 1 || !document.supportedVersions.isEmpty();
    terms.sourceReference = message.sourceReference;
    terms.quality = message.quality;

    PapSubmission submission;
    submission.profile = std::move(profile);
    const PapDirectory directory(settings);
    QSet<QString> seen;
    for (const QString &address : message.addresses) {
        if (seen.contains(address))
            continue;
        seen.insert(address);
        const auto target = directory.find(address);
        if (!target) {
            submission.refused.append({address, papCodeOf(target.error())});
            if (submission.refused.size() == message.addresses.size())
                return PapRefusal{PapCode::addressError, target.error()};
            continue;
        }
        terms.address = address;
        PushRequest request = *common;
        request.to = *target;
        request.terms = terms.bytes();
        submission.requests.append(request);
    }
    if (submission.requests.isEmpty())
        return refusal(PapCode::addressError, "target-missing");
    if (submission.requests.size() * common->body.size() > submissionOctets)
        return refusal(PapCode::badRequest, "body-too-large", QString::number(submissionOctets));
    return submission;
}

std::optional<PapRefusal> PapSubmission::sieve(const std::function<Result<Done>(const PushRequest &)> &check)
{
    QVector<PushRequest> taken;
    PapRefusal first;
    for (const PushRequest &request : std::as_const(requests)) {
        const Result<Done> result = check(request);
        if (result) {
            taken.append(request);
            continue;
        }
        const int code = papCodeOf(result.error());
        const bool isFull = code == PapCode::serviceUnavailable;
        if (first.code == 0)
            first = {isFull ? int(PapCode::internalError) : code, result.error()}; // 4001 has no place in a response
        // Only what is wrong with one recipient is that recipient's alone.
        if (code != PapCode::addressError && code != PapCode::capabilitiesMismatch && !isFull)
            return PapRefusal{code, result.error()};
        refused.append({PapTerms::fromBytes(request.terms).address, code});
    }
    requests = taken;
    return requests.isEmpty() ? std::optional(first) : std::nullopt;
}

Result<Done> PapSubmission::matches(const QVector<Device> &devices) const
{
    Result<Done> last = Done{};
    for (const Device &device : devices) {
        last = canDo(device.capabilities, *profile);
        if (last)
            break;
    }
    return last;
}

void PapSubmission::settleTerms()
{
    if (refused.isEmpty() || requests.isEmpty())
        return;
    PapTerms terms = PapTerms::fromBytes(requests.first().terms);
    terms.refused = refused;
    requests.first().terms = terms.bytes();
}

} // namespace reveille
