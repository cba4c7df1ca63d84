// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/livenessmonitor.h"

#include "engine/pathloss.h"

#include <QPointer>

namespace reveille {

namespace {
constexpr Milliseconds sendAgain{5000};
} // namespace

LivenessMonitor::LivenessMonitor(Clock &clock, Timers &timers, Registry &registry, QObject *parent)
    : QObject(parent), m_clock(clock), m_timers(timers), m_registry(registry)
{
    connect(&registry, &Registry::connectionChanged, this, &LivenessMonitor::schedule);
    connect(&registry, &Registry::connectionRemoved, this, &LivenessMonitor::forget);
    connect(&registry, &Registry::connectionParked, this, &LivenessMonitor::forget);
}

LivenessMonitor::~LivenessMonitor()
{
    for (Watch &watch : m_watches)
        m_timers.cancel(watch.timer);
}

void LivenessMonitor::schedule(ConnectionId id)
{
    const Liveness *liveness = m_registry.livenessOf(id);
    const Timestamp deadline = liveness ? liveness->nextDeadline() : Timestamp{};
    // A registration without an end has no deadline while it is suspect, and is to be probed all the same.
    const bool suspect = liveness && liveness->state() == LivenessState::Suspect;
    if (!deadline.isSet() && !suspect)
        return forget(id);

    Watch &watch = m_watches[id];
    if (deadline.isSet() && (!watch.timer || deadline < watch.at)) {
        m_timers.cancel(watch.timer);
        watch.at = deadline;
        watch.timer = m_timers.start(deadline - m_clock.now(), [this, id] { due(id); });
    }
    if (suspect && !watch.probing)
        probe(id);
}

void LivenessMonitor::forget(ConnectionId id)
{
    const auto watch = m_watches.find(id);
    if (watch == m_watches.end())
        return;
    m_timers.cancel(watch->timer);
    m_watches.erase(watch);
}

void LivenessMonitor::due(ConnectionId id)
{
    const auto watch = m_watches.find(id);
    if (watch == m_watches.end())
        return;
    watch->timer = 0;
    m_registry.observe(id, {LivenessEvent::Kind::Tick, {}, 0, {}});
    schedule(id); // packets heard meanwhile have moved the deadline
}

void LivenessMonitor::probe(ConnectionId id)
{
    if (!m_registry.connection(id))
        return;
    m_watches[id].probing = true;
    m_registry.probe(id, [this, guard = QPointer<LivenessMonitor>(this), id](const SendOutcome &outcome) {
        if (!guard)
            return;
        const auto watch = m_watches.find(id);
        if (watch != m_watches.end())
            watch->probing = false;
        switch (outcome.kind) {
        case SendOutcome::Kind::Delivered:
        case SendOutcome::Kind::Refused:
        case SendOutcome::Kind::Busy:
            m_registry.observe(id, {LivenessEvent::Kind::Proof, QString::fromLatin1(outcome.code), 0, {}});
            break;
        case SendOutcome::Kind::Unanswered:
            if (outcome.code == "too-many") { // it was never sent
                probeLater(id);
                break;
            }
            m_registry.observe(id, {LivenessEvent::Kind::ProbeLost, outcome.request, 0, {}});
            break;
        case SendOutcome::Kind::Broken:
            m_registry.observe(id, {lossOf(outcome), QString::fromLatin1(outcome.code), 0, {}});
            break;
        }
    });
}

void LivenessMonitor::probeLater(ConnectionId id)
{
    const auto watch = m_watches.find(id);
    if (watch == m_watches.end())
        return;
    watch->probing = true; // one at a time, whatever else happens on the path
    m_timers.start(sendAgain, [this, guard = QPointer<LivenessMonitor>(this), id] {
        if (!guard)
            return;
        const auto waiting = m_watches.find(id);
        if (waiting == m_watches.end())
            return;
        waiting->probing = false;
        const Liveness *liveness = m_registry.livenessOf(id);
        if (liveness && liveness->state() == LivenessState::Suspect)
            probe(id);
    });
}

} // namespace reveille
