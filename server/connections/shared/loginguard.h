// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/timestamp.h"

#include <QHash>
#include <QString>

namespace reveille {

/// Slows the guessing of passwords: after `limit` failures of one user from one address, that pair waits for
/// `pause`; the same user from elsewhere does not. Bounded. Server thread.
class LoginGuard {
public:
    LoginGuard(int limit, Milliseconds pause)
        : m_limit(limit)
        , m_pause(pause)
    {
    }

    bool mustWait(const QString &user, const QString &address, Timestamp now) const;
    void failed(const QString &user, const QString &address, Timestamp now);
    void succeeded(const QString &user, const QString &address);

    static constexpr int capacity = 20000; ///< pairs remembered

private:
    struct Failures {
        int count = 0;
        Timestamp last;
    };
    using Key = std::pair<QString, QString>;
    int m_limit;
    Milliseconds m_pause;
    QHash<Key, Failures> m_failures;
};

} // namespace reveille
