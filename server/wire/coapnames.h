// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace reveille {

/// Numbers of CoAP (RFC 7252 section 12). Any thread.

enum class CoapType : quint8 { Confirmable, NonConfirmable, Acknowledgement, Reset };

/// A code as on the wire: class * 32 + detail.
constexpr quint8 coapCode(int codeClass, int detail)
{
    return quint8(codeClass << 5 | detail);
}

namespace CoapCode {
enum : quint8 {
    Empty = 0,
    Get = coapCode(0, 1),
    Post = coapCode(0, 2),
    Put = coapCode(0, 3),
    Delete = coapCode(0, 4),
    Created = coapCode(2, 1),
    Deleted = coapCode(2, 2),
    Valid = coapCode(2, 3),
    Changed = coapCode(2, 4),
    Content = coapCode(2, 5),
    Continue = coapCode(2, 31),
    BadRequest = coapCode(4, 0),
    Unauthorized = coapCode(4, 1),
    BadOption = coapCode(4, 2),
    Forbidden = coapCode(4, 3),
    NotFound = coapCode(4, 4),
    MethodNotAllowed = coapCode(4, 5),
    NotAcceptable = coapCode(4, 6),
    RequestEntityIncomplete = coapCode(4, 8),
    Conflict = coapCode(4, 9),
    RequestEntityTooLarge = coapCode(4, 13),
    UnsupportedContentFormat = coapCode(4, 15),
    TooManyRequests = coapCode(4, 29),
    InternalServerError = coapCode(5, 0),
    NotImplemented = coapCode(5, 1),
    ServiceUnavailable = coapCode(5, 3),
    ProxyingNotSupported = coapCode(5, 5),
};
} // namespace CoapCode

constexpr int coapClass(quint8 code)
{
    return code >> 5;
}
constexpr bool isCoapRequest(quint8 code)
{
    return coapClass(code) == 0 && code != 0;
}
/// Classes 2 to 5 (RFC 7252 section 12.1); 3 has no meaning yet.
constexpr bool isCoapResponse(quint8 code)
{
    return coapClass(code) >= 2 && coapClass(code) <= 5;
}
/// "2.04".
QByteArray coapCodeText(quint8 code);
/// "GET" … "iPATCH"; "0.08" for a method without a name.
QByteArray coapMethodText(quint8 code);

namespace CoapOptionNumber {
enum : quint16 {
    IfMatch = 1,
    UriHost = 3,
    ETag = 4,
    IfNoneMatch = 5,
    Observe = 6,
    UriPort = 7,
    LocationPath = 8,
    UriPath = 11,
    ContentFormat = 12,
    MaxAge = 14,
    UriQuery = 15,
    HopLimit = 16,
    Accept = 17,
    LocationQuery = 20,
    Block2 = 23,
    Block1 = 27,
    Size2 = 28,
    ProxyUri = 35,
    ProxyScheme = 39,
    Size1 = 60,
    Echo = 252,
    NoResponse = 258,
    RequestTag = 292,
};
} // namespace CoapOptionNumber

/// One that must be understood (RFC 7252 section 5.4.1).
constexpr bool isCriticalCoapOption(quint16 number)
{
    return number & 1;
}

/// Which lengths an option may have, and whether it may come more than once (RFC 7252 section 5.10 and the RFCs of
/// the others).
struct CoapOptionShape {
    quint16 number;
    quint16 shortest, longest; ///< octets
    bool repeats;
};
/// nullptr for an option not known here.
const CoapOptionShape *coapOptionShape(quint16 number);

/// Number of a content type (RFC 7252 section 12.3 and later registrations); parameters are compared too, without
/// case and blanks. Nothing where none is registered, or for one with a content coding.
std::optional<quint16> coapContentFormat(QByteArrayView contentType);
/// The content type of a number; empty where it is not known here.
QByteArray coapContentType(quint16 format);

} // namespace reveille
