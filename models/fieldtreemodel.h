// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/roles.h"
#include "wire/sir.h"

#include <QAbstractItemModel>

namespace reveille {

/// The decoded fields of one message as a tree, to stand beside the hex view: every row knows its octets, every octet
/// its innermost row. GUI thread.
class FieldTreeModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    explicit FieldTreeModel(QObject *parent = nullptr);

    void setFields(const QVector<DecodedField> &fields); ///< wire order with depths, as explainSir() returns them
    /// decodeFields() of these octets.
    void setMessage(const QString &format, const QByteArray &octets);
    const QByteArray &octets() const { return m_octets; }

    struct Range {
        int offset = 0, length = 0;
        friend bool operator==(Range, Range) = default;
    };
    Range rangeOf(const QModelIndex &index) const;
    /// The innermost field that holds this octet; invalid if none does.
    QModelIndex indexAt(int offset) const { return indexOf(offset, 1); }
    /// The innermost field that holds all of these octets; invalid if none does.
    QModelIndex indexOf(int offset, int length) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Node {
        DecodedField field;
        int parent = -1;
        int row = 0;
        QVector<int> children;
    };
    const QVector<int> &childrenOf(const QModelIndex &parent) const;

    QVector<Node> m_nodes;
    QVector<int> m_roots;
    QByteArray m_octets;
};

} // namespace reveille
