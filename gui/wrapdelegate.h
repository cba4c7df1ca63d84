// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

class QTreeView;

namespace reveille {

/// Cells of a tree whose sentences stand there whole, in as many lines as they need at the width of their column. The view has
/// to wrap words. GUI thread.
class WrapDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    explicit WrapDelegate(QTreeView *view);

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    QTreeView *m_view;
};

} // namespace reveille
