// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/wrapdelegate.h"

#include <QApplication>
#include <QHeaderView>
#include <QTreeView>

namespace reveille {

WrapDelegate::WrapDelegate(QTreeView *view) : QStyledItemDelegate(view), m_view(view)
{
    view->setWordWrap(true);
    view->setUniformRowHeights(false);
    connect(view->header(), &QHeaderView::sectionResized, this, [this] { Q_EMIT sizeHintChanged({}); });
}

/// The view asks without telling the width.
QSize WrapDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    int left = 0;
    if (m_view->header()->visualIndex(index.column()) == 0) {
        for (QModelIndex at = index; at.isValid(); at = at.parent())
            left += m_view->indentation();
    }
    const int margin = 2 * (QApplication::style()->pixelMetric(QStyle::PM_FocusFrameHMargin, &item, m_view) + 1);
    const int width = std::max(1, m_view->columnWidth(index.column()) - left - margin);
    const QRect text = item.fontMetrics.boundingRect(0, 0, width, QWIDGETSIZE_MAX, Qt::TextWordWrap, item.text);
    const QSize usual = QStyledItemDelegate::sizeHint(option, index);
    return {usual.width(), std::max(usual.height(), text.height() + 2)};
}

} // namespace reveille
