// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/mailbox.h"

#include <QCoreApplication>
#include <QEvent>

namespace reveille {

void Mailbox::post(Action action)
{
    bool first = false;
    {
        const std::lock_guard lock(m_mutex);
        first = m_actions.empty();
        m_actions.push_back(std::move(action));
    }
    if (first)
        QCoreApplication::postEvent(this, new QEvent(QEvent::User));
}

void Mailbox::drain()
{
    std::vector<Action> actions;
    {
        const std::lock_guard lock(m_mutex);
        actions.swap(m_actions);
    }
    for (const Action &action : actions)
        action();
}

void Mailbox::customEvent(QEvent *)
{
    drain();
}

} // namespace reveille
