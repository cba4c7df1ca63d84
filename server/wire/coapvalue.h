// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ipaddress.h"
#include "domain/result.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace reveille {

/// Values inside CoAP options and payloads. Any thread.

/// Unsigned number of an option (RFC 7252 section 3.2): big-endian, leading zeros taken, nothing for over 4 octets.
std::optional<quint32> coapNumber(QByteArrayView octets);
/// The shortest form; empty for 0.
QByteArray coapNumber(quint32 value);

/// Block1 or Block2 (RFC 7959 section 2.2).
struct CoapBlock {
    quint32 num = 0;   ///< 0 to largestNum
    bool more = false; ///< another block follows
    quint8 szx = 6;    ///< size exponent, 0 to 6

    static constexpr quint32 largestNum = (1u << 20) - 1;
    static constexpr quint8 largestSzx = 6;
    int size() const { return 1 << (szx + 4); } ///< octets, 16 to 1024
    qint64 offset() const { return qint64(num) * size(); }

    /// Errors: coap-block (over 3 octets, or SZX 7).
    static Result<CoapBlock> parse(QByteArrayView value);
    quint32 toNumber() const { return num << 4 | quint32(more) << 3 | szx; }
    friend bool operator==(const CoapBlock &, const CoapBlock &) = default;
};

/// Scheme, address and port of "coap://192.0.2.50:61616" (RFC 7252 section 6.1), as a device names where it listens.
/// Only address literals: nothing is ever looked up.
struct CoapBase {
    bool secure = false; ///< coaps
    IpAddress address;
    quint16 port = 5683; ///< 5684 for coaps
    /// Errors: coap-base (not of that form; a path other than "/" or a query; port 0).
    static Result<CoapBase> parse(QByteArrayView text);
    QByteArray toText() const; ///< always with the port
    friend bool operator==(const CoapBase &, const CoapBase &) = default;
};

/// What the server says to a registration, as the payload "ka=25;lt=86400".
struct CoapRegistrationAnswer {
    int keepAlive = 0;    ///< seconds between refreshes that keep the path open; 0 = the device decides
    quint32 lifetime = 0; ///< seconds granted
    QByteArray toText() const;
    /// Reads what toText() writes, in any order; names not known are skipped. Error coap-answer.
    static Result<CoapRegistrationAnswer> parse(QByteArrayView text);
    friend bool operator==(const CoapRegistrationAnswer &, const CoapRegistrationAnswer &) = default;
};

} // namespace reveille
