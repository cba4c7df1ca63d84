// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <span>

namespace reveille {

/// Where in PAP a status code may stand (PAP 2.0 section 9.14).
enum class PapPlace : quint8 {
    PushResponse = 1,               ///< response-result
    CancelResult = 2,
    ResultNotification = 4,         ///< resultnotification-message
    ResultNotificationResponse = 8,
    StatusQueryResult = 16,
    CcqResponse = 32,
    BadMessage = 64,
};

/// The status codes by name. 5xxx is "client aborted", xxx the reason (papAbortStatus).
namespace PapCode {
inline constexpr int ok = 1000;
inline constexpr int accepted = 1001;
inline constexpr int badRequest = 2000;
inline constexpr int forbidden = 2001;
inline constexpr int addressError = 2002;
inline constexpr int addressNotFound = 2003;
inline constexpr int pushIdNotFound = 2004;
inline constexpr int capabilitiesMismatch = 2005;
inline constexpr int capabilitiesNotSupported = 2006;
inline constexpr int duplicatePushId = 2007;
inline constexpr int cancellationNotPossible = 2008;
inline constexpr int internalError = 3000;
inline constexpr int notImplemented = 3001;
inline constexpr int versionNotSupported = 3002;
inline constexpr int notPossible = 3003;
inline constexpr int capabilityMatchingNotSupported = 3004;
inline constexpr int multipleAddressesNotSupported = 3005;
inline constexpr int transformationFailure = 3006;
inline constexpr int deliveryMethodNotPossible = 3007;
inline constexpr int capabilitiesNotAvailable = 3008;
inline constexpr int networkNotAvailable = 3009;
inline constexpr int bearerNotAvailable = 3010;
inline constexpr int replacementNotSupported = 3011;
inline constexpr int serviceFailure = 4000;
inline constexpr int serviceUnavailable = 4001;
inline constexpr int clientAborted = 5000;
} // namespace PapCode

/// One row of the table of status codes. Any thread.
struct PapStatus {
    int code = 0;
    const char *name = ""; ///< "Accepted for processing", what goes into the attribute desc
    quint8 places = 0;     ///< PapPlace, added up

    bool fits(PapPlace place) const { return (places & quint8(place)) != 0; }
};

/// Every code that the standard gives a meaning, rising.
std::span<const PapStatus> papStatuses();

/// The row of this code; for a code without one that of its class ("unknown codes count as x000", section 9.14);
/// nullptr where there is no such class (below 1000, or from 6000 on).
const PapStatus *papStatus(int code);

/// The status of an abort by the device, 5000 and its reason: a WSP reason (234 to 238) or a push status of OTA-HTTP.
/// A reason outside 1 to 999 gives 5000.
int papAbortStatus(int reason);

/// The name that is told with a code: of its row, with the reason for a known abort ("Client aborted: USERPND").
QString papStatusText(int code);

} // namespace reveille
