// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/pushinbox.h"

#include <QCryptographicHash>

#include <algorithm>

namespace reveille {

void PushInbox::take(ReceivedPush &push, Way way)
{
    push.answered = m_refusal == 0 ? 200 : m_refusal;
    if (push.id.isEmpty())
        return;
    const QByteArray text = (push.session + u'\n' + push.id).toUtf8();
    const QByteArray key = QCryptographicHash::hash(text, QCryptographicHash::Sha256).left(keySize);
    push.duplicate =
        std::any_of(m_known.begin(), m_known.end(), [&](const Known &known) { return known.keys.contains(key); });
    if (push.isNew())
        remember(key, way);
}

QVector<QByteArray> PushInbox::known(Way way) const
{
    const Known &known = m_known[size_t(way)];
    return {known.order.begin(), known.order.end()};
}

void PushInbox::restore(const QVector<QByteArray> &known, Way way)
{
    knownOf(way) = {};
    for (const QByteArray &key : known)
        remember(key, way);
}

void PushInbox::remember(const QByteArray &key, Way way)
{
    Known &known = knownOf(way);
    if (known.keys.contains(key))
        return;
    known.keys.insert(key);
    known.order.push_back(key);
    if (known.order.size() > size_t(way == Way::Link ? maxPushes : maxDatagramPushes)) {
        known.keys.remove(known.order.front());
        known.order.pop_front();
    }
}

} // namespace reveille
