// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/ctl/ctlshared.h"
#include "operations/ctl/ctltable.h"
#include "operations/ctl/sentences.h"
#include "operations/operationstoken.h"

#include <QJsonDocument>
#include <QStandardPaths>

#include <algorithm>
#include <optional>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

using Words = CtlWords;

constexpr auto defaultUrl = "http://127.0.0.1:8081";

QList<CtlCommand> allCommands()
{
    return serverCommands() + userCommands() + subscriberCommands() + deviceCommands() + pathCommands() +
           pushCommands() + webPushCommands() + wakeCommands() + bearerCommands() + faultCommands() +
           scenarioCommands();
}

QList<QCommandLineOption> commonOptions()
{
    return {
        {u"url"_s,
         Words::tr("Operations address of the server (REVEILLE_URL, %1)").arg(QLatin1StringView(defaultUrl)),
         u"URL"_s},
        {u"data-dir"_s, Words::tr("Data folder of the server, for its token"), u"DIR"_s},
        {u"token-file"_s, Words::tr("File with the token; REVEILLE_TOKEN may hold the token itself"),
         u"FILE"_s},
        {u"json"_s, Words::tr("Prints JSON as the server answers it")},
        {{u"h"_s, u"help"_s}, Words::tr("Help, of a command where one is given")},
        {{u"v"_s, u"version"_s}, Words::tr("Version")}};
}

/// To find the command among the words, every option has to be known; one name means the same with all
/// commands.
QList<QCommandLineOption> everyOption()
{
    QList<QCommandLineOption> every = commonOptions();
    for (const CtlCommand &command : allCommands()) {
        for (const QCommandLineOption &option : command.options) {
            const auto same = [&](const QCommandLineOption &known) {
                return known.names() == option.names();
            };
            if (std::none_of(every.begin(), every.end(), same))
                every.append(option);
        }
    }
    return every;
}

QString overview()
{
    QString text = Words::tr("Usage: reveillectl [OPTION…] COMMAND [ARGUMENT…]\n\n"
                             "Looks after a running Reveille server.\n\nCommands:\n");
    const QList<CtlCommand> commands = allCommands();
    qsizetype width = 0;
    for (const CtlCommand &command : commands)
        width = qMax(width, command.name.size() + command.arguments.size() + 1);
    for (const CtlCommand &command : commands)
        text += u"  "_s + (command.name + u' ' + command.arguments).leftJustified(width + 2) +
                command.summary + u'\n';
    text += Words::tr("\nOptions of every command:\n");
    for (const QCommandLineOption &option : commonOptions()) {
        const QString name = u"--"_s + option.names().last() +
                             (option.valueName().isEmpty() ? QString() : u' ' + option.valueName());
        text += u"  "_s + name.leftJustified(width + 2) + option.description() + u'\n';
    }
    return text +
           Words::tr(
               "\nreveillectl COMMAND --help tells more. Exit status: 0 done, 1 failed, 2 wrong use.\n");
}

QString helpOf(const CtlCommand &command)
{
    QString text = Words::tr("Usage: reveillectl %1 [OPTION…] %2\n\n%3\n\nOptions:\n")
                       .arg(command.name, command.arguments, command.summary);
    for (const QCommandLineOption &option : command.options + commonOptions()) {
        const QString name = u"--"_s + option.names().last() +
                             (option.valueName().isEmpty() ? QString() : u' ' + option.valueName());
        text += u"  "_s + name.leftJustified(32) + u' ' + option.description() + u'\n';
    }
    return command.more.isEmpty() ? text : text + u'\n' + command.more;
}

/// The command named by the first words that are no options; takes those words away.
std::optional<CtlCommand> takeCommand(QStringList &arguments)
{
    for (const CtlCommand &command : allCommands()) {
        const QStringList words = command.name.split(u' ');
        if (arguments.size() >= words.size() && arguments.first(words.size()) == words) {
            arguments.remove(0, words.size());
            return command;
        }
    }
    return {};
}

QUrl urlOf(const QCommandLineParser &options)
{
    QString text = options.value(u"url"_s);
    if (text.isEmpty())
        text = qEnvironmentVariable("REVEILLE_URL", QString::fromLatin1(defaultUrl));
    return QUrl(text.contains(u"://") ? text : u"http://"_s + text, QUrl::StrictMode);
}

int misuse(QTextStream &err, const QString &why)
{
    err << "reveillectl: " << plainText(why) << '\n' << Words::tr("Try reveillectl --help.") << '\n';
    return 2;
}

} // namespace

CtlResult<QByteArray> tokenOf(const QCommandLineParser &options)
{
    const QByteArray given = qgetenv("REVEILLE_TOKEN");
    if (!given.isEmpty() && !options.isSet(u"token-file"_s) && !options.isSet(u"data-dir"_s))
        return given;
    QString file = options.value(u"token-file"_s);
    if (file.isEmpty()) {
        const QString dir = options.value(u"data-dir"_s);
        file = operationsTokenPath(
            dir.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) : dir);
    }
    const auto token = readTokenFile(file);
    if (!token)
        return CtlFailure{QString::fromLatin1(token.error().code), token.error().about};
    return *token;
}

void CtlContext::print(const QJsonObject &object) const
{
    out << QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact)) << '\n';
}

int CtlContext::fail(const CtlFailure &failure) const
{
    out.flush();
    err << "reveillectl: " << failureSentence(failure) << '\n';
    return 1;
}

int CtlContext::misused(const QString &why) const
{
    return misuse(err, why);
}

int runReveillectl(const QStringList &words, QTextStream &out, QTextStream &err)
{
    QCommandLineParser first;
    first.addOptions(everyOption());
    const bool readable = first.parse(QStringList{u"reveillectl"_s} + words);
    QStringList arguments = first.positionalArguments();
    const auto command = takeCommand(arguments);
    if (first.isSet(u"version"_s)) {
        out << "reveillectl " << REVEILLE_VERSION << '\n';
        return 0;
    }
    if (first.isSet(u"help"_s)) {
        out << (command ? helpOf(*command) : overview());
        return 0;
    }
    if (!readable)
        return misuse(err, first.errorText());
    if (!command) {
        return misuse(err, arguments.isEmpty()
                               ? Words::tr("no command is given")
                               : Words::tr("there is no command \"%1\"").arg(arguments.join(u' ')));
    }
    QCommandLineParser options;
    options.addOptions(commonOptions());
    options.addOptions(command->options);
    if (!options.parse(QStringList{u"reveillectl"_s} + words))
        return misuse(err, options.errorText());
    if (arguments.size() < command->fewest || arguments.size() > command->most) {
        return misuse(err, command->arguments.isEmpty()
                               ? Words::tr("%1 takes no arguments").arg(command->name)
                               : Words::tr("%1 takes %2").arg(command->name, command->arguments));
    }
    if (command->isLocal) {
        CtlClient nobody({}, {});
        return command->run({nobody, options, arguments, options.isSet(u"json"_s), out, err});
    }
    const QUrl url = urlOf(options);
    if (!url.isValid() || url.host().isEmpty() || url.scheme() != u"http")
        return misuse(
            err,
            Words::tr("\"%1\" is no http URL").arg(url.isValid() ? url.toString() : options.value(u"url"_s)));
    const auto token = tokenOf(options);
    if (!token) {
        err << "reveillectl: " << failureSentence(token.error()) << '\n';
        return 1;
    }
    CtlClient client(url, *token);
    return command->run({client, options, arguments, options.isSet(u"json"_s), out, err});
}

} // namespace reveille
