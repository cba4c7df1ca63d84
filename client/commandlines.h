// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace reveille {

/// On standard output, at once.
void printLine(const QByteArray &line);

/// What people and scripts tell a program while it runs: lines on a file descriptor, and SIGTERM and SIGINT.
/// The end of the lines is not the end of the program; the last one needs no newline. Main thread; one per
/// process, because signals are.
class CommandLines : public QObject {
    Q_OBJECT
public:
    explicit CommandLines(int from, qsizetype longest, QObject *parent = nullptr);
    ~CommandLines() override;

Q_SIGNALS:
    void lineRead(const QByteArray &line); ///< without white space at its ends, never empty
    void lineTooLong();                    ///< it is skipped up to its end
    void endAsked();                       ///< by a signal

private:
    void read();
    void readSignal();

    qsizetype m_longest;
    QByteArray m_pending;
    bool m_skipping = false;
    QSocketNotifier m_lines;
    std::unique_ptr<QSocketNotifier> m_signals;
};

} // namespace reveille
