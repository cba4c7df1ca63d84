// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/fleet/fleetdevice.h"

namespace reveille {

/// How requests are repeated.
struct FleetPace {
    Milliseconds first{2000};
    int spreadPercent = 0;   ///< the first is random, up to so much longer
    Milliseconds longest{0}; ///< wait; each is twice the one before; 0: no bound
    int mostSends = 0;       ///< 0: until it is given up
    Milliseconds giveUp{32000};
};

/// What a datagram of the server means to a device.
struct FleetHeard {
    enum class Kind : quint8 {
        Nothing,  ///< of concern
        Held,     ///< the request has arrived, the answer takes a while
        Granted,  ///< registered, or its path is open
        Refused,
        Unknown,  ///< the registration is not there any more
        Again,    ///< ask once more, at once: a challenge, another lifetime
        Push,     ///< whole, or the last block of it
        Request,  ///< anything else that is answered
        Repeated, ///< a request answered before
    };
    Kind kind = Kind::Nothing;
    QByteArray reply;          ///< to be sent back; empty: nothing
    Milliseconds interval{0};  ///< Granted: between keep-alives, 0: not told
    Milliseconds lifetime{0};  ///< Granted: of the registration, 0: not told
    bool keepRenews = false;   ///< Granted: a keep-alive renews the registration
    Milliseconds retryAfter{0}; ///< Refused: 0: not told
    quint64 push = 0;          ///< Push: of its id; 0: it has none
};

/// What devices of a fleet say, without sockets and time of its own: it keeps for each what the server gave it. Thread of
/// the fleet.
class FleetProtocol {
public:
    virtual ~FleetProtocol() = default;

    virtual FleetPace pace(FleetAsk ask) const = 0;
    /// A request as it goes out from where the device is; the answer to an earlier one is none any more.
    virtual QByteArray request(quint32 index, FleetDevice &device, FleetAsk ask) = 0;
    /// The device starts again and has forgotten everything.
    virtual void forget(quint32 index) = 0;
    /// Whether it is for this one, where several are at one place.
    virtual bool isFor(quint32 index, QByteArrayView octets) const = 0;
    virtual FleetHeard take(quint32 index, FleetDevice &device, QByteArrayView octets, Milliseconds now) = 0;
    /// Key that SIRs for the device are signed with; empty: none.
    virtual QByteArray sirKey(quint32 index) const = 0;
};

} // namespace reveille
