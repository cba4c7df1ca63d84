// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/deviceid.h"
#include "domain/msisdn.h"
#include "domain/wakeroute.h"
#include "wire/httpmessage.h"

#include <optional>

namespace reveille {

/// What header fields of OTA-HTTP hold (WAP-235-PushOTA sections 8 and 9). Values and pure functions, any thread.

/// X-Wap-Push-Status: three digits, and a text for people.
struct OtaStatus {
    int code = 0; ///< 0 = not told
    QByteArray text;

    /// "400 Accepted"; nothing for anything that does not begin with three digits and a space or the end.
    static std::optional<OtaStatus> parse(QByteArrayView value);
    QByteArray toValue() const;

    bool rejectsPush() const { return code >= 234 && code < 300; }
    bool rejectsRegistration() const { return code >= 300 && code < 400; }
    bool acceptsPush() const { return code >= 400 && code < 500; }
    bool acceptsRegistration() const { return code >= 500 && code < 600; }
    /// The same request may be sent again later (user request, shortage of resources, registration at a bad time).
    bool mayResend() const { return code == 234 || code == 237 || code == 300; }
    friend bool operator==(const OtaStatus &, const OtaStatus &) = default;
};

/// X-Wap-CPITag: names a state of a terminal's capabilities and preferences, 4 octets. Written as base64; old terminals
/// write the octets themselves or hex digits and are given back what they wrote.
class CpiTag {
public:
    CpiTag() = default;
    /// The first octets of SHA-1 over all values put together.
    static CpiTag of(const QByteArrayList &values);
    static std::optional<CpiTag> parse(QByteArrayView value);

    bool isEmpty() const { return m_octets.isEmpty(); }
    const QByteArray &octets() const { return m_octets; }
    const QByteArray &toValue() const { return m_text; }
    friend bool operator==(const CpiTag &a, const CpiTag &b) { return a.m_octets == b.m_octets; }

private:
    QByteArray m_octets;
    QByteArray m_text;
};

/// Client profile information: what a terminal takes. A header left out means its default.
struct OtaCpi {
    QStringList contentTypes{QStringLiteral("application/vnd.wap.sia"), QStringLiteral("text/vnd.wap.si")};
    QStringList charsets{QStringLiteral("UTF-8")};
    QStringList encodings{QStringLiteral("identity")};
    QStringList languages{QStringLiteral("*")};
    QStringList applications{QStringLiteral("*")};
    qint64 maxMessageSize = 1400; ///< octets of one push
    int maxPushRequests = 1;      ///< requests the terminal takes before it has answered the first

    /// Whether any of its headers is there. X-Wap-Push-MsgSize, as some terminals write it, is one of them.
    static bool isToldBy(const HttpHeaders &headers);
    /// Numbers that cannot be read, or are 0, count as not told; lists end at maxItems.
    static OtaCpi read(const HttpHeaders &headers);
    void writeTo(HttpHeaders &headers) const;
    CpiTag tag() const;
    /// None where it takes pushes for any application.
    QStringList subscriptions() const { return applications.contains(u"*") ? QStringList() : applications; }
    static constexpr int maxItems = 64;
    static constexpr qsizetype maxItemSize = 255;
    friend bool operator==(const OtaCpi &, const OtaCpi &) = default;

private:
    QVector<HttpHeaders::Field> fields() const;
};

/// X-Wap-Terminal-Id: the provisioned name of a terminal, or its kind as a digit and a value: "4358408201681".
class OtaTerminalId {
public:
    enum class Kind : quint8 {
        None, Provisioned, Assigned, Nai, PushAddress, Iccid, Min, Esn, Msisdn, Imsi, IPv4, IPv6, Itsi, Man
    };
    OtaTerminalId() = default;
    /// What does not have the shape of a client id is a provisioned name. Error ota-terminal-id (empty, over 255
    /// octets, not UTF-8, control characters).
    static Result<OtaTerminalId> parse(QByteArrayView value);
    static OtaTerminalId of(const Msisdn &number);
    /// By its canonical text, as a provisioned name.
    static OtaTerminalId of(const DeviceId &device);

    Kind kind() const { return m_kind; }
    bool isEmpty() const { return m_kind == Kind::None; }
    const QString &value() const { return m_value; }     ///< "358408201681"
    const QString &toString() const { return m_text; }   ///< as in the header
    std::optional<Msisdn> msisdn() const;
    /// The device identity it stands for; empty where it names none that lasts (an IP address).
    DeviceId deviceId() const;
    friend bool operator==(const OtaTerminalId &, const OtaTerminalId &) = default;

private:
    Kind m_kind = Kind::None;
    QString m_value;
    QString m_text;
};

/// X-Wap-Push-OTA-Version: a list in order of preference, "1.0,1.3,2.*". Whether it has `version`.
bool otaVersionsInclude(QByteArrayView list, QByteArrayView version);

/// X-Reveille-Wake, "sms;address=491701234567;port=2948": what the push parameters of a SIP contact say (RFC 8599).
/// Errors ota-wake-bearer, ota-wake-address, ota-wake-port.
Result<WakeRoute> parseOtaWakeRoute(QByteArrayView value);
QByteArray otaWakeRouteValue(const WakeRoute &route);

} // namespace reveille
