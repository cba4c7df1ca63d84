// SPDX-License-Identifier: GPL-3.0-or-later
#include "triggers/papterms.h"

#include "domain/pushconfirmation.h"
#include "wire/jsontext.h"
#include "wire/papwriter.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace reveille {

namespace {

using namespace Qt::StringLiterals;

void append(QByteArray &out, const char *name, QStringView text)
{
    if (text.isEmpty())
        return;
    out.append(",\"").append(name).append("\":");
    appendJson(out, text);
}

void append(QByteArray &out, const PapQualityOfService &quality)
{
    out.append(R"(,"quality":{"priority":")").append(toText(quality.priority));
    out.append(R"(","method":")").append(toText(quality.deliveryMethod)).append('"');
    append(out, "network", quality.network);
    append(out, "bearer", quality.bearer);
    if (quality.networkRequired)
        out.append(R"(,"network_required":true)");
    if (quality.bearerRequired)
        out.append(R"(,"bearer_required":true)");
    out.append('}');
}

PapQualityOfService qualityFrom(const QJsonObject &object)
{
    PapQualityOfService quality;
    quality.priority = papPriorityFromText(object.value("priority"_L1).toString()).value_or(quality.priority);
    quality.deliveryMethod =
        papDeliveryMethodFromText(object.value("method"_L1).toString()).value_or(quality.deliveryMethod);
    quality.network = object.value("network"_L1).toString();
    quality.networkRequired = object.value("network_required"_L1).toBool();
    quality.bearer = object.value("bearer"_L1).toString();
    quality.bearerRequired = object.value("bearer_required"_L1).toBool();
    return quality;
}

/// State and code of a push that reached nobody, by the reason its first delivery ended.
std::pair<PapMessageState, int> undeliverable(const QByteArray &reason)
{
    constexpr int deviceRefusesSessions = 235; // USERRFS
    if (reason == "refused-by-device")
        return {PapMessageState::Aborted, papAbortStatus(deviceRefusesSessions)};
    if (reason.startsWith("refused-")) {
        const QByteArray answer = reason.mid(8);
        // 413 and 415 of HTTP and SIP, the same of CoAP, and what was too large for a path before it was sent.
        for (const char *unfit : {"too-large", "413", "415", "http-413", "http-415", "4.13", "4.15"}) {
            if (answer == unfit)
                return {PapMessageState::Undeliverable, PapCode::capabilitiesMismatch};
        }
        // Reasons of WSP and statuses of OTA-HTTP that refuse a push; the codes of SIP begin at 300.
        const int number = answer.toInt();
        return number >= 200 && number <= 299 ? std::pair(PapMessageState::Aborted, papAbortStatus(number))
                                              : std::pair(PapMessageState::Undeliverable, PapCode::serviceFailure);
    }
    if (reason == "attempts-exhausted")
        return {PapMessageState::Timeout, PapCode::serviceFailure};
    if (reason == "not-connected")
        return {PapMessageState::Undeliverable, PapCode::serviceUnavailable};
    return {PapMessageState::Undeliverable, PapCode::serviceFailure};
}

/// Nobody was chosen, and one that would have been takes no such content.
bool isUnfit(const Explanation &why)
{
    return std::any_of(why.devices.cbegin(), why.devices.cend(), [](const DeviceExplanation &device) {
        const Check *failed = device.failed();
        return failed && (qstrcmp(failed->question, "content-type") == 0 || qstrcmp(failed->question, "size") == 0);
    });
}

/// The newest version of ours that the sender of this one can read.
PapVersion ownVersion(PapVersion asked)
{
    return asked.major < 2 ? PapVersion{1, 0} : std::min(asked, PapVersion{2, 1});
}

QString confirmedBy(const Push &push)
{
    const bool byUser = std::any_of(push.deliveries.cbegin(), push.deliveries.cend(), [](const Delivery &delivery) {
        return delivery.state == PushState::Confirmed && delivery.reason == toText(PushConfirmation::By::User);
    });
    return byUser ? u"OK, confirmed by the user"_s : u"OK, confirmed by the application"_s;
}

} // namespace

bool PapTerms::areIn(const QByteArray &bytes)
{
    return bytes.startsWith(R"({"version":)");
}

QByteArray PapTerms::bytes() const
{
    QByteArray out;
    out.reserve(256);
    out.append(R"({"version":")").append(QByteArray::number(version.major)).append('.').append(QByteArray::number(version.minor));
    out.append('"');
    append(out, "address", address);
    if (!otherAddresses.isEmpty())
        out.append(R"(,"other_addresses":)").append(QJsonDocument(QJsonArray::fromStringList(otherAddresses)).toJson(QJsonDocument::Compact));
    if (tellVersions)
        out.append(R"(,"tell_versions":true)");
    if (quality)
        append(out, *quality);
    if (!refused.isEmpty())
        out.append(R"(,"refused":[)");
    for (const Refused &one : refused) {
        out.append(&one == &refused.constFirst() ? R"({"code":)" : R"(,{"code":)").append(QByteArray::number(one.code));
        append(out, "address", one.address);
        out.append('}');
    }
    if (!refused.isEmpty())
        out.append(']');
    out.append('}');
    return out;
}

PapTerms PapTerms::fromBytes(const QByteArray &bytes)
{
    const QJsonObject object = QJsonDocument::fromJson(bytes).object();
    PapTerms terms;
    const QString version = object.value("version"_L1).toString();
    if (version.contains(u'.'))
        terms.version = {version.section(u'.', 0, 0).toInt(), version.section(u'.', 1, 1).toInt()};
    terms.tellVersions = object.value("tell_versions"_L1).toBool();
    terms.address = object.value("address"_L1).toString();
    for (const QJsonValue &other : object.value("other_addresses"_L1).toArray())
        terms.otherAddresses.append(other.toString());
    if (object.contains("quality"_L1))
        terms.quality = qualityFrom(object.value("quality"_L1).toObject());
    for (const QJsonValue &one : object.value("refused"_L1).toArray())
        terms.refused.append({one.toObject().value("address"_L1).toString(), one.toObject().value("code"_L1).toInt()});
    return terms;
}

int papCodeAt(PapPlace place, int code)
{
    for (const int candidate : {code, code / 1000 * 1000}) {
        const PapStatus *status = papStatus(candidate);
        if (status && status->fits(place))
            return candidate;
    }
    return PapCode::serviceFailure;
}

PapOutcome papOutcome(const Push &push, const PapTerms &terms, const std::optional<Explanation> &why)
{
    PapOutcome outcome{PapMessageState::Pending, PapCode::ok, push.acceptedAt, {}, {}};
    for (const Delivery &delivery : push.deliveries)
        outcome.time = std::max(outcome.time, delivery.changedAt);
    switch (push.state) {
    case PushState::Accepted:
    case PushState::Waiting:
    case PushState::Waking:
    case PushState::Sending:
        break;
    case PushState::Delivered:
    case PushState::Confirmed:
        outcome.state = PapMessageState::Delivered;
        break;
    case PushState::Expired:
        outcome.state = PapMessageState::Expired;
        break;
    case PushState::Cancelled:
    case PushState::Replaced:
        outcome.state = PapMessageState::Cancelled;
        break;
    case PushState::Undeliverable: {
        const auto failed = std::find_if(push.deliveries.cbegin(), push.deliveries.cend(), [](const Delivery &delivery) {
            return delivery.state == PushState::Undeliverable;
        });
        std::tie(outcome.state, outcome.code) =
            undeliverable(failed == push.deliveries.cend() ? QByteArray() : failed->reason);
        if (push.deliveries.isEmpty() && why && isUnfit(*why))
            outcome.code = PapCode::capabilitiesMismatch;
        break;
    }
    }
    if (push.state == PushState::Confirmed)
        outcome.confirmed = confirmedBy(push);
    if (terms.quality) {
        // Every delivery of ours is confirmed by the device; asked for unconfirmed, it is told as such.
        const bool unconfirmed = terms.quality->deliveryMethod == PapDeliveryMethod::Unconfirmed;
        outcome.quality = PapQualityOfService{};
        outcome.quality->priority = terms.quality->priority;
        outcome.quality->deliveryMethod = unconfirmed ? PapDeliveryMethod::Unconfirmed : PapDeliveryMethod::Confirmed;
        // What was required was true of every path; of others we do not know what it ran over.
        const bool isThere = outcome.state == PapMessageState::Delivered;
        const auto known = [&](const QString &name, bool required) {
            return isThere && required && name.compare("any"_L1, Qt::CaseInsensitive) != 0 ? name : QString();
        };
        outcome.quality->network = known(terms.quality->network, terms.quality->networkRequired);
        outcome.quality->bearer = known(terms.quality->bearer, terms.quality->bearerRequired);
    }
    return outcome;
}

QVector<QByteArray> papNotifications(const Push &push, const std::optional<Explanation> &why)
{
    const PapTerms terms = PapTerms::fromBytes(push.request.terms);
    const PapOutcome outcome = papOutcome(push, terms, why);
    PapResultNotification message;
    message.pushId = push.request.reference;
    message.senderName = u"Reveille"_s;
    message.receivedTime = push.acceptedAt;
    message.eventTime = outcome.time;
    message.state = outcome.state;
    message.code = papCodeAt(PapPlace::ResultNotification, outcome.code);
    message.desc = outcome.confirmed.isEmpty() ? papStatusText(message.code) : outcome.confirmed;
    message.quality = outcome.quality;
    QVector<QByteArray> documents;
    for (const QString &address : terms.addresses()) {
        message.address = address;
        documents.append(papAnswer(terms.version, terms.tellVersions, message));
    }
    return documents;
}

QByteArray papRefusalNotification(const QString &pushId, const PapTerms &terms, const PapTerms::Refused &refused,
                                  Timestamp time)
{
    PapResultNotification message;
    message.pushId = pushId;
    message.senderName = u"Reveille"_s;
    message.receivedTime = time;
    message.eventTime = time;
    message.state = PapMessageState::Rejected;
    message.code = refused.code;
    message.desc = papStatusText(refused.code);
    message.address = refused.address;
    return papAnswer(terms.version, terms.tellVersions, message);
}

QByteArray papAnswer(PapVersion version, bool tellVersions, PapBody body)
{
    return toPapBytes({ownVersion(version), tellVersions ? ownPapVersions() : QStringList(), u"Reveille"_s, std::move(body)});
}

} // namespace reveille
