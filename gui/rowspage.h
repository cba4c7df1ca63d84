// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSortFilterProxyModel>
#include <QWidget>

class QLabel;
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
    EmptyState *emptyState() const { return m_empty; }
    QLabel *sentenceLabel() const { return m_sentence; }
    QSortFilterProxyModel &sorted() { return m_sorted; }
    int chosenRow() const; ///< of the model; -1 = none
    void chooseRow(int row);
    void setSentence(const QString &text);
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
};

} // namespace reveille
