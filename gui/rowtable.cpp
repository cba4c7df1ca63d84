// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/rowtable.h"

#include "gui/csv.h"
#include "gui/statemark.h"

#include <QAction>
#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QScrollBar>
#include <QTableView>

#include <algorithm>

namespace reveille {

namespace {

/// Takes the key before the shortcut of the window gets it.
class DeleteKey : public QObject
{
public:
    DeleteKey(QTableView *table, const std::function<void()> &remove) : QObject(table), m_remove(remove)
    {
        table->installEventFilter(this);
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        const bool isKey = event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress;
        if (!isKey || !static_cast<QKeyEvent *>(event)->matches(QKeySequence::Delete))
            return QObject::eventFilter(watched, event);
        event->accept();
        if (event->type() == QEvent::KeyPress)
            m_remove();
        return true;
    }

private:
    const std::function<void()> m_remove;
};

} // namespace

void setUpRows(QTableView *table, QAbstractItemModel *model, const QString &name)
{
    table->setModel(model);
    table->setAccessibleName(name);
    table->setItemDelegate(new RowDelegate(table));
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setAlternatingRowColors(true);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setTabKeyNavigation(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(std::max(theme::rowHeight, table->fontMetrics().height() + 8));
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
}

void setCopyKey(QTableView *table, const std::function<void()> &copy)
{
    auto *action = new QAction(QCoreApplication::translate("reveille::RowsPage", "Copy rows"), table);
    action->setShortcut(QKeySequence::Copy);
    action->setShortcutContext(Qt::WidgetShortcut);
    QObject::connect(action, &QAction::triggered, table, copy);
    table->addAction(action);
}

void setDeleteKey(QTableView *table, const std::function<void()> &remove)
{
    new DeleteKey(table, remove); // the table's own
}

void keepPlace(QTableView *table)
{
    QObject::connect(table->model(), &QAbstractItemModel::rowsInserted, table, [table](const QModelIndex &, int first, int last) {
        if (QScrollBar *bar = table->verticalScrollBar(); first == 0 && bar->value() > 0)
            bar->setValue(bar->value() + last - first + 1);
    });
}

QString rowsAsText(const QTableView &table, QChar separator, bool onlySelected,
                   const std::function<QVariant(const QModelIndex &)> &copied)
{
    const QAbstractItemModel &model = *table.model();
    const QHeaderView &header = *table.horizontalHeader();
    QStringList lines;
    const auto add = [&](const auto &cell) {
        QStringList cells;
        for (int place = 0; place < header.count(); ++place)
            cells.append(csvCell(cell(header.logicalIndex(place)).toString(), separator));
        lines.append(cells.join(separator));
    };
    add([&](int column) { return model.headerData(column, Qt::Horizontal); });
    for (int row = 0; row < model.rowCount(); ++row) {
        if (!onlySelected || table.selectionModel()->isRowSelected(row))
            add([&](int column) { return copied(model.index(row, column)); });
    }
    return lines.join(u'\n') + u'\n';
}

void copyRows(const QTableView &table, const std::function<QVariant(const QModelIndex &)> &copied)
{
    QGuiApplication::clipboard()->setText(rowsAsText(table, u'\t', table.selectionModel()->hasSelection(), copied));
}

} // namespace reveille
