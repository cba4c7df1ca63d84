// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QVector>

#include <optional>

namespace reveille {

/// Octets of user data in one short message of 8-bit coding.
constexpr qsizetype smsUserDataLimit = 140;

/// Application port addressing, 16 bit (3GPP 23.040 section 9.2.3.24.4).
struct SmsPorts {
    quint16 destination = 2948;
    quint16 originator = 9200;
    friend bool operator==(const SmsPorts &, const SmsPorts &) = default;
};

/// Concatenation (3GPP 23.040 sections 9.2.3.24.1 and 9.2.3.24.8).
struct SmsConcatenation {
    quint16 reference = 0;
    bool wide = false;   ///< 16-bit reference
    quint8 total = 1;    ///< 1 to 255
    quint8 sequence = 1; ///< 1 to total
    friend bool operator==(const SmsConcatenation &, const SmsConcatenation &) = default;
};

/// The user data of one short message whose header indicator is set. Any thread.
struct SmsUserData {
    std::optional<SmsPorts> ports;
    std::optional<SmsConcatenation> concatenation;
    QByteArray payload;
    friend bool operator==(const SmsUserData &, const SmsUserData &) = default;
};

/// Header and payload; never longer than the limit if the payload is one of splitSms().
QByteArray encodeSmsUserData(const SmsUserData &data);

/// Elements in any order; unknown ones are skipped by their length, and so is a concatenation that makes no
/// sense (total or sequence 0, sequence beyond total). Of an element that comes twice the last counts (23.040
/// section 9.2.3.24). Errors: sms-empty, sms-header (it, or an element, is longer than what there is).
Result<SmsUserData> decodeSmsUserData(QByteArrayView octets);

/// A payload in one or more parts to one port, every part with the ports and at most 140 octets. `wide`:
/// 16-bit reference. Errors: sms-empty, sms-too-long (more than `mostParts`; about = parts).
Result<QVector<SmsUserData>> splitSms(const QByteArray &payload, SmsPorts ports, quint16 reference, bool wide,
                                      int mostParts = 255);

} // namespace reveille
