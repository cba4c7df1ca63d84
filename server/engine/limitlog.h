// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/loggate.h"

#include <QLoggingCategory>
#include <QString>

#include <type_traits>

namespace reveille {

/// The line that a limit writes when it is reached: "limit NAME reached by PEER and N times before", ten a minute at most.
/// One for each limit, shared by all peers, so that nobody fills the log. NAME is the one in docs/limits.md. Any thread,
/// one at a time.
class LimitLog
{
public:
    using Category = const QLoggingCategory &(*)(); ///< as Q_LOGGING_CATEGORY makes it
    LimitLog(Category category, const char *limit, QtMsgType type = QtWarningMsg)
        : m_category(category), m_limit(limit), m_type(type)
    {
    }
    /// `peer`: its address, or something that makes it, which is asked for only where the line is written. No secrets.
    template <typename Peer>
    void reached(const Peer &peer)
    {
        const auto before = m_gate.pass();
        if (!before)
            return;
        if constexpr (std::is_invocable_v<Peer>)
            write(peer(), *before);
        else
            write(peer, *before);
    }

private:
    void write(const QString &peer, quint64 before) const
    {
        const QMessageLogger logger;
        const QLoggingCategory &category = m_category();
        QDebug line = m_type == QtDebugMsg  ? logger.debug(category)
                      : m_type == QtInfoMsg ? logger.info(category)
                                            : logger.warning(category);
        line.noquote() << "limit" << m_limit << "reached by" << peer << "and" << before << "times before";
    }

    Category m_category;
    const char *m_limit;
    QtMsgType m_type;
    LogGate m_gate;
};

} // namespace reveille
