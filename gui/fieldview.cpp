// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/fieldview.h"

#include "gui/hexview.h"
#include "gui/statemark.h"
#include "models/roles.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QSplitter>
#include <QTreeView>

namespace reveille {

FieldView::FieldView(QWidget *parent) : QWidget(parent), m_tree(new QTreeView), m_hex(new HexView)
{
    m_tree->setModel(&m_model);
    m_tree->setItemDelegate(new RowDelegate(m_tree));
    m_tree->setUniformRowHeights(true);
    m_tree->setAlternatingRowColors(true);
    m_tree->setAccessibleName(tr("Decoded fields"));
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(FieldColumn::Name, QHeaderView::ResizeToContents);
    m_tree->header()->setSectionResizeMode(FieldColumn::Value, QHeaderView::Stretch);
    m_tree->setColumnHidden(FieldColumn::Offset, true);
    m_tree->setColumnHidden(FieldColumn::Length, true);

    auto *splitter = new QSplitter;
    splitter->addWidget(m_tree);
    splitter->addWidget(m_hex);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);

    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &current) {
        const FieldTreeModel::Range range = m_model.rangeOf(current);
        m_hex->setMarked(range.offset, range.length);
    });
    connect(m_hex, &HexView::octetChosen, this, [this](int offset) {
        const QModelIndex field = m_model.indexAt(offset);
        if (field.isValid())
            m_tree->setCurrentIndex(field);
    });
}

void FieldView::setMessage(const QString &format, const QByteArray &octets)
{
    m_model.setMessage(format, octets);
    m_hex->setOctets(octets);
    m_tree->expandAll();
}

} // namespace reveille
