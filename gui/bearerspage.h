// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/context.h"

#include <QSortFilterProxyModel>
#include <QWidget>

class QLabel;
class QPushButton;
class QStackedWidget;
class QTableView;

namespace reveille {

class EmptyState;

/// The bearers as a table: how each is, since when, whom it talks to, what it sent and what waits; beneath it the chosen
/// one in sentences, and a test of it that wakes nobody. GUI thread.
class BearersPage : public QWidget
{
    Q_OBJECT
public:
    explicit BearersPage(GuiContext &context, QWidget *parent = nullptr);
    ~BearersPage() override;

    QTableView *table() const { return m_table; }
    QPushButton *testButton() const { return m_test; }
    QString sentence() const;
    void chooseBearer(const QString &name);
    /// The rows shown, or selected, with a head, as they are sorted.
    QString rowsAsText(QChar separator, bool onlySelected) const;

    void showTest(const QString &name, const Result<BearerTest> &result); ///< what became of testWanted()

public Q_SLOTS:
    void test(); ///< the chosen one; its row tells what comes of it
    void copyRows();
    void copySentence();

Q_SIGNALS:
    void testWanted(const QString &name);

private:
    const BearerSnapshot *chosen() const;
    void showChosen();
    void showEmpty();
    void openMenu(const QPoint &at);

    GuiContext &m_context;
    QSortFilterProxyModel m_sorted;
    QTableView *m_table;
    QLabel *m_sentence;
    QPushButton *m_test;
    EmptyState *m_empty;
    QStackedWidget *m_stack;
};

} // namespace reveille
