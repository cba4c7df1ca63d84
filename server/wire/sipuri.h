// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/publicuserid.h"
#include "domain/result.h"
#include "domain/wakeroute.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QVector>

namespace reveille {

/// `;name=value` of a URI or of a header. Any thread.
struct SipParameter {
    QByteArray name; ///< lower case
    QByteArray
        value; ///< header parameters: without quotes and backslashes. URI parameters: escapes as they stand
    bool hasValue = false;
    friend bool operator==(const SipParameter &, const SipParameter &) = default;
};

/// The parameters of one URI or one header value, in order. Names are looked up in lower case.
class SipParameters {
public:
    bool contains(QByteArrayView name) const { return find(name) != nullptr; }
    QByteArray value(QByteArrayView name) const; ///< empty when missing or without value
    const SipParameter *find(QByteArrayView name) const;
    const QVector<SipParameter> &all() const { return m_all; }
    void add(SipParameter parameter) { m_all.append(std::move(parameter)); }
    friend bool operator==(const SipParameters &, const SipParameters &) = default;

private:
    QVector<SipParameter> m_all;
};

/// A URI as SIP uses it (RFC 3261 section 19.1): sip and sips taken apart, any other scheme kept as text.
/// Value type, any thread.
struct SipUri {
    QByteArray text;   ///< as it stood
    QByteArray scheme; ///< lower case: "sip", "sips", "tel", …
    QByteArray user;   ///< escapes as they stand; the rest of the URI for other schemes
    QByteArray password;
    QByteArray host;  ///< lower case, IPv6 without brackets
    quint16 port = 0; ///< 0 = not given
    SipParameters parameters;
    QByteArray headers; ///< after "?", as it stands

    /// Errors: sip-uri-empty, sip-uri-too-long (2048), sip-uri-characters, sip-uri-escape, sip-uri-scheme,
    /// sip-uri-host, sip-uri-port, sip-uri-syntax.
    static Result<SipUri> parse(QByteArrayView text);

    bool isSip() const { return scheme == "sip" || scheme == "sips"; }
    /// RFC 5627 section 4.1: a `gr` parameter, with a value (public) or without (temporary).
    bool isGruu() const { return isSip() && parameters.contains("gr"); }
    /// The address of record it names: user and host without parameters.
    Result<PublicUserId> publicUserId() const;
    QByteArray transport() const { return parameters.value("transport").toLower(); }
    bool isLooseRouter() const { return parameters.contains("lr"); }
    friend bool operator==(const SipUri &a, const SipUri &b) { return a.text == b.text; }
};

/// RFC 8599 parameters of a Contact URI as wake routes: pn-provider = bearer type, pn-prid = address
/// (percent-decoded, a leading + dropped), pn-param = client port. Empty without pn-provider, and for the
/// question "pn-provider" without a value. Errors: sip-pn-prid (missing or empty), sip-pn-param (not a port).
Result<QVector<WakeRoute>> wakeRoutesOf(const SipUri &contact);

/// %XX resolved; a % that does not start an escape is kept.
QByteArray percentDecoded(QByteArrayView text);
/// Everything that may not stand in a URI parameter value as %XX (RFC 3261 section 25.1, paramchar).
QByteArray escapedUriParameter(QByteArrayView value);
/// Everything that may not stand in the user part as %XX (RFC 3261 section 25.1, user).
QByteArray escapedUriUser(QByteArrayView value);

} // namespace reveille
