// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/httphead.h"

#include "wire/octetfind.h"

#include <algorithm>

namespace reveille {

namespace {

using Failure = HttpRequestParser::Failure;

constexpr qsizetype longestMethod = 32;

bool isToken(QByteArrayView text)
{
    static constexpr QByteArrayView others("!#$%&'*+-.^_`|~");
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               others.contains(c);
    });
}

bool isDigits(QByteArrayView text)
{
    return !text.isEmpty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool isName(QByteArrayView name, QByteArrayView wanted)
{
    return name.size() == wanted.size() &&
           qstrnicmp(name.data(), name.size(), wanted.data(), wanted.size()) == 0;
}

std::optional<Failure> checkRequestLine(QByteArrayView line, const HttpLimits &limits)
{
    const qsizetype first = line.indexOf(' ');
    const qsizetype second = first < 0 ? -1 : line.indexOf(' ', first + 1);
    if (second < 0 || line.indexOf(' ', second + 1) >= 0)
        return Failure{400, "http-request-line"};
    if (!isToken(line.first(first)) || first > longestMethod || second == first + 1)
        return Failure{400, "http-request-line"};
    if (second - first - 1 > limits.target)
        return Failure{414, "http-target-too-long"};
    const QByteArrayView target = line.sliced(first + 1, second - first - 1);
    if (!std::all_of(target.begin(), target.end(),
                     [](char c) { return quint8(c) > 0x20 && quint8(c) < 0x7f; }))
        return Failure{400, "http-request-line"};
    const QByteArrayView version = line.sliced(second + 1);
    if (version == QByteArrayView("HTTP/1.1") || version == QByteArrayView("HTTP/1.0"))
        return {};
    if (version.size() == 8 && version.startsWith("HTTP/") && version[6] == '.')
        return Failure{505, "http-version"};
    return Failure{400, "http-request-line"};
}

/// Counts what decides the framing.
struct FramingFields {
    int lengths = 0;
    int codings = 0;
    int hosts = 0;
    bool chunked = false;
};

std::optional<Failure> checkField(QByteArrayView line, FramingFields &seen)
{
    if (line.front() == ' ' || line.front() == '\t')
        return Failure{400, "http-folded-line"};
    const qsizetype colon = line.indexOf(':');
    if (colon <= 0 || !isToken(line.first(colon)))
        return Failure{400, "http-field"};
    const QByteArrayView name = line.first(colon);
    const QByteArrayView value = line.sliced(colon + 1).trimmed();
    if (std::any_of(value.begin(), value.end(),
                    [](char c) { return (quint8(c) < 0x20 && c != '\t') || c == 0x7f; }))
        return Failure{400, "http-field"};
    if (isName(name, "Content-Length")) {
        ++seen.lengths;
        if (!isDigits(value) || value.size() > 18)
            return Failure{400, "http-framing"};
    } else if (isName(name, "Transfer-Encoding")) {
        ++seen.codings;
        seen.chunked = isName(value, "chunked");
    } else if (isName(name, "Host")) {
        ++seen.hosts;
    }
    return {};
}

std::optional<Failure> checkFraming(const FramingFields &seen, bool oldVersion)
{
    if (seen.lengths > 1 || seen.codings > 1 || (seen.lengths > 0 && seen.codings > 0))
        return Failure{400, "http-framing"};
    if (seen.codings == 1 && oldVersion)
        return Failure{400, "http-framing"};
    if (seen.codings == 1 && !seen.chunked)
        return Failure{501, "http-transfer-coding"};
    if (seen.hosts > 1 || (seen.hosts == 0 && !oldVersion))
        return Failure{400, "http-host"};
    return {};
}

} // namespace

qsizetype httpHeadLength(QByteArrayView octets)
{
    const qsizetype end = findOctets(octets, "\r\n\r\n");
    return end < 0 ? 0 : end + 4;
}

std::optional<Failure> checkPartialHead(QByteArrayView octets, const HttpLimits &limits)
{
    for (qsizetype i = octets.indexOf('\n'); i >= 0; i = octets.indexOf('\n', i + 1)) {
        if (i == 0 || octets[i - 1] != '\r')
            return Failure{400, "http-line-ending"};
    }
    for (qsizetype i = octets.indexOf('\r'); i >= 0; i = octets.indexOf('\r', i + 1)) {
        if (i + 1 < octets.size() && octets[i + 1] != '\n')
            return Failure{400, "http-line-ending"};
    }
    if (octets.contains('\0'))
        return Failure{400, "http-field"};
    const qsizetype end = findOctets(octets, "\r\n");
    QByteArrayView line = end < 0 ? octets : octets.first(end);
    if (line.endsWith('\r'))
        line.chop(1);
    const qsizetype space = line.indexOf(' ');
    const QByteArrayView method = space < 0 ? line : line.first(space);
    if (!method.isEmpty() && (method.size() > longestMethod || !isToken(method)))
        return Failure{400, "http-request-line"};
    if (end >= 0 && space <= 0)
        return Failure{400, "http-request-line"};
    if (space >= 0 && line.size() - space > limits.target + 16)
        return Failure{414, "http-target-too-long"};
    return {};
}

std::optional<Failure> checkHead(QByteArrayView head, const HttpLimits &limits)
{
    qsizetype end = findOctets(head, "\r\n");
    const QByteArrayView requestLine = head.first(end);
    if (auto failure = checkRequestLine(requestLine, limits))
        return failure;
    FramingFields seen;
    qsizetype count = 0;
    for (qsizetype at = end + 2; at + 2 < head.size(); at = end + 2) {
        end = findOctets(head, "\r\n", at);
        if (++count > limits.fields)
            return Failure{431, "http-header-too-large"};
        if (auto failure = checkField(head.sliced(at, end - at), seen))
            return failure;
    }
    return checkFraming(seen, requestLine.endsWith("1.0"));
}

std::optional<Failure> normaliseTarget(HttpRequest &request)
{
    if (request.target.startsWith('/') || request.target == "*")
        return {};
    QByteArrayView rest(request.target);
    if (qstrnicmp(request.target.constData(), "http://", 7) == 0)
        rest = rest.sliced(7);
    else if (qstrnicmp(request.target.constData(), "https://", 8) == 0)
        rest = rest.sliced(8);
    else
        return Failure{400, "http-request-line"};
    qsizetype end = 0;
    while (end < rest.size() && rest[end] != '/' && rest[end] != '?')
        ++end;
    if (end == 0)
        return Failure{400, "http-request-line"};
    request.headers.set("Host", rest.first(end).toByteArray());
    const QByteArray path = rest.sliced(end).toByteArray();
    request.target = path.startsWith('/') ? path : '/' + path;
    return {};
}

} // namespace reveille
