// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/faultrule.h"
#include "domain/journalentry.h"
#include "engine/clock.h"
#include "engine/journal.h"

#include <QObject>

#include <unordered_map>

namespace reveille {

/// The faults that staff have put in the way, asked where a WakeMessage goes to its bearer and a push to its connection. Kept
/// in memory only: they end with the server, and each has its own end before that. Whoever asks writes into the journal what
/// struck; beginning and end are written here. Server thread.
class FaultPlan : public QObject
{
    Q_OBJECT
public:
    struct Settings {
        bool allowed = true;
        int maxRules = 100;                      ///< in force at a time
        int maxHeld = 10000;                     ///< messages held back at a time; beyond that nothing is struck
        Milliseconds longestLife{24 * 3600 * 1000};
        Milliseconds silence{8000};              ///< after which a push that was dropped counts as unanswered
        std::function<int()> roll{};             ///< 1 to 100; empty = chance
    };
    static constexpr Milliseconds defaultLife{3600 * 1000};

    FaultPlan(Clock &clock, Timers &timers, Journal &journal, Settings settings, QObject *parent = nullptr);
    ~FaultPlan() override;

    /// Puts a rule in force for `life`; id, times and counters are set here. Errors faults-not-allowed, faults-too-many,
    /// fault-life (none, or too long), those of checkFault().
    Result<FaultId> add(FaultRule rule, Milliseconds life);
    /// Ends it; what it holds back goes on its way at once, also where it has ended by itself. Error fault-unknown: neither in
    /// force nor holding anything back.
    Result<Done> remove(const FaultId &id);
    /// Ends all, and lets everything go that is held back; returns how many there were.
    int clear();
    const QVector<FaultRule> &rules() const { return m_rules; } ///< in force, oldest first
    std::optional<FaultRule> rule(const FaultId &id) const;
    bool isAllowed() const { return m_settings.allowed; }
    qint64 struck() const { return m_struck; } ///< by all there ever were
    Timestamp nextEnd() const;                 ///< not set where no rule is in force
    Milliseconds silence() const { return m_settings.silence; }

    /// The rule that strikes this message, counted as struck; none: let it go on its way.
    std::optional<FaultRule> strike(const FaultSubject &subject);
    /// Calls `action` once, later: after `delay`, or when the rule is ended by staff. Never once this object is gone. The
    /// number is for drop(), never 0.
    quint64 hold(const FaultId &id, Milliseconds delay, std::function<void()> action);
    /// What is held under this number is not needed any more, and its action is not called; nothing where it was.
    void drop(quint64 number);
    /// Fields of the journal row "fault-struck".
    static QVector<std::pair<QString, QString>> fieldsOf(const FaultRule &rule);

Q_SIGNALS:
    /// It began, struck, or is gone.
    void changed(const reveille::FaultId &id);

private:
    struct Held {
        FaultId rule;
        TimerId timer = 0;
        std::function<void()> action;
    };
    void end(qsizetype index, const char *why);
    void armExpiry();
    void expire();
    int releaseIf(const std::function<bool(const Held &)> &chosen);
    void letGo(quint64 number);
    void note(const FaultRule &rule, const QString &event, const QVector<std::pair<QString, QString>> &more);

    Clock &m_clock;
    Timers &m_timers;
    Journal &m_journal;
    Settings m_settings;
    QVector<FaultRule> m_rules;
    std::unordered_map<quint64, Held> m_held;
    quint64 m_lastHeld = 0;
    qint64 m_struck = 0;
    TimerId m_expiry = 0;
};

} // namespace reveille
