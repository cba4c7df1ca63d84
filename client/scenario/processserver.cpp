// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/scenario/processserver.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>

#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace reveille {

namespace {

constexpr qsizetype longestLine = 64 * 1024;
constexpr qint64 shownLog = 4096;

/// "bearer" facts aside, what the ready line names is "SECTION_KEY"; sections may have a _ themselves.
const QStringList &listeners()
{
    static const QStringList keys{u"sip/udp"_s,       u"sip/tcp"_s,        u"sip/tls"_s,
                                  u"msrp/tcp"_s,      u"msrp/tls"_s,       u"ota_http/tcp"_s,
                                  u"ota_http/tls"_s,  u"datagram/coap"_s,  u"datagram/dtls"_s,
                                  u"triggers/http"_s, u"triggers/https"_s, u"operations/http"_s};
    return keys;
}

} // namespace

ProcessServer::ProcessServer(const QString &keepIn, QObject *parent)
    : ScenarioServer(parent)
{
    if (keepIn.isEmpty()) {
        m_temporary.emplace();
        m_folder = m_temporary->path();
    } else {
        m_folder = keepIn;
    }
    m_patience.setSingleShot(true);
    m_process.setChildProcessModifier([] {
        ::setpgid(0, 0); // Ctrl+C ends the scenario, which ends the server
        ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    });
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &ProcessServer::read);
    connect(&m_process, &QProcess::finished, this, &ProcessServer::onFinished);
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            fail("server-missing", m_process.program());
    });
    connect(&m_patience, &QTimer::timeout, this, [this] {
        if (!m_ending)
            fail("server-start", logEnd());
        m_process.kill();
    });
}

ProcessServer::~ProcessServer()
{
    m_process.disconnect(this);
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.kill();
    m_process.waitForFinished(endTime);
}

QString ProcessServer::program()
{
    const QString beside = QCoreApplication::applicationDirPath() + u"/reveilled"_s;
    return QFileInfo(beside).isExecutable() ? beside : QStandardPaths::findExecutable(u"reveilled"_s);
}

void ProcessServer::start(const QStringList &settings)
{
    const QString path = program();
    if (path.isEmpty() || !QDir().mkpath(m_folder + u"/data"_s))
        return fail("server-missing", path.isEmpty() ? u"reveilled"_s : m_folder);
    if (m_addresses.isEmpty())
        m_settings = settings;
    QStringList arguments{u"--data-dir"_s, m_folder + u"/data"_s, u"--set"_s, u"server/ports=any"_s};
    for (const QString &setting : m_settings + m_addresses)
        arguments << u"--set"_s << setting;
    m_ending = false;
    m_isReady = false;
    m_pending.clear();
    m_process.setStandardErrorFile(m_folder + u"/server.log"_s, QIODevice::Append);
    m_process.start(path, arguments, QIODevice::ReadOnly);
    m_patience.start(readyTime);
}

void ProcessServer::stop()
{
    m_ending = true;
    if (m_process.state() == QProcess::NotRunning) {
        QMetaObject::invokeMethod(this, &ScenarioServer::ended, Qt::QueuedConnection);
        return;
    }
    m_process.terminate();
    m_patience.start(endTime);
}

void ProcessServer::kill()
{
    m_ending = true;
    if (m_process.state() == QProcess::NotRunning)
        QMetaObject::invokeMethod(this, &ScenarioServer::ended, Qt::QueuedConnection);
    else
        m_process.kill();
}

QString ProcessServer::logEnd() const
{
    QFile file(m_folder + u"/server.log"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    file.seek(qMax<qint64>(0, file.size() - shownLog));
    return QString::fromUtf8(file.read(shownLog)).trimmed();
}

void ProcessServer::read()
{
    m_pending += m_process.readAllStandardOutput();
    for (qsizetype end = m_pending.indexOf('\n'); end >= 0; end = m_pending.indexOf('\n')) {
        takeReady(m_pending.first(end));
        m_pending.remove(0, end + 1);
    }
    if (m_pending.size() > longestLine)
        m_pending.clear();
}

void ProcessServer::takeReady(const QByteArray &line)
{
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    if (m_isReady || object.value(u"event"_s).toString() != u"ready")
        return;
    m_isReady = true;
    m_patience.stop();
    m_operations = QUrl(u"http://"_s + object.value(u"operations_http"_s).toString());
    if (m_addresses.isEmpty()) {
        for (const QString &key : listeners()) {
            const QString bound = object.value(QString(key).replace(u'/', u'_')).toString();
            if (!bound.isEmpty())
                m_addresses.append(key + u'=' + bound);
        }
    }
    QFile token(m_folder + u"/data/operations.token"_s);
    if (!token.open(QIODevice::ReadOnly))
        return fail("server-start", token.fileName());
    m_token = token.read(longestLine).trimmed();
    Q_EMIT ready();
}

void ProcessServer::onFinished(int exitCode, QProcess::ExitStatus status)
{
    m_patience.stop();
    if (m_ending)
        Q_EMIT ended();
    else if (!m_isReady) fail("server-start", logEnd());
    else fail("server-ended", status == QProcess::CrashExit ? u"signal"_s : QString::number(exitCode));
}

void ProcessServer::fail(const char *code, const QString &about)
{
    m_patience.stop();
    m_ending = true; // what ends now ends because of this
    QMetaObject::invokeMethod(
        this,
        [this, error = Error{code, about}] {
            Q_EMIT failed(error);
        },
        Qt::QueuedConnection);
}

} // namespace reveille
