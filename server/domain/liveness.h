// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/timestamp.h"

#include <QMetaType>
#include <QString>

namespace reveille {

enum class LivenessState : quint8 { Up, Suspect, Lost, Waking, Unreachable };
enum class LossReason : quint8 { None, PinholeClosed, Interrupted, Expired, ClosedByPeer };

/// The rule that put a connection into its state. One text per rule in the console.
enum class EvidenceRule : quint8 {
    None,
    Registered,          ///< REGISTER accepted
    PacketReceived,      ///< any packet from the device
    ProofReceived,       ///< the device answered something we sent
    KeepAliveLate,       ///< no keep-alive within interval + grace
    ProbeLost,           ///< an OPTIONS (or the like) of ours stayed unanswered
    RequestUnanswered,   ///< a push stayed unanswered
    ConnectionClosed,    ///< FIN from the peer
    ConnectionReset,     ///< RST, or a write failed
    IcmpUnreachable,     ///< the network said so
    RegistrationExpired, ///< the registration ran out
    Unregistered,        ///< the device removed its registration
    Replaced,            ///< a newer connection of the same device took over
    WakeStarted,
    WakesExhausted,
    WakeCancelled,
    Restored,            ///< it came back after a wake-up or by itself
    ServerRestarted,     ///< registration read from the store, path not proven since
    AddressChanged,      ///< heard from another address or port: the pinhole it had is closed, a new one is open
    UserTimeout,         ///< what we sent was not acknowledged within TCP_USER_TIMEOUT (RFC 5482)
};

/// Why a connection is in its state, in numbers. Any thread.
struct Evidence {
    EvidenceRule rule = EvidenceRule::None;
    QString subject;        ///< the packet, timer, bearer or route in its protocol's own words: "OPTIONS", "ICMP port unreachable"
    qint64 value = 0;       ///< milliseconds of the timer, attempt number, or 0
    Timestamp at;           ///< when it happened
    Timestamp changesAt;    ///< when the state will change if nothing is heard; not set = never
    friend bool operator==(const Evidence &, const Evidence &) = default;
};

/// Timers of one connection. Milliseconds. 0 = that rule is off.
struct LivenessPolicy {
    Milliseconds keepAliveInterval{0}; ///< what the client was told, or is known to do
    Milliseconds keepAliveGrace{5000};
    Milliseconds pinholeLifetime{0};   ///< silence after which the path is no longer taken for open
    LossReason silenceMeans = LossReason::PinholeClosed; ///< Interrupted for a connection-oriented transport
    friend bool operator==(const LivenessPolicy &, const LivenessPolicy &) = default;
};

/// Something that happened to a connection.
struct LivenessEvent {
    enum class Kind : quint8 {
        Registered,        ///< until = new expiry; also a refresh
        Packet,            ///< anything received
        Proof,             ///< an answer to something we sent
        KeepAlive,         ///< a keep-alive received; proves nothing about the way out
        ProbeLost, RequestUnanswered,
        AddressChanged,    ///< a packet from a new address, known to be its own; subject = "old > new"
        Closed, Reset, IcmpUnreachable,
        UserTimeout,       ///< the kernel gave up on octets that were not acknowledged; the socket is gone
        Unregistered, Replaced,
        WakeStarted,       ///< subject = bearer, value = attempt
        WakesExhausted,
        WakeCancelled,     ///< no wake-up is under way for it any more: back to Lost, for the reason it was lost
        Tick               ///< a deadline came; also harmless at any other time
    };
    Kind kind = Kind::Tick;
    QString subject;
    qint64 value = 0;
    Timestamp until;
};

/// What is known of one connection right now: a pure state machine (design "Liveness").
/// `Up -> Suspect -> Lost{reason} -> Waking -> Up | Unreachable`. It reads no clock: every call says what time it is.
/// Time that runs backwards is treated as standing still. Any thread, one at a time.
class Liveness
{
public:
    explicit Liveness(LivenessPolicy policy = {}) : m_policy(policy) {}
    /// A registration read back from the store: Suspect{ServerRestarted} until something is heard, or Lost{Expired}.
    static Liveness restored(LivenessPolicy policy, Timestamp registeredUntil, Timestamp lastPacket, Timestamp now);

    /// Everything it remembers beside its policy, for those who keep it in another form for a while.
    struct Memory {
        LivenessState state = LivenessState::Lost;
        LossReason reason = LossReason::None;
        EvidenceRule lossRule = EvidenceRule::None;
        Evidence evidence;
        Timestamp registeredUntil, lastPacket, lastProof;
        Timestamp latest; ///< the latest time any event carried
        friend bool operator==(const Memory &, const Memory &) = default;
    };
    Memory memory() const;
    static Liveness remembered(const LivenessPolicy &policy, const Memory &memory);

    struct Change {
        LivenessState before;
        LivenessState after;
        LossReason reason;
        bool changed; ///< state or loss reason differ from before
    };
    Change advance(const LivenessEvent &event, Timestamp now);

    /// When a Tick is due at the latest; not set = never. Rises with every packet, so a caller may check lazily.
    Timestamp nextDeadline() const;

    LivenessState state() const { return m_state; }
    LossReason reason() const { return m_reason; }
    const Evidence &evidence() const { return m_evidence; }
    Timestamp registeredUntil() const { return m_registeredUntil; }
    Timestamp lastPacket() const { return m_lastPacket; }
    Timestamp lastProof() const { return m_lastProof; }
    const LivenessPolicy &policy() const { return m_policy; }
    void setPolicy(const LivenessPolicy &policy)
    {
        m_policy = policy;
        m_evidence.changesAt = nextDeadline();
    }
    /// A push may be tried over it: Up or Suspect.
    bool isUsable() const { return m_state == LivenessState::Up || m_state == LivenessState::Suspect; }

private:
    void heard(EvidenceRule rule, const LivenessEvent &event, Timestamp now);
    void pathGone(LossReason reason, EvidenceRule rule, const LivenessEvent &event, Timestamp now);
    void lose(LossReason reason, EvidenceRule rule, const LivenessEvent &event, Timestamp now);
    void enter(LivenessState state, EvidenceRule rule, const LivenessEvent &event, Timestamp now);
    void expire(Timestamp now);
    void tick(Timestamp now);
    Timestamp silenceDeadline() const;
    bool isRegistered(Timestamp now) const;
    bool lostBySilence() const;
    bool mayBeHeardAgain() const;

    LivenessPolicy m_policy;
    LivenessState m_state = LivenessState::Lost;
    LossReason m_reason = LossReason::None;
    EvidenceRule m_lossRule = EvidenceRule::None; ///< what lost it, kept while it is being woken
    Evidence m_evidence;
    Timestamp m_registeredUntil;
    Timestamp m_lastPacket;
    Timestamp m_lastProof;
    Timestamp m_latest; ///< the latest time any event carried
};

/// Names of the outside contract: "up", "suspect", "lost", "waking", "unreachable".
const char *toText(LivenessState state);
/// "", "pinhole_closed", "interrupted", "expired", "closed_by_peer".
const char *toText(LossReason reason);
/// "registered", "keep_alive_late", … snake case of the enumerator.
const char *toText(EvidenceRule rule);
/// A text that is none of the above reads as Lost, None and None.
LivenessState livenessStateFromText(QStringView text);
LossReason lossReasonFromText(QStringView text);
EvidenceRule evidenceRuleFromText(QStringView text);

} // namespace reveille

Q_DECLARE_METATYPE(reveille::Liveness)
