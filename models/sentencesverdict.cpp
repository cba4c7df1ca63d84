// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sentences.h"
#include "models/timedisplay.h"

namespace reveille {

using namespace Qt::StringLiterals;

QString Sentences::ruleText(const Evidence &evidence)
{
    const QString &subject = evidence.subject;
    const QString about = subject.isEmpty() ? QString() : u" (%1)"_s.arg(subject);
    switch (evidence.rule) {
    case EvidenceRule::None: return {};
    case EvidenceRule::Registered: return tr("The device registered");
    case EvidenceRule::PacketReceived: return tr("A packet came from the device");
    case EvidenceRule::ProofReceived: return tr("The device answered us") + about;
    case EvidenceRule::KeepAliveLate: {
        const QString span = TimeDisplay::duration(Milliseconds(evidence.value));
        return subject.isEmpty() ? tr("The keep-alive is late, none came within %1").arg(span)
                                 : tr("Nothing was heard for %1").arg(span);
    }
    case EvidenceRule::ProbeLost:
        return tr("Our probe stayed unanswered") + about;
    case EvidenceRule::RequestUnanswered:
        if (subject == "fault-dropped"_L1)
            return tr("A push was lost on the way by an injected fault");
        return tr("Our request stayed unanswered") + about;
    case EvidenceRule::ConnectionClosed: return tr("The device closed the connection") + about;
    case EvidenceRule::ConnectionReset: return tr("The connection broke") + about;
    case EvidenceRule::IcmpUnreachable: return tr("The network reported it unreachable") + about;
    case EvidenceRule::RegistrationExpired: return tr("The registration ran out");
    case EvidenceRule::Unregistered: return tr("The device removed its registration");
    case EvidenceRule::Replaced: return tr("A newer connection of the device took over");
    case EvidenceRule::WakeStarted:
        if (subject.isEmpty())
            return tr("A wake-up was started");
        return tr("Wake-up attempt %1 was sent over %2").arg(QString::number(evidence.value), subject);
    case EvidenceRule::WakesExhausted: return tr("Every wake-up route was tried without success");
    case EvidenceRule::WakeCancelled: return tr("The wake-up was cancelled");
    case EvidenceRule::Restored: return tr("The device came back");
    case EvidenceRule::ServerRestarted: return tr("The server restarted and has heard nothing since");
    case EvidenceRule::AddressChanged: return tr("The device was heard from another address") + about;
    case EvidenceRule::UserTimeout: return tr("What we sent was not acknowledged in time") + about;
    }
    return {};
}

QString Sentences::evidence(const Evidence &evidence, Timestamp now)
{
    const QString rule = ruleText(evidence);
    if (rule.isEmpty())
        return {};
    QString text = evidence.at.isSet() ? tr("%1, %2.").arg(rule, TimeDisplay::relative(evidence.at, now)) : rule + u'.';
    if (evidence.changesAt > now)
        text += u' ' + tr("Judged anew %1.").arg(TimeDisplay::relative(evidence.changesAt, now));
    return text;
}

namespace {

QString pathOf(const Verdict &verdict)
{
    return verdict.kind.isEmpty() ? QString()
                                  : Sentences::path(verdict.kind, verdict.transport) + u' ' + verdict.peer;
}

} // namespace

/// The answer and how it is known.
QString Sentences::verdictAnswer(const Verdict &verdict, Timestamp now)
{
    const QString rule = ruleText(verdict.evidence);
    const QString at = TimeDisplay::relative(verdict.evidence.at, now);
    switch (verdict.answer) {
    case Verdict::Answer::NeverRegistered:
        return tr("This device has never registered.");
    case Verdict::Answer::Reachable:
        if (verdict.provenAt.isSet())
            return tr("Reachable now over %1, proven %2.").arg(pathOf(verdict), TimeDisplay::relative(verdict.provenAt, now));
        return tr("Reachable now over %1, heard %2; not yet proven both ways.")
            .arg(pathOf(verdict), TimeDisplay::relative(verdict.heardAt, now));
    case Verdict::Answer::Doubtful:
        return tr("Doubtful over %1: %2, %3. The path is being probed.").arg(pathOf(verdict), rule, at);
    case Verdict::Answer::NotReachable:
        switch (verdict.reason) {
        case LossReason::PinholeClosed:
            return tr("Not reachable: the pinhole has probably closed. %1, %2.").arg(rule, at);
        case LossReason::Interrupted:
            return tr("Not reachable: the connection was interrupted. %1, %2.").arg(rule, at);
        case LossReason::Expired:
            return tr("Not reachable: the registration ran out %1.").arg(at);
        case LossReason::ClosedByPeer:
            return tr("Not reachable: the device left. %1, %2.").arg(rule, at);
        case LossReason::None:
            break;
        }
        return tr("Not reachable. %1, %2.").arg(rule, at);
    case Verdict::Answer::Waking:
        if (verdict.reason == LossReason::None)
            return tr("Being woken. %1, %2.").arg(rule, at);
        return tr("Being woken after a loss (%1). %2, %3.").arg(reason(verdict.reason), rule, at);
    case Verdict::Answer::Unreachable:
        return tr("Unreachable: %1, %2.").arg(rule, at);
    }
    return {};
}

/// What happens next and what stands ready for it.
QString Sentences::verdictOutlook(const Verdict &verdict, Timestamp now)
{
    const QString in = TimeDisplay::relative(verdict.nextAt, now);
    const QString route = bearerType(verdict.wakeRoute.bearer);
    const bool away = verdict.answer == Verdict::Answer::NotReachable
        || verdict.answer == Verdict::Answer::Unreachable || verdict.answer == Verdict::Answer::NeverRegistered;
    if (verdict.answer == Verdict::Answer::Waking)
        return {};
    if (away) {
        const QString heard = verdict.heardAt.isSet()
            ? tr("Last heard %1.").arg(TimeDisplay::relative(verdict.heardAt, now)) + u' ' : QString();
        return heard
            + (verdict.hasWakeRoute ? tr("A wake-up over %1 stands ready.").arg(route)
                                    : tr("No wake-up route stands ready."));
    }
    switch (verdict.next) {
    case Verdict::Next::Nothing:
        return verdict.hasWakeRoute ? tr("If it is lost, a wake-up over %1 stands ready.").arg(route)
                                    : tr("If it is lost, no wake-up route stands ready.");
    case Verdict::Next::PathCloses:
        if (!verdict.learnedIn.isEmpty()) {
            const QString learned = tr("learned from %n sample(s) in %1", nullptr, verdict.learnedFrom).arg(verdict.learnedIn);
            return verdict.hasWakeRoute
                ? tr("The pinhole is expected to close %1, %2; if it closes, a wake-up over %3 stands ready.").arg(in, learned, route)
                : tr("The pinhole is expected to close %1, %2; if it closes, no wake-up route stands ready.").arg(in, learned);
        }
        return verdict.hasWakeRoute
            ? tr("The pinhole is expected to close %1; if it closes, a wake-up over %2 stands ready.").arg(in, route)
            : tr("The pinhole is expected to close %1; if it closes, no wake-up route stands ready.").arg(in);
    case Verdict::Next::PathProbed:
        return verdict.hasWakeRoute
            ? tr("It is probed %1 if nothing is heard; if it is lost, a wake-up over %2 stands ready.").arg(in, route)
            : tr("It is probed %1 if nothing is heard; if it is lost, no wake-up route stands ready.").arg(in);
    case Verdict::Next::RegistrationEnds:
        return verdict.hasWakeRoute
            ? tr("Its registration runs out %1; after that, a wake-up over %2 stands ready.").arg(in, route)
            : tr("Its registration runs out %1; after that, no wake-up route stands ready.").arg(in);
    }
    return {};
}

QString Sentences::verdict(const Verdict &verdict, Timestamp now)
{
    QStringList parts{verdictAnswer(verdict, now), verdictOutlook(verdict, now)};
    if (verdict.pending > 0)
        parts.append(tr("%n push(es) wait for it.", nullptr, verdict.pending));
    parts.removeAll(QString());
    return parts.join(u' ');
}

} // namespace reveille
