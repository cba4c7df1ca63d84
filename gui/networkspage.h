// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/context.h"

#include <QSortFilterProxyModel>
#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QTableView;

namespace reveille {

class EmptyState;
class SampleChart;

/// What was learned of how long the firewalls of each network keep a quiet path open: the table, and of the chosen row
/// the samples and the sentence that explains it. GUI thread.
class NetworksPage : public QWidget
{
    Q_OBJECT
public:
    explicit NetworksPage(GuiContext &context, QWidget *parent = nullptr);
    ~NetworksPage() override;

    QTableView *table() const { return m_table; }
    QLineEdit *filterBox() const { return m_filter; }
    QString sentence() const;
    void chooseNetwork(const IpNetwork &prefix, PathTransport transport);
    /// The rows shown, or selected, with a head, as they are sorted.
    QString rowsAsText(QChar separator, bool onlySelected) const;

public Q_SLOTS:
    void forget(); ///< the chosen one, after a confirmation
    void copyRows();
    void exportCsv();

Q_SIGNALS:
    void failed(const QString &what, const reveille::Error &error);

private:
    const LearnedNetwork *chosen() const;
    void showChosen();
    void showEmpty();
    void openMenu(const QPoint &at);

    GuiContext &m_context;
    QSortFilterProxyModel m_sorted;
    QLineEdit *m_filter;
    QTableView *m_table;
    QLabel *m_sentence;
    SampleChart *m_chart;
    QPushButton *m_forget;
    QWidget *m_detail;
    EmptyState *m_empty;
    QStackedWidget *m_stack;
};

} // namespace reveille
