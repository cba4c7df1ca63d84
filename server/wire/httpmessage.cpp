// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/httpmessage.h"

#include <algorithm>

namespace reveille {

namespace {

bool sameName(QByteArrayView a, QByteArrayView b)
{
    return a.size() == b.size() && qstrnicmp(a.data(), a.size(), b.data(), b.size()) == 0;
}

bool hasNoBody(int status)
{
    return status / 100 == 1 || status == 204 || status == 304;
}

void appendField(QByteArray &out, QByteArrayView name, QByteArrayView value)
{
    const auto printable = [](char c) {
        return c == '\t' || (quint8(c) >= 0x20 && quint8(c) != 0x7f);
    };
    out.append(name.data(), name.size());
    out.append(": ");
    std::copy_if(value.begin(), value.end(), std::back_inserter(out), printable);
    out.append("\r\n");
}

void appendFields(QByteArray &out, const HttpHeaders &headers)
{
    for (const HttpHeaders::Field &field : headers.fields()) {
        if (!sameName(field.name, "Content-Length") && !sameName(field.name, "Transfer-Encoding"))
            appendField(out, field.name, field.value);
    }
}

} // namespace

void HttpHeaders::set(const QByteArray &name, const QByteArray &value)
{
    remove(name);
    add(name, value);
}

void HttpHeaders::remove(QByteArrayView name)
{
    m_fields.removeIf([&](const Field &field) { return sameName(field.name, name); });
}

QByteArray HttpHeaders::value(QByteArrayView name) const
{
    const auto it = std::find_if(m_fields.begin(), m_fields.end(),
                                 [&](const Field &field) { return sameName(field.name, name); });
    return it == m_fields.end() ? QByteArray() : it->value;
}

qsizetype HttpHeaders::count(QByteArrayView name) const
{
    return std::count_if(m_fields.begin(), m_fields.end(),
                         [&](const Field &field) { return sameName(field.name, name); });
}

bool HttpHeaders::lists(QByteArrayView name, QByteArrayView token) const
{
    for (const Field &field : m_fields) {
        if (!sameName(field.name, name))
            continue;
        for (const QByteArray &item : field.value.split(',')) {
            if (sameName(item.trimmed(), token))
                return true;
        }
    }
    return false;
}

QByteArray httpReason(int status)
{
    switch (status) {
    case 100:
        return "Continue";
    case 200:
        return "OK";
    case 201:
        return "Created";
    case 202:
        return "Accepted";
    case 204:
        return "No Content";
    case 304:
        return "Not Modified";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 406:
        return "Not Acceptable";
    case 408:
        return "Request Timeout";
    case 409:
        return "Conflict";
    case 410:
        return "Gone";
    case 411:
        return "Length Required";
    case 413:
        return "Content Too Large";
    case 414:
        return "URI Too Long";
    case 415:
        return "Unsupported Media Type";
    case 417:
        return "Expectation Failed";
    case 421:
        return "Misdirected Request";
    case 422:
        return "Unprocessable Content";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 501:
        return "Not Implemented";
    case 502:
        return "Bad Gateway";
    case 503:
        return "Service Unavailable";
    case 504:
        return "Gateway Timeout";
    case 505:
        return "HTTP Version Not Supported";
    default:
        return "Unknown";
    }
}

QByteArray serialise(const HttpResponse &response, HttpFraming framing)
{
    const bool whole = framing.body == HttpFraming::Body::Whole;
    QByteArray out;
    out.reserve(256 + (framing.head || !whole ? 0 : response.body.size()));
    out.append("HTTP/1.1 ").append(QByteArray::number(response.status)).append(' ');
    out.append(httpReason(response.status)).append("\r\n");
    appendFields(out, response.headers);
    if (!framing.keepAlive)
        appendField(out, "Connection", "close");
    if (framing.body == HttpFraming::Body::Chunked)
        appendField(out, "Transfer-Encoding", "chunked");
    else if (whole && !hasNoBody(response.status))
        appendField(out, "Content-Length", QByteArray::number(response.body.size()));
    out.append("\r\n");
    if (whole && !framing.head && !hasNoBody(response.status))
        out.append(response.body);
    return out;
}

QByteArray serialise(const HttpRequest &request)
{
    QByteArray out;
    out.reserve(256 + request.body.size());
    out.append(request.method).append(' ').append(request.target);
    out.append(" HTTP/1.").append(QByteArray::number(request.minorVersion)).append("\r\n");
    appendFields(out, request.headers);
    if (!request.keepAlive)
        appendField(out, "Connection", "close");
    if (!request.body.isEmpty() || request.method == "POST" || request.method == "PUT")
        appendField(out, "Content-Length", QByteArray::number(request.body.size()));
    out.append("\r\n").append(request.body);
    return out;
}

QByteArray httpChunk(QByteArrayView data)
{
    if (data.isEmpty())
        return {};
    QByteArray out = QByteArray::number(data.size(), 16);
    out.reserve(out.size() + data.size() + 4);
    out.append("\r\n").append(data.data(), data.size()).append("\r\n");
    return out;
}

QByteArray httpLastChunk()
{
    return QByteArrayLiteral("0\r\n\r\n");
}

} // namespace reveille
