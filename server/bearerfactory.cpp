// SPDX-License-Identifier: GPL-3.0-or-later
#include "bearerfactory.h"

#include "bearers/wspudpbearer.h"

namespace reveille {

namespace {

Error wrong(const char *code, const BearerConfig &config, const QString &key)
{
    return Error{code, QStringLiteral("bearer.%1/%2=%3").arg(config.name, key, config.values.value(key))};
}

Result<std::unique_ptr<Bearer>> makeWspUdp(const BearerConfig &config, Timers &timers)
{
    WspUdpBearer::Settings settings;
    settings.name = config.name;
    for (auto it = config.values.cbegin(); it != config.values.cend(); ++it) {
        const QString value = it.value().trimmed();
        bool valid = true;
        if (it.key() == QLatin1String("allowed_networks")) {
            const Result<QVector<IpNetwork>> networks = parseNetworks(value);
            valid = networks.ok();
            settings.allowedNetworks = networks.valueOr({});
        } else if (it.key() == QLatin1String("local_address")) {
            const Result<IpAddress> address = IpAddress::parse(value);
            valid = value.isEmpty() || address.ok();
            settings.localAddress = address.valueOr({});
        } else if (it.key() == QLatin1String("default_port")) {
            const Result<ClientPort> port = ClientPort::parse(value);
            valid = port.ok();
            settings.defaultPort = port.valueOr(ClientPort(ClientPort::wapPush)).number();
        } else if (it.key() == QLatin1String("per_second")) {
            settings.perSecond = value.toInt(&valid);
            valid = valid && settings.perSecond >= 1 && settings.perSecond <= 100000;
        } else {
            return wrong("bearer-key", config, it.key());
        }
        if (!valid)
            return wrong("bearer-value", config, it.key());
    }
    std::unique_ptr<Bearer> bearer = std::make_unique<WspUdpBearer>(settings, timers);
    return bearer;
}

} // namespace

QStringList bearerTypes()
{
    return {QStringLiteral("wsp-udp")};
}

Result<std::unique_ptr<Bearer>> makeBearer(const BearerConfig &config, Timers &timers)
{
    if (config.type == QLatin1String("wsp-udp"))
        return makeWspUdp(config, timers);
    return Error{"bearer-type", QStringLiteral("bearer.%1/type=%2").arg(config.name, config.type)};
}

} // namespace reveille
