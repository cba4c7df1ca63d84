// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/applications/applicationrun.h"

#include <QJsonDocument>

#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>
#include <utility>

using namespace Qt::StringLiterals;

namespace reveille {

ApplicationRun::ApplicationRun(int id, ClientApplication application, QObject *parent)
    : QObject(parent)
    , m_id(id)
    , m_application(std::move(application))
{
    m_end.setSingleShot(true);
    m_kill.setSingleShot(true);
    connect(&m_end, &QTimer::timeout, this, [this] {
        m_timedOut = true;
        end();
    });
    connect(&m_kill, &QTimer::timeout, this, [this] { signalAll(SIGKILL); });
    m_process.setStandardInputFile(QProcess::nullDevice());
    m_process.setChildProcessModifier([] {
        ::setsid();
        ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    });
    connect(&m_process, &QProcess::started, this, &ApplicationRun::onStarted);
    connect(&m_process, &QProcess::errorOccurred, this, &ApplicationRun::onFailed);
    connect(&m_process, &QProcess::finished, this, &ApplicationRun::onFinished);
    connect(&m_process, &QProcess::readyReadStandardOutput, this,
            [this] { read(m_output, m_process.readAllStandardOutput()); });
    connect(&m_process, &QProcess::readyReadStandardError, this,
            [this] { read(m_errors, m_process.readAllStandardError()); });
}

ApplicationRun::~ApplicationRun()
{
    m_process.disconnect(this);
    signalAll(SIGKILL);
}

void ApplicationRun::start(const ApplicationFacts &facts)
{
    m_process.setProcessEnvironment(
        environmentOf(m_application, facts, QProcessEnvironment::systemEnvironment()));
    m_end.start(m_application.longestRun);
    m_process.start(m_application.program, argumentsOf(m_application, facts));
}

void ApplicationRun::end()
{
    signalAll(SIGTERM);
    m_kill.start(endingTime);
}

void ApplicationRun::signalAll(int signal)
{
    if (m_group > 0)
        ::kill(-pid_t(m_group), signal);
}

void ApplicationRun::onStarted()
{
    m_group = m_process.processId();
    if (m_kill.isActive())
        signalAll(SIGTERM);
    Q_EMIT happened(u"application-started"_s, fields({{u"pid"_s, m_group}}));
}

void ApplicationRun::onFailed(QProcess::ProcessError error)
{
    if (error != QProcess::FailedToStart)
        return;
    m_end.stop();
    Q_EMIT happened(u"application-failed"_s, fields({{u"reason"_s, u"not-started"_s}}));
    Q_EMIT ended();
}

void ApplicationRun::onFinished(int code, QProcess::ExitStatus status)
{
    m_end.stop();
    m_kill.stop();
    signalAll(SIGKILL); // what it has left behind
    m_group = 0;
    for (Stream *stream : {&m_output, &m_errors}) {
        if (!stream->pending.isEmpty() && !stream->skipping)
            takeLine(*stream, std::exchange(stream->pending, {}));
    }
    QJsonObject said{{u"timed_out"_s, m_timedOut}, {u"dropped"_s, m_dropped}};
    said.insert(status == QProcess::NormalExit ? u"exit_code"_s : u"signal"_s, code);
    Q_EMIT happened(u"application-ended"_s, fields(said));
    Q_EMIT ended();
}

void ApplicationRun::read(Stream &stream, const QByteArray &octets)
{
    qsizetype from = 0;
    while (from < octets.size()) {
        const qsizetype newline = octets.indexOf('\n', from);
        const qsizetype end = newline < 0 ? octets.size() : newline;
        if (!stream.skipping)
            stream.pending += octets.mid(from, std::min(end - from, longestLine + 1 - stream.pending.size()));
        if (!stream.skipping && stream.pending.size() > longestLine) {
            stream.pending.truncate(longestLine);
            takeLine(stream, std::exchange(stream.pending, {}));
            stream.skipping = true;
        }
        if (newline < 0)
            return;
        if (!std::exchange(stream.skipping, false))
            takeLine(stream, std::exchange(stream.pending, {}));
        from = newline + 1;
    }
}

void ApplicationRun::takeLine(const Stream &stream, const QByteArray &line)
{
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    if (&stream == &m_output && object.value(u"information"_s).isObject())
        Q_EMIT informed(object.value(u"information"_s).toObject());
    if (m_lines >= mostLines) {
        ++m_dropped;
        return;
    }
    ++m_lines;
    QJsonObject said{{u"stream"_s, QString::fromLatin1(stream.name)}};
    if (object.isEmpty())
        said.insert(u"line"_s, QString::fromUtf8(line));
    else
        said.insert(u"said"_s, object);
    Q_EMIT happened(u"application-output"_s, fields(said));
}

QJsonObject ApplicationRun::fields(QJsonObject more) const
{
    more.insert(u"application"_s, m_application.name);
    more.insert(u"run"_s, m_id);
    return more;
}

} // namespace reveille
