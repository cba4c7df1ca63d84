// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/httprequestparser.h"

#include <optional>

namespace reveille {

/// Octets at the start of `octets` up to and with the empty line; 0 while it has not come.
qsizetype httpHeadLength(QByteArrayView octets);

/// What is wrong with a header section that may not be whole yet, as far as it can be seen: line ends, the
/// size of the request line. Cheap enough to call on every read.
std::optional<HttpRequestParser::Failure> checkPartialHead(QByteArrayView octets, const HttpLimits &limits);

/// What is wrong with the lines of a whole header section: shape and framing. Nothing if a reader cannot take
/// it for anything else.
std::optional<HttpRequestParser::Failure> checkHead(QByteArrayView head, const HttpLimits &limits);

/// Brings the target into origin form (RFC 9112 section 3.2); an absolute one gives its authority to Host.
std::optional<HttpRequestParser::Failure> normaliseTarget(HttpRequest &request);

} // namespace reveille
