// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/httpmessage.h"

#include <algorithm>
#include <iterator>
#include <string>

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

void appendField(std::string &out, QByteArrayView name, QByteArrayView value)
{
    const auto printable = [](char c) {
        return c == '\t' || (quint8(c) >= 0x20 && quint8(c) != 0x7f);
    };
    out.append(name.data(), size_t(name.size())).append(": ");
    if (std::all_of(value.begin(), value.end(), printable))
        out.append(value.data(), size_t(value.size()));
    else
        std::copy_if(value.begin(), value.end(), std::back_inserter(out), printable);
    out.append("\r\n");
}

void appendFields(std::string &out, const HttpHeaders &headers)
{
    for (const HttpHeaders::Field &field : headers.fields()) {
        if (!sameName(field.name, "Content-Length") && !sameName(field.name, "Transfer-Encoding"))
            appendField(out, field.name, field.value);
    }
}

/// The head of a message, and its body behind it.
QByteArray joined(const std::string &head, QByteArrayView body)
{
    QByteArray out(qsizetype(head.size()) + body.size(), Qt::Uninitialized);
    std::copy(body.begin(), body.end(), std::copy(head.begin(), head.end(), out.begin()));
    return out;
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
    std::string out;
    out.reserve(512);
    out.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ");
    out.append(httpReason(response.status).constData()).append("\r\n");
    appendFields(out, response.headers);
    if (!framing.keepAlive)
        appendField(out, "Connection", "close");
    if (framing.body == HttpFraming::Body::Chunked)
        appendField(out, "Transfer-Encoding", "chunked");
    else if (whole && !hasNoBody(response.status))
        appendField(out, "Content-Length", QByteArray::number(response.body.size()));
    out.append("\r\n");
    return joined(out, whole && !framing.head && !hasNoBody(response.status) ? response.body : QByteArrayView());
}

QByteArray serialise(const HttpRequest &request)
{
    std::string out;
    out.reserve(512);
    out.append(request.method.toStdString()).append(" ").append(request.target.toStdString());
    out.append(" HTTP/1.").append(std::to_string(request.minorVersion)).append("\r\n");
    appendFields(out, request.headers);
    if (!request.keepAlive)
        appendField(out, "Connection", "close");
    if (!request.body.isEmpty() || request.method == "POST" || request.method == "PUT")
        appendField(out, "Content-Length", QByteArray::number(request.body.size()));
    out.append("\r\n");
    return joined(out, request.body);
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
