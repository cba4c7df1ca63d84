// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wire/sipuri.h"

#include <optional>

namespace reveille {

/// A name-addr or addr-spec with header parameters: From, To, Route, Path … (RFC 3261 section 20.10). Any
/// thread.
struct SipAddress {
    QByteArray displayName; ///< without quotes and backslashes
    SipUri uri;
    SipParameters parameters;

    /// One value, without the header name. Errors: sip-address-syntax and those of SipUri::parse.
    static Result<SipAddress> parse(QByteArrayView value);
    QByteArray tag() const { return parameters.value("tag"); }
};

/// One value of Contact (RFC 3261 section 20.10, RFC 5626, RFC 5627). Any thread.
struct SipContact {
    bool star = false; ///< "*": everything else is empty
    SipAddress address;
    std::optional<quint32> expires; ///< seconds; a value that cannot be read counts as missing
    int q = 1000;                   ///< thousandths

    /// Errors: those of SipAddress::parse, sip-contact-q.
    static Result<SipContact> parse(QByteArrayView value);

    const QByteArray &uriText() const { return address.uri.text; }
    const SipParameters &uriParameters() const { return address.uri.parameters; }
    const SipParameters &parameters() const { return address.parameters; }
    /// +sip.instance without quotes and angle brackets: "urn:uuid:…"; empty if there is none.
    QByteArray instance() const;
    /// reg-id, 1..2^31-1; 0 if there is none or it is out of range.
    quint32 regId() const;
    /// Values of +g.oma.pusheventapp, split at commas: the applications that listen behind it.
    QList<QByteArray> pushApplications() const;
};

/// One value of Via (RFC 3261 section 20.42, RFC 3581). Any thread.
struct SipVia {
    QByteArray transport; ///< upper case: "UDP", "TCP", "TLS"
    QByteArray host;      ///< lower case, IPv6 without brackets
    quint16 port = 0;     ///< 0 = not given
    QByteArray branch;
    bool wantsRport = false;
    SipParameters parameters;

    /// Errors: sip-via-syntax, sip-via-version, sip-via-host, sip-via-port.
    static Result<SipVia> parse(QByteArrayView value);
    /// Branch begins with the cookie of RFC 3261.
    bool isFromRfc3261Branch() const { return branch.startsWith("z9hG4bK"); }
};

} // namespace reveille
