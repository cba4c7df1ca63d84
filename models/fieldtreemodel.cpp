// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fieldtreemodel.h"

#include "models/fielddecoder.h"
#include "models/plaintip.h"
#include "models/sentences.h"

#include <algorithm>

namespace reveille {

FieldTreeModel::FieldTreeModel(QObject *parent) : QAbstractItemModel(parent) {}

void FieldTreeModel::setMessage(const QString &format, const QByteArray &octets)
{
    m_octets = octets;
    setFields(decodeFields(format, octets));
}

void FieldTreeModel::setFields(const QVector<DecodedField> &fields)
{
    beginResetModel();
    m_nodes.clear();
    m_roots.clear();
    QVector<int> open; ///< the last node of every depth
    for (const DecodedField &field : fields) {
        const int depth = std::clamp(field.depth, 0, int(open.size()));
        open.resize(depth);
        Node node;
        node.field = field;
        node.parent = depth == 0 ? -1 : open.last();
        QVector<int> &siblings = depth == 0 ? m_roots : m_nodes[node.parent].children;
        node.row = int(siblings.size());
        siblings.append(int(m_nodes.size()));
        open.append(int(m_nodes.size()));
        m_nodes.append(node);
    }
    endResetModel();
}

FieldTreeModel::Range FieldTreeModel::rangeOf(const QModelIndex &index) const
{
    if (!index.isValid() || index.model() != this)
        return {};
    const DecodedField &field = m_nodes[int(index.internalId())].field;
    return {field.offset, field.length};
}

QModelIndex FieldTreeModel::indexOf(int offset, int length) const
{
    int best = -1;
    int bestDepth = -1;
    for (int i = 0; i < m_nodes.size(); ++i) {
        int depth = 0;
        for (int up = m_nodes[i].parent; up >= 0; up = m_nodes[up].parent)
            ++depth;
        const DecodedField &field = m_nodes[i].field;
        if (length > 0 && offset >= field.offset && offset - field.offset <= field.length - length && depth > bestDepth) {
            best = i;
            bestDepth = depth;
        }
    }
    return best < 0 ? QModelIndex() : createIndex(m_nodes[best].row, 0, quintptr(best));
}

const QVector<int> &FieldTreeModel::childrenOf(const QModelIndex &parent) const
{
    return parent.isValid() ? m_nodes[int(parent.internalId())].children : m_roots;
}

QModelIndex FieldTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (row < 0 || column < 0 || column >= FieldColumn::Count || row >= rowCount(parent))
        return {};
    return createIndex(row, column, quintptr(childrenOf(parent)[row]));
}

QModelIndex FieldTreeModel::parent(const QModelIndex &child) const
{
    const int parent = child.isValid() ? m_nodes[int(child.internalId())].parent : -1;
    return parent < 0 ? QModelIndex() : createIndex(m_nodes[parent].row, 0, quintptr(parent));
}

int FieldTreeModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : int(childrenOf(parent).size());
}

int FieldTreeModel::columnCount(const QModelIndex &) const
{
    return FieldColumn::Count;
}

QVariant FieldTreeModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.model() != this)
        return {};
    const DecodedField &field = m_nodes[int(index.internalId())].field;
    const bool isNumber = index.column() == FieldColumn::Offset || index.column() == FieldColumn::Length;
    if (role == Qt::TextAlignmentRole)
        return int((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == Role::Raw)
        return index.column() == FieldColumn::Name ? field.name : field.value;
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != Qt::AccessibleTextRole)
        return {};
    const auto tip = [role](const QString &text) { return role == Qt::ToolTipRole ? plainTip(text) : text; };
    switch (index.column()) {
    case FieldColumn::Name: return tip(Sentences::fieldName(field.name));
    case FieldColumn::Value: return tip(field.value);
    case FieldColumn::Offset: return field.offset;
    case FieldColumn::Length: return field.length;
    default: return {};
    }
}

QVariant FieldTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case FieldColumn::Name: return tr("Field");
    case FieldColumn::Value: return tr("Value");
    case FieldColumn::Offset: return tr("Offset");
    case FieldColumn::Length: return tr("Octets");
    default: return {};
    }
}

} // namespace reveille
