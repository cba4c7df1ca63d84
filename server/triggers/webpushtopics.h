// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/push.h"

#include <QHash>
#include <QObject>

namespace reveille {

class Engine;

/// Which push of each topic still waits (RFC 8030 section 5.4), so that a newer one takes its place. Holds only pushes that
/// go on; made anew from them at start-up. Server thread.
class WebPushTopics : public QObject
{
    Q_OBJECT
public:
    explicit WebPushTopics(Engine &engine);

    /// Start-up, before the engine resumes: what was going on when the server ended. Of two with one topic the older one is
    /// replaced, should its end not have become durable.
    void load(QVector<Push> pushes);
    /// A push with a topic that has become durable. Replaces the one before; one that is being sent then goes on, and is
    /// replaced should it have to wait again. True where one was replaced.
    bool accepted(const InitiatorId &resource, const QString &topic, const PushId &id);
    qsizetype count() const { return m_topics.size(); } ///< pushes held

private:
    using Topic = std::pair<InitiatorId, QString>;
    void pushChanged(const PushId &id);

    Engine &m_engine;
    QHash<PushId, Topic> m_topics;
    QHash<Topic, PushId> m_newest;
};

} // namespace reveille
