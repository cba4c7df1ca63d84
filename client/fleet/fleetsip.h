// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/digestsecret.h"
#include "client/fleet/fleetidentities.h"
#include "client/fleet/fleetprotocol.h"

#include <optional>
#include <vector>

namespace reveille {

/// SIP devices of a fleet over UDP: each registers with Digest (RFC 3261 section 22), keeps its path open by STUN (RFC 5626
/// section 3.5.2), registers anew where another mapped address shows up or its time has nearly run out, and answers MESSAGE
/// and OPTIONS. Thread of the fleet.
class FleetSip : public FleetProtocol {
public:
    struct Settings {
        int lifetime = 3600;      ///< seconds asked for
        bool namesRoute = true;   ///< the client port of the network, as its wake route
        QString password;         ///< empty: none, and SIRs come unsigned
        QString realm;            ///< of it; empty: what the registrar says
    };
    /// All references must live as long.
    FleetSip(const FleetIdentities &identities, const FleetNetwork &network, Settings settings, quint32 devices);

    FleetPace pace(FleetAsk ask) const override;
    QByteArray request(quint32 index, FleetDevice &device, FleetAsk ask) override;
    void forget(quint32 index) override;
    /// A place is of one device alone.
    bool isFor(quint32, QByteArrayView) const override { return true; }
    FleetHeard take(quint32 index, FleetDevice &device, QByteArrayView octets, Milliseconds now) override;
    QByteArray sirKey(quint32 index) const override;

    static constexpr int maxRounds = 6; ///< challenges and 423s taken in one go
    static constexpr Milliseconds answerLife{32000}; ///< timer J

private:
    /// A request that was answered.
    struct Answered {
        quint64 transaction = 0;
        Milliseconds at = -answerLife;
    };
    struct Kept {
        std::optional<DigestSecret> secret;
        QByteArray callId, tag;
        QByteArray asked; ///< branch, or transaction of STUN; empty: nothing is under way
        quint32 cseq = 0;
        int lifetime = 0;
        quint8 rounds = 0;
        quint8 answeredCount = 0;
        quint64 mapped = 0; ///< of the address the server last saw it at; 0: not told
        std::array<Answered, 4> answered;
    };
    DigestSecret secretOf(quint32 index) const;
    Kept &keptOf(quint32 index, FleetDevice &device);
    FleetHeard takeStun(Kept &kept, QByteArrayView octets);
    FleetHeard takeResponse(quint32 index, Kept &kept, const SipMessage &response);
    FleetHeard grant(quint32 index, Kept &kept, const SipMessage &response);
    FleetHeard takeRequest(Kept &kept, const SipMessage &request, Milliseconds now);

    const FleetIdentities &m_identities;
    const FleetNetwork &m_network;
    Settings m_settings;
    std::vector<Kept> m_kept;
};

} // namespace reveille
