// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/pushinbox.h"

namespace reveille {

void PushInbox::take(ReceivedPush &push)
{
    push.answered = m_refusal == 0 ? 200 : m_refusal;
    if (push.id.isEmpty())
        return;
    const QString key = push.session + u'\n' + push.id;
    push.duplicate = m_known.contains(key);
    if (m_refusal != 0 || push.duplicate)
        return;
    m_known.insert(key);
    m_order.push_back(key);
    if (m_order.size() > size_t(maxPushes)) {
        m_known.remove(m_order.front());
        m_order.pop_front();
    }
}

} // namespace reveille
