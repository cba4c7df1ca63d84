// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operations/ctl/ctlclient.h"

#include <QCommandLineOption>
#include <QCommandLineParser>
#include <QTextStream>

namespace reveille {

/// What every command has at hand.
struct CtlContext {
    CtlClient &client;
    const QCommandLineParser &options;
    QStringList arguments;
    bool json = false;
    QTextStream &out;
    QTextStream &err;

    /// One JSON document on one line.
    void print(const QJsonObject &object) const;
    /// Writes why to the error stream; the exit status 1.
    int fail(const CtlFailure &failure) const;
    /// The same for words that make no sense; the exit status 2.
    int misused(const QString &why) const;
};

/// One word, or two ("user add"), of the command line.
struct CtlCommand {
    QString name;
    QString arguments; ///< as shown: "TO [TEXT]"
    QString summary;
    int fewest = 0;
    int most = 0; ///< positional arguments
    QList<QCommandLineOption> options;
    std::function<int(const CtlContext &)> run;
    QString more{}; ///< stands at the end of its help
    bool isLocal = false; ///< asks no server by itself, so that neither URL nor token are looked for
};

QList<CtlCommand> serverCommands(); ///< status, metrics, watch, journal, initiator …
QList<CtlCommand> userCommands();   ///< users, user …
QList<CtlCommand> subscriberCommands(); ///< import, export
QList<CtlCommand> deviceCommands(); ///< devices, device …
QList<CtlCommand> pathCommands();   ///< history, networks, network …
QList<CtlCommand> pushCommands();   ///< push, pushes, explain
QList<CtlCommand> wakeCommands();   ///< wake, show, cancel
QList<CtlCommand> webPushCommands(); ///< webpush …
QList<CtlCommand> bearerCommands(); ///< bearers, bearers test
QList<CtlCommand> faultCommands(); ///< faults …
QList<CtlCommand> scenarioCommands(); ///< scenario …

/// The whole program: finds the command, reads its options, runs it. Exit status 0 done, 1 failed, 2 wrong
/// use.
int runReveillectl(const QStringList &words, QTextStream &out, QTextStream &err);

} // namespace reveille
