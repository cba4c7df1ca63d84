// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/wakepolicy.h"

#include <algorithm>

namespace reveille {

using namespace Qt::StringLiterals;
using Outcome = Check::Outcome;

namespace {

struct Candidate {
    const BearerFacts *bearer = nullptr; ///< nullptr: nothing configured carries the route
    WakeRoute route;
    qsizetype rank = 0;
    bool differs = true; ///< from the way that failed
};

bool same(QStringView a, QStringView b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

bool carries(const BearerFacts &bearer, const QString &kind)
{
    return same(bearer.name, kind) || same(bearer.type, kind) ||
           bearer.carries.contains(kind, Qt::CaseInsensitive);
}

/// What "sip-udp", "sip-tcp" and "sip" have in common.
QStringView family(QStringView transport)
{
    constexpr QStringView prefix = u"ota-";
    if (transport.startsWith(prefix))
        transport = transport.sliced(prefix.size());
    const qsizetype hyphen = transport.indexOf(u'-');
    return hyphen < 0 ? transport : transport.first(hyphen);
}

/// Where the order setting puts a bearer; what it does not list comes last.
qsizetype rankOf(const BearerFacts &bearer, const WakeRoute &route, const QStringList &order)
{
    for (qsizetype rank = 0; rank < order.size(); ++rank) {
        if (same(order.at(rank), bearer.name) || same(order.at(rank), bearer.type) ||
            same(order.at(rank), route.bearer)) {
            return rank;
        }
    }
    return order.size();
}

/// The route with the device's own number and port where it names none (requirement R2).
WakeRoute completed(WakeRoute route, const Device &device)
{
    if (route.address.isEmpty() && same(route.bearer, u"sms"))
        route.address = device.msisdn.digits();
    if (!route.port.isSet())
        route.port = device.clientPort;
    return route;
}

bool isImplied(const Candidate &candidate)
{
    return candidate.route.source == WakeRoute::Source::Implied;
}

QVector<Candidate> candidatesOf(const WakeRouteQuery &query)
{
    QVector<Candidate> candidates;
    const QStringView failed = family(query.failedTransport);
    const QVector<WakeRoute> routes = query.device->wakeRoutes();
    for (const WakeRoute &known : routes) {
        const WakeRoute route = completed(known, *query.device);
        bool carried = false;
        for (const BearerFacts &bearer : query.bearers) {
            if (!carries(bearer, route.bearer))
                continue;
            carried = true;
            const bool differs = failed.isEmpty() || !same(family(bearer.type), failed);
            candidates.append({&bearer, route, rankOf(bearer, route, query.order), differs});
        }
        if (!carried)
            candidates.append({nullptr, route, query.order.size(), true});
    }
    if (!query.wantedBearer.isEmpty()) {
        candidates.removeIf([&](const Candidate &candidate) {
            return candidate.bearer ? !same(candidate.bearer->name, query.wantedBearer) &&
                                          !same(candidate.bearer->type, query.wantedBearer)
                                    : !same(candidate.route.bearer, query.wantedBearer);
        });
    }
    std::stable_sort(candidates.begin(), candidates.end(), [](const Candidate &a, const Candidate &b) {
        if (isImplied(a) != isImplied(b))
            return isImplied(b);
        return a.differs != b.differs ? a.differs : a.rank < b.rank;
    });
    return candidates;
}

qsizetype attemptsMade(const WakeRouteQuery &query, const Candidate &candidate)
{
    return std::count_if(query.made.begin(), query.made.end(), [&](const WakeAttempt &attempt) {
        return attempt.bearer == candidate.bearer->name && attempt.route.address == candidate.route.address &&
               attempt.route.port == candidate.route.port;
    });
}

/// Asks the questions of one candidate; true if it is the one to use.
bool passes(const WakeRouteQuery &query, const Candidate &candidate, QVector<Check> &checks)
{
    const auto ask = [&](const char *question, bool good, const QString &value, const char *setting) {
        checks.append({question, good ? Outcome::Passed : Outcome::Failed, value, good ? "" : setting});
        return good;
    };
    ask("route-known", true, candidate.route.bearer + u' ' + candidate.route.address, "");
    if (isImplied(candidate))
        ask("route-implied", true, candidate.route.address, "");
    if (!ask("bearer-configured", candidate.bearer != nullptr,
             candidate.bearer ? candidate.bearer->name : candidate.route.bearer, "bearer")) {
        return false;
    }
    if (!ask("bearer-healthy", candidate.bearer->healthy, candidate.bearer->name, "bearer"))
        return false;
    checks.append({"bearer-differs", candidate.differs ? Outcome::Passed : Outcome::NotAsked,
                   candidate.bearer->type, candidate.differs ? "" : "wake/routes"});
    const qsizetype made = attemptsMade(query, candidate);
    return ask("attempts-left", made < query.attemptsPerRoute,
               QString::number(made) + u'/' + QString::number(query.attemptsPerRoute), "wake/attempts");
}

} // namespace

std::optional<WakeRouteChoice> chooseWakeRoute(const WakeRouteQuery &query, QVector<Check> *checks)
{
    QVector<Check> asked;
    QVector<Check> &trail = checks ? *checks : asked;
    if (!query.device || query.device->wakeRoutes().isEmpty()) {
        trail.append({"route-known", Outcome::Failed, {}, "wake_routes"});
        return std::nullopt;
    }
    const QVector<Candidate> candidates = candidatesOf(query);
    if (candidates.isEmpty())
        trail.append({"bearer-configured", Outcome::Failed, query.wantedBearer, "bearer"});
    for (const Candidate &candidate : candidates) {
        if (passes(query, candidate, trail))
            return WakeRouteChoice{candidate.bearer->name, candidate.route};
    }
    return std::nullopt;
}

} // namespace reveille
