// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QAbstractItemModel;
class QString;
class QTableView;

namespace reveille {

/// How every table of the console looks and is used: whole rows of the house's height, striped, without a grid, and the Tab
/// key leaves it. `name` is for screen readers. GUI thread.
void setUpRows(QTableView *table, QAbstractItemModel *model, const QString &name);

} // namespace reveille
