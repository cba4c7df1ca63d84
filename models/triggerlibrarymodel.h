// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/trigger.h"

#include <QAbstractItemModel>
#include <QHash>

#include <memory>
#include <vector>

namespace reveille {

/// Saved triggers in folders, as a tree: renamed by editing, moved by drag, what was removed can be brought back. Role::Id is
/// a number that stays with a row wherever it goes; Role::Sort is all its text, to be searched. What cannot be kept (see
/// TriggerJson) is refused. GUI thread.
class TriggerLibraryModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    using Id = quint64; ///< 0 = none
    enum Column : int { Name, To, When, ColumnCount };

    explicit TriggerLibraryModel(QObject *parent = nullptr);
    ~TriggerLibraryModel() override;

    void setItems(const QVector<TriggerItem> &items); ///< all anew; nothing is left to restore
    QVector<TriggerItem> items() const;
    TriggerItem item(const QModelIndex &index) const;
    bool isEmpty() const;
    int count() const { return int(m_byId.size()); } ///< triggers and folders

    Id idOf(const QModelIndex &index) const;
    QModelIndex indexOf(Id id) const;
    bool isFolder(const QModelIndex &index) const;
    const Trigger *trigger(const QModelIndex &index) const; ///< nullptr for a folder and outside
    const Trigger *trigger(Id id) const;
    /// `index` where it is a folder, else the folder it stands in; invalid is the top.
    QModelIndex folderOf(const QModelIndex &index) const;
    /// Every folder with its path, "Mail / Tests", in the order of the tree.
    QVector<std::pair<Id, QString>> folders() const;
    /// A trigger of that name in the folder; 0 if there is none.
    Id find(const QString &name, const QModelIndex &folder) const;

    /// Last in the folder. Errors: those of TriggerJson::check, triggers-too-many, triggers-too-deep, json-too-long.
    Result<Id> add(const TriggerItem &item, const QModelIndex &folder);
    Result<Done> addAll(const QVector<TriggerItem> &items, const QModelIndex &folder); ///< all or nothing
    Result<Done> setTrigger(Id id, const Trigger &trigger);                            ///< error trigger-gone as well
    Result<Done> rename(Id id, const QString &name);
    Result<Id> duplicate(Id id); ///< beneath the original
    /// Into the folder, before `row`; -1 = last. Error trigger-into-itself as well.
    Result<Done> move(Id id, const QModelIndex &folder, int row);
    void countSent(Id id);

    void remove(Id id); ///< a folder with all in it
    /// What was removed last comes back to where it was, or to the top if its folder is gone. At most 20 steps.
    Id restore();
    QString restorable() const; ///< its name; empty: nothing

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;
    bool dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column, const QModelIndex &parent) override;

Q_SIGNALS:
    void changed(); ///< there is something to save
    void refused(const reveille::Error &error); ///< an edit or a drop that cannot be

private:
    struct Node;
    struct Removed {
        TriggerItem item;
        Id folder = 0;
        int row = 0;
    };
    Node *nodeAt(const QModelIndex &index) const; ///< the root where it is invalid
    QModelIndex indexOf(const Node *node, int column = 0) const;
    std::unique_ptr<Node> makeNode(const TriggerItem &item);
    void forget(const Node &node);
    Id insert(const TriggerItem &item, const QModelIndex &folder, int row);
    Result<Done> fits(const QVector<TriggerItem> &more, const QModelIndex &folder) const;
    QString text(const Node &node, int column) const;

    std::unique_ptr<Node> m_root;
    QHash<Id, Node *> m_byId;
    Id m_last = 0;
    std::vector<Removed> m_removed;
    const QByteArray m_mark; ///< drags of another library are none of ours
};

} // namespace reveille
