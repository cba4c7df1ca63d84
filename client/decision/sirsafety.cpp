// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/decision/sirsafety.h"

#include "client/endpoint.h"
#include "domain/ipaddress.h"
#include "wire/sir.h"

#include <algorithm>
#include <chrono>

namespace reveille {
namespace {

/// Same address in any spelling, or the same name.
bool sameHost(const QString &a, const QString &b)
{
    const Result<IpAddress> left = IpAddress::parse(a), right = IpAddress::parse(b);
    if (left.ok() && right.ok())
        return *left == *right;
    return !left.ok() && !right.ok() && a.compare(b, Qt::CaseInsensitive) == 0;
}

} // namespace

bool KnownGateways::isOwn(const SirGateway &gateway) const
{
    if (gateway.host.isEmpty())
        return true;
    return std::any_of(own.begin(), own.end(),
                       [&](const QString &host) { return sameHost(host, gateway.host); });
}

bool KnownGateways::isAllowed(const SirGateway &gateway) const
{
    return std::any_of(further.begin(), further.end(), [&](const QString &text) {
        const std::optional<HostAndPort> allowed = splitHostAndPort(text);
        if (!allowed || !sameHost(allowed->host, gateway.host))
            return false;
        return allowed->port == 0 || allowed->port == (gateway.port ? gateway.port : 5060);
    });
}

QByteArray whyUnsafe(const WakeDatagram &wake, const SirGateway &gateway, const KnownGateways &known,
                     const SirTrust &trust, SirMemory &memory, Timestamp now)
{
    if (wake.contradictory)
        return "not-safe-contradictory";
    if (!known.isOwn(gateway) && !known.isAllowed(gateway))
        return "not-safe-gateway";
    const SessionRequest &sir = wake.sir;
    if (sir.authenticator.isEmpty())
        return trust.key.isEmpty() || trust.acceptsUnsigned ? QByteArray() : QByteArray("not-safe-unsigned");
    if (trust.key.isEmpty() || !verifySir(wake.sirOctets, trust.key))
        return "not-safe-signature";
    if (!sir.time.isSet() || std::chrono::abs(now - sir.time) > trust.window)
        return "not-safe-time";
    if (memory.take(sir, trust.window, now))
        return "not-safe-replayed";
    return {};
}

} // namespace reveille
