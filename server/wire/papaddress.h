// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ipaddress.h"
#include "domain/msisdn.h"
#include "domain/result.h"

#include <QVector>

#include <optional>

namespace reveille {

/// The address of a push (PAP 2.0 section 8, wire-facts 6.5): "WAPPUSH=client/TYPE=kind@ppg". Any thread.
struct PapAddress {
    static constexpr qsizetype longest = 1024; ///< characters

    enum class Kind : quint8 {
        User,  ///< TYPE=USER, known by agreement; unescaped
        Phone, ///< TYPE=PLMN
        IPv4,
        IPv6,
        Mobitex, ///< TYPE=MAN, eight digits
        Other    ///< any other TYPE; unescaped
    };
    using Extension = std::pair<QString, QString>; ///< keyword and value, both as they stand

    Kind kind = Kind::User;
    QString client;                ///< User, Mobitex and Other: what it names
    Msisdn phone;                  ///< Phone
    IpAddress ip;                  ///< IPv4 and IPv6
    QVector<Extension> extensions; ///< "/keyword=value" between the client and TYPE
    QString type;                  ///< as written: "PLMN"
    QString gateway;               ///< behind the "@"

    /// Keywords and types compare without case. Errors: pap-address-too-long, pap-address-gateway (no "@", or what stands
    /// behind it is no dotted name), pap-address-keyword (does not start with WAPPUSH=), pap-address-type (none, not
    /// the last, twice, or no name), pap-address-extension, pap-address-escape (an unsafe character, or a "%" without
    /// two hex digits, or no UTF-8), pap-address-client (does not fit its type).
    static Result<PapAddress> parse(QStringView text);

    friend bool operator==(const PapAddress &, const PapAddress &) = default;
};

} // namespace reveille
