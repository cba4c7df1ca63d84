// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace reveille {

/// base64url without padding (RFC 4648 section 5) as JWTs and Web Push write it. Any thread.
bool isBase64UrlCharacter(char c);
QByteArray toBase64Url(const QByteArray &octets);
/// Only what toBase64Url() writes: no padding, white space, or bits that no octet has. Nothing for anything else.
std::optional<QByteArray> fromBase64Url(QByteArrayView text);

} // namespace reveille
