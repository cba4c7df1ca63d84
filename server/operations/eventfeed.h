// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"
#include "http/httprouter.h"

#include <QObject>
#include <QPointer>
#include <QSet>

#include <optional>

namespace reveille {

class EventStream;

/// GET /v1/events: what happens, as server-sent events. "journal" (id = that of the entry, data as in GET
/// /v1/journal) comes at once and in order; "device", "user", "push", "wake", "fault" carry the newest value and
/// "device_removed", "user_removed", "fault_removed" an
/// {"id"}, at most 20 times a second. `?after=ID` or Last-Event-ID first gives the journal entries since
/// then, headed by "gap"
/// {"after"} where the server no longer has all of them. `?types=journal,push` chooses. A slow reader gets
/// "dropped" and the end. Server thread.
class EventFeed : public QObject {
    Q_OBJECT
public:
    explicit EventFeed(Engine &engine);
    ~EventFeed() override;

    void addTo(HttpRouter &router);

    static constexpr int maxStreams = 64;
    static constexpr Milliseconds interval{50};

private:
    struct Reader {
        QPointer<EventStream> stream;
        QSet<QByteArray> types;          ///< empty = all
        std::optional<JournalId> behind; ///< catching up with the journal: the last entry it has
        bool wants(const QByteArray &type) const { return types.isEmpty() || types.contains(type); }
    };
    struct Touched {
        QSet<DeviceId> devices;
        QSet<PublicUserId> users;
        QSet<PushId> pushes;
        QSet<WakeId> wakes;
        QSet<FaultId> faults;
    };

    void open(const HttpCall &call, const HttpReply &reply);
    /// Sends what the reader missed, as much as it has room for; goes on when that has drained.
    void catchUp(Reader &reader);
    void publish(const QByteArray &type, quint64 id, const QJsonObject &data);
    bool hasReaders();
    void touch();
    void flush();

    Engine &m_engine;
    QVector<Reader> m_readers;
    Touched m_touched;
    TimerId m_timer = 0;
};

} // namespace reveille
