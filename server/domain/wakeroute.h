// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/clientport.h"
#include "domain/msisdn.h"

#include <QMetaType>
#include <QVector>

namespace reveille {

/// One way to reach a terminal out of band (requirements R2, R3, R7): a kind of bearer, an address on it and
/// the client's port. It outlives the registration that named it. Any thread.
struct WakeRoute {
    enum class Source : quint8 {
        Provisioned,
        Client,
        Implied, ///< nobody named it: it follows from the phone number and the client's port of the device
    };

    QString bearer;  ///< bearer type ("wsp-udp", "sms", "sip", "http", "ussd") or the NAME of one [bearer.NAME]
    QString address; ///< as the bearer wants it: IP address text, E.164 digits without +, URI
    ClientPort port;
    Source source = Source::Provisioned;

    friend bool operator==(const WakeRoute &, const WakeRoute &) = default;
};

/// Requirement R3: the client's own data wins over provisioned data of the same bearer, provisioned data wins
/// over nothing: an address or port the client left out is taken from there. Keeps the order of `provisioned` for what the client did not name; the client's come first.
QVector<WakeRoute> mergeWakeRoutes(const QVector<WakeRoute> &fromClient, const QVector<WakeRoute> &provisioned);

/// Requirement R2: a terminal with a phone number and a port takes SMS, named or not. `routes` and behind them, tried when
/// none of them is left, the route that number and port imply; without it where one of the two is missing, or where a route
/// to that number or by SMS is named.
QVector<WakeRoute> withImpliedRoute(QVector<WakeRoute> routes, const Msisdn &number, ClientPort port);

/// "client", "provisioned", "implied"
const char *toText(WakeRoute::Source source);

} // namespace reveille

Q_DECLARE_METATYPE(reveille::WakeRoute)
