// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace reveille {

/// A random token of 256 bits in base64url, 43 characters. Any thread.
QByteArray makeToken();
/// What is kept of a token: SHA-256 in hex. A token of ours has no structure to guess, so it needs no salt.
QByteArray tokenHash(const QByteArray &token);

} // namespace reveille
