// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/timestamp.h"
#include "engine/limitlog.h"

#include <QHash>
#include <QString>

namespace reveille {

/// Slows the guessing of passwords: after `limit` failures of one user from one address, that pair waits for
/// `pause`; the same user from elsewhere does not. Bounded. Server thread.
class LoginGuard {
public:
    /// `pairs`: how many are remembered; beyond that those are forgotten that do not have to wait, and then all.
    LoginGuard(int limit, Milliseconds pause, int pairs, LimitLog::Category category)
        : m_limit(limit)
        , m_pause(pause)
        , m_pairs(pairs)
        , m_waitLog(category, "loginFailures")
        , m_fullLog(category, "loginPairs")
    {
    }

    bool mustWait(const QString &user, const QString &address, Timestamp now);
    void failed(const QString &user, const QString &address, Timestamp now);
    void succeeded(const QString &user, const QString &address);

private:
    struct Failures {
        int count = 0;
        Timestamp last;
    };
    using Key = std::pair<QString, QString>;
    int m_limit;
    Milliseconds m_pause;
    int m_pairs;
    LimitLog m_waitLog, m_fullLog;
    QHash<Key, Failures> m_failures;
};

} // namespace reveille
