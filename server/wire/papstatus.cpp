// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/papstatus.h"

#include <algorithm>

namespace reveille {

namespace {

constexpr quint8 rr = quint8(PapPlace::PushResponse);
constexpr quint8 cr = quint8(PapPlace::CancelResult);
constexpr quint8 rn = quint8(PapPlace::ResultNotification);
constexpr quint8 nr = quint8(PapPlace::ResultNotificationResponse);
constexpr quint8 sq = quint8(PapPlace::StatusQueryResult);
constexpr quint8 cq = quint8(PapPlace::CcqResponse);
constexpr quint8 bm = quint8(PapPlace::BadMessage);

constexpr PapStatus table[] = {
    {PapCode::ok, "OK", cr | rn | nr | sq | cq},
    {PapCode::accepted, "Accepted for processing", rr},
    {PapCode::badRequest, "Bad request", rr | cr | nr | sq | cq | bm},
    {PapCode::forbidden, "Forbidden", rr | cr | rn | sq | cq},
    {PapCode::addressError, "Address error", rr | cr | rn | sq | cq},
    {PapCode::addressNotFound, "Address not found", cr | sq},
    {PapCode::pushIdNotFound, "Push ID not found", rr | cr | sq},
    {PapCode::capabilitiesMismatch, "Capabilities mismatch", rr | rn},
    {PapCode::capabilitiesNotSupported, "Required capabilities not supported", rr | rn},
    {PapCode::duplicatePushId, "Duplicate push ID", rr},
    {PapCode::cancellationNotPossible, "Cancellation not possible", rr | cr | rn},
    {PapCode::internalError, "Internal server error", rr | cr | sq | cq},
    {PapCode::notImplemented, "Not implemented", cr | sq | cq},
    {PapCode::versionNotSupported, "Version not supported", bm},
    {PapCode::notPossible, "Not possible", cr | sq},
    {PapCode::capabilityMatchingNotSupported, "Capability matching not supported", rr},
    {PapCode::multipleAddressesNotSupported, "Multiple addresses not supported", rr | cr | sq},
    {PapCode::transformationFailure, "Transformation failure", rr | rn | sq},
    {PapCode::deliveryMethodNotPossible, "Specified delivery method not possible", rr | rn | sq},
    {PapCode::capabilitiesNotAvailable, "Capabilities not available", cq},
    {PapCode::networkNotAvailable, "Required network not available", rr | rn | sq},
    {PapCode::bearerNotAvailable, "Required bearer not available", rr | rn | sq},
    {PapCode::replacementNotSupported, "Replacement not supported", rr},
    {PapCode::serviceFailure, "Service failure", rn | sq},
    {PapCode::serviceUnavailable, "Service unavailable", rn | sq},
    {PapCode::clientAborted, "Client aborted", rn | sq},
};

/// Reasons of WSP (appendix A, table 37), which OTA-HTTP and PAP share.
constexpr std::pair<int, const char *> abortReasons[] = {
    {5234, "USERREQ"}, {5235, "USERRFS"}, {5236, "USERPND"}, {5237, "USERDCR"}, {5238, "USERDCU"},
};

} // namespace

std::span<const PapStatus> papStatuses()
{
    return table;
}

const PapStatus *papStatus(int code)
{
    const auto row = [](int wanted) {
        const auto found = std::find_if(std::begin(table), std::end(table),
                                        [&](const PapStatus &status) { return status.code == wanted; });
        return found == std::end(table) ? nullptr : found;
    };
    const PapStatus *exact = row(code);
    return exact ? exact : row(code / 1000 * 1000);
}

int papAbortStatus(int reason)
{
    return reason >= 1 && reason <= 999 ? PapCode::clientAborted + reason : PapCode::clientAborted;
}

QString papStatusText(int code)
{
    const PapStatus *status = papStatus(code);
    if (!status)
        return {};
    QString text = QString::fromLatin1(status->name);
    for (const auto &[abort, reason] : abortReasons) {
        if (abort == code)
            text += QStringLiteral(": ") + QString::fromLatin1(reason);
    }
    return text;
}

} // namespace reveille
