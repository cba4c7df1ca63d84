// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/scenario/scenariolibrary.h"
#include "gui/consoleprogram.h"
#include "models/sentences.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QTextStream>

#include <algorithm>
#include <memory>
#include <sys/resource.h>

using namespace reveille;

namespace {

int wrongUse(const QString &message)
{
    QTextStream(stderr) << "reveille: " << message << Qt::endl;
    return 2;
}

/// Help and version are for people without a display too.
bool onlyAsks(int argc, char **argv)
{
    return std::any_of(argv + 1, argv + argc, [](const char *argument) {
        const QByteArrayView text(argument);
        return text == "--help" || text == "-h" || text == "--help-all" || text == "--version" || text == "-v";
    });
}

/// Qt would abort; a person wants to hear what to do.
bool hasDisplay(int argc, char **argv)
{
    for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}) {
        if (!qEnvironmentVariableIsEmpty(name))
            return true;
    }
    return std::any_of(argv + 1, argv + argc, [](const char *argument) { return QByteArrayView(argument) == "-platform"; });
}

/// Each device of a scenario takes some descriptors, and the usual bound of a shell is 1,024.
void raiseDescriptorLimit()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
}

std::unique_ptr<QCoreApplication> makeApplication(int &argc, char **argv)
{
    if (onlyAsks(argc, argv))
        return std::make_unique<QCoreApplication>(argc, argv);
    return hasDisplay(argc, argv) ? std::make_unique<QApplication>(argc, argv) : nullptr;
}

} // namespace

int main(int argc, char **argv)
{
    const std::unique_ptr<QCoreApplication> application = makeApplication(argc, argv);
    if (!application) {
        QTextStream(stderr) << "reveille: there is no display. Without one, the same server is reveilled." << Qt::endl;
        return 1;
    }
    QApplication::setApplicationName(QStringLiteral("reveille"));
    QApplication::setApplicationVersion(QStringLiteral(REVEILLE_VERSION));
    if (qobject_cast<QApplication *>(application.get()))
        QApplication::setDesktopFileName(QStringLiteral("org.reveille.Reveille"));

    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Push server with its console. Exit status: 0 ended, 1 failed, 2 wrong use."));
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();
    const QCommandLineOption profile(QStringLiteral("profile"), QStringLiteral("Keep data and layout under this name."),
                                     QStringLiteral("NAME"), QStringLiteral("default"));
    const QCommandLineOption config(QStringLiteral("config"), QStringLiteral("Configuration file (see default.conf)."), QStringLiteral("FILE"));
    const QCommandLineOption dataDir(QStringLiteral("data-dir"), QStringLiteral("Folder for database, token and layout."), QStringLiteral("DIR"));
    const QCommandLineOption demo(QStringLiteral("demo"), QStringLiteral("Serve on free ports with two users and six simulated devices, and show scenarios to play."));
    const QCommandLineOption language(QStringLiteral("lang"), QStringLiteral("Language of the console: system, en, es."), QStringLiteral("LANG"));
    const QCommandLineOption set(QStringLiteral("set"), QStringLiteral("Override one key; may be repeated."), QStringLiteral("section/key=value"));
    parser.addOptions({profile, config, dataDir, demo, language, set});
    parser.addPositionalArgument(QStringLiteral("SCENARIO"), QStringLiteral("With --demo: which to show, by file or name (reveillectl scenario list)."), QStringLiteral("[SCENARIO]"));
    if (!parser.parse(QCoreApplication::arguments()))
        return wrongUse(parser.errorText());
    if (parser.isSet(help))
        parser.showHelp(0);
    if (parser.isSet(version))
        parser.showVersion();
    const QStringList scenarios = parser.positionalArguments();
    if (scenarios.size() > 1 || (!scenarios.isEmpty() && !parser.isSet(demo)))
        return wrongUse(QStringLiteral("not known: ") + scenarios.join(u' '));
    if (!scenarios.isEmpty() && scenarioPath(scenarios.first()).isEmpty())
        return wrongUse(QStringLiteral("there is no file and no scenario %1; there are: %2").arg(scenarios.first(), shippedScenarios().join(QStringLiteral(", "))));

    ConsoleOptions options;
    options.profile = parser.value(profile);
    options.configFile = parser.value(config);
    options.dataDir = parser.value(dataDir);
    options.overrides = parser.values(set);
    options.language = parser.value(language);
    options.demo = parser.isSet(demo);
    options.scenario = scenarios.value(0);
    auto *gui = qobject_cast<QApplication *>(application.get());
    if (!gui)
        return wrongUse(QStringLiteral("--help and --version stand alone"));
    raiseDescriptorLimit();
    ConsoleProgram program(*gui, options);
    const Result<Done> started = program.start();
    if (!started)
        return wrongUse(Sentences::error(started.error()));
    return QApplication::exec();
}
