// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/httpplace.h"

#include "domain/ipaddress.h"

#include <QUrl>

namespace reveille {

namespace {

constexpr qsizetype longestUrl = 2048;

} // namespace

Result<HttpPlace> HttpPlace::parse(const QString &text)
{
    const Error wrong{"address-not-url", text.left(64)};
    if (text.size() > longestUrl)
        return wrong;
    const QUrl url(text, QUrl::StrictMode);
    const bool secure = url.scheme() == u"https";
    if (!url.isValid() || (!secure && url.scheme() != u"http") || url.host().isEmpty() ||
        !url.userInfo().isEmpty() || url.port(80) <= 0)
        return wrong;
    HttpPlace place;
    place.secure = secure;
    place.host = url.host(QUrl::FullyEncoded);
    place.port = quint16(url.port(secure ? 443 : 80));
    place.target = url.path(QUrl::FullyEncoded).toLatin1();
    if (place.target.isEmpty())
        place.target = "/";
    if (url.hasQuery())
        place.target += '?' + url.query(QUrl::FullyEncoded).toLatin1();
    return place;
}

Result<HttpPlace> HttpPlace::ofRoute(const WakeRoute &route, quint16 defaultPort)
{
    if (route.address.contains(u"://"))
        return parse(route.address);
    const Error wrong{"address-not-url", route.address.left(64)};
    const Result<IpAddress> bare = IpAddress::parse(route.address);
    const bool isV6 = bare.ok() && !bare->isV4();
    const QString host = isV6 ? u'[' + bare->toString() + u']' : route.address;
    if (host.isEmpty() || host.contains(u'/') || host.contains(u'?') || host.contains(u'#'))
        return wrong;
    Result<HttpPlace> place = parse(QStringLiteral("http://") + host);
    if (!place)
        return wrong;
    if (QUrl(QStringLiteral("http://") + host).port() < 0)
        place.value().port = route.port.isSet() ? route.port.number() : defaultPort;
    return place;
}

QString HttpPlace::authority() const
{
    return (host.contains(u':') ? u'[' + host + u']' : host) + u':' + QString::number(port);
}

} // namespace reveille
