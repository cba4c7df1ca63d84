// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/applications/applicationfacts.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace reveille {
namespace {

QString plain(QString text)
{
    text.truncate(longestFact);
    text.removeIf([](QChar c) { return !c.isPrint(); });
    return text;
}

/// By the name of the placeholder.
QMap<QString, QString> factsOf(const ClientApplication &application, const ApplicationFacts &facts)
{
    QMap<QString, QString> all{
        {u"application"_s, application.name},
        {u"session"_s, application.session},
        {u"port"_s, application.port ? QString::number(*application.port) : QString()},
        {u"user"_s, facts.user.toString()},
        {u"device"_s, facts.device.toString()},
        {u"gateway"_s, facts.gateway},
        {u"peer"_s, facts.peer},
        {u"requests"_s, toTexts(facts.sir.requests).join(u',')},
        {u"named"_s, facts.named.join(u',')},
        {u"signed"_s, facts.sir.authenticator.isEmpty() ? u"no"_s : u"yes"_s},
        {u"time"_s, facts.sir.time.toIso()},
    };
    for (QString &fact : all)
        fact = plain(fact);
    return all;
}

} // namespace

QProcessEnvironment plainEnvironment(const QProcessEnvironment &from)
{
    static const QStringList passed{u"PATH"_s, u"HOME"_s, u"USER"_s, u"LOGNAME"_s, u"LANG"_s, u"TZ"_s, u"TMPDIR"_s};
    QProcessEnvironment environment;
    for (const QString &name : from.keys()) {
        if (passed.contains(name) || name.startsWith(u"LC_"_s))
            environment.insert(name, from.value(name));
    }
    return environment;
}

QProcessEnvironment environmentOf(const ClientApplication &application, const ApplicationFacts &facts,
                                  const QProcessEnvironment &from)
{
    QProcessEnvironment environment = plainEnvironment(from);
    const QMap<QString, QString> all = factsOf(application, facts);
    for (auto it = all.begin(); it != all.end(); ++it)
        environment.insert(u"REVEILLE_"_s + it.key().toUpper(), it.value());
    return environment;
}

QStringList argumentsOf(const ClientApplication &application, const ApplicationFacts &facts)
{
    static const QRegularExpression placeholder(u"\\{([a-z]+)\\}"_s);
    const QMap<QString, QString> all = factsOf(application, facts);
    QStringList arguments;
    for (const QString &written : application.arguments) {
        QString argument;
        qsizetype at = 0;
        for (auto matches = placeholder.globalMatch(written); matches.hasNext();) {
            const QRegularExpressionMatch match = matches.next();
            const auto fact = all.constFind(match.captured(1));
            argument += written.mid(at, match.capturedStart() - at);
            argument += fact == all.constEnd() ? match.captured() : *fact;
            at = match.capturedEnd();
        }
        arguments.append(argument + written.mid(at));
    }
    return arguments;
}

} // namespace reveille
