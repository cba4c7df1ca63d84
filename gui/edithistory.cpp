// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/edithistory.h"

namespace reveille {

EditHistory::EditHistory(ServerHost &host, QObject *parent) : QObject(parent), m_host(host)
{
}

void EditHistory::add(const QString &text, const SubscriberChange &back)
{
    if (back.isEmpty())
        return;
    m_undo.append({text, back});
    if (m_undo.size() > limit)
        m_undo.removeFirst();
    m_redo.clear();
    Q_EMIT changed();
}

void EditHistory::clear()
{
    ++m_round;
    m_busy = false;
    m_undo.clear();
    m_redo.clear();
    Q_EMIT changed();
}

void EditHistory::step(QVector<Step> &from, QVector<Step> &to)
{
    if (m_busy || from.isEmpty())
        return;
    m_busy = true;
    Q_EMIT changed();
    const Step done = from.last();
    m_host.change(done.change).then(this, [this, &from, &to, done, round = m_round](const Result<SubscriberChange> &back) {
        if (round != m_round)
            return;
        m_busy = false;
        if (back) {
            from.removeLast();
            to.append({done.text, *back});
            Q_EMIT stepped(done.text);
        } else {
            Q_EMIT failed(done.text, back.error());
        }
        Q_EMIT changed();
    });
}

} // namespace reveille
