// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/applications/clientapplication.h"

#include <QProcess>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace reveille {
namespace {

constexpr auto commonPrefix = "x-wap-application:"_L1;
constexpr int longestSeconds = 86400;

/// One that can stand in a header, in a query and on a line.
bool isPlain(const QString &text, qsizetype longest)
{
    return !text.isEmpty() && text.size() <= longest && std::all_of(text.begin(), text.end(), [](QChar c) {
        return c.isPrint() && c != u'"' && c != u'\\' && c != u',';
    });
}

const char *takeKey(const QString &key, const QString &value, ClientApplication &application)
{
    bool ok = true;
    if (key == u"port") {
        const int port = value.toInt(&ok);
        application.port = quint16(port);
        return ok && port >= 0 && port <= 65535 ? nullptr : "application-port";
    }
    if (key == u"session") {
        application.session = value;
        return isPlain(value, ClientApplication::longestName) ? nullptr : "application-session";
    }
    if (key == u"start") {
        const bool before = value == u"before";
        application.start =
            before ? ClientApplication::Start::BeforeConnecting : ClientApplication::Start::AfterConnecting;
        return before || value == u"after" ? nullptr : "application-start";
    }
    if (key == u"time") {
        const int seconds = value.toInt(&ok);
        application.longestRun = Milliseconds(1000 * qint64(seconds));
        return ok && seconds >= 1 && seconds <= longestSeconds ? nullptr : "application-time";
    }
    if (key == u"dormant" && value.isEmpty()) {
        application.dormant = true;
        return nullptr;
    }
    return "application-key";
}

QString bareName(const QString &name)
{
    return name.startsWith(commonPrefix, Qt::CaseInsensitive) ? name.mid(commonPrefix.size()) : name;
}

QString readable(const ApplicationId &id)
{
    switch (id.kind) {
    case ApplicationId::Kind::Any:
        return u"*"_s;
    case ApplicationId::Kind::Uri:
        return id.uri;
    case ApplicationId::Kind::Number:
        break;
    }
    const QString name = wellKnownApplicationName(id.number);
    return name.isEmpty() ? QString::number(id.number) : name;
}

} // namespace

Result<ClientApplication> ClientApplication::parse(const QString &text)
{
    const auto wrong = [&](const char *code) {
        return Error{code, text.left(80)};
    };
    ClientApplication application;
    QString rest = text;
    if (const qsizetype at = text.indexOf(u",command="_s); at >= 0) {
        QStringList words = QProcess::splitCommand(text.mid(at + 9));
        if (words.isEmpty() || words.first().contains(u'{'))
            return wrong("application-command");
        application.program = words.takeFirst();
        application.arguments = words;
        rest = text.left(at);
    }
    const QStringList parts = rest.split(u',');
    application.name = parts.first().trimmed();
    if (!isPlain(application.name, longestName) || application.name == u"*")
        return wrong("application-name");
    for (const QString &part : parts.mid(1)) {
        const QString key = part.section(u'=', 0, 0).trimmed();
        if (const char *code = takeKey(key, part.section(u'=', 1).trimmed(), application))
            return wrong(code);
    }
    return application;
}

bool isSameApplication(const QString &a, const QString &b)
{
    const std::optional<quint32> left = wellKnownApplication(a), right = wellKnownApplication(b);
    if (left || right)
        return left == right || (left && b == QString::number(*left)) || (right && a == QString::number(*right));
    return bareName(a).compare(bareName(b), Qt::CaseInsensitive) == 0;
}

QStringList applicationsOf(const SessionRequest &sir)
{
    QStringList names;
    if (!sir.applicationName.isEmpty())
        names.append(sir.applicationName);
    for (const ApplicationId &id : sir.applications) {
        const QString name = readable(id);
        const bool known = std::any_of(names.begin(), names.end(), [&](const QString &n) { return isSameApplication(n, name); });
        if (!known)
            names.append(name);
    }
    return names;
}

bool namesApplication(const QStringList &names, const QString &application)
{
    return std::any_of(names.begin(), names.end(),
                       [&](const QString &name) { return name != u"*" && isSameApplication(name, application); });
}

} // namespace reveille
