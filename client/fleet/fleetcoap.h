// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/fleet/fleetidentities.h"
#include "client/fleet/fleetprotocol.h"
#include "wire/coapmessage.h"

#include <vector>

namespace reveille {

/// Datagram devices of a fleet over CoAP (RFC 7252): each registers one application instance, refreshes it to keep its path
/// open, takes pushes, whole or block by block, answers pings, and answers a repeated request as before. Thread of the
/// fleet.
class FleetCoap : public FleetProtocol {
public:
    struct Settings {
        int lifetime = 86400;   ///< seconds asked for
        quint16 clientPort = 0; ///< named as the wake route; 0: none
        QString password;       ///< signs SIRs; empty: they come unsigned
        QString realm;          ///< of the password; empty: the host of the user
    };
    FleetCoap(const FleetIdentities &identities, Settings settings, quint32 devices);

    FleetPace pace(FleetAsk ask) const override;
    QByteArray request(quint32 index, FleetDevice &device, FleetAsk ask) override;
    void forget(quint32 index) override;
    bool isFor(quint32 index, QByteArrayView octets) const override;
    FleetHeard take(quint32 index, FleetDevice &device, QByteArrayView octets, Milliseconds now) override;
    QByteArray sirKey(quint32 index) const override;

    static constexpr qsizetype longestLocation = 24; ///< octets of "rd/KEY"; a longer one is taken for a refusal
    static constexpr Milliseconds exchangeLifetime{247000};
    static constexpr quint32 largestPush = 16 * 1024 * 1024; ///< octets, in blocks

private:
    /// A request that was answered.
    struct Answered {
        Milliseconds at = -exchangeLifetime;
        quint32 block = 0; ///< Block1 of the answer
        quint16 id = 0;
        quint8 code = 0;
        bool hasBlock = false;
    };
    struct Kept {
        std::array<char, longestLocation> location;
        quint8 locationSize = 0;
        quint8 answeredCount = 0;
        quint16 nextId = 0;
        quint16 askedId = 0;
        bool isAsked = false;
        FleetAsk asked = FleetAsk::Nothing;
        quint32 token = 0;
        quint64 blockPush = 0; ///< that comes in blocks
        quint32 nextBlock = 0;
        std::array<Answered, 4> answered;
    };
    FleetHeard takeEmpty(Kept &kept, const CoapMessage &message) const;
    FleetHeard takeResponse(Kept &kept, const CoapMessage &message);
    FleetHeard finish(Kept &kept, const CoapMessage &message);
    FleetHeard takeRequest(quint32 index, Kept &kept, const CoapMessage &message, Milliseconds now);
    Answered answerTo(quint32 index, Kept &kept, const CoapMessage &message, FleetHeard &heard) const;

    const FleetIdentities &m_identities;
    Settings m_settings;
    std::vector<Kept> m_kept;
};

} // namespace reveille
