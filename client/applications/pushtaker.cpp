// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/applications/pushtaker.h"

#include "client/applications/applicationfacts.h"

#include <algorithm>
#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>
#include <utility>

using namespace Qt::StringLiterals;

namespace reveille {
namespace {

/// Chosen by somebody on the network: printable and short, and nothing but a value.
QString plain(QString text)
{
    text.truncate(PushTaker::longestFact);
    text.removeIf([](QChar c) { return !c.isPrint(); });
    return text;
}

QProcessEnvironment environmentFor(const ReceivedPush &push)
{
    QProcessEnvironment environment = plainEnvironment(QProcessEnvironment::systemEnvironment());
    environment.insert(u"REVEILLE_PUSH"_s, plain(push.id));
    environment.insert(u"REVEILLE_APPLICATION"_s, plain(push.application));
    environment.insert(u"REVEILLE_SESSION"_s, plain(push.session));
    environment.insert(u"REVEILLE_CONTENT_TYPE"_s, plain(push.contentType));
    environment.insert(u"REVEILLE_CONTENT_ENCODING"_s, plain(push.contentEncoding));
    return environment;
}

void endGroup(qint64 group)
{
    if (group > 0)
        ::kill(-pid_t(group), SIGKILL);
}

} // namespace

PushTaker::PushTaker(QString program, QStringList arguments, int mostRuns, QObject *parent)
    : QObject(parent)
    , m_program(std::move(program))
    , m_arguments(std::move(arguments))
    , m_most(size_t(std::max(1, mostRuns)))
{
}

PushTaker::~PushTaker()
{
    for (const auto &run : m_runs) {
        run->process.disconnect(this);
        endGroup(run->group);
    }
}

void PushTaker::take(const ReceivedPush &push, std::function<void()> taken)
{
    if (m_program.isEmpty())
        return taken();
    if (m_runs.size() < m_most)
        return start({push, std::move(taken)});
    if (m_waiting.size() < mostWaiting) {
        m_waiting.push_back({push, std::move(taken)});
        return;
    }
    Q_EMIT happened(u"push-handed-on"_s, {{u"push"_s, push.id}, {u"reason"_s, u"too-many"_s}});
}

void PushTaker::start(Job job)
{
    Run *run = m_runs.emplace_back(std::make_unique<Run>()).get();
    run->job = std::move(job);
    QProcess &process = run->process;
    process.setProcessEnvironment(environmentFor(run->job.push));
    process.setStandardOutputFile(QProcess::nullDevice());
    process.setStandardErrorFile(QProcess::nullDevice());
    process.setChildProcessModifier([] {
        ::setsid();
        ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    });
    connect(&process, &QProcess::started, this, [run] {
        run->group = run->process.processId();
        run->process.write(run->job.push.body);
        run->process.closeWriteChannel();
    });
    connect(&process, &QProcess::errorOccurred, this, [this, run](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            ended(run, {{u"reason"_s, u"not-started"_s}}, false);
    });
    connect(&process, &QProcess::finished, this, [this, run](int code, QProcess::ExitStatus status) {
        const bool isNormal = status == QProcess::NormalExit;
        ended(run, {{isNormal ? u"exit_code"_s : u"signal"_s, code}}, isNormal && code == 0);
    });
    run->limit.setSingleShot(true);
    connect(&run->limit, &QTimer::timeout, this, [run] { endGroup(run->group); });
    run->limit.start(longestRun);
    process.start(m_program, m_arguments);
}

void PushTaker::ended(Run *run, const QJsonObject &how, bool isTaken)
{
    QJsonObject fields = how;
    fields.insert(u"push"_s, run->job.push.id);
    const std::function<void()> taken = std::move(run->job.taken);
    // Not from within its own signal.
    run->process.disconnect(this);
    run->limit.stop();
    endGroup(std::exchange(run->group, 0)); // what it has left behind
    QMetaObject::invokeMethod(
        this,
        [this, run] {
            std::erase_if(m_runs, [run](const auto &one) { return one.get() == run; });
            if (m_waiting.empty() || m_runs.size() >= m_most)
                return;
            Job next = std::move(m_waiting.front());
            m_waiting.pop_front();
            start(std::move(next));
        },
        Qt::QueuedConnection);
    Q_EMIT happened(u"push-handed-on"_s, fields);
    if (isTaken)
        taken();
}

} // namespace reveille
