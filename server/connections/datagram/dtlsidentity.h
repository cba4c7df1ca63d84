// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/publicuserid.h"

#include <QByteArrayView>

#include <optional>

namespace reveille {

/// Whom a pre-shared key identity of a handshake (RFC 4279 section 5.1: UTF-8) names: a public user ID, or the user part of
/// one of the realm. Comes before any key is proved. Nothing where it names nobody. Pure, any thread.
std::optional<PublicUserId> userOfDtlsIdentity(QByteArrayView identity, const QString &realm);

inline constexpr qsizetype longestDtlsIdentity = 255; ///< octets

} // namespace reveille
