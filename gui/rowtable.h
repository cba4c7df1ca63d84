// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

class QAbstractItemModel;
class QChar;
class QModelIndex;
class QString;
class QTableView;
class QVariant;

namespace reveille {

/// How every table of the console looks and is used: whole rows of the house's height, striped, without a grid, and the Tab
/// key leaves it. `name` is for screen readers. GUI thread.
void setUpRows(QTableView *table, QAbstractItemModel *model, const QString &name);

/// Ctrl+C in the table does `copy`. GUI thread.
void setCopyKey(QTableView *table, const std::function<void()> &copy);
/// Delete in the table does `remove`, and not what it does in the window. GUI thread.
void setDeleteKey(QTableView *table, const std::function<void()> &remove);

/// New rows come on top; whoever scrolled down keeps what he reads. GUI thread.
void keepPlace(QTableView *table);

/// The rows shown, or only the selected ones, with a head, in the order of the screen, for the clipboard or a file. `copied` says
/// what stands for a cell. GUI thread.
QString rowsAsText(const QTableView &table, QChar separator, bool onlySelected,
                   const std::function<QVariant(const QModelIndex &)> &copied);
/// To the clipboard: the selected rows, or all where none is selected. GUI thread.
void copyRows(const QTableView &table, const std::function<QVariant(const QModelIndex &)> &copied);

} // namespace reveille
