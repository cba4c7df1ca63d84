// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/decision/sirmemory.h"
#include "client/wakedatagram.h"

namespace reveille {

/// Where a SIR may send a device: its own server, in any spelling and at any port, and the gateways it subscribes to.
/// Any thread.
struct KnownGateways {
    QStringList own;     ///< hosts of the registrar
    QStringList further; ///< "ADDRESS" or "ADDRESS:PORT"

    bool isOwn(const SirGateway &gateway) const; ///< also where none is named
    bool isAllowed(const SirGateway &gateway) const;
};

/// Who can have made a SIR that is to be believed.
struct SirTrust {
    QByteArray key; ///< sirKey() of the HA1; empty = no secret, unsigned ones are taken
    bool acceptsUnsigned = false;
    Milliseconds window{300000}; ///< a signed one may be this old, or this far ahead
};

/// The first unit of the judgement (requirement S13): is it safe? Empty where it is, else "not-safe-contradictory",
/// "-gateway", "-unsigned", "-signature", "-time" or "-replayed"; what passes is remembered in `memory`. Any thread.
QByteArray whyUnsafe(const WakeDatagram &wake, const SirGateway &gateway, const KnownGateways &known,
                     const SirTrust &trust, SirMemory &memory, Timestamp now);

} // namespace reveille
