// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ids.h"
#include "domain/timestamp.h"
#include "engine/clock.h"
#include "http/httprouter.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QSet>

#include <deque>
#include <optional>

namespace reveille {

class Engine;
class EventStream;
class TriggerGate;
struct Push;

/// GET /v1/pushes/events: how an application server's own pushes fare, as server-sent events "push" with the data of
/// GET /v1/pushes/{id}. A final state comes as soon as it is durable, so that no other one ever follows; states on the way are
/// drawn together, at most 20 times a second. With Last-Event-ID (or ?after=) first what changed since then; "gap" where that
/// is not all there any more, or belongs to an earlier run of the server: then ask for the pushes themselves. Changes are kept
/// from an initiator's first stream on until it had none for ten minutes. A slow reader gets "dropped" and the end. Server
/// thread.
class PushFeed : public QObject {
    Q_OBJECT
public:
    PushFeed(Engine &engine, TriggerGate &gate);
    ~PushFeed() override;

    void addTo(HttpRouter &router);

    static constexpr int maxStreams = 64;
    static constexpr int maxStreamsPerInitiator = 8;
    static constexpr qint64 maxKeptOctets = 8 * 1024 * 1024;
    static constexpr Milliseconds interval{50};
    static constexpr Milliseconds keepTime{600000};

private:
    struct Reader {
        QPointer<EventStream> stream;
        InitiatorId initiator;
        std::optional<quint64> behind; ///< catching up: the last change it has
    };
    struct Change {
        quint64 number = 0;
        InitiatorId initiator;
        QByteArray data;
    };

    struct Kept {
        Timestamp lastStream;
        quint64 since = 0; ///< the last change before they were kept
    };

    Kept &keep(const InitiatorId &initiator);
    void open(const HttpCall &call, const HttpReply &reply);
    void catchUp(Reader &reader);
    void changed(const PushId &id);
    void lasts(const PushId &id);
    void publish(const Push &push);
    void dropClosed();
    void flush();

    Engine &m_engine;
    TriggerGate &m_gate;
    QVector<Reader> m_readers;
    QHash<InitiatorId, Kept> m_kept; ///< whose changes are kept
    QSet<PushId> m_touched;
    std::deque<Change> m_changes;
    qint64 m_keptOctets = 0;
    quint64 m_number;      ///< of the last change; begins with the time, so that no earlier run has had it
    quint64 m_forgotten;   ///< of the last change that is not kept
    TimerId m_timer = 0;
};

} // namespace reveille
