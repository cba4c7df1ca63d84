// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QByteArrayView>
#include <QVector>

#include <optional>

namespace reveille {

/// Bounds of what is read from an MSRP stream (named, so that tests can stand on both sides of them).
namespace MsrpLimit {
inline constexpr qsizetype head = 8192;   ///< octets of the start line and the headers of one message
inline constexpr qsizetype headers = 32;  ///< header lines
inline constexpr qsizetype path = 8;      ///< URIs in one To-Path or From-Path
inline constexpr qsizetype uri = 1024;    ///< octets of one URI
inline constexpr qsizetype chunk = 2048;  ///< octets in one SEND of ours: need not be interruptible (RFC 4975 section 5.1)
} // namespace MsrpLimit

/// `msrp://host:port/session;tcp` (RFC 4975 section 6). Any thread.
struct MsrpUri {
    bool secure = false; ///< msrps
    QByteArray host;     ///< lower case, IPv6 without brackets
    quint16 port = 2855;
    QByteArray session;  ///< empty in the URI of a relay
    QByteArray parameters; ///< behind ";tcp", as they stand

    /// Errors: msrp-uri-too-long, msrp-uri-scheme, msrp-uri-host, msrp-uri-port, msrp-uri-session, msrp-uri-transport.
    static Result<MsrpUri> parse(QByteArrayView text);
    QByteArray toText() const;
    /// Section 6.1: scheme, host without case, port, session with case; parameters do not count.
    friend bool operator==(const MsrpUri &a, const MsrpUri &b)
    {
        return a.secure == b.secure && a.host == b.host && a.port == b.port && a.session == b.session;
    }
};

/// Byte-Range: 1-based and inclusive, not set = "*" (section 7.1.1). `last` is `first - 1` for nothing at all.
struct MsrpByteRange {
    qint64 first = 1;
    std::optional<qint64> last;
    std::optional<qint64> total;

    /// Error msrp-byte-range: not of that form, a number above 2^53, or numbers that contradict each other.
    static Result<MsrpByteRange> parse(QByteArrayView text);
    QByteArray toText() const;
    friend bool operator==(const MsrpByteRange &, const MsrpByteRange &) = default;
};

/// How a message ends: the flag behind the transaction id of its end line (section 7.1).
enum class MsrpEnd : char { Complete = '$', More = '+', Aborted = '#' };

enum class MsrpFailureReport : quint8 { Yes, No, Partial };

/// Everything of a message but its content: request (`method`) or response (`status`). Any thread.
struct MsrpHead {
    QByteArray transaction;
    QByteArray method; ///< "SEND", "REPORT", …; empty in a response
    int status = 0;    ///< of a response
    QByteArray comment;
    QByteArrayList toPath, fromPath; ///< URIs as they stand, each readable by MsrpUri
    QByteArray messageId;
    std::optional<MsrpByteRange> byteRange;
    bool successReport = false;
    MsrpFailureReport failureReport = MsrpFailureReport::Yes;
    int reportStatus = 0;    ///< Status header of a REPORT, 0 = none
    QByteArray contentType;  ///< set = there is content, maybe empty
    QVector<std::pair<QByteArray, QByteArray>> others; ///< further headers in order

    bool isResponse() const { return method.isEmpty(); }
    /// First of `others` with this name, in any case.
    QByteArray other(QByteArrayView name) const;
    MsrpUri to() const;   ///< first of To-Path: whom this hop is for
    MsrpUri from() const; ///< last of From-Path: who made it

    /// Start line and headers, and the empty line where there is content. CR, LF and NUL in any value become spaces.
    QByteArray bytes() const;
    /// What follows the content, or the head where there is none.
    QByteArray endLine(MsrpEnd end) const;
    QByteArray message(QByteArrayView content, MsrpEnd end) const;
};

/// The answer to a request: its transaction, its From-Path turned round (section 7.2). `us` is the URI it was for.
MsrpHead msrpResponse(const MsrpHead &request, const MsrpUri &us, int status);
/// A REPORT on octets of the message `request` was a part of (section 7.1.2).
MsrpHead msrpReport(const MsrpHead &request, const MsrpUri &us, const MsrpByteRange &octets, int status);
/// The usual comment of a status, "OK"; empty for one without.
QByteArray msrpComment(int status);

/// Random names: a transaction or message id of 20 letters (100 bits: no content holds its end line but by looking),
/// a session of 24.
QByteArray newMsrpId();
QByteArray newMsrpSession();
/// 4 to 32 characters, the first a letter or digit (section 9, `ident`).
bool isMsrpIdent(QByteArrayView text);

} // namespace reveille
