// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/device.h"
#include "wire/json.h"

namespace reveille {

/// What a client sends after a SIR asked it for information, or to refuse (requirements S10, S13, S14). The same octets over
/// SIP (MESSAGE to the gateway), CoAP (POST /returned) and OTA-HTTP (body of the answer to OPTIONS):
///   {"user", "device", "nonce"? (hex, of the SIR), "capability"?:{"content_types","max_message_size","sir_version"},
///    "preferences"?:{…}, "subscription"?:[…], "security"?:{…}}           application/vnd.reveille.returned+json
///   {"user", "device", "nonce"?, "status", "reason"?}: the refusal        application/vnd.reveille.refusal+json
struct ReturnedMessage {
    PublicUserId user;
    DeviceId device;
    QByteArray nonce;               ///< of the SIR that is answered; empty where not told
    int status = 0;                 ///< of a refusal, 300 to 699; 0 = none
    QString reason;                 ///< of a refusal, in the words of the device; may be empty
    QJsonObject told;               ///< the rest, by the names above

    static constexpr qsizetype largest = 16384; ///< octets
};

enum class ReturnedKind : quint8 { None, Information, Refusal };
/// By content type, parameters left aside.
ReturnedKind returnedKindOf(QByteArrayView contentType);

/// Errors json-too-long, those of json.h.
Result<ReturnedMessage> returnedFromJson(QByteArrayView octets, ReturnedKind kind);
/// Takes what was told into the device: capabilities, preferences and subscriptions as facts, all of it as Device::returned
/// with `at`, `wake` and `over`. Errors returned-too-large, and those of deviceFromJson.
Result<Device> applyReturned(const ReturnedMessage &message, const Device &device, Timestamp at, const WakeId &wake,
                             const QString &over);

/// {"what","value","at","wake","over"}; value as JSON.
QJsonObject toJson(const Returned &returned);

} // namespace reveille
