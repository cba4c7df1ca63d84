// SPDX-License-Identifier: GPL-3.0-or-later
#include "architecture/houserules.h"

#include <QDir>
#include <QLibraryInfo>
#include <QRegularExpression>

#include <array>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

/// One folder, what of the house it may use, and which Qt modules beside Core.
struct Folder {
    QLatin1StringView path;
    QStringList uses; ///< first part of the include path, or "." for the files directly in server/
    QStringList qtModules;
    bool isPure = false; ///< no threads, sockets, timers or clocks of its own
};

const std::array folders{
    Folder{"server/domain"_L1, {u"domain"_s}, {}, true},
    Folder{"server/wire"_L1, {u"domain"_s, u"wire"_s}, {}, true},
    Folder{"server/engine"_L1, {u"domain"_s, u"wire"_s, u"engine"_s}, {}},
    Folder{"server/eventloop"_L1, {u"eventloop"_s}, {}},
    Folder{"server/http"_L1, {u"domain"_s, u"wire"_s, u"engine"_s, u"http"_s}, {u"Network"_s}},
    Folder{"server/store"_L1, {u"domain"_s, u"wire"_s, u"engine"_s, u"store"_s}, {u"Sql"_s}},
    Folder{"server/connections"_L1, {u"domain"_s, u"wire"_s, u"engine"_s, u"connections"_s}, {u"Network"_s}},
    Folder{"server/bearers"_L1, {u"domain"_s, u"wire"_s, u"engine"_s, u"http"_s, u"bearers"_s}, {u"Network"_s}},
    Folder{"server/triggers"_L1,
           {u"domain"_s, u"wire"_s, u"engine"_s, u"http"_s, u"triggers"_s},
           {u"Network"_s}},
    Folder{"server/operations/ctl"_L1,
           {u"domain"_s, u"wire"_s, u"engine"_s, u"http"_s, u"operations"_s, u"scenario"_s},
           {u"Network"_s}},
    Folder{"server/operations"_L1,
           {u"domain"_s, u"wire"_s, u"engine"_s, u"http"_s, u"operations"_s},
           {u"Network"_s}},
    Folder{"server"_L1,
           {u"domain"_s, u"wire"_s, u"engine"_s, u"eventloop"_s, u"http"_s, u"store"_s, u"connections"_s, u"bearers"_s,
            u"triggers"_s, u"operations"_s, u"."_s},
           {u"Network"_s, u"Sql"_s}},
    Folder{"client/scenario"_L1, {u"domain"_s, u"wire"_s, u"client"_s, u"scenario"_s}, {u"Network"_s}},
    Folder{"client"_L1, {u"domain"_s, u"wire"_s, u"client"_s}, {u"Network"_s}},
    Folder{"models"_L1,
           {u"domain"_s, u"wire"_s, u"engine"_s, u"store"_s, u"models"_s, u"."_s},
           {u"Gui"_s, u"Sql"_s}},
    Folder{"gui"_L1,
           {u"domain"_s, u"wire"_s, u"engine"_s, u"models"_s, u"client"_s, u"scenario"_s, u"parts"_s, u"gui"_s, u"."_s},
           {u"Gui"_s, u"Widgets"_s, u"Svg"_s, u"SvgWidgets"_s, u"Network"_s}},
};

/// The engine as the models and the console see it: values that cross threads, nothing that acts.
const QStringList engineValues{u"engine/snapshots.h"_s, u"engine/bearer.h"_s, u"engine/store.h"_s};

const QStringList impureHeaders{
    u"QThread"_s,         u"QThreadPool"_s, u"QMutex"_s,       u"QReadWriteLock"_s,
    u"QWaitCondition"_s,  u"QSemaphore"_s,  u"QTimer"_s,       u"QElapsedTimer"_s,
    u"QDeadlineTimer"_s,  u"QFile"_s,       u"QProcess"_s,     u"QEventLoop"_s,
    u"QSocketNotifier"_s, u"thread"_s,      u"mutex"_s,        u"condition_variable"_s,
    u"future"_s,          u"fstream"_s,     u"sys/socket.h"_s, u"unistd.h"_s,
    u"pthread.h"_s,
};

const Folder *folderOf(QStringView path)
{
    for (const Folder &folder : folders) {
        if (path.startsWith(folder.path) && path.sliced(folder.path.size()).startsWith(u'/'))
            return &folder;
    }
    return nullptr;
}

/// The part of the house an include path in quotes names; empty for a neighbour in tests or a generated file.
QString partOf(const QString &header)
{
    if (header.endsWith(u".moc"))
        return {};
    if (header.startsWith(u"client/scenario/"))
        return u"scenario"_s;
    const qsizetype slash = header.indexOf(u'/');
    return slash < 0 ? u"."_s : header.first(slash);
}

/// The part of the house a target belongs to: reveillectl lives with operations, the server itself in
/// server/.
QString partOfTarget(const QString &target)
{
    if (target == u"ctl")
        return u"operations"_s;
    return target == u"server" || target == u"pushserver" || target == u"host" ? u"."_s : target;
}

QString atLine(const QString &path, qsizetype line, const QString &complaint)
{
    return path + u':' + QString::number(line) + u": "_s + complaint;
}

} // namespace

QHash<QString, QString> qtModulesOfHeaders()
{
    QHash<QString, QString> modules;
    const QDir headers(QLibraryInfo::path(QLibraryInfo::HeadersPath));
    for (const QString &module : headers.entryList({u"Qt*"_s}, QDir::Dirs)) {
        const QDir dir(headers.filePath(module));
        for (const QString &header : dir.entryList(QDir::Files)) {
            if (!modules.contains(header))
                modules.insert(header, module.sliced(2));
        }
    }
    return modules;
}

QString HouseRules::complaintAboutInclude(const QString &path, const QString &header) const
{
    const QString name = header.mid(1, header.size() - 2);
    const Folder *folder = folderOf(path);
    const bool quoted = header.startsWith(u'"');

    QString module = m_qtModules.value(name);
    if (const qsizetype slash = name.indexOf(u'/'); !quoted && slash > 2 && name.startsWith(u"Qt"))
        module = name.sliced(2, slash - 2);
    const bool mayShowWidgets = path.startsWith(u"gui/") || path.startsWith(u"tests/gui/");
    if (!quoted && module == u"Widgets" && !mayShowWidgets)
        return name + u" is of Qt Widgets, which only gui/ may use"_s;
    if (quoted && partOf(name) == u"gui" && !mayShowWidgets)
        return u"nothing uses gui/, but this includes "_s + name;
    if (!folder)
        return {};

    if (quoted) {
        const QString part = partOf(name);
        if (!part.isEmpty() && !folder->uses.contains(part))
            return folder->path + u" may not use "_s + name;
        const bool outside = path.startsWith(u"models/") || path.startsWith(u"gui/");
        if (outside && part == u"engine" && !engineValues.contains(name))
            return folder->path + u" sees the engine by its values only, not "_s + name;
        return {};
    }
    if (!module.isEmpty() && module != u"Core" && !folder->qtModules.contains(module))
        return folder->path + u" may not use Qt "_s + module + u" ("_s + name + u')';
    if (folder->isPure && impureHeaders.contains(name.section(u'/', name.startsWith(u"Qt") ? -1 : 0)))
        return folder->path + u" has no threads, sockets, files or clocks, but this includes "_s + name;
    return {};
}

QStringList HouseRules::complaintsAboutSource(const QString &path, const QString &text) const
{
    static const QRegularExpression include(uR"(^\s*#\s*include\s*(<[^>]+>|"[^"]+"))"_s);
    static const QRegularExpression readsClock(
        uR"(\b(currentDateTime|currentDateTimeUtc|currentMSecsSinceEpoch|(system|steady)_clock::now)\b)"_s);
    static const QRegularExpression unfinished(u"\\b(TO"
                                               "DO|FIX"
                                               "ME|Q"
                                               "SKIP)\\b"_s);

    QStringList complaints;
    QStringList lines = text.split(u'\n');
    if (lines.constLast().isEmpty())
        lines.removeLast();
    if (lines.isEmpty() || lines.constFirst() != u"// SPDX-License-Identifier: GPL-3.0-or-later")
        complaints.append(atLine(path, 1, u"does not start with the licence line"_s));
    if (lines.size() > longestFile)
        complaints.append(atLine(path, lines.size(), u"longer than %1 lines"_s.arg(longestFile)));
    if (path.endsWith(u".h") && !lines.contains(u"#pragma once"_s))
        complaints.append(atLine(path, 1, u"a header without #pragma once"_s));

    const Folder *folder = folderOf(path);
    for (qsizetype at = 0; at < lines.size(); ++at) {
        const QString &line = lines.at(at);
        if (const QRegularExpressionMatch match = include.match(line); match.hasMatch()) {
            if (const QString complaint = complaintAboutInclude(path, match.captured(1));
                !complaint.isEmpty())
                complaints.append(atLine(path, at + 1, complaint));
        }
        if (folder && folder->isPure && readsClock.match(line).hasMatch())
            complaints.append(atLine(path, at + 1, folder->path + u" reads no clock"_s));
        if (const QRegularExpressionMatch match = unfinished.match(line); match.hasMatch())
            complaints.append(atLine(path, at + 1, match.captured(1) + u" marks something unfinished"_s));
    }
    return complaints;
}

QStringList HouseRules::complaintsAboutBuild(const QString &path, const QString &text) const
{
    static const QRegularExpression target(uR"(reveille_add_(?:library|program)\(([^)]*)\))"_s);
    static const QRegularExpression linked(uR"(\b(Reveille|Qt6)::(\w+))"_s);

    if (!folderOf(path))
        return {};
    QStringList complaints;
    for (const QRegularExpressionMatch &call : target.globalMatch(text)) {
        // reveillectl is declared where operations are.
        const bool isCtl = call.captured(1).startsWith(u"reveille_ctl");
        const Folder *folder = folderOf(isCtl ? u"server/operations/ctl/CMakeLists.txt"_s : path);
        const QString own = folder->path;
        for (const QRegularExpressionMatch &link : linked.globalMatch(call.captured(1))) {
            const QString name = link.captured(2);
            const bool qt = link.captured(1) == u"Qt6";
            const bool allowed = qt ? name == u"Core" || folder->qtModules.contains(name)
                                    : folder->uses.contains(partOfTarget(name));
            if (!allowed)
                complaints.append(path + u": "_s + own + u" may not link "_s + link.captured(0));
        }
    }
    return complaints;
}

} // namespace reveille
