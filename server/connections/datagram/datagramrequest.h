// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connections/datagram/datagramsettings.h"
#include "domain/clientport.h"
#include "domain/deviceid.h"
#include "domain/msisdn.h"
#include "domain/publicuserid.h"
#include "domain/wakeroute.h"
#include "wire/coapmessage.h"
#include "wire/coapvalue.h"

#include <optional>

namespace reveille {

/// Why a request is not done: the answer's code, and our own name for the reason.
struct CoapRefusal {
    quint8 code = CoapCode::BadRequest;
    const char *reason = "";
    Milliseconds retryAfter{60000}; ///< of a 5.03
};

/// What POST /rd says of an application instance, in Uri-Query (after RFC 9176 section 5): ep device identity, u public
/// user ID, s session identifier, app its application, lt lifetime in seconds, b or base where pushes are to go, name for
/// people, msisdn and port how to wake it, pn-provider, pn-prid and pn-param as in SIP (RFC 8599). Any thread.
struct DatagramRequest {
    static constexpr int longestSession = 100;     ///< octets of UTF-8
    static constexpr int longestApplication = 100;

    DeviceId device;
    PublicUserId user;
    QString session;
    QString application;
    QString name;
    quint32 lifetime = 0; ///< seconds, within the bounds of the settings
    bool lifetimeCut = false; ///< it asked for more
    std::optional<CoapBase> base;
    std::optional<Msisdn> msisdn;
    std::optional<ClientPort> port;
    QVector<WakeRoute> routes;

    /// `source`: whose address a bare port belongs to. Reasons: device-…, user-…, msisdn-…, port-… of their own,
    /// session-missing, session-characters, application-characters, lifetime, base, base-not-allowed, route.
    static Result<DatagramRequest, CoapRefusal> parse(const CoapMessage &message, const IpAddress &source,
                                                      const DatagramSettings &settings);
    /// lt within bounds, and whether it was more; nothing where there is none. Reason lifetime.
    static Result<std::optional<quint32>, CoapRefusal> lifetimeOf(const CoapMessage &message,
                                                                  const DatagramSettings &settings, bool *cut);
    /// b or base; nothing where there is none. Reasons base, base-not-allowed.
    static Result<std::optional<CoapBase>, CoapRefusal> baseOf(const CoapMessage &message,
                                                               const DatagramSettings &settings);
};

} // namespace reveille
