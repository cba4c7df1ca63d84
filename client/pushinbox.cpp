// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/pushinbox.h"

#include <QCryptographicHash>

namespace reveille {

void PushInbox::take(ReceivedPush &push)
{
    push.answered = m_refusal == 0 ? 200 : m_refusal;
    if (push.id.isEmpty())
        return;
    const QByteArray text = (push.session + u'\n' + push.id).toUtf8();
    const QByteArray key = QCryptographicHash::hash(text, QCryptographicHash::Sha256).left(keySize);
    push.duplicate = m_known.contains(key);
    if (m_refusal != 0 || push.duplicate)
        return;
    remember(key);
    if (m_keeper)
        m_keeper();
}

void PushInbox::restore(const QVector<QByteArray> &known)
{
    m_known.clear();
    m_order.clear();
    for (const QByteArray &key : known)
        remember(key);
}

void PushInbox::remember(const QByteArray &key)
{
    if (m_known.contains(key))
        return;
    m_known.insert(key);
    m_order.push_back(key);
    if (m_order.size() > size_t(maxPushes)) {
        m_known.remove(m_order.front());
        m_order.pop_front();
    }
}

} // namespace reveille
