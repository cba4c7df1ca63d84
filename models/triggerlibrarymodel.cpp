// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/triggerlibrarymodel_p.h"

#include "models/plaintip.h"
#include "models/roles.h"
#include "models/sentences.h"

#include <QDataStream>
#include <QFont>
#include <QIODevice>
#include <QMimeData>
#include <QUuid>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

const QString mimeType = u"application/x-reveille-trigger-rows"_s;

} // namespace

TriggerLibraryModel::TriggerLibraryModel(QObject *parent)
    : QAbstractItemModel(parent), m_root(std::make_unique<Node>()), m_mark(QUuid::createUuid().toByteArray())
{
    m_root->isFolder = true;
}

TriggerLibraryModel::~TriggerLibraryModel() = default;

std::unique_ptr<TriggerLibraryModel::Node> TriggerLibraryModel::makeNode(const TriggerItem &item)
{
    auto node = std::make_unique<Node>();
    node->id = ++m_last;
    node->isFolder = item.isFolder;
    node->folder = item.folder;
    node->trigger = item.trigger;
    m_byId.insert(node->id, node.get());
    for (const TriggerItem &child : item.items) {
        node->children.push_back(makeNode(child));
        node->children.back()->parent = node.get();
    }
    return node;
}

void TriggerLibraryModel::forget(const Node &node)
{
    m_byId.remove(node.id);
    for (const auto &child : node.children)
        forget(*child);
}

void TriggerLibraryModel::setItems(const QVector<TriggerItem> &items)
{
    beginResetModel();
    m_byId.clear();
    m_removed.clear();
    m_root->children.clear();
    for (const TriggerItem &item : items) {
        m_root->children.push_back(makeNode(item));
        m_root->children.back()->parent = m_root.get();
    }
    endResetModel();
}

QVector<TriggerItem> TriggerLibraryModel::items() const
{
    return m_root->item().items;
}

TriggerItem TriggerLibraryModel::item(const QModelIndex &index) const
{
    return nodeAt(index)->item();
}

bool TriggerLibraryModel::isEmpty() const
{
    return m_root->children.empty();
}

TriggerLibraryModel::Node *TriggerLibraryModel::nodeAt(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<Node *>(index.internalPointer()) : m_root.get();
}

QModelIndex TriggerLibraryModel::indexOf(const Node *node, int column) const
{
    return node && node->parent ? createIndex(node->row(), column, node) : QModelIndex();
}

QModelIndex TriggerLibraryModel::indexOf(Id id) const
{
    return indexOf(m_byId.value(id));
}

TriggerLibraryModel::Id TriggerLibraryModel::idOf(const QModelIndex &index) const
{
    return nodeAt(index)->id;
}

bool TriggerLibraryModel::isFolder(const QModelIndex &index) const
{
    return nodeAt(index)->isFolder;
}

const Trigger *TriggerLibraryModel::trigger(const QModelIndex &index) const
{
    const Node *node = nodeAt(index);
    return node->isFolder ? nullptr : &node->trigger;
}

const Trigger *TriggerLibraryModel::trigger(Id id) const
{
    const Node *node = m_byId.value(id);
    return node && !node->isFolder ? &node->trigger : nullptr;
}

QModelIndex TriggerLibraryModel::folderOf(const QModelIndex &index) const
{
    const Node *node = nodeAt(index);
    return indexOf(node->isFolder ? node : node->parent);
}

QVector<std::pair<TriggerLibraryModel::Id, QString>> TriggerLibraryModel::folders() const
{
    QVector<std::pair<Id, QString>> list;
    const auto walk = [&list](const Node &node, const QString &path, const auto &again) -> void {
        for (const auto &child : node.children) {
            if (!child->isFolder)
                continue;
            const QString name = path.isEmpty() ? child->folder : path + u" / "_s + child->folder;
            list.append({child->id, name});
            again(*child, name, again);
        }
    };
    walk(*m_root, {}, walk);
    return list;
}

TriggerLibraryModel::Id TriggerLibraryModel::find(const QString &name, const QModelIndex &folder) const
{
    for (const auto &child : nodeAt(folder)->children) {
        if (!child->isFolder && child->trigger.name == name)
            return child->id;
    }
    return 0;
}

QModelIndex TriggerLibraryModel::index(int row, int column, const QModelIndex &parent) const
{
    const Node *above = nodeAt(parent);
    if (row < 0 || row >= int(above->children.size()) || column < 0 || column >= ColumnCount || parent.column() > 0)
        return {};
    return createIndex(row, column, above->children[size_t(row)].get());
}

QModelIndex TriggerLibraryModel::parent(const QModelIndex &index) const
{
    return index.isValid() ? indexOf(nodeAt(index)->parent) : QModelIndex();
}

int TriggerLibraryModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : int(nodeAt(parent)->children.size());
}

int TriggerLibraryModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QString TriggerLibraryModel::text(const Node &node, int column) const
{
    if (column == Name)
        return node.name();
    if (node.isFolder)
        return {};
    return column == To ? node.trigger.to : Sentences::when(node.trigger.when);
}

QVariant TriggerLibraryModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Node &node = *nodeAt(index);
    switch (role) {
    case Qt::DisplayRole: return text(node, index.column());
    case Qt::EditRole: return index.column() == Name ? QVariant(node.name()) : QVariant();
    case Qt::ToolTipRole: return plainTip(node.isFolder ? node.folder : node.trigger.body);
    case Qt::AccessibleTextRole:
        return index.column() != Name ? text(node, index.column())
            : node.isFolder                          ? tr("folder %1").arg(node.folder)
                                                     : node.trigger.name;
    case Role::Id: return node.id;
    case Role::Sort:
        return node.isFolder ? node.folder
                             : QStringList{node.trigger.name, node.trigger.to, node.trigger.application, node.trigger.body}.join(u'\n');
    case Qt::FontRole:
        if (node.isFolder && index.column() == Name) {
            QFont font;
            font.setBold(true);
            return font;
        }
        return {};
    default: return {};
    }
}

bool TriggerLibraryModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole || !index.isValid() || index.column() != Name)
        return false;
    if (value.toString() == nodeAt(index)->name())
        return true;
    const Result<Done> done = rename(idOf(index), value.toString());
    if (!done)
        Q_EMIT refused(done.error());
    return done.ok();
}

QVariant TriggerLibraryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name: return tr("Trigger");
    case To: return tr("To");
    case When: return tr("When");
    default: return {};
    }
}

Qt::ItemFlags TriggerLibraryModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::ItemIsDropEnabled; // the top
    Qt::ItemFlags flags = Qt::ItemIsSelectable | Qt::ItemIsEnabled | Qt::ItemIsDragEnabled;
    if (index.column() == Name)
        flags |= Qt::ItemIsEditable;
    return nodeAt(index)->isFolder ? flags | Qt::ItemIsDropEnabled : flags | Qt::ItemNeverHasChildren;
}

QStringList TriggerLibraryModel::mimeTypes() const
{
    return {mimeType};
}

QMimeData *TriggerLibraryModel::mimeData(const QModelIndexList &indexes) const
{
    QVector<Id> ids;
    for (const QModelIndex &index : indexes) {
        if (index.column() == Name)
            ids.append(idOf(index));
    }
    QByteArray octets;
    QDataStream stream(&octets, QIODevice::WriteOnly);
    stream << m_mark << ids;
    auto *data = new QMimeData;
    data->setData(mimeType, octets);
    return data;
}

bool TriggerLibraryModel::dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int, const QModelIndex &parent)
{
    if (action != Qt::MoveAction || !data->hasFormat(mimeType))
        return false;
    QByteArray mark;
    QVector<Id> ids;
    QDataStream stream(data->data(mimeType));
    stream >> mark;
    if (mark != m_mark) // before anything of another program is read
        return false;
    stream >> ids;
    const Id folder = idOf(folderOf(parent.siblingAtColumn(0))); // its index changes as rows go
    int place = isFolder(parent) ? row : parent.row() + 1; // onto a trigger: beneath it
    for (const Id id : std::as_const(ids)) {
        const Result<Done> done = move(id, indexOf(folder), place);
        if (!done)
            Q_EMIT refused(done.error());
        else if (place >= 0)
            place = indexOf(id).row() + 1;
    }
    return !ids.isEmpty();
}

} // namespace reveille
