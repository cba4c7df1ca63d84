// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <optional>

namespace reveille {

/// Decimal digits two an octet, the first in the high half; 0xF fills the low half of the last octet where
/// their number is odd. Other characters must not be in `digits`. Any thread.
QByteArray toBcd(QStringView digits);
/// Nothing where a half is no digit, but for the filler at the end.
std::optional<QString> fromBcd(QByteArrayView octets);

} // namespace reveille
