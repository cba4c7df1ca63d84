// SPDX-License-Identifier: GPL-3.0-or-later
#include "e2e/jsonprocess.h"
#include "support/testpaths.h"

#include <QJsonDocument>

namespace reveille {

JsonProcess::JsonProcess(const QString &program, QObject *parent)
    : QObject(parent)
    , m_program(program)
{
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &JsonProcess::read);
    connect(&m_process, &QProcess::readyReadStandardError, this,
            [this] { m_transcript += m_process.readAllStandardError(); });
}

JsonProcess::~JsonProcess()
{
    m_process.disconnect(this);
    if (m_process.state() != QProcess::NotRunning)
        kill();
}

bool JsonProcess::start(const QStringList &arguments)
{
    m_lines.clear();
    m_pending.clear();
    m_process.start(m_program.contains(u'/') ? m_program : builtProgram(m_program), arguments);
    return m_process.waitForStarted(10000);
}

void JsonProcess::kill()
{
    m_process.kill();
    m_process.waitForFinished(10000);
}

int JsonProcess::count(const char *event) const
{
    return int(all(event).size());
}

QJsonObject JsonProcess::last(const char *event) const
{
    const QVector<QJsonObject> found = all(event);
    return found.isEmpty() ? QJsonObject() : found.last();
}

QVector<QJsonObject> JsonProcess::all(const char *event) const
{
    QVector<QJsonObject> found;
    for (const QJsonObject &line : m_lines) {
        if (line.value(QStringLiteral("event")).toString() == QLatin1StringView(event))
            found.append(line);
    }
    return found;
}

void JsonProcess::read()
{
    const QByteArray octets = m_process.readAllStandardOutput();
    m_transcript += octets;
    m_pending += octets;
    for (qsizetype end = m_pending.indexOf('\n'); end >= 0; end = m_pending.indexOf('\n')) {
        const QJsonDocument line = QJsonDocument::fromJson(m_pending.left(end));
        if (line.isObject())
            m_lines.append(line.object());
        m_pending.remove(0, end + 1);
    }
}

} // namespace reveille
