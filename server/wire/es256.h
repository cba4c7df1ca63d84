// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"

#include <QByteArray>
#include <QByteArrayView>

namespace reveille {

/// ECDSA over P-256 with SHA-256 (RFC 7518 section 3.4), as JWTs carry it. Pure, any thread.

inline constexpr qsizetype p256KeySize = 65;        ///< octets of an uncompressed point: 04, x, y
inline constexpr qsizetype es256SignatureSize = 64; ///< octets: r, s

/// Whether these are the octets of a public key: uncompressed, on the curve.
bool isP256Key(QByteArrayView key);
/// Errors es256-key (no key), es256-signature (of another length, or not that of `data` by this key).
Result<Done> verifyEs256(QByteArrayView key, QByteArrayView data, QByteArrayView signature);

} // namespace reveille
