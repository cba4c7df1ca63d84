// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/deviceid.h"
#include "domain/ipaddress.h"
#include "domain/publicuserid.h"
#include "domain/timestamp.h"

#include <QByteArray>
#include <QFlags>
#include <QMetaType>
#include <QStringList>
#include <QVector>

#include <optional>

namespace reveille {

/// Requirement S9: who is sent a SIR and what it says of the device meant.
enum class SirMode : quint8 {
    Routed,              ///< to that device alone
    Broadcast,           ///< to every device of the user, user ID only
    BroadcastIdentified, ///< to every device, with the identity inside; only the match connects
};
const char *toText(SirMode mode); ///< "routed", "broadcast", "broadcast_identified"
std::optional<SirMode> sirModeFromText(QStringView text);

/// What a SIR asks the client to return or to send (requirement S10); bit values are those on the wire.
enum class SirRequest : quint8 {
    Capability = 0x01,
    Preferences = 0x02,
    Security = 0x04,
    Subscription = 0x08,
    Refusal = 0x10,
    RegistrationMessage = 0x20,
    CapabilityMessage = 0x40,
};
Q_DECLARE_FLAGS(SirRequests, SirRequest)
Q_DECLARE_OPERATORS_FOR_FLAGS(SirRequests)
QStringList toTexts(SirRequests requests); ///< "capability", "preferences", … "registration_message"
/// Error sir-request-unknown with the first name not known.
Result<SirRequests> sirRequestsFromTexts(const QStringList &names);

/// An application as the Application-ID list of a SIR names it: a registered number, a URI, or "any".
struct ApplicationId {
    enum class Kind : quint8 { Any, Number, Uri };
    Kind kind = Kind::Any;
    quint32 number = 0;
    QString uri;
    friend bool operator==(const ApplicationId &, const ApplicationId &) = default;
};

/// Where to connect to: an AddressType record of the SIR (wire-facts 1.3).
struct ContactPoint {
    std::optional<quint8> bearer; ///< WDP bearer number; 0x00 any IPv4, 0x0b GSM GPRS, …
    std::optional<quint16> port;
    QByteArray address;           ///< octets in the bearer's own form, at most 63
    friend bool operator==(const ContactPoint &, const ContactPoint &) = default;
};

/// A Session Initiation Request, versions 0 and 1 of application/vnd.wap.sia and our version 2 (design "A SIR in
/// our house"). A value: the codec is wire/sir. Any thread.
struct SessionRequest {
    int version = 2;                        ///< 0..255; what was read is kept, above 2 is treated as 2
    QVector<ApplicationId> applications;
    QVector<ContactPoint> wspPoints;
    QVector<ContactPoint> contactPoints;    ///< OTA-HTTP in versions 0 and 1
    QVector<quint32> protocolOptions;       ///< one per contact point (wire-facts 1.5)
    QByteArray provUrl;                     ///< ASCII URL, or 1..4 octets of its SHA-1
    QVector<QByteArray> cpiTags;            ///< 4 octets each

    // Version 2 extension records
    DeviceId device;                        ///< tag 1
    PublicUserId user;                      ///< tag 2
    SirRequests requests;                   ///< tag 3
    QString applicationName;                ///< tag 4
    QString gateway;                        ///< tag 5, URI text such as "sip:192.0.2.10:5060;transport=udp"
    Timestamp time;                         ///< tag 6, whole seconds
    QByteArray nonce;                       ///< tag 6, 4 octets
    QByteArray authenticator;               ///< tag 7, truncated HMAC-SHA-256, 8 octets when we make it; empty = unsigned

    friend bool operator==(const SessionRequest &, const SessionRequest &) = default;
};

/// Number of a well-known application name ("x-wap-application:mms.ua", or just "mms.ua"); empty if it has none
/// (OMNA list, wire-facts 1.7).
std::optional<quint32> wellKnownApplication(QStringView name);
/// The registered URI of a number; empty if unknown.
QString wellKnownApplicationName(quint32 number);

} // namespace reveille

Q_DECLARE_METATYPE(reveille::SessionRequest)
