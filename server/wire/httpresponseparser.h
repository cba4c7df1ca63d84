// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/httpmessage.h"

#include <memory>

namespace reveille {

/// Reads HTTP/1.1 responses as a client, one after the other on one connection; the peer may be hostile, so
/// header, body and chunk overhead are bounded. Interim (1xx) responses are dropped. No sockets; any thread.
class HttpResponseParser {
public:
    enum class State : quint8 { NeedMore, Complete, Failed };

    explicit HttpResponseParser(qsizetype headerLimit = 16 * 1024, qint64 bodyLimit = 16 * 1024 * 1024);
    ~HttpResponseParser();

    /// The next response answers a HEAD request and has no body whatever it says.
    void expectHead();
    State feed(QByteArrayView octets);
    /// The connection was closed: completes a body that runs to its end, fails one that was cut off.
    State finish();
    State state() const;
    /// When Complete; goes on with what was left.
    HttpResponse take();
    /// The response under way says that the connection ends with it, or its body does so.
    bool closes() const;
    bool hasHead() const;
    /// When hasHead(): status and headers, with as much of the body as has come.
    HttpResponse partial() const;
    /// When Failed: http-response, http-body-too-large, http-header-too-large, http-body-cut.
    const char *failure() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace reveille
