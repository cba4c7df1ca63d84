// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/context.h"

#include <QSortFilterProxyModel>
#include <QTimer>
#include <QWidget>

#include <memory>

class QLineEdit;
class QStackedWidget;
class QTableView;

namespace reveille {

class ChipRow;
class EmptyState;
class WakeLife;

/// Wake-ups as rows of their own, of everybody or of one device, with their states moving; the chosen one opens its life
/// beside the table. What is chosen here is the Selection. GUI thread.
class WakesPanel : public QWidget
{
    Q_OBJECT
public:
    enum class Of { Everybody, OneDevice };
    /// `model` outlives it.
    WakesPanel(GuiContext &context, WakeListModel &model, Of of, QWidget *parent = nullptr);
    ~WakesPanel() override;

    QTableView *table() const { return m_table; }
    WakeLife *life() const { return m_life; }
    QLineEdit *filterBox() const { return m_text; }
    ChipRow *chips() const { return m_chips; } ///< all, under way, failed
    void chooseWake(const WakeId &id);

public Q_SLOTS:
    void copyRows();

Q_SIGNALS:
    void menuWanted(const QPoint &globalPosition);
    void inspectWanted(); ///< Return or a double click on a row
    void wakeWanted();

private:
    class Filter;
    QWidget *makeBar();
    const WakeUp *current() const;
    void showCurrent();
    void showEmpty();
    void followSelection();

    GuiContext &m_context;
    WakeListModel &m_model;
    const Of m_of;
    std::unique_ptr<Filter> m_filter;
    ChipRow *m_chips;
    QLineEdit *m_text;
    QTableView *m_table;
    WakeLife *m_life;
    EmptyState *m_empty;
    QStackedWidget *m_stack;
    QTimer m_second; ///< what is under way grows older
    bool m_following = false;
};

} // namespace reveille
