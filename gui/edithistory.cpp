// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/edithistory.h"

namespace reveille {

EditHistory::EditHistory(ServerHost &host, QObject *parent) : QObject(parent), m_host(host)
{
}

void EditHistory::add(const QString &text, const SubscriberChange &back)
{
    if (!back.isEmpty())
        add(Step{text, back});
}

void EditHistory::add(const QString &text, const DeviceEdit &back)
{
    if (!back.isEmpty())
        add(Step{text, back});
}

void EditHistory::add(const Step &step)
{
    m_undo.append(step);
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
    const Step last = from.last();
    const auto ended = [this, &from, &to, text = last.text, round = m_round](const auto &back) {
        if (round != m_round)
            return;
        m_busy = false;
        if (back) {
            from.removeLast();
            to.append({text, *back});
            Q_EMIT stepped(text);
        } else {
            Q_EMIT failed(text, back.error());
        }
        Q_EMIT changed();
    };
    if (const auto *edit = std::get_if<DeviceEdit>(&last.change))
        m_host.changeDevice(*edit).then(this, [ended](const Result<DeviceEdit> &back) { ended(back); });
    else
        m_host.change(std::get<SubscriberChange>(last.change)).then(this, [ended](const Result<SubscriberChange> &back) { ended(back); });
}

SubscriberChange EditHistory::next(const QVector<Step> &steps)
{
    const auto *change = steps.isEmpty() ? nullptr : std::get_if<SubscriberChange>(&steps.last().change);
    return change ? *change : SubscriberChange();
}

} // namespace reveille
