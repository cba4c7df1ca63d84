// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/scenario/scenarioshelf.h"

#include "client/scenario/scenariolibrary.h"

#include <QDateTime>
#include <QFileInfo>

#include <algorithm>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

const QString recentKey = u"scenarios/recent"_s;

/// One name for one file, however it is written.
QString onlyPath(const QString &path)
{
    const QString canonical = QFileInfo(path).canonicalFilePath();
    return canonical.isEmpty() ? QFileInfo(path).absoluteFilePath() : canonical;
}

} // namespace

ScenarioShelf::ScenarioShelf(QSettings &settings, QObject *parent) : QObject(parent), m_settings(settings)
{
    for (const QString &name : shippedScenarios())
        m_items.push_back({name, shippedScenarioPath(name), true, {}});
    m_shipped = count();
    for (const QString &file : settings.value(recentKey).toStringList().mid(0, maxRecent)) {
        if (QFileInfo(file).isFile() && find(onlyPath(file)) < 0)
            m_items.push_back({{}, onlyPath(file), false, {}});
    }
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &ScenarioShelf::look);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, &ScenarioShelf::look);
    const auto first = std::find_if(m_items.begin(), m_items.end(), [](const Item &item) { return item.name == usual; });
    if (!m_items.empty())
        choose(first == m_items.end() ? 0 : int(first - m_items.begin()));
}

QString ScenarioShelf::argument(int index) const
{
    const Item &item = m_items.at(index);
    return item.shipped ? item.name : item.path;
}

QString ScenarioShelf::fileName(int index) const
{
    return QFileInfo(m_items.at(index).path).fileName();
}

const ScenarioResult<Scenario> &ScenarioShelf::scenario(int index) const
{
    const Item &item = m_items.at(index);
    if (!item.read)
        item.read = readScenarioFile(item.path);
    return *item.read;
}

int ScenarioShelf::find(const QString &path) const
{
    const auto found = std::find_if(m_items.begin(), m_items.end(), [&](const Item &item) { return item.path == path; });
    return found == m_items.end() ? -1 : int(found - m_items.begin());
}

void ScenarioShelf::choose(int index)
{
    if (index < 0 || index >= count())
        return;
    m_chosen = index;
    watch();
    Q_EMIT chosenChanged();
}

bool ScenarioShelf::open(const QString &fileOrName)
{
    const QString given = scenarioPath(fileOrName);
    if (given.isEmpty())
        return false;
    const QString path = given.startsWith(u':') ? given : onlyPath(given);
    int index = find(path);
    if (index < 0)
        index = find(given); // a shipped one of a data folder
    if (index >= 0) {
        m_items[index].read.reset();
    } else {
        index = m_shipped;
        m_items.insert(m_items.begin() + index, {{}, path, false, {}});
        if (count() > m_shipped + maxRecent)
            m_items.pop_back();
        keep();
        Q_EMIT listChanged();
    }
    choose(index);
    return true;
}

void ScenarioShelf::keep() const
{
    QStringList files;
    for (int index = m_shipped; index < count(); ++index)
        files.append(m_items[index].path);
    m_settings.setValue(recentKey, files);
}

/// The folder too, for editors put a new file in the place of the old one.
void ScenarioShelf::watch()
{
    if (const QStringList before = m_watcher.files() + m_watcher.directories(); !before.isEmpty())
        m_watcher.removePaths(before);
    const QFileInfo file(path(m_chosen));
    m_changed = file.lastModified();
    m_size = file.size();
    if (!file.filePath().startsWith(u':'))
        m_watcher.addPaths({file.filePath(), file.path()});
}

void ScenarioShelf::look()
{
    const QFileInfo file(path(m_chosen));
    if (file.lastModified() == m_changed && file.size() == m_size)
        return;
    m_items[m_chosen].read.reset();
    watch();
    Q_EMIT reread(m_chosen);
}

} // namespace reveille
