// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/device.h"
#include "domain/ids.h"
#include "domain/wakepolicy.h"

#include <functional>

namespace reveille {

/// An encoded re-establishment message for one terminal.
struct WakeMessage {
    WakeId wake;
    int attempt = 1;
    WakeRoute route;
    DeviceId device;                 ///< identity to place in a header or header value; empty = none
    IdentityPlacements placement;    ///< Header and HeaderValue are the bearer's to write; Body is in `sir` already
    QByteArray sir;                  ///< octets of application/vnd.wap.sia; empty for an empty wake-up
};

/// What the carrier says of a WakeMessage. May come more than once: accepted, then received.
struct WakeReceipt {
    enum class Kind : quint8 {
        Accepted,  ///< the carrier took it
        Received,  ///< the terminal has it
        Refused,   ///< the client answered that it will not come
        Retry,     ///< not now, the same route may work later
        Failed,    ///< this route does not work; try another
    };
    Kind kind = Kind::Failed;
    QByteArray code;      ///< "sent", "network-not-allowed", "port-missing", "ICMP port unreachable"
    QString carrierId;
};

struct BearerHealth {
    bool healthy = true;
    QByteArray code;      ///< why not
    quint64 sent = 0;
    quint64 failed = 0;
    friend bool operator==(const BearerHealth &, const BearerHealth &) = default;
};

/// A way to reach a terminal out of band. One object per [bearer.NAME]. Server thread.
class Bearer
{
public:
    virtual ~Bearer() = default;
    virtual BearerFacts facts() const = 0;
    virtual BearerHealth health() const = 0;
    /// The address of this route is one it may and can send to. Error names what is wrong with it.
    virtual Result<Done> canReach(const WakeRoute &route) const = 0;
    /// Exactly the octets send() would put on the carrier; for dry runs and the journal.
    virtual QByteArray encode(const WakeMessage &message) const = 0;
    /// What encode() returns, for the journal: "wsp", "sip", …
    virtual QString format() const = 0;
    /// `receipt` is called later, never from within send(), until a final kind (Received, Refused, Retry, Failed).
    virtual void send(const WakeMessage &message, std::function<void(WakeReceipt)> receipt) = 0;
};

} // namespace reveille
