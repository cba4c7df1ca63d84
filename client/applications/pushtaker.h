// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/pushinbox.h"

#include <QJsonObject>
#include <QObject>
#include <QProcess>
#include <QTimer>

#include <deque>
#include <functional>
#include <memory>
#include <vector>

namespace reveille {

/// Hands pushes to the program of the device's owner, one run for each, so many at a time: content on its standard input, facts in
/// its environment, no shell. Exit status 0 says that it has the push. Lives in its client's thread; gone with its parent,
/// and so are the programs.
class PushTaker : public QObject {
    Q_OBJECT
public:
    /// `program` with `arguments`; empty: every push is taken at once, as by an application that is built in.
    PushTaker(QString program, QStringList arguments, int mostRuns, QObject *parent = nullptr);
    ~PushTaker() override;

    /// `taken` is called once, where it is taken and where `parent` is there yet; by a program later.
    void take(const ReceivedPush &push, std::function<void()> taken);

    static constexpr size_t mostWaiting = 64; ///< pushes for a free run; further ones are not handed on, which is told
    static constexpr Milliseconds longestRun{60000}; ///< then it is ended
    static constexpr qsizetype longestFact = 512;    ///< characters

Q_SIGNALS:
    /// push-handed-on (clientevent.h): how the program ended.
    void happened(const QString &code, const QJsonObject &fields);

private:
    struct Job {
        ReceivedPush push;
        std::function<void()> taken;
    };
    struct Run {
        Job job;
        QProcess process;
        QTimer limit;
        qint64 group = 0; ///< process id, while it runs
    };
    void start(Job job);
    void ended(Run *run, const QJsonObject &how, bool isTaken);

    QString m_program;
    QStringList m_arguments;
    size_t m_most;
    std::deque<Job> m_waiting;
    std::vector<std::unique_ptr<Run>> m_runs;
};

} // namespace reveille
