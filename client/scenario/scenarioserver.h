// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"

#include <QByteArray>
#include <QObject>
#include <QStringList>
#include <QUrl>

namespace reveille {

/// The server a scenario is played with, as the runner sees it: something that can be reached over the
/// operations interface, and perhaps started and ended. Every order returns at once. Thread of the runner.
class ScenarioServer : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// Made for the scenario: it takes settings, can be ended, killed and started again, and nothing of it is
    /// needed afterwards. Another one is left as it was found, and only start() and stop() are called once.
    virtual bool isOwn() const = 0;
    /// `settings`: "section/key=value"; of an own server only. The second time it comes up with the same
    /// settings, data and addresses, whatever is given. Answered by ready() or failed().
    virtual void start(const QStringList &settings) = 0;
    /// Cleanly. Answered by ended().
    virtual void stop() = 0;
    /// Without a chance to put anything away (SIGKILL). Answered by ended().
    virtual void kill() = 0;

    virtual QUrl operations() const = 0; ///< "http://127.0.0.1:8081", once ready
    virtual QByteArray token() const = 0;
    /// The last it wrote to its log, for reports; empty where that is not known.
    virtual QString logEnd() const { return {}; }

Q_SIGNALS:
    void ready();
    void ended();
    /// It does not come up, or is gone without being told to: codes server-missing (about: the program),
    /// server-start (what it said), server-ended (exit code), server-unreachable.
    void failed(const reveille::Error &error);
};

} // namespace reveille
