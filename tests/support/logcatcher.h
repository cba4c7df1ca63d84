// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLoggingCategory>
#include <QMutex>
#include <QStringList>
#include <QtGlobal>

namespace reveille {

/// Keeps the lines of the logging categories that begin so while it lives; they are printed all the same. One at a time. Any thread.
class LogCatcher
{
public:
    explicit LogCatcher(const char *category = "reveille.") : m_category(category)
    {
        QLoggingCategory::setFilterRules(QLatin1String(category) + QStringLiteral("*.debug=true"));
        s_catcher = this;
        s_previous = qInstallMessageHandler(&LogCatcher::handle);
    }
    ~LogCatcher()
    {
        qInstallMessageHandler(s_previous);
        s_catcher = nullptr;
        QLoggingCategory::setFilterRules({});
    }
    Q_DISABLE_COPY_MOVE(LogCatcher)

    QStringList lines() const
    {
        const QMutexLocker lock(&m_mutex);
        return m_lines;
    }
    /// Lines that say that this limit was reached by `peer`; any peer where that is empty.
    qsizetype reached(const QString &limit, const QString &peer = {}) const
    {
        return lines().filter(QStringLiteral("limit ") + limit + QStringLiteral(" reached by ")).filter(peer).size();
    }
    /// The same of a device on this machine, by its port.
    qsizetype reached(const QString &limit, quint16 port) const
    {
        return reached(limit, QStringLiteral(" 127.0.0.1:%1 and ").arg(port));
    }

private:
    static void handle(QtMsgType type, const QMessageLogContext &context, const QString &text)
    {
        if (s_catcher && context.category
            && qstrncmp(context.category, s_catcher->m_category, qstrlen(s_catcher->m_category)) == 0) {
            const QMutexLocker lock(&s_catcher->m_mutex);
            s_catcher->m_lines.append(text);
        }
        if (s_previous)
            s_previous(type, context, text);
    }

    static inline LogCatcher *s_catcher = nullptr;
    static inline QtMessageHandler s_previous = nullptr;
    const char *m_category;
    mutable QMutex m_mutex;
    QStringList m_lines;
};

} // namespace reveille
