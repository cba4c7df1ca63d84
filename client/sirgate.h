// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"
#include "domain/sessionrequest.h"
#include "domain/timestamp.h"
#include "domain/wakepolicy.h"
#include "wire/httpmessage.h"
#include "wire/sipmessage.h"
#include "wire/wsp.h"

#include <QByteArray>
#include <QStringList>

#include <deque>
#include <optional>

namespace reveille {

/// What arrived as a wake-up, read but not yet judged.
struct WakeDatagram {
    bool empty = false; ///< an empty re-establishment message: no octets, or a push without a body
    SessionRequest sir; ///< device filled in from header or header value where the body names none or is empty
    QByteArray sirOctets;
    bool contradictory = false; ///< two placements name different devices
};

/// Reads a datagram of the client port: a WSP push with a SIR, or nothing at all. The identity is looked for
/// in the body, in X-Reveille-Device and in the content type's parameter (requirement S8). Errors: those of
/// decodeWspPush and decodeSir, and wake-content-type (about: the type).
Result<WakeDatagram> readWakeDatagram(QByteArrayView octets);

/// Reads a request that posts a SIR, or nothing at all, as a bearer over HTTP does. The identity is looked for in the
/// same three places. Errors: wake-content-type (about: the type), those of decodeSir.
Result<WakeDatagram> readWakeRequest(const HttpRequest &request);

/// Whether a MESSAGE is a wake-up and no push: its content type is that of a SIR, or it has no body and is for the
/// application that takes SIRs.
bool isWakeMessage(const SipMessage &message);
/// Reads a MESSAGE with a SIR, or with nothing at all. The identity is looked for in the body, in the Request-URI where
/// that is a GRUU (RFC 5627), in Accept-Contact (RFC 3841), in X-Reveille-Device and in the content type's parameter.
/// Errors: those of decodeSir.
Result<WakeDatagram> readWakeMessage(const SipMessage &message);
/// The same wake-up as a datagram for the client port of whom it means.
QByteArray encodeWakeDatagram(const WakeDatagram &wake);

/// Where a SIR asks to connect to, told apart for the judgement: "sip:192.0.2.10:5060;transport=udp".
struct SirGateway {
    QString host;      ///< lower case, without brackets
    quint16 port = 0;  ///< 0 = not named
    QString transport; ///< "udp", "tcp", "" = not named
    friend bool operator==(const SirGateway &, const SirGateway &) = default;
};
/// The gateway record, else the first contact point with an IP address; empty host: none named. Error
/// sir-gateway.
Result<SirGateway> gatewayOf(const SessionRequest &sir);

/// The client's judgement of a SIR (requirement S13): is it safe, is it meant for me, am I connected already.
/// Pure but for the memory of nonces; the caller gives the time. Any one thread.
class SirGate {
public:
    struct Rules {
        SirRecipient me;
        QByteArray key; ///< sirKey() of the HA1; empty = no secret, unsigned ones are taken
        bool acceptsUnsigned = false;
        QStringList ownGateways; ///< hosts of the registrar: any port of them is the registrar
        QStringList gateways;    ///< further "ADDRESS" or "ADDRESS:PORT"
        Milliseconds window{300000};
    };
    enum class Answer : quint8 { Connect, NotForMe, NotSafe, AlreadyConnected };
    struct Verdict {
        Answer answer = Answer::NotSafe;
        QByteArray reason;  ///< "not-for-me", "already-connected", "not-safe-unsigned | -signature | -time |
                            ///< -replayed | -gateway | -contradictory"; empty for Connect
        SirGateway gateway; ///< for Connect: where to go; empty host = the own registrar
    };

    void setRules(Rules rules) { m_rules = std::move(rules); }
    Verdict judge(const WakeDatagram &wake, bool connected, Timestamp now);

    /// Nonces remembered at most; an older one is forgotten first, and what is older than the oldest
    /// forgotten one is then refused as replayed.
    static constexpr size_t maxNonces = 1024;

private:
    QByteArray unsafe(const WakeDatagram &wake, const SirGateway &gateway, Timestamp now);
    bool isOwn(const SirGateway &gateway) const;
    bool isAllowed(const SirGateway &gateway) const;
    bool seenBefore(const SessionRequest &sir, Timestamp now);

    struct Seen {
        Timestamp time;
        QByteArray nonce;
    };
    Rules m_rules;
    std::deque<Seen> m_seen;
    Timestamp m_forgottenUntil;
};

} // namespace reveille
