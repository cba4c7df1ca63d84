// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"
#include "domain/wakeroute.h"

#include <QByteArray>

namespace reveille {

/// Where an HTTP request goes: the parts of an http or https URL (RFC 9110 section 4.2). Any thread.
struct HttpPlace {
    bool secure = false;
    QString host; ///< name or address, without brackets
    quint16 port = 80;
    QByteArray target = QByteArrayLiteral("/"); ///< path and query, encoded

    /// "http://HOST[:PORT][/PATH][?QUERY]" or https. Errors: address-not-url; about = the text.
    static Result<HttpPlace> parse(const QString &url);
    /// The address of a wake route: a URL, or "HOST", "IP:PORT", "[IPV6]:PORT" for its root. A port in the
    /// address counts, else that of the route, else `defaultPort`; a URL without a port means that of its scheme.
    static Result<HttpPlace> ofRoute(const WakeRoute &route, quint16 defaultPort);

    /// "device.example:4035", "[2001:db8::1]:4035".
    QString authority() const;
    friend bool operator==(const HttpPlace &, const HttpPlace &) = default;
};

} // namespace reveille
