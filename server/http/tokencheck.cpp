// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/tokencheck.h"

#include "domain/ipaddress.h"

#include <QCryptographicHash>

namespace reveille {

namespace {

/// "[::1]:8081" and "127.0.0.1:8081" without the port.
QByteArray hostWithoutPort(const QByteArray &authority)
{
    const qsizetype bracket = authority.indexOf(']');
    const qsizetype colon = authority.indexOf(':', qMax<qsizetype>(bracket, 0));
    return colon < 0 ? authority : authority.left(colon);
}

} // namespace

QByteArray presentedToken(const HttpRequest &request)
{
    if (request.headers.count("Authorization") != 1)
        return {};
    const QByteArray value = request.headers.value("Authorization");
    const qsizetype space = value.indexOf(' ');
    if (space < 0)
        return {};
    const QByteArrayView scheme = QByteArrayView(value).first(space);
    QByteArray rest = QByteArrayView(value).sliced(space + 1).trimmed().toByteArray();
    if (scheme.compare("bearer", Qt::CaseInsensitive) == 0)
        return rest;
    if (scheme.compare("basic", Qt::CaseInsensitive) != 0)
        return {};
    const auto decoded = QByteArray::fromBase64Encoding(std::move(rest), QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        return {};
    const qsizetype colon = decoded.decoded.indexOf(':');
    return colon < 0 ? QByteArray() : decoded.decoded.mid(colon + 1);
}

bool sameSecret(const QByteArray &a, const QByteArray &b)
{
    // Hashing first makes both sides equally long and hides where they differ.
    const QByteArray left = QCryptographicHash::hash(a, QCryptographicHash::Sha256);
    const QByteArray right = QCryptographicHash::hash(b, QCryptographicHash::Sha256);
    quint8 difference = 0;
    for (qsizetype i = 0; i < left.size(); ++i)
        difference |= quint8(left[i]) ^ quint8(right[i]);
    return difference == 0;
}

bool isPlainHost(const HttpRequest &request, const QStringList &names)
{
    const QByteArray authority = request.headers.value("Host");
    if (authority.isEmpty())
        return request.minorVersion == 0;
    const QString host = QString::fromLatin1(hostWithoutPort(authority).toLower());
    return host == QLatin1StringView("localhost") || IpAddress::parse(host).ok() ||
           names.contains(host, Qt::CaseInsensitive);
}

bool isForeignOrigin(const HttpRequest &request)
{
    if (!request.headers.has("Origin"))
        return false;
    const QByteArray origin = request.headers.value("Origin").toLower();
    const QByteArray host = request.headers.value("Host").toLower();
    return origin != "http://" + host && origin != "https://" + host;
}

} // namespace reveille
