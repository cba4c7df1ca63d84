// SPDX-License-Identifier: GPL-3.0-or-later
#include "triggerorigins.h"

#include "http/httpplace.h"

#include <QLoggingCategory>

namespace reveille {

namespace {

Q_LOGGING_CATEGORY(log, "reveille.triggers")

bool isAny(const IpAddress &address)
{
    return address.toString() == QLatin1String("0.0.0.0") || address.toString() == QLatin1String("::");
}

QString originText(bool secure, const QString &host, quint16 port)
{
    const QString name = host.contains(u':') ? u'[' + host + u']' : host.toLower();
    const QString origin = (secure ? QStringLiteral("https://") : QStringLiteral("http://")) + name;
    return port == (secure ? 443 : 80) ? origin : origin + u':' + QString::number(port);
}

/// The names by which a listener at this address is reached.
QStringList hostsOf(const Config &config, const IpAddress &address)
{
    QStringList hosts;
    if (!config.publicAddress.isEmpty())
        hosts.append(config.publicAddress);
    const bool isV6 = address.toString().contains(u':');
    const IpAddress loopback = IpAddress::parse(isV6 ? u"::1" : u"127.0.0.1").valueOr({});
    hosts.append(isAny(address) ? loopback.toString() : address.toString());
    if (isAny(address) || address.isLoopback())
        hosts.append(QStringLiteral("localhost"));
    hosts.removeDuplicates();
    return hosts;
}

} // namespace

Result<QString> originOf(const QString &url)
{
    const auto place = HttpPlace::parse(url);
    if (!place || place->target != "/")
        return Error{"config-value", url.left(100)};
    return originText(place->secure, place->host, place->port);
}

QStringList triggerOrigins(const Config &config, const QMap<QString, QString> &bound)
{
    QStringList origins;
    if (const auto named = originOf(config.triggersPublicUrl); named && !config.triggersPublicUrl.isEmpty())
        origins.append(*named);
    const std::pair<const char *, bool> listeners[] = {{"triggers_https", true}, {"triggers_http", false}};
    for (const auto &[key, secure] : listeners) {
        const QString address = bound.value(QLatin1String(key));
        const auto parsed = ListenAddress::parse(address);
        if (address.isEmpty() || !parsed)
            continue;
        const QStringList hosts = hostsOf(config, parsed->address);
        if (isAny(parsed->address) && config.publicAddress.isEmpty() && config.triggersPublicUrl.isEmpty())
            qCWarning(log) << "addresses for Web Push name" << hosts.first() << "for want of triggers/public_url or server/public_address";
        for (const QString &host : hosts)
            origins.append(originText(secure, host, parsed->port));
    }
    origins.removeDuplicates();
    return origins;
}

} // namespace reveille
