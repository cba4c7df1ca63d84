// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/wakeroute.h"

#include <algorithm>

#include "domain/enumtext.h"

namespace reveille {

namespace {

const QString sms = QStringLiteral("sms");
constexpr EnumNames<3> sourceNames{"provisioned", "client", "implied"};

const WakeRoute *sameBearer(const QVector<WakeRoute> &routes, const QString &bearer)
{
    const auto found = std::find_if(routes.begin(), routes.end(), [&](const WakeRoute &route) {
        return route.bearer.compare(bearer, Qt::CaseInsensitive) == 0;
    });
    return found == routes.end() ? nullptr : &*found;
}

} // namespace

QVector<WakeRoute> mergeWakeRoutes(const QVector<WakeRoute> &fromClient,
                                   const QVector<WakeRoute> &provisioned)
{
    QVector<WakeRoute> merged;
    merged.reserve(fromClient.size() + provisioned.size());
    for (WakeRoute route : fromClient) {
        if (const WakeRoute *known = sameBearer(provisioned, route.bearer)) {
            if (route.address.isEmpty())
                route.address = known->address;
            if (!route.port.isSet())
                route.port = known->port;
        }
        merged.append(route);
    }
    for (const WakeRoute &route : provisioned) {
        if (!sameBearer(fromClient, route.bearer))
            merged.append(route);
    }
    return merged;
}

QVector<WakeRoute> withImpliedRoute(QVector<WakeRoute> routes, const Msisdn &number, ClientPort port)
{
    if (number.isEmpty() || !port.isSet() || sameBearer(routes, sms))
        return routes;
    const bool isNamed = std::any_of(routes.begin(), routes.end(),
                                     [&](const WakeRoute &route) { return route.address == number.digits() && route.bearer != u"ussd"; });
    if (!isNamed)
        routes.append({sms, number.digits(), port, WakeRoute::Source::Implied});
    return routes;
}

const char *toText(WakeRoute::Source source)
{
    return nameOf(sourceNames, source);
}

} // namespace reveille
