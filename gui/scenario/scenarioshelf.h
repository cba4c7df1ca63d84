// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/scenario/scenarioreader.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QSettings>

#include <optional>

namespace reveille {

/// The scenarios that can be played: those that come with the program, and files that were opened, newest first. One of
/// them is chosen; its file is watched, and read again when it changes. GUI thread; reads files of at most 1 MiB.
class ScenarioShelf : public QObject
{
    Q_OBJECT
public:
    /// Files opened before are kept in `settings`, which outlive the shelf.
    explicit ScenarioShelf(QSettings &settings, QObject *parent = nullptr);

    int count() const { return int(m_items.size()); }
    bool isShipped(int index) const { return m_items.at(index).shipped; }
    QString path(int index) const { return m_items.at(index).path; }
    /// What reveillectl calls it: the name of a shipped one, else its file.
    QString argument(int index) const;
    QString fileName(int index) const; ///< without folders
    /// Read when it is first asked for.
    const ScenarioResult<Scenario> &scenario(int index) const;

    int chosen() const { return m_chosen; } ///< -1 where there are none
    void choose(int index);
    /// Chooses a file, or a shipped scenario by its name; the same file is there once. False: there is neither.
    bool open(const QString &fileOrName);

    static constexpr int maxRecent = 8; ///< files kept
    static inline const QString usual = QStringLiteral("pinhole-closes");

Q_SIGNALS:
    void listChanged();
    void chosenChanged();
    void reread(int index); ///< the file of the chosen one has changed

private:
    struct Item {
        QString name; ///< of a shipped one
        QString path;
        bool shipped = false;
        mutable std::optional<ScenarioResult<Scenario>> read;
    };
    int find(const QString &path) const;
    void watch();
    void look();
    void keep() const;

    QSettings &m_settings;
    std::vector<Item> m_items; ///< shipped ones first
    int m_shipped = 0;
    int m_chosen = -1;
    QFileSystemWatcher m_watcher;
    QDateTime m_changed;
    qint64 m_size = 0;
};

} // namespace reveille
