// SPDX-License-Identifier: GPL-3.0-or-later
#include "triggers/webpushtopics.h"

#include "engine/engine.h"
#include "triggers/webpushnote.h"

#include <QPointer>

#include <algorithm>

namespace reveille {

WebPushTopics::WebPushTopics(Engine &engine)
    : m_engine(engine)
{
    connect(&engine.pushes(), &PushDispatcher::pushChanged, this, &WebPushTopics::pushChanged);
}

void WebPushTopics::load(QVector<Push> pushes)
{
    std::sort(pushes.begin(), pushes.end(), [](const Push &a, const Push &b) {
        return a.id.text() < b.id.text();
    });
    for (const Push &push : std::as_const(pushes)) {
        const bool isOurs = WebPushNote::fromBytes(push.request.terms).has_value();
        if (isOurs && !push.request.reference.isEmpty() && !isTerminal(push.state))
            (void)accepted(push.request.initiator, push.request.reference, push.id);
    }
}

bool WebPushTopics::accepted(const InitiatorId &resource, const QString &topic, const PushId &id)
{
    const Topic key(resource, topic);
    const PushId before = m_newest.value(key);
    m_newest.insert(key, id);
    m_topics.insert(id, key);
    return !before.isEmpty() && m_engine.pushes().replace(before).ok();
}

void WebPushTopics::pushChanged(const PushId &id)
{
    const auto found = m_topics.constFind(id);
    if (found == m_topics.cend())
        return;
    const std::optional<Push> push = m_engine.pushes().push(id);
    const bool isNewest = m_newest.value(*found) == id;
    if (!push || isTerminal(push->state)) {
        if (isNewest)
            m_newest.remove(*found);
        m_topics.erase(found);
        return;
    }
    // Not from within its change.
    if (!isNewest && m_engine.pushes().canReplace(id)) {
        m_engine.timers().start(Milliseconds(0), [guard = QPointer<WebPushTopics>(this), id] {
            if (guard)
                (void)guard->m_engine.pushes().replace(id);
        });
    }
}

} // namespace reveille
