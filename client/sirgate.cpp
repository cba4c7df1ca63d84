// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/sirgate.h"

namespace reveille {

SirGate::Verdict SirGate::judge(const WakeDatagram &wake, bool connected, Timestamp now)
{
    const KnownGateways known{m_rules.ownGateways, m_rules.gateways};
    const SirTrust trust{m_rules.key, m_rules.acceptsUnsigned, m_rules.window};
    const Result<SirGateway> gateway = gatewayOf(wake.sir);
    if (!gateway)
        return {Answer::NotSafe, "not-safe-gateway", {}};
    if (const QByteArray reason = whyUnsafe(wake, *gateway, known, trust, m_memory, now); !reason.isEmpty())
        return {Answer::NotSafe, reason, {}};
    if (meaningOf(wake.sir, m_rules.me) != SirMeaning::ForMe)
        return {Answer::NotForMe, "not-for-me", {}};
    if (connected)
        return {Answer::AlreadyConnected, "already-connected", {}};
    return {Answer::Connect, {}, known.isOwn(*gateway) ? SirGateway{} : *gateway};
}

} // namespace reveille
