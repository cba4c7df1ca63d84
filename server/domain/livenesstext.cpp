// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/enumtext.h"
#include "domain/liveness.h"

namespace reveille {

namespace {
constexpr EnumNames<5> stateNames{"up", "suspect", "lost", "waking", "unreachable"};
constexpr EnumNames<5> reasonNames{"", "pinhole_closed", "interrupted", "expired", "closed_by_peer"};
constexpr EnumNames<20> ruleNames{
    "none",
    "registered",
    "packet_received",
    "proof_received",
    "keep_alive_late",
    "probe_lost",
    "request_unanswered",
    "connection_closed",
    "connection_reset",
    "icmp_unreachable",
    "registration_expired",
    "unregistered",
    "replaced",
    "wake_started",
    "wakes_exhausted",
    "wake_cancelled",
    "restored",
    "server_restarted",
    "address_changed",
    "user_timeout",
};
} // namespace

const char *toText(LivenessState state)
{
    return nameOf(stateNames, state);
}

const char *toText(LossReason reason)
{
    return nameOf(reasonNames, reason);
}

const char *toText(EvidenceRule rule)
{
    return nameOf(ruleNames, rule);
}

LivenessState livenessStateFromText(QStringView text)
{
    return valueOf<LivenessState>(stateNames, text).value_or(LivenessState::Lost);
}

LossReason lossReasonFromText(QStringView text)
{
    return valueOf<LossReason>(reasonNames, text).value_or(LossReason::None);
}

EvidenceRule evidenceRuleFromText(QStringView text)
{
    return valueOf<EvidenceRule>(ruleNames, text).value_or(EvidenceRule::None);
}

} // namespace reveille
