// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/retransmitter.h"

#include <QPointer>

#include <algorithm>
#include <vector>

namespace reveille {

Retransmitter::Retransmitter(QObject *parent)
    : QObject(parent)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Retransmitter::tick);
}

void Retransmitter::start(const QByteArray &key, const Plan &plan, Send send, GaveUp gaveUp)
{
    Sending sending;
    sending.plan = plan;
    sending.wait = plan.first;
    sending.repeat = plan.repeats ? QDeadlineTimer(plan.first) : QDeadlineTimer(QDeadlineTimer::Forever);
    sending.end = QDeadlineTimer(plan.giveUp);
    sending.gaveUp = std::move(gaveUp);
    if (!send())
        sending.end = QDeadlineTimer(0);
    sending.send = std::move(send);
    m_open.insert_or_assign(key, std::move(sending));
    schedule();
}

void Retransmitter::stop(const QByteArray &key)
{
    m_open.erase(key);
    schedule();
}

void Retransmitter::hold(const QByteArray &key)
{
    const auto found = m_open.find(key);
    if (found == m_open.end())
        return;
    found->second.repeat = QDeadlineTimer(QDeadlineTimer::Forever);
    schedule();
}

void Retransmitter::slowDown(const QByteArray &key, Milliseconds wait)
{
    const auto found = m_open.find(key);
    if (found != m_open.end())
        found->second.wait = wait;
}

void Retransmitter::stopAll()
{
    m_open.clear();
    m_timer.stop();
}

/// Repeats it where that is due; false once it is given up.
bool Retransmitter::goesOn(Sending &sending) const
{
    if (sending.end.hasExpired())
        return false;
    if (!sending.repeat.hasExpired())
        return true;
    const Plan &plan = sending.plan;
    if ((plan.mostSends > 0 && sending.sends >= plan.mostSends) || !sending.send())
        return false;
    ++sending.sends;
    sending.wait = plan.longest.count() > 0 ? std::min(sending.wait * 2, plan.longest) : sending.wait * 2;
    sending.repeat = QDeadlineTimer(sending.wait);
    return true;
}

void Retransmitter::tick()
{
    std::vector<GaveUp> late;
    for (auto it = m_open.begin(); it != m_open.end();) {
        if (goesOn(it->second)) {
            ++it;
            continue;
        }
        late.push_back(std::move(it->second.gaveUp));
        it = m_open.erase(it);
    }
    schedule();
    const QPointer<Retransmitter> guard(this);
    for (const GaveUp &call : late) {
        if (!guard)
            return; // who was told has ended it, and whom the others are for
        call();
    }
}

void Retransmitter::schedule()
{
    qint64 next = -1;
    for (const auto &[key, sending] : m_open) {
        for (const QDeadlineTimer &deadline : {sending.repeat, sending.end}) {
            if (deadline.isForever())
                continue;
            const qint64 left = deadline.remainingTime();
            next = next < 0 ? left : std::min(next, left);
        }
    }
    if (next < 0)
        m_timer.stop();
    else
        m_timer.start(Milliseconds(next + 1));
}

} // namespace reveille
