// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/demo/demoplayer.h"

#include "models/sentences.h"
#include "models/timedisplay.h"

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

bool isUp(const std::optional<DeviceSnapshot> &device)
{
    return device && !device->connections.isEmpty() && device->liveness.state() == LivenessState::Up;
}

} // namespace

void DemoPlayer::describe()
{
    const QString titles[demoChapters] = {tr("It registers"), tr("It goes quiet"), tr("A push comes for it"),
                                          tr("It is woken"),  tr("It returns"),    tr("The push is delivered")};
    const QString expected[demoChapters] = {
        tr("%1 registers over SIP and answers the password challenge; the server shows it as up.").arg(m_label),
        tr("Nothing more is heard of it. The server probes the path, gets no answer, and calls it lost: the band of its "
           "lifeline drops."),
        tr("An application pushes a text. The server keeps it safe and starts a wake-up, for the path is closed."),
        tr("A signed SIR goes to its client port over WSP/UDP, a way that does not need the lost path."),
        tr("It checks that the SIR is genuine and meant for it, and registers again over a fresh path: the band rises."),
        tr("The waiting push goes over the new path, once, and the device confirms it."),
    };
    m_steps.clear();
    for (int index = 0; index < demoChapters; ++index) {
        m_steps.append({DemoChapter(index), DemoStep::State::Ahead, titles[index], expected[index], {}, {}});
        Q_EMIT stepChanged(index);
    }
}

QString DemoPlayer::proofOf(DemoChapter chapter) const
{
    const Facts &facts = m_facts;
    switch (chapter) {
    case DemoChapter::Registers:
        if (!facts.registered || !isUp(facts.device))
            return {};
        return tr("Registered from %1 for %2; state: %3.")
            .arg(facts.registered->fields.value(u"local"_s).toString(),
                 TimeDisplay::duration(std::chrono::seconds(facts.registered->fields.value(u"expires"_s).toInt())),
                 Sentences::state(facts.device->liveness.state()));
    case DemoChapter::GoesQuiet:
        if (!facts.silent || !facts.device || facts.device->liveness.state() != LivenessState::Lost)
            return {};
        return tr("%1 after %2 of silence.")
            .arg(Sentences::stateAndReason(LivenessState::Lost, facts.device->liveness.reason()),
                 TimeDisplay::duration(facts.device->liveness.evidence().at - facts.device->liveness.lastPacket()));
    case DemoChapter::Push:
        if (!facts.push || facts.push->deliveries.isEmpty() || facts.push->deliveries.first().wake.isEmpty())
            return {};
        return tr("Accepted as %1; it waits for wake-up %2.")
            .arg(Sentences::shortened(facts.pushId.text(), 12),
                 Sentences::shortened(facts.push->deliveries.first().wake.text(), 12));
    case DemoChapter::WakeUp: return proofOfWakeUp();
    case DemoChapter::Returns:
        if (!facts.returned || !facts.wake || facts.wake->state != WakeState::Succeeded)
            return {};
        return tr("Registered again from %1, %2 after the wake-up began.")
            .arg(facts.returned->fields.value(u"local"_s).toString(),
                 TimeDisplay::duration(facts.wake->stepTimes.value(int(WakeStep::Restored)) - facts.wake->stepTimes.value(0)));
    case DemoChapter::Delivered: return proofOfDelivery();
    }
    return {};
}

QString DemoPlayer::proofOfWakeUp() const
{
    const Facts &facts = m_facts;
    if (!facts.wakeHeard || !facts.wake || facts.wake->furthest < WakeStep::Submitted || facts.wake->attempts.isEmpty())
        return {};
    const WakeAttempt &attempt = facts.wake->attempts.last();
    const QString route = Sentences::wakeRoute(attempt.route);
    const int octets = int(facts.wake->sir.size());
    return facts.wakeHeard->fields.value(u"signed"_s).toBool()
        ? tr("Signed SIR of %n octet(s) sent: %1. The device heard it.", nullptr, octets).arg(route)
        : tr("Unsigned SIR of %n octet(s) sent: %1. The device heard it.", nullptr, octets).arg(route);
}

QString DemoPlayer::proofOfDelivery() const
{
    const Facts &facts = m_facts;
    if (!facts.received || !facts.push || facts.push->state != PushState::Delivered
        || facts.received->fields.value(u"push"_s).toString() != facts.pushId.text())
        return {};
    return tr("“%1” received %2, %3 after it was accepted.")
        .arg(facts.received->fields.value(u"body"_s).toString(), tr("%n time(s)", nullptr, facts.receipts),
             TimeDisplay::duration(facts.push->finishedAt - facts.push->acceptedAt));
}

QString DemoPlayer::progressOf(DemoChapter chapter) const
{
    switch (chapter) {
    case DemoChapter::GoesQuiet:
        if (!m_facts.silent || !m_facts.device)
            return {};
        return m_facts.device->liveness.state() == LivenessState::Suspect
            ? tr("It is silent; the server probes the path.")
            : tr("It is silent; the server has not noticed yet.");
    case DemoChapter::WakeUp:
        return m_facts.wake ? Sentences::wakeStep(m_facts.wake->furthest) : QString();
    case DemoChapter::Delivered:
        return m_facts.push ? Sentences::pushState(m_facts.push->state) : QString();
    case DemoChapter::Registers:
    case DemoChapter::Push:
    case DemoChapter::Returns: break;
    }
    return {};
}

} // namespace reveille
