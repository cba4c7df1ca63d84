// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"
#include "eventloop/epolldispatcher.h"
#include "pushserver.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSocketNotifier>
#include <QStandardPaths>
#include <QTextStream>

#include <csignal>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <unistd.h>

using namespace reveille;

namespace {

int signalDescriptor()
{
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGINT);
    sigprocmask(SIG_BLOCK, &ending, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    return signalfd(-1, &ending, SFD_CLOEXEC | SFD_NONBLOCK);
}

void printLine(const QJsonObject &object)
{
    QTextStream(stdout) << QJsonDocument(object).toJson(QJsonDocument::Compact) << Qt::endl;
}

int fail(const Error &error)
{
    QTextStream(stderr) << "reveilled: " << error.code << ": " << error.about << Qt::endl;
    return 1;
}

/// As many connections as the system allows, not as many as a shell happens to start with.
void raiseDescriptorLimit()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
}

} // namespace

int main(int argc, char **argv)
{
    const int ending = signalDescriptor(); // before any thread, so that every thread inherits the mask
    raiseDescriptorLimit();
    QCoreApplication::setEventDispatcher(new EpollDispatcher); // the application deletes it
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("reveille"));
    QCoreApplication::setApplicationVersion(QStringLiteral(REVEILLE_VERSION));

    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral(
        "Push server that wakes quiet devices. Prints one JSON line with every bound address once it serves;\n"
        "SIGTERM ends it cleanly. Exit status: 0 ended cleanly, 1 failed, 2 wrong use."));
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();
    const QCommandLineOption config(QStringLiteral("config"), QStringLiteral("Configuration file (see default.conf)."),
                                    QStringLiteral("FILE"));
    const QCommandLineOption dataDir(QStringLiteral("data-dir"), QStringLiteral("Folder for database and token."),
                                     QStringLiteral("DIR"),
                                     QStandardPaths::writableLocation(QStandardPaths::AppDataLocation));
    const QCommandLineOption set(QStringLiteral("set"), QStringLiteral("Override one key; may be repeated."),
                                 QStringLiteral("section/key=value"));
    const QCommandLineOption printKeys(QStringLiteral("print-keys"), QStringLiteral("List every configuration key."));
    parser.addOptions({config, dataDir, set, printKeys});
    if (!parser.parse(QCoreApplication::arguments()) || !parser.positionalArguments().isEmpty()) {
        QTextStream(stderr) << "reveilled: "
                            << (parser.errorText().isEmpty() ? QStringLiteral("no arguments are taken beside options")
                                                             : parser.errorText())
                            << Qt::endl;
        return 2;
    }
    if (parser.isSet(help))
        parser.showHelp(0);
    if (parser.isSet(version))
        parser.showVersion();
    if (parser.isSet(printKeys)) {
        QTextStream(stdout) << Config::knownKeys().join(u'\n') << Qt::endl;
        return 0;
    }

    const Result<Config> settings = Config::read(parser.value(config), parser.values(set));
    if (!settings)
        return fail(settings.error()) + 1;
    PushServer server(*settings, parser.value(dataDir));
    const Result<Done> started = server.start();
    if (!started)
        return fail(started.error());

    QJsonObject ready{{QStringLiteral("event"), QStringLiteral("ready")}, {QStringLiteral("pid"), qint64(getpid())}};
    const QMap<QString, QString> addresses = server.boundAddresses();
    for (auto it = addresses.cbegin(); it != addresses.cend(); ++it)
        ready.insert(it.key(), it.value());
    printLine(ready);

    QSocketNotifier notifier(ending, QSocketNotifier::Read);
    QObject::connect(&notifier, &QSocketNotifier::activated, &application, [&] {
        server.stop();
        QCoreApplication::quit();
    });
    return QCoreApplication::exec();
}
