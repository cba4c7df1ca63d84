// SPDX-License-Identifier: GPL-3.0-or-later
#include "bearerfactory.h"

#include "bearers/wspudpbearer.h"
#include "bearersection.h"
#include "smscbearersections.h"
#include "carrierbearersections.h"

#include <array>

namespace reveille {

namespace {

using Made = Result<std::unique_ptr<Bearer>>;

Made makeWspUdp(BearerSection &section, const BearerSurroundings &surroundings)
{
    WspUdpBearer::Settings settings;
    settings.name = section.name();
    settings.allowedNetworks = section.networks(QStringLiteral("allowed_networks"));
    settings.localAddress = section.address(QStringLiteral("local_address")).value_or(IpAddress());
    settings.defaultPort =
        quint16(section.number(QStringLiteral("default_port"), ClientPort::wapPush, 1, 65535));
    settings.perSecond = int(section.number(QStringLiteral("per_second"), 200, 1, 100000));
    if (const Result<Done> read = section.finish(); !read)
        return read.error();
    std::unique_ptr<Bearer> bearer = std::make_unique<WspUdpBearer>(settings, surroundings.timers);
    return bearer;
}

struct BearerType {
    const char *name;
    Made (*make)(BearerSection &section, const BearerSurroundings &surroundings);
};

constexpr std::array types = {
    BearerType{"wsp-udp", makeWspUdp},
    BearerType{"smpp", makeSmppBearer},
    BearerType{"ussd", makeUssdBearer},
    BearerType{"http", makeHttpBearer},
    BearerType{"sip", makeSipBearer},
    BearerType{"gammu", makeGammuBearer},
    BearerType{"kannel", makeKannelBearer},
};

} // namespace

QStringList bearerTypes()
{
    QStringList names;
    for (const BearerType &type : types)
        names.append(QLatin1String(type.name));
    return names;
}

Result<std::unique_ptr<Bearer>> makeBearer(const BearerConfig &config, const BearerSurroundings &surroundings)
{
    for (const BearerType &type : types) {
        if (config.type == QLatin1String(type.name)) {
            BearerSection section(config);
            return type.make(section, surroundings);
        }
    }
    return Error{"bearer-type", QStringLiteral("bearer.%1/type=%2").arg(config.name, config.type)};
}

} // namespace reveille
