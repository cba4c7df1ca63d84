// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSortFilterProxyModel>
#include <QWidget>

class QLabel;
class QPushButton;
class QSettings;
class QStackedWidget;
class QTableView;

namespace reveille {

class EmptyState;

/// A page with one table: sorted rows of a model, the chosen one in sentences, copying, and what stands there while there are
/// no rows. Who derives from it lays it out with setContent(). GUI thread.
class RowsPage : public QWidget
{
    Q_OBJECT
public:
    ~RowsPage() override;

    QTableView *table() const { return m_table; }
    QString sentence() const;
    /// The rows shown, or selected, with a head, in the order of the screen.
    QString rowsAsText(QChar separator, bool onlySelected) const;

public Q_SLOTS:
    void copyRows();
    void copySentence();

protected:
    RowsPage(QAbstractItemModel *model, const QString &name, QWidget *parent);
    /// `content` holds table and sentence and is shown while there are rows.
    void setContent(QWidget *content);
    /// The table above, beneath it the sentence and these.
    void setContentAbove(const QVector<QPushButton *> &buttons);
    EmptyState *emptyState() const { return m_empty; }
    QLabel *sentenceLabel() const { return m_sentence; }
    QSortFilterProxyModel &sorted() { return m_sorted; }
    int chosenRow() const; ///< of the model; -1 = none
    void chooseRow(int row); ///< of the model; one that is not there changes nothing
    void setSentence(const QString &text);
    /// A click on a head sorts; until somebody does, rows stand as in the model.
    void offerSorting();
    /// A context menu of the head, to show and hide columns; the first is always there. `hidden` are not shown at first.
    void offerColumns(const QVector<int> &hidden = {});
    /// Widths, order and choice of columns are kept under `key` from here on, and are as they were.
    void keepColumns(QSettings &settings, const QString &key);
    /// What stands for a cell in a copy or a file.
    virtual QVariant copied(const QModelIndex &cell) const { return cell.data(); }
    /// Another row is chosen, or the chosen one changed.
    virtual void showChosen() = 0;
    virtual void openMenu(const QPoint &at) = 0;

private:
    void setUpTable(const QString &name);
    void showEmpty();

    QSortFilterProxyModel m_sorted;
    QTableView *m_table;
    QLabel *m_sentence;
    EmptyState *m_empty;
    QStackedWidget *m_stack;
    QSettings *m_settings = nullptr;
    QString m_columnsKey;
};

} // namespace reveille
