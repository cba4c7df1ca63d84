// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/consoleprogram.h"
#include "models/sentences.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QTextStream>

using namespace reveille;

namespace {

int wrongUse(const QString &message)
{
    QTextStream(stderr) << "reveille: " << message << Qt::endl;
    return 2;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("reveille"));
    QApplication::setApplicationVersion(QStringLiteral(REVEILLE_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("org.reveille.Reveille"));

    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Push server with its console. Exit status: 0 ended, 1 failed, 2 wrong use."));
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();
    const QCommandLineOption profile(QStringLiteral("profile"), QStringLiteral("Keep data and layout under this name."),
                                     QStringLiteral("NAME"), QStringLiteral("default"));
    const QCommandLineOption config(QStringLiteral("config"), QStringLiteral("Configuration file (see default.conf)."), QStringLiteral("FILE"));
    const QCommandLineOption dataDir(QStringLiteral("data-dir"), QStringLiteral("Folder for database, token and layout."), QStringLiteral("DIR"));
    const QCommandLineOption demo(QStringLiteral("demo"), QStringLiteral("Serve on free ports with two users and six simulated devices. SCENARIO: pinhole."));
    const QCommandLineOption language(QStringLiteral("lang"), QStringLiteral("Language of the console: system, en, es."), QStringLiteral("LANG"));
    const QCommandLineOption set(QStringLiteral("set"), QStringLiteral("Override one key; may be repeated."), QStringLiteral("section/key=value"));
    parser.addOptions({profile, config, dataDir, demo, language, set});
    parser.addPositionalArgument(QStringLiteral("SCENARIO"), QStringLiteral("With --demo: which story (pinhole)."), QStringLiteral("[SCENARIO]"));
    if (!parser.parse(QCoreApplication::arguments()))
        return wrongUse(parser.errorText());
    if (parser.isSet(help))
        parser.showHelp(0);
    if (parser.isSet(version))
        parser.showVersion();
    const QStringList scenarios = parser.positionalArguments();
    if (!scenarios.isEmpty() && (!parser.isSet(demo) || scenarios != QStringList{QStringLiteral("pinhole")}))
        return wrongUse(QStringLiteral("not known: ") + scenarios.join(u' '));

    ConsoleOptions options;
    options.profile = parser.value(profile);
    options.configFile = parser.value(config);
    options.dataDir = parser.value(dataDir);
    options.overrides = parser.values(set);
    options.language = parser.value(language);
    options.demo = parser.isSet(demo);
    ConsoleProgram program(application, options);
    const Result<Done> started = program.start();
    if (!started)
        return wrongUse(Sentences::error(started.error()));
    return QApplication::exec();
}
