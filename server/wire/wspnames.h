// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace reveille {

/// Assigned numbers of WSP (WAP-230 appendix A, wire-facts 1.7 and 2.3). Names of media types and headers
/// compare without case. Any thread.
std::optional<quint32> wspContentTypeNumber(QStringView mediaType);
/// The media type, or "0x51" for a number not known; wspContentTypeNumber reads both.
QString wspContentTypeName(quint32 number);

/// "X-Wap-Application-Id", or "0x51" for a header code not known.
QString wspHeaderName(quint8 code);

/// "charset", or "0x51" for a parameter code not known.
QString wspParameterName(quint8 code);

/// IANA MIBenum of a charset name, "utf-8" -> 106.
std::optional<quint32> charsetNumber(QStringView name);
/// The name, or decimal digits for a number not known; charsetNumber reads both.
QString charsetName(quint32 number);

/// Header and parameter codes that the codec treats by itself, without bit 7.
namespace WspCode {
constexpr quint8 contentLength = 0x0d;
constexpr quint8 date = 0x12;
constexpr quint8 expires = 0x14;
constexpr quint8 applicationId = 0x2f;
constexpr quint8 pushFlag = 0x34;
constexpr quint8 encodingVersion = 0x43;
constexpr quint8 charsetParameter = 0x01;
constexpr quint8 qParameter = 0x00;
} // namespace WspCode

} // namespace reveille
