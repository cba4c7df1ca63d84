// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ids.h"
#include "domain/result.h"
#include "domain/timestamp.h"

#include <QHash>
#include <QString>

namespace reveille {

/// How much each initiator may ask of the external interface, and how often a stranger may guess. Bounded: what it
/// counts is forgotten as soon as it no longer matters. Server thread.
class InitiatorGuard
{
public:
    struct Limits {
        int perSecond = 0;       ///< pushes of one initiator; 0 = no limit. Twice as many may come at once
        qint64 perDay = 0;       ///< pushes of one initiator in a day, UTC; 0 = no limit
        int missesPerMinute = 60;  ///< targets named by one initiator that are not there
        int guessesPerMinute = 10; ///< wrong tokens from one address; bad signatures of one push resource from one address
    };
    /// Limits of an initiator's own; 0 = as of all.
    struct Own {
        int perSecond = 0;
        qint64 perDay = 0;
    };

    explicit InitiatorGuard(const Limits &limits) : m_limits(limits) {}

    /// To be asked before anything is looked up for the initiator: whoever named too many targets that are not there learns
    /// nothing for a while. Error misses-too-many; about = seconds to wait, at least 1.
    Result<Done> mayLook(const InitiatorId &initiator, Timestamp now);
    /// Counts `pushes` and lets them in, or none of them: pushes-too-fast, pushes-per-day; about as above.
    Result<Done> admit(const InitiatorId &initiator, int pushes, const Own &own, Timestamp now);
    /// Takes back what was admitted and then refused.
    void giveBack(const InitiatorId &initiator, int pushes);
    /// It named a target that is not there: an oracle costs time.
    void missed(const InitiatorId &initiator, Timestamp now);

    /// Whether a token that came from `source` (an address, or that and what the token is for) may count. After too many
    /// wrong ones none does for the rest of their minute, right or wrong: guesses-too-many (about = seconds to wait). Only
    /// `initiator`, whose token it is, is let through where it has been asking from there since before that minute: so who
    /// guesses cannot lock out those it shares an address with.
    Result<Done> mayProve(const QString &source, const InitiatorId &initiator, Timestamp now) const;
    /// It did, and was right.
    void proved(const QString &source, const InitiatorId &initiator, Timestamp now);
    /// It did, and was wrong.
    void guessed(const QString &source, Timestamp now);

    static constexpr int maxSources = 20000;  ///< further ones may guess uncounted
    static constexpr int maxRegulars = 20000; ///< further ones wait with those that guess
    static constexpr Milliseconds regularTime{24LL * 3600 * 1000}; ///< an initiator is one of its source's so long
    static constexpr qsizetype fewAccounts = 1000; ///< from so many on, those that no longer matter are looked for
    qsizetype accounts() const { return m_accounts.size(); }
    qsizetype sources() const { return m_sources.size(); }
    qsizetype regulars() const { return m_regulars.size(); }

private:
    /// Counts in a window that begins with the first.
    struct Count {
        Timestamp since;
        int count = 0;
    };
    struct Account {
        double tokens = 0;
        Timestamp filledAt;
        qint64 day = -1;     ///< since 1970
        qint64 today = 0;
        Count misses;
    };
    /// Of one initiator at one source.
    struct Regular {
        Timestamp since;
        Timestamp last;
    };
    Account &accountOf(const InitiatorId &initiator, Timestamp now);
    static Error wait(const char *code, Milliseconds time);

    Limits m_limits;
    QHash<InitiatorId, Account> m_accounts;
    qsizetype m_forgetAt = fewAccounts;
    QHash<QString, Count> m_sources;
    QHash<std::pair<QString, InitiatorId>, Regular> m_regulars;
    Timestamp m_regularsFullUntil;
};

} // namespace reveille
