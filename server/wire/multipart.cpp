// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/multipart.h"

#include "wire/octetfind.h"
#include "wire/sipscan.h"

#include <algorithm>

namespace reveille {

namespace {

using sipscan::isToken;
using sipscan::trimmed;

Error wrong(const char *code, QByteArrayView about)
{
    QString text = QString::fromLatin1(about.first(std::min<qsizetype>(about.size(), 64)));
    std::replace_if(text.begin(), text.end(), [](QChar c) { return c < u' ' || c >= u'\x7f'; }, u'?');
    return {code, text};
}

bool isBoundary(QByteArrayView text)
{
    if (text.isEmpty() || text.size() > MultipartLimit::boundary || text.back() == ' ')
        return false;
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               QByteArrayView("'()+_,-./:=? ").contains(c);
    });
}

bool isFieldValue(QByteArrayView value)
{
    return std::none_of(value.begin(), value.end(), [](char c) {
        return (quint8(c) < ' ' && c != '\t') || c == '\x7f';
    });
}

/// Takes a token or a quoted text off the front.
bool takeValue(QByteArrayView &rest, QByteArray &value)
{
    if (!rest.startsWith('"')) {
        const qsizetype end = rest.indexOf(';');
        const QByteArrayView text = trimmed(end < 0 ? rest : rest.first(end));
        rest = end < 0 ? QByteArrayView() : rest.sliced(end);
        // Boundaries go unquoted even with characters that are none of a token.
        if (text.isEmpty() || text.contains('"') || text.contains(' ') || !isFieldValue(text))
            return false;
        value = text.toByteArray();
        return true;
    }
    for (qsizetype at = 1; at < rest.size(); ++at) {
        if (rest[at] == '"') {
            rest = trimmed(rest.sliced(at + 1));
            return isFieldValue(value);
        }
        if (rest[at] == '\\' && ++at >= rest.size())
            return false;
        value.append(rest[at]);
    }
    return false;
}

/// Reads the header fields of a part and leaves the rest as its body. Lines end in `eol`.
Result<BodyPart> readPart(QByteArrayView text, QByteArrayView eol)
{
    BodyPart part;
    QVector<QByteArray> lines;
    for (qsizetype at = 0;;) {
        const qsizetype end = findOctets(text, eol, at);
        if (end > MultipartLimit::headerOctets || (end < 0 && text.size() > MultipartLimit::headerOctets))
            return wrong("multipart-header-too-large", text);
        if (end < 0)
            return wrong("multipart-header", text);
        QByteArrayView line = text.sliced(at, end - at);
        if (eol.size() == 1 && line.endsWith('\r'))
            line.chop(1);
        at = end + eol.size();
        if (line.isEmpty()) {
            part.body = text.sliced(at).toByteArray();
            break;
        }
        const bool folded = line.front() == ' ' || line.front() == '\t';
        if (folded && !lines.isEmpty())
            lines.last() += ' ' + trimmed(line).toByteArray();
        else
            lines.append(line.toByteArray());
    }
    for (const QByteArray &line : std::as_const(lines)) {
        const qsizetype colon = line.indexOf(':');
        const QByteArrayView name = QByteArrayView(line).first(std::max<qsizetype>(colon, 0));
        const QByteArrayView value = trimmed(QByteArrayView(line).sliced(colon + 1));
        if (!isToken(name) || !isFieldValue(value) || part.headers.fields().size() >= MultipartLimit::headerFields)
            return wrong("multipart-header", line);
        part.headers.add(name.toByteArray(), value.toByteArray());
    }
    return part;
}

} // namespace

Result<MediaType> MediaType::parse(QByteArrayView text)
{
    text = trimmed(text);
    if (text.size() > MultipartLimit::mediaType)
        return wrong("media-type-too-long", text);
    MediaType media;
    const qsizetype end = text.indexOf(';');
    const QByteArrayView name = trimmed(end < 0 ? text : text.first(end));
    const qsizetype slash = name.indexOf('/');
    if (slash < 0 || !isToken(name.first(slash)) || !isToken(name.sliced(slash + 1)))
        return wrong("media-type-name", name);
    media.type = name.toByteArray().toLower();
    QByteArrayView rest = end < 0 ? QByteArrayView() : text.sliced(end);
    while (!rest.isEmpty()) {
        if (!rest.startsWith(';'))
            return wrong("media-type-parameter", rest);
        rest = trimmed(rest.sliced(1));
        if (rest.isEmpty())
            break;
        const qsizetype equals = rest.indexOf('=');
        const QByteArray key = trimmed(rest.first(std::max<qsizetype>(equals, 0))).toByteArray().toLower();
        rest = trimmed(rest.sliced(equals + 1));
        QByteArray value;
        const bool known = std::any_of(media.parameters.cbegin(), media.parameters.cend(),
                                       [&](const auto &other) { return other.first == key; });
        if (!isToken(key) || known || media.parameters.size() >= MultipartLimit::parameters ||
            !takeValue(rest, value))
            return wrong("media-type-parameter", key);
        media.parameters.append({key, value});
    }
    return media;
}

QByteArray MediaType::parameter(QByteArrayView name) const
{
    for (const auto &[key, value] : parameters) {
        if (key == name)
            return value;
    }
    return {};
}

Result<QVector<BodyPart>> parseMultipart(QByteArrayView body, QByteArrayView boundary, qsizetype mostParts)
{
    if (!isBoundary(boundary))
        return wrong("multipart-boundary", boundary);
    const QByteArray delimiter = "--" + boundary.toByteArray();
    qsizetype at = body.startsWith(delimiter) ? 0 : findOctets(body, '\n' + delimiter) + 1;
    if (at == 0 && !body.startsWith(delimiter))
        return wrong("multipart-no-part", body);
    if (at > MultipartLimit::preamble)
        return wrong("multipart-preamble", body);
    at += delimiter.size();
    const qsizetype lineEnd = body.indexOf('\n', at);
    const QByteArrayView eol = lineEnd > at && body[lineEnd - 1] == '\r' ? QByteArrayView("\r\n") : QByteArrayView("\n");
    const QByteArray onItsLine = eol.toByteArray() + delimiter;

    QVector<BodyPart> parts;
    for (;;) {
        if (body.sliced(at).startsWith("--")) {
            const QByteArrayView behind = body.sliced(at + 2);
            const qsizetype end = findOctets(behind, eol);
            if (!trimmed(end < 0 ? behind : behind.first(end)).isEmpty())
                return wrong("multipart-delimiter", behind);
            break;
        }
        while (at < body.size() && (body[at] == ' ' || body[at] == '\t'))
            ++at;
        if (!body.sliced(at).startsWith(eol))
            return wrong(at >= body.size() ? "multipart-unterminated" : "multipart-delimiter", body.sliced(at));
        at += eol.size();
        // A delimiter right behind another one has no part before it.
        const qsizetype end = findOctets(body, onItsLine, at - eol.size());
        if (end < 0)
            return wrong("multipart-unterminated", body.sliced(at));
        if (parts.size() >= mostParts)
            return wrong("multipart-parts", QByteArray::number(mostParts));
        if (end < at)
            return wrong("multipart-header", body.sliced(at));
        auto part = readPart(body.sliced(at, end - at), eol);
        if (!part)
            return part.error();
        parts.append(std::move(*part));
        at = end + onItsLine.size();
    }
    if (parts.isEmpty())
        return wrong("multipart-no-part", body);
    return parts;
}

Result<QByteArray> decodedBody(const BodyPart &part)
{
    const QByteArray encoding = part.headers.value("Content-Transfer-Encoding").toLower();
    if (encoding.isEmpty() || encoding == "binary" || encoding == "8bit" || encoding == "7bit")
        return part.body;
    if (encoding != "base64")
        return wrong("multipart-encoding", encoding);
    QByteArray text = part.body;
    text.removeIf([](char c) { return c == '\r' || c == '\n' || c == ' ' || c == '\t'; });
    const auto decoded = QByteArray::fromBase64Encoding(text, QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        return wrong("multipart-base64", {});
    return *decoded;
}

QByteArray multipartBoundary(const QVector<BodyPart> &parts)
{
    for (int number = 0;; ++number) {
        const QByteArray boundary = "part-" + QByteArray::number(number);
        const bool taken = std::any_of(parts.cbegin(), parts.cend(), [&](const BodyPart &part) {
            return part.body.contains(boundary);
        });
        if (!taken)
            return boundary;
    }
}

QByteArray toMultipartBytes(const QVector<BodyPart> &parts, const QByteArray &boundary)
{
    QByteArray out;
    for (const BodyPart &part : parts) {
        out += "--" + boundary + "\r\n";
        for (const HttpHeaders::Field &field : part.headers.fields()) {
            QByteArray value = field.value;
            value.removeIf([](char c) { return (quint8(c) < ' ' && c != '\t') || c == '\x7f'; });
            out += field.name + ": " + value + "\r\n";
        }
        out += "\r\n" + part.body + "\r\n";
    }
    return out + "--" + boundary + "--\r\n";
}

} // namespace reveille
