// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"

#include <QByteArray>
#include <QByteArrayView>

namespace reveille {

/// Content-Encoding: deflate, which is the zlib format (RFC 9110 section 8.4.1.2, RFC 1950). Never gives, nor takes memory
/// for, more than `most` octets. Errors deflate-broken (also where something follows the end), deflate-too-large. Any thread.
Result<QByteArray> inflated(QByteArrayView octets, qsizetype most);

} // namespace reveille
