// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/context.h"
#include "models/lifelinemodel.h"

#include <QTimer>
#include <QWidget>

#include <memory>

class QLabel;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace reveille {

class LifelineStrip;

/// The lifeline of the selected device with its controls: how much time is seen, the same marks as a table, as text.
/// GUI thread.
class LifelineView : public QWidget
{
    Q_OBJECT
public:
    explicit LifelineView(GuiContext &context, QWidget *parent = nullptr);
    ~LifelineView() override;

    void showDevice(const DeviceId &id);
    LifelineStrip *strip() const { return m_strip; }
    QTableView *table() const { return m_table; }
    LifelineModel &model() { return m_model; }

    bool showsTable() const;

public Q_SLOTS:
    void showTable(bool table);
    void copyText(); ///< what the strip shows, line by line

Q_SIGNALS:
    void momentChosen(reveille::Timestamp from, reveille::Timestamp until);
    void tableShown(bool table);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void layOut();
    QToolButton *addButton(const QString &text, const QString &tip);
    void addSpan(const QString &text, const QString &tip, Milliseconds span);
    void attachJournal();
    void askHistory();
    void showRange();

    GuiContext &m_context;
    LifelineModel m_model;
    std::unique_ptr<JournalSource> m_source;
    LifelineStrip *m_strip;
    QTableView *m_table;
    QStackedWidget *m_stack;
    QLabel *m_range;
    QVector<std::pair<QToolButton *, Milliseconds>> m_spans;
    QToolButton *m_follow;
    QToolButton *m_asTable;
    QTimer m_historyDelay; ///< the server is asked at most four times a second
};

} // namespace reveille
