// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/triggerlibrarymodel_p.h"

#include "models/triggerjson.h"

namespace reveille {

/// What changes the library; what shows it is in triggerlibrarymodel.cpp.

namespace {

constexpr size_t mostRemoved = 20;

} // namespace

Result<Done> TriggerLibraryModel::fits(const QVector<TriggerItem> &more, const QModelIndex &folder) const
{
    int all = count();
    int deepest = 0;
    QVector<TriggerItem> whole = items();
    for (const TriggerItem &item : more) {
        if (const Result<Done> ok = TriggerJson::check(item); !ok)
            return ok.error();
        all += item.count();
        deepest = std::max(deepest, item.depth());
        whole.append(item);
    }
    if (all > TriggerJson::mostItems)
        return Error{"triggers-too-many", QString::number(TriggerJson::mostItems)};
    if (nodeAt(folder)->depth() + deepest > TriggerJson::deepest)
        return Error{"triggers-too-deep", QString::number(TriggerJson::deepest)};
    if (TriggerJson::write(whole, false).size() > jsonMaxSize - TriggerJson::mostItems)
        return Error{"json-too-long", {}};
    return Done{};
}

TriggerLibraryModel::Id TriggerLibraryModel::insert(const TriggerItem &item, const QModelIndex &folder, int row)
{
    Node *above = nodeAt(folder);
    const int place = row < 0 ? int(above->children.size()) : std::min(row, int(above->children.size()));
    std::unique_ptr<Node> node = makeNode(item);
    node->parent = above;
    const Id id = node->id;
    beginInsertRows(folder, place, place);
    above->children.insert(above->children.begin() + place, std::move(node));
    endInsertRows();
    return id;
}

Result<TriggerLibraryModel::Id> TriggerLibraryModel::add(const TriggerItem &item, const QModelIndex &folder)
{
    if (const Result<Done> ok = fits({item}, folder); !ok)
        return ok.error();
    const Id id = insert(item, folder, -1);
    Q_EMIT changed();
    return id;
}

Result<Done> TriggerLibraryModel::addAll(const QVector<TriggerItem> &items, const QModelIndex &folder)
{
    if (const Result<Done> ok = fits(items, folder); !ok)
        return ok;
    for (const TriggerItem &item : items)
        insert(item, folder, -1);
    Q_EMIT changed();
    return Done{};
}

Result<Done> TriggerLibraryModel::setTrigger(Id id, const Trigger &trigger)
{
    Node *node = m_byId.value(id);
    if (!node || node->isFolder)
        return Error{"trigger-gone", trigger.name};
    if (const Result<Done> ok = fits({TriggerItem::of(trigger)}, {}); !ok && !ok.error().is("triggers-too-many"))
        return ok;
    node->trigger = trigger;
    Q_EMIT dataChanged(indexOf(node), indexOf(node, ColumnCount - 1));
    Q_EMIT changed();
    return Done{};
}

Result<Done> TriggerLibraryModel::rename(Id id, const QString &name)
{
    Node *node = m_byId.value(id);
    if (!node)
        return Error{"trigger-gone", name};
    const Result<QString> kept = TriggerJson::nameFrom(name);
    if (!kept)
        return kept.error();
    (node->isFolder ? node->folder : node->trigger.name) = *kept;
    Q_EMIT dataChanged(indexOf(node), indexOf(node, ColumnCount - 1));
    Q_EMIT changed();
    return Done{};
}

Result<TriggerLibraryModel::Id> TriggerLibraryModel::duplicate(Id id)
{
    const Node *node = m_byId.value(id);
    if (!node)
        return Error{"trigger-gone", {}};
    TriggerItem item = node->item();
    const QString name = tr("%1 (copy)").arg(item.name().left(TriggerJson::longestName - 20));
    (item.isFolder ? item.folder : item.trigger.name) = name;
    item.trigger.sent = 0;
    const QModelIndex folder = indexOf(node->parent);
    if (const Result<Done> ok = fits({item}, folder); !ok)
        return ok.error();
    const Id copy = insert(item, folder, node->row() + 1);
    Q_EMIT changed();
    return copy;
}

Result<Done> TriggerLibraryModel::move(Id id, const QModelIndex &folder, int row)
{
    Node *node = m_byId.value(id);
    Node *above = nodeAt(folder);
    if (!node || !above->isFolder)
        return Error{"trigger-gone", {}};
    if (above->isWithin(node))
        return Error{"trigger-into-itself", node->name()};
    if (above->depth() + node->item().depth() > TriggerJson::deepest)
        return Error{"triggers-too-deep", QString::number(TriggerJson::deepest)};
    Node *from = node->parent;
    const int at = node->row();
    int place = row < 0 ? int(above->children.size()) : std::min(row, int(above->children.size()));
    if (from == above && (place == at || place == at + 1))
        return Done{};
    beginMoveRows(indexOf(from), at, at, folder, place);
    std::unique_ptr<Node> taken = std::move(from->children[size_t(at)]);
    from->children.erase(from->children.begin() + at);
    if (from == above && place > at)
        --place;
    taken->parent = above;
    above->children.insert(above->children.begin() + place, std::move(taken));
    endMoveRows();
    Q_EMIT changed();
    return Done{};
}

void TriggerLibraryModel::countSent(Id id)
{
    Node *node = m_byId.value(id);
    if (!node || node->isFolder)
        return;
    ++node->trigger.sent;
    Q_EMIT dataChanged(indexOf(node), indexOf(node, ColumnCount - 1));
    Q_EMIT changed();
}

void TriggerLibraryModel::remove(Id id)
{
    Node *node = m_byId.value(id);
    if (!node)
        return;
    Node *above = node->parent;
    const int row = node->row();
    m_removed.push_back({node->item(), above->id, row});
    if (m_removed.size() > mostRemoved)
        m_removed.erase(m_removed.begin());
    beginRemoveRows(indexOf(above), row, row);
    forget(*node);
    above->children.erase(above->children.begin() + row);
    endRemoveRows();
    Q_EMIT changed();
}

TriggerLibraryModel::Id TriggerLibraryModel::restore()
{
    if (m_removed.empty())
        return 0;
    const Removed last = m_removed.back();
    const QModelIndex folder = indexOf(last.folder);
    if (const Result<Done> ok = fits({last.item}, folder); !ok) {
        Q_EMIT refused(ok.error());
        return 0;
    }
    m_removed.pop_back();
    const Id id = insert(last.item, folder, folder.isValid() || last.folder == 0 ? last.row : -1);
    Q_EMIT changed();
    return id;
}

QString TriggerLibraryModel::restorable() const
{
    return m_removed.empty() ? QString() : m_removed.back().item.name();
}

} // namespace reveille
