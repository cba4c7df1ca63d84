// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/decision/sirsafety.h"
#include "client/wakedatagram.h"
#include "domain/wakepolicy.h"

namespace reveille {

/// The client's judgement of a SIR (requirement S13) as far as it needs nobody's wishes: is it safe, is it meant for me,
/// am I connected already. Whether it is wanted comes after (decision/sirwish.h). Pure but for the memory of nonces; the
/// caller gives the time. Any one thread.
class SirGate {
public:
    struct Rules {
        SirRecipient me;
        QByteArray key; ///< sirKey() of the HA1; empty = no secret, unsigned ones are taken
        bool acceptsUnsigned = false;
        QStringList ownGateways; ///< hosts of the registrar: any port of them is the registrar
        QStringList gateways;    ///< further "ADDRESS" or "ADDRESS:PORT"
        Milliseconds window{300000};
    };
    enum class Answer : quint8 { Connect, NotForMe, NotSafe, AlreadyConnected };
    struct Verdict {
        Answer answer = Answer::NotSafe;
        QByteArray reason;  ///< "not-for-me", "already-connected", "not-safe-unsigned | -signature | -time |
                            ///< -replayed | -gateway | -contradictory"; empty for Connect
        SirGateway gateway; ///< for Connect: where to go; empty host = the own registrar
    };

    void setRules(Rules rules) { m_rules = std::move(rules); }
    Verdict judge(const WakeDatagram &wake, bool connected, Timestamp now);

    const SirMemory &memory() const { return m_memory; }
    SirMemory &memory() { return m_memory; }

    /// Nonces remembered at most; an older one is forgotten first, and what is older than the oldest
    /// forgotten one is then refused as replayed.
    static constexpr size_t maxNonces = SirMemory::maxNonces;

private:
    Rules m_rules;
    SirMemory m_memory;
};

} // namespace reveille
