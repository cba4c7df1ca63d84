// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QTest>

#include <unistd.h>

/// A process with a store of its own, for what one process cannot do to itself: die, or be another user.
/// "storehelper open FILE" prints helperOpened, or the code and subject of the error, and ends.
/// "storehelper write FILE PREFIX" prints helperOpened, then commits pushes for ever, printing each id once
/// it is durable.
inline constexpr const char *helperOpened = "opened";

class StoreHelper {
public:
    /// `asNobody`: without the rights of root, where the test has them.
    explicit StoreHelper(const QStringList &arguments, bool asNobody = false)
    {
        if (asNobody && ::geteuid() == 0)
            m_process.setChildProcessModifier([] {
                if (::setgid(65534) != 0 || ::setuid(65534) != 0)
                    ::_exit(3);
            });
        m_process.setProcessChannelMode(QProcess::SeparateChannels);
        m_process.start(QStringLiteral(STORE_HELPER), arguments);
    }
    ~StoreHelper() { kill(); }

    qint64 pid() const { return m_process.processId(); }
    /// The next whole line; empty when the process ended.
    QByteArray line()
    {
        while (!m_process.canReadLine()) {
            if (!m_process.waitForReadyRead(30000) && !m_process.canReadLine())
                return {};
        }
        return m_process.readLine().trimmed();
    }
    /// Dies at once, as with kill -9; what it had printed by then.
    QList<QByteArray> kill()
    {
        m_process.kill();
        m_process.waitForFinished();
        QList<QByteArray> lines;
        while (m_process.canReadLine())
            lines.append(m_process.readLine().trimmed());
        return lines;
    }

private:
    QProcess m_process;
};
