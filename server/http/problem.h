// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"
#include "wire/httpmessage.h"

namespace reveille {

/// The one table from error code to HTTP status. A code that is not in it is a fault of the request: 400.
int httpStatusOf(const char *code);

/// RFC 7807 application/problem+json: {"type":"about:blank","title","status","code","about"?}. `code` and
/// `about` are those of the Error; the title is the reason phrase. 401 asks for a Bearer token, 429 and 503
/// say when to come again.
HttpResponse problem(const Error &error);
/// The same with a status of the caller's.
HttpResponse problem(int status, const Error &error);

} // namespace reveille
