// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QProcess>
#include <QVector>

namespace reveille {

/// A program that prints one JSON object per line, run for a test; ended with it. One of ours by name, others by path.
class JsonProcess : public QObject {
    Q_OBJECT
public:
    explicit JsonProcess(const QString &program, QObject *parent = nullptr);
    ~JsonProcess() override;

    /// False if it cannot be started.
    bool start(const QStringList &arguments);
    void write(const QByteArray &line) { m_process.write(line + '\n'); }
    void terminate() { m_process.terminate(); }
    void kill(); ///< SIGKILL, waited for
    bool isRunning() const { return m_process.state() == QProcess::Running; }
    int exitCode() const { return m_process.exitCode(); }
    qint64 processId() const { return m_process.processId(); }

    int count(const char *event) const;
    /// The last object with "event" of this name; empty where there is none.
    QJsonObject last(const char *event) const;
    QVector<QJsonObject> all(const char *event) const;
    /// Everything said so far, to show when a test fails.
    QByteArray transcript() const { return m_transcript; }

private:
    void read();

    QString m_program;
    QProcess m_process;
    QByteArray m_pending;
    QByteArray m_transcript;
    QVector<QJsonObject> m_lines;
};

} // namespace reveille
