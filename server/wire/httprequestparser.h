// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/httpmessage.h"

#include <functional>
#include <memory>

namespace reveille {

/// What one request may cost. Octets.
struct HttpLimits {
    qsizetype header = 16 * 1024; ///< request line and fields; also one chunk header and the trailers
    qsizetype target = 8 * 1024;
    qsizetype fields = 100;
    qint64 body = 1024 * 1024;
};

/// Reads HTTP/1.0 and 1.1 requests from octets as they come (RFC 9112), one after the other on one
/// connection. The framing is judged strictly before Boost.Beast reads it, so that no two readers can
/// disagree on where a request ends: bare CR or LF, folded lines, space before the colon, more than one
/// Content-Length, Content-Length beside Transfer-Encoding, any coding but a single chunked, and a missing or
/// second Host are errors. No sockets; any thread.
class HttpRequestParser {
public:
    enum class State : quint8 { NeedMore, Complete, Failed };

    /// Why a request was refused; the connection cannot be used further.
    struct Failure {
        int status = 400; ///< 400, 413, 414, 431, 501 or 505
        const char *code =
            ""; ///< http-line-ending, http-request-line, http-field, http-folded-line, http-host,
                ///< http-framing, http-body, http-header-too-large, http-target-too-long,
                ///< http-body-too-large, http-version, http-transfer-coding
    };

    /// How many octets the body of a request with this head may have; given the head and HttpLimits::body.
    using BodyLimit = std::function<qint64(const HttpRequest &, qint64)>;

    explicit HttpRequestParser(HttpLimits limits = {}, BodyLimit bodyLimit = {});
    ~HttpRequestParser();

    /// Takes octets in; those after the end of a request are kept for the next one.
    State feed(QByteArrayView octets);
    State state() const;
    /// When Complete: the request; the parser goes on with what was left (look at state() again).
    HttpRequest take();
    const Failure &failure() const;

    /// The header section is whole and in order; the body may be outstanding.
    bool hasHead() const;
    /// When hasHead(): method, target, headers; the body is empty.
    const HttpRequest &head() const;
    /// Nothing of a request has come yet.
    bool isIdle() const;
    /// Octets held that belong to no request taken.
    qsizetype buffered() const;
    /// Octets held of a body that has not come whole.
    qsizetype unfinished() const;
    /// Lets go of all that is held; no request comes any more.
    void drop();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace reveille
