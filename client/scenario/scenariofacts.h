// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/clientevent.h"

#include <QHash>
#include <QJsonObject>
#include <QSet>
#include <QStringList>

#include <deque>

namespace reveille {

/// Where what happens begins to count.
struct ScenarioMark {
    quint64 journal = 0; ///< the last entry before, by its id
    quint64 events = 0;  ///< how many had been heard
    quint64 wakes = 0;   ///< how many wake-ups had been seen
};

/// What is known of a server and of the devices and simulators around it, as a scenario sees it: the newest
/// of each device, push and wake-up, the journal, what was heard, the metrics. A value, filled by whoever
/// listens. One thread.
class ScenarioFacts {
public:
    /// One thing that happened to a device or a simulator, by its name in the scenario.
    struct Heard {
        QString by;
        ClientEvent event;
    };

    void takeDevice(const QJsonObject &device);
    void removeDevice(const QString &id) { m_devices.remove(id); }
    void takePush(const QJsonObject &push) { m_pushes.insert(push.value(u"id").toString(), push); }
    void takeWake(const QJsonObject &wake);
    /// Twice the same entry is once.
    void takeJournal(const QJsonObject &entry);
    void takeHeard(const QString &by, const ClientEvent &event);
    /// States that were told, but not what happened: the server is gone, or was not listened to.
    void forgetStates();
    void forgetMetrics() { m_metrics.clear(); }
    /// The text of GET /metrics.
    void takeMetrics(const QByteArray &text);

    QJsonObject device(const QString &id) const { return m_devices.value(id); }
    QJsonObject push(const QString &id) const { return m_pushes.value(id); }
    QJsonObject wake(const QString &id) const { return m_wakes.value(id); }
    /// The last that was begun, and seen first behind the mark; empty where there is none.
    QJsonObject newestWakeOf(const QString &device, const ScenarioMark &since = {}) const;
    /// Undefined where it is not there.
    QJsonValue metric(const QString &name) const;

    ScenarioMark mark() const
    {
        return {m_lastJournalId, m_heardGone + m_heard.size(), quint64(m_wakeNumbers.size())};
    }
    template <typename Visit>
    void eachJournal(const ScenarioMark &since, Visit visit) const
    {
        for (const QJsonObject &entry : m_journal) {
            if (quint64(entry.value(u"id").toInteger()) > since.journal)
                visit(entry);
        }
    }
    template <typename Visit>
    void eachHeard(const ScenarioMark &since, Visit visit) const
    {
        for (size_t i = behind(since.events, m_heardGone); i < m_heard.size(); ++i)
            visit(m_heard[i]);
    }
    /// The last entries of the journal about one of `devices` (empty: any) and the last that was heard by one
    /// of `names`, as lines in the order of their times.
    QStringList evidence(const QStringList &devices, const QStringList &names, int most) const;

    quint64 lastJournalId() const { return m_lastJournalId; }

    static constexpr size_t maxJournal = 50'000; ///< entries kept
    static constexpr size_t maxHeard = 200'000;  ///< events kept

private:
    static size_t behind(quint64 from, quint64 gone) { return size_t(from > gone ? from - gone : 0); }

    QHash<QString, QJsonObject> m_devices;
    QHash<QString, QJsonObject> m_pushes;
    QHash<QString, QJsonObject> m_wakes;
    QHash<QString, QStringList> m_wakesOf; ///< by device, in order of begin
    QHash<QString, quint64> m_wakeNumbers; ///< of every wake-up ever seen, in order of that
    std::deque<QJsonObject> m_journal;
    std::deque<Heard> m_heard;
    quint64 m_heardGone = 0;
    QSet<QString> m_seen; ///< entries of the journal, "ID TIME"
    quint64 m_lastJournalId = 0;
    QHash<QString, double> m_metrics;
};

/// "16:20:01.123 connection lost reason=pinhole_closed …" and the like, on one line.
QString scenarioLine(const QJsonObject &journalEntry);
QString scenarioLine(const ScenarioFacts::Heard &heard);

} // namespace reveille
