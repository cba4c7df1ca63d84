// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/timestamp.h"

#include <QStringList>
#include <QVector>

#include <compare>
#include <optional>
#include <variant>

namespace reveille {

/// Bounds of a PAP document.
namespace PapLimit {
inline constexpr qsizetype octets = 256 * 1024;
inline constexpr int depth = 8;
inline constexpr int attributes = 32;       ///< of one element
inline constexpr qsizetype value = 4096;    ///< characters of one attribute
inline constexpr qsizetype pushId = 256;    ///< characters
inline constexpr qsizetype addresses = 1000;
inline constexpr qsizetype results = 1000;  ///< progress notes, or results of a cancellation or status query
inline constexpr qsizetype versions = 16;   ///< in wap-pap-ver
} // namespace PapLimit

/// The version of a document, by its public identifier; the two numbers compare as numbers. Any thread.
struct PapVersion {
    int major = 2;
    int minor = 0;
    friend auto operator<=>(const PapVersion &, const PapVersion &) = default;
};

enum class PapReplaceMethod : quint8 { PendingOnly, All };
enum class PapPriority : quint8 { High, Medium, Low };
enum class PapDeliveryMethod : quint8 { Confirmed, PreferConfirmed, Unconfirmed, NotSpecified };
enum class PapMessageState : quint8 {
    Rejected,
    Pending,
    Delivered,
    Undeliverable,
    Expired,
    Aborted,
    Timeout,
    Cancelled,
    Unknown
};
const char *toText(PapReplaceMethod method);  ///< "pending-only", "all"
const char *toText(PapPriority priority);     ///< "high", "medium", "low"
const char *toText(PapDeliveryMethod method); ///< "confirmed", "preferconfirmed", "unconfirmed", "notspecified"
const char *toText(PapMessageState state);    ///< "rejected", "pending", …
std::optional<PapReplaceMethod> papReplaceMethodFromText(QStringView text);
std::optional<PapPriority> papPriorityFromText(QStringView text);
std::optional<PapDeliveryMethod> papDeliveryMethodFromText(QStringView text);
std::optional<PapMessageState> papMessageStateFromText(QStringView text);

/// The documents of PAP 2.0 and 2.1, one value each, with the members in the order of the attributes (PAP 2.0 section 9,
/// wire-facts 6.2). Addresses are kept as written, since answers repeat them literally; PapAddress reads them. A time
/// that is not set, a text or a list that is empty was not given. Any thread.
struct PapQualityOfService {
    PapPriority priority = PapPriority::Medium;
    PapDeliveryMethod deliveryMethod = PapDeliveryMethod::NotSpecified;
    QString network;
    bool networkRequired = false;
    QString bearer;
    bool bearerRequired = false;
    friend bool operator==(const PapQualityOfService &, const PapQualityOfService &) = default;
};

struct PapPushMessage {
    QString pushId;
    QString replacePushId;
    PapReplaceMethod replaceMethod = PapReplaceMethod::All;
    Timestamp deliverBefore;
    Timestamp deliverAfter;
    QString sourceReference;
    QString notifyTo; ///< ppg-notify-requested-to
    bool progressNotes = false;
    QStringList addresses; ///< at least one
    std::optional<PapQualityOfService> quality;
    friend bool operator==(const PapPushMessage &, const PapPushMessage &) = default;
};

struct PapProgressNote {
    QString stage;
    QString note;
    Timestamp time;
    friend bool operator==(const PapProgressNote &, const PapProgressNote &) = default;
};

struct PapPushResponse {
    QString pushId;
    QString senderAddress;
    QString senderName;
    Timestamp replyTime;
    QVector<PapProgressNote> notes;
    int code = 0;
    QString desc;
    friend bool operator==(const PapPushResponse &, const PapPushResponse &) = default;
};

struct PapCancelMessage {
    QString pushId;
    QStringList addresses; ///< none = every recipient
    friend bool operator==(const PapCancelMessage &, const PapCancelMessage &) = default;
};

struct PapCancelResult {
    int code = 0;
    QString desc;
    QStringList addresses;
    friend bool operator==(const PapCancelResult &, const PapCancelResult &) = default;
};

struct PapCancelResponse {
    QString pushId;
    QVector<PapCancelResult> results; ///< at least one
    friend bool operator==(const PapCancelResponse &, const PapCancelResponse &) = default;
};

struct PapResultNotification {
    QString pushId;
    QString senderAddress;
    QString senderName;
    Timestamp receivedTime;
    Timestamp eventTime;
    PapMessageState state = PapMessageState::Unknown;
    int code = 0;
    QString desc;
    QString address;
    std::optional<PapQualityOfService> quality;
    friend bool operator==(const PapResultNotification &, const PapResultNotification &) = default;
};

struct PapResultNotificationResponse {
    QString pushId;
    int code = 0;
    QString desc;
    QString address;
    friend bool operator==(const PapResultNotificationResponse &, const PapResultNotificationResponse &) = default;
};

struct PapStatusQuery {
    QString pushId;
    QStringList addresses; ///< none = every recipient
    friend bool operator==(const PapStatusQuery &, const PapStatusQuery &) = default;
};

struct PapStatusQueryResult {
    Timestamp eventTime;
    PapMessageState state = PapMessageState::Unknown;
    int code = 0;
    QString desc;
    QStringList addresses;
    std::optional<PapQualityOfService> quality;
    friend bool operator==(const PapStatusQueryResult &, const PapStatusQueryResult &) = default;
};

struct PapStatusQueryResponse {
    QString pushId;
    QVector<PapStatusQueryResult> results; ///< at least one
    friend bool operator==(const PapStatusQueryResponse &, const PapStatusQueryResponse &) = default;
};

/// Client capability query.
struct PapCcqMessage {
    QString queryId;
    QString appId;
    QString address;
    friend bool operator==(const PapCcqMessage &, const PapCcqMessage &) = default;
};

struct PapCcqResponse {
    QString queryId;
    int code = 0;
    QString desc;
    QString address;
    friend bool operator==(const PapCcqResponse &, const PapCcqResponse &) = default;
};

struct PapBadMessage {
    int code = 0;
    QString desc;
    QString fragment; ///< of what could not be read
    friend bool operator==(const PapBadMessage &, const PapBadMessage &) = default;
};

using PapBody =
    std::variant<PapPushMessage, PapPushResponse, PapCancelMessage, PapCancelResponse, PapResultNotification,
                 PapResultNotificationResponse, PapStatusQuery, PapStatusQueryResponse, PapCcqMessage, PapCcqResponse,
                 PapBadMessage>;

/// One control document. Any thread.
struct PapDocument {
    PapVersion version;
    QStringList supportedVersions; ///< of wap-pap-ver, in order of preference: "2.0", "1.*"
    QString productName;
    PapBody body;
    friend bool operator==(const PapDocument &, const PapDocument &) = default;
};

/// The time as PAP writes it, UTC and whole seconds: "2026-11-20T19:30:00Z"; empty when not set.
QString papTime(Timestamp time);
/// Reads exactly that; empty for anything else.
std::optional<Timestamp> papTimeFromText(QStringView text);

} // namespace reveille
