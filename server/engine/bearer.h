// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/device.h"
#include "domain/ids.h"
#include "domain/wakepolicy.h"

#include <functional>

namespace reveille {

/// An encoded re-establishment message for one terminal.
struct WakeMessage {
    WakeId wake;
    int attempt = 1;
    PublicUserId user;               ///< whose device it is; carriers take users in turn
    WakeRoute route;
    DeviceId device;                 ///< identity to place in a header or header value; empty = none
    IdentityPlacements placement;    ///< Header and HeaderValue are the bearer's to write; Body is in `sir` already
    QByteArray sir;                  ///< octets of application/vnd.wap.sia; empty for an empty wake-up
};

/// What the carrier says of a WakeMessage. May come more than once: accepted, then received.
struct WakeReceipt {
    enum class Kind : quint8 {
        Accepted,  ///< the carrier took it
        Received,  ///< the terminal has it
        Refused,   ///< the client answered that it will not come
        Retry,     ///< not now, the same route may work later
        Failed,    ///< this route does not work; try another
    };
    Kind kind = Kind::Failed;
    QByteArray code;      ///< "sent", "network-not-allowed", "port-missing", "ICMP port unreachable"
    QString carrierId;
};

/// How a way to wake is doing. `healthy` false: the choice of routes passes it over.
struct BearerHealth {
    bool healthy = true;
    QByteArray code;           ///< why not: "connecting", "bind-refused", "throttled"; empty = well
    quint64 sent = 0;          ///< messages the carrier took
    quint64 failed = 0;        ///< messages it did not take, or could not bring to the terminal
    quint64 received = 0;      ///< messages of which a receipt says that the terminal has them
    int queued = 0;            ///< waiting for their turn
    int inFlight = 0;          ///< handed over and not yet answered
    QString peer{};            ///< "127.0.0.1:2775"; empty where there is no one peer
    Timestamp since{};         ///< of the present state; not set = since the start
    QString detail{};          ///< what the peer said about it, shortened; identifiers and codes, no sentence
    friend bool operator==(const BearerHealth &, const BearerHealth &) = default;
};

/// What a test of a bearer found; nobody is woken by it.
struct BearerTest {
    bool ok = false;
    QByteArray code;           ///< "link-answers", "socket-open", "bind-refused", "no-answer"
    QString detail;            ///< version, operator, signal: what the peer says of itself, shortened
    Milliseconds took{0};
    friend bool operator==(const BearerTest &, const BearerTest &) = default;
};

/// How much of its carrier a wake-up takes.
struct WakeBudget {
    int octets = 0;            ///< of the user data, with everything the bearer adds
    int parts = 1;             ///< messages of the carrier
    int limit = 0;             ///< octets that fit into one message; 0 = no such limit
    friend bool operator==(const WakeBudget &, const WakeBudget &) = default;
};

/// A way to reach a terminal out of band. One object per [bearer.NAME]. Server thread.
class Bearer
{
public:
    virtual ~Bearer() = default;
    virtual BearerFacts facts() const = 0;
    virtual BearerHealth health() const = 0;
    /// The address of this route is one it may and can send to. Error names what is wrong with it.
    virtual Result<Done> canReach(const WakeRoute &route) const = 0;
    /// Exactly the octets send() would put on the carrier; for dry runs and the journal.
    virtual QByteArray encode(const WakeMessage &message) const = 0;
    /// What encode() returns, for the journal: "wsp", "sms", "sip", …
    virtual QString format() const = 0;
    virtual WakeBudget budget(const WakeMessage &message) const { return {int(encode(message).size()), 1, 0}; }
    /// `receipt` is called later, never from within send(), until a final kind (Received, Refused, Retry, Failed).
    virtual void send(const WakeMessage &message, std::function<void(WakeReceipt)> receipt) = 0;
    /// Asks the carrier, not a terminal, whether it is there. `done` is called once, later.
    virtual void test(std::function<void(BearerTest)> done) = 0;
    /// The server ends: begins to take leave of the carrier and does not wait. Nothing is sent any more; destroying it waits
    /// for what must be waited for. Called for all bearers before the first goes.
    virtual void leave() {}
    /// Told after each change of `healthy`, `code` or `peer`; counters change silently.
    void setHealthObserver(std::function<void()> observer) { m_healthObserver = std::move(observer); }

protected:
    void tellHealthChanged() const
    {
        if (m_healthObserver)
            m_healthObserver();
    }

private:
    std::function<void()> m_healthObserver;
};

} // namespace reveille
