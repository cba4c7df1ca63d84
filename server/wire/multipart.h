// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"
#include "wire/httpmessage.h"

#include <QByteArrayView>
#include <QVector>

namespace reveille {

/// Bounds of a multipart entity.
namespace MultipartLimit {
inline constexpr qsizetype boundary = 70;        ///< characters (RFC 2046 section 5.1.1)
inline constexpr qsizetype parts = 8;
inline constexpr qsizetype preamble = 1024;      ///< octets before the first delimiter
inline constexpr qsizetype headerFields = 32;    ///< of one part
inline constexpr qsizetype headerOctets = 8192;  ///< of one part
inline constexpr qsizetype mediaType = 1024;     ///< octets of a Content-Type value
inline constexpr qsizetype parameters = 16;      ///< of a Content-Type value
} // namespace MultipartLimit

/// A Content-Type value (RFC 9110 section 8.3.1). Any thread.
struct MediaType {
    QByteArray type; ///< "multipart/related", in lower case
    QVector<std::pair<QByteArray, QByteArray>> parameters; ///< names in lower case, values unquoted

    /// Errors: media-type-too-long, media-type-name, media-type-parameter (broken, or twice).
    static Result<MediaType> parse(QByteArrayView text);
    /// Empty where there is none.
    QByteArray parameter(QByteArrayView name) const;
    friend bool operator==(const MediaType &, const MediaType &) = default;
};

/// One part of a multipart entity. Any thread.
struct BodyPart {
    HttpHeaders headers;
    QByteArray body; ///< as sent; decodedBody() resolves its transfer encoding
    friend bool operator==(const BodyPart &, const BodyPart &) = default;
};

/// Cuts a multipart body at its boundary (RFC 2046 section 5.1.1). Delimiters stand on lines of their own that end in CR LF,
/// or all in LF where the first does (Kannel's initiator can send that); what is before the first and behind the last is
/// dropped. The last one needs no line end (some initiators leave it out).
/// Errors: multipart-boundary (empty, too long, or characters that cannot stand there), multipart-no-part,
/// multipart-preamble, multipart-delimiter (something behind it on its line), multipart-unterminated,
/// multipart-parts, multipart-header, multipart-header-too-large.
Result<QVector<BodyPart>> parseMultipart(QByteArrayView body, QByteArrayView boundary,
                                         qsizetype mostParts = MultipartLimit::parts);

/// The body with Content-Transfer-Encoding undone: base64, or the three that change nothing. Errors:
/// multipart-encoding (not known), multipart-base64.
Result<QByteArray> decodedBody(const BodyPart &part);

/// A boundary that occurs in none of the parts.
QByteArray multipartBoundary(const QVector<BodyPart> &parts);
/// The entity; `boundary` is to be one of multipartBoundary(). Header values are written without control characters.
QByteArray toMultipartBytes(const QVector<BodyPart> &parts, const QByteArray &boundary);

} // namespace reveille
