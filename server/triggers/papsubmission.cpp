// SPDX-License-Identifier: GPL-3.0-or-later
#include "triggers/papsubmission.h"

#include "domain/selection.h"
#include "domain/textscan.h"
#include "http/httpplace.h"
#include "triggers/papdirectory.h"
#include "wire/papstatus.h"
#include "wire/sipscan.h"

#include <QHash>
#include <QSet>

#include <algorithm>

namespace reveille {

namespace {

constexpr qint64 submissionOctets = 32 * 1024 * 1024; ///< content times recipients: each push is stored with its own
constexpr Milliseconds longestLifetime{366LL * 24 * 3600 * 1000};

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
    {"device-queue-full", PapCode::serviceUnavailable}, {"initiator-queue-full", PapCode::serviceUnavailable},
    {"misses-too-many", PapCode::serviceUnavailable}, {"content-not-allowed", PapCode::forbidden},
    {"content-unreadable", PapCode::forbidden},
};

PapRefusal refusal(int code, const char *why, const QString &about = {})
{
    return {code, {why, shortened(about)}};
}

std::optional<PapRefusal> checkQuality(const std::optional<PapQualityOfService> &quality, const PapSettings &settings)
{
    if (!quality)
        return std::nullopt;
    // Nobody tells us what a device's connection runs over: only what the settings say of all of them can be promised.
    if (quality->networkRequired && !settings.networks.contains(quality->network, Qt::CaseInsensitive))
        return refusal(PapCode::networkNotAvailable, "network-required", quality->network);
    if (quality->bearerRequired && !settings.bearers.contains(quality->bearer, Qt::CaseInsensitive))
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

/// The codings of the content, in order, for the device to undo; empty where there is none. Error pap-content-encoding.
Result<QString> readCodings(const HttpHeaders &headers)
{
    constexpr qsizetype longest = 64;
    QByteArrayList codings;
    for (const HttpHeaders::Field &field : headers.fields()) {
        if (field.name.compare("Content-Encoding", Qt::CaseInsensitive) != 0)
            continue;
        for (const QByteArray &item : field.value.split(',')) {
            const QByteArray coding = item.trimmed().toLower();
            if (!sipscan::isToken(coding))
                return Error{"pap-content-encoding", shortened(QString::fromLatin1(item))};
            if (coding != "identity")
                codings.append(coding);
        }
    }
    const QByteArray together = codings.join(", ");
    return together.size() <= longest ? Result<QString>(QString::fromLatin1(together))
                                      : Result<QString>(Error{"pap-content-encoding", shortened(QString::fromLatin1(together))});
}

/// What all recipients share; notBefore and ttl are checked and set.
Result<PushRequest, PapRefusal> commonRequest(const PapPushMessage &message, const BodyPart &content,
                                              const PapSettings &settings, Timestamp now)
{
    PushRequest request;
    request.application = QString::fromLatin1(content.headers.value("X-Wap-Application-Id"));
    request.contentType = QString::fromLatin1(content.headers.value("Content-Type"));
    const auto codings = readCodings(content.headers);
    if (!codings)
        return PapRefusal{PapCode::badRequest, codings.error()};
    request.contentEncoding = *codings;
    request.body = content.body;
    request.reference = message.pushId;
    request.notifyTo = message.notifyTo;
    if (message.quality) {
        request.priority = priorityOf(message.quality->priority);
        const PapDeliveryMethod method = message.quality->deliveryMethod;
        request.confirm = method == PapDeliveryMethod::Confirmed || method == PapDeliveryMethod::PreferConfirmed;
    }
    if (message.deliverAfter > now)
        request.notBefore = message.deliverAfter;
    const Timestamp last = now + longestLifetime;
    if (message.deliverBefore.isSet() && (message.deliverBefore <= now || message.deliverAfter >= message.deliverBefore))
        return refusal(PapCode::badRequest, "deliver-times", papTime(message.deliverBefore));
    if (message.deliverBefore > last || message.deliverAfter >= last)
        return refusal(PapCode::badRequest, "deliver-too-far", papTime(std::max(message.deliverBefore, message.deliverAfter)));
    const Timestamp start = std::max(now, request.notBefore);
    request.ttl = message.deliverBefore.isSet() ? message.deliverBefore - now
                                                : std::min(start + settings.lifetime - now, longestLifetime);
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
    terms.quality = message.quality;

    PapSubmission submission;
    submission.profile = std::move(profile);
    submission.deliverBefore = message.deliverBefore;
    const PapDirectory directory(settings);
    QSet<QString> seen;
    for (const QString &address : message.addresses) {
        if (message.addresses.size() > 1) {
            if (seen.contains(address))
                continue;
            seen.insert(address);
        }
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

void PapSubmission::join(const std::function<PublicUserId(const PushRequest &)> &userOf)
{
    if (requests.size() < 2)
        return;
    QHash<PublicUserId, qsizetype> places;
    QHash<qsizetype, QStringList> others;
    QVector<PushRequest> joined;
    for (const PushRequest &request : std::as_const(requests)) {
        const PublicUserId user = userOf(request);
        const auto place = places.constFind(user);
        if (place == places.cend()) {
            places.insert(user, joined.size());
            joined.append(request);
        } else {
            others[*place].append(PapTerms::fromBytes(request.terms).address);
        }
    }
    for (auto other = others.cbegin(); other != others.cend(); ++other) {
        PapTerms terms = PapTerms::fromBytes(joined[other.key()].terms);
        terms.otherAddresses = other.value();
        joined[other.key()].terms = terms.bytes();
    }
    requests = joined;
}

std::optional<PapRefusal> PapSubmission::endAt(Timestamp now)
{
    if (!deliverBefore.isSet())
        return std::nullopt;
    if (deliverBefore <= now)
        return refusal(PapCode::badRequest, "deliver-times", papTime(deliverBefore));
    for (PushRequest &request : requests)
        request.ttl = deliverBefore - now;
    return std::nullopt;
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
