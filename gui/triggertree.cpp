// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/triggertree.h"

#include "gui/statemark.h"
#include "models/triggerlibrarymodel.h"

#include <QHeaderView>
#include <QKeyEvent>

namespace reveille {

TriggerTree::TriggerTree(QWidget *parent) : QTreeView(parent)
{
    setAccessibleName(tr("Saved triggers"));
    setItemDelegate(new RowDelegate(this));
    setUniformRowHeights(true);
    setAlternatingRowColors(true);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::EditKeyPressed);
    setDragDropMode(QAbstractItemView::InternalMove);
    setDropIndicatorShown(true);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setTextElideMode(Qt::ElideMiddle);
    setExpandsOnDoubleClick(false); // the panel does, as Enter does
    header()->setStretchLastSection(false);
    header()->setSectionsMovable(false);
}

TriggerTree::Order TriggerTree::orderOf(const QKeyEvent *event)
{
    const Qt::KeyboardModifiers with = event->modifiers() & ~Qt::KeypadModifier;
    const int key = event->key();
    if (event->matches(QKeySequence::Undo))
        return Order::Restore;
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        return with == Qt::ControlModifier                       ? Order::Send
            : with == (Qt::ControlModifier | Qt::ShiftModifier) ? Order::SendAsking
            : with == Qt::NoModifier                            ? Order::Open
                                                                : Order::None;
    }
    if (with == Qt::AltModifier)
        return key == Qt::Key_Up ? Order::Up : key == Qt::Key_Down ? Order::Down : Order::None;
    if (with == Qt::ControlModifier)
        return key == Qt::Key_D ? Order::Duplicate : Order::None;
    if (with != Qt::NoModifier)
        return Order::None;
    return key == Qt::Key_F2 ? Order::Rename : key == Qt::Key_Delete ? Order::Remove : Order::None;
}

bool TriggerTree::event(QEvent *event)
{
    // Before the shortcuts of the window, which stand on some of the same keys.
    if (event->type() == QEvent::ShortcutOverride && orderOf(static_cast<QKeyEvent *>(event)) != Order::None) {
        event->accept();
        return true;
    }
    return QTreeView::event(event);
}

void TriggerTree::keyPressEvent(QKeyEvent *event)
{
    const bool sends = orderOf(event) == Order::Send || orderOf(event) == Order::SendAsking;
    if (state() == QAbstractItemView::EditingState || (sends && event->isAutoRepeat()))
        return QTreeView::keyPressEvent(event);
    switch (orderOf(event)) {
    case Order::None: return QTreeView::keyPressEvent(event);
    case Order::Send: Q_EMIT sendWanted(false); break;
    case Order::SendAsking: Q_EMIT sendWanted(true); break;
    case Order::Open: Q_EMIT openWanted(); break;
    case Order::Rename:
        if (currentIndex().isValid())
            edit(currentIndex().siblingAtColumn(TriggerLibraryModel::Name));
        break;
    case Order::Remove: Q_EMIT removeWanted(); break;
    case Order::Restore: Q_EMIT restoreWanted(); break;
    case Order::Duplicate: Q_EMIT duplicateWanted(); break;
    case Order::Up: Q_EMIT shiftWanted(-1); break;
    case Order::Down: Q_EMIT shiftWanted(1); break;
    }
    event->accept();
}

} // namespace reveille
