// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/context.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QModelIndex;
class QSplitter;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace reveille {

class EmptyState;
class FieldView;

/// The journal with its filters; a row opens its decoded fields beside its bytes. Follows the tail only while at it.
/// GUI thread.
class JournalPanel : public QWidget
{
    Q_OBJECT
public:
    explicit JournalPanel(GuiContext &context, QWidget *parent = nullptr);

    void copyRows();
    /// Asks for a file and writes the rows shown as CSV.
    void exportCsv();
    /// The rows shown, or selected, as comma-separated values (RFC 4180); cells a spreadsheet would run are quoted.
    QString rowsAsText(QChar separator, bool onlySelected) const;
    void setFollowing(bool on);
    /// Only rows of this stretch of time, until the chip that says so is pressed or another device is chosen.
    void showMoment(Timestamp from, Timestamp until);
    /// Only rows that hold this text.
    void showText(const QString &text);
    QTableView *table() const { return m_table; }

private:
    QVariant copied(const QModelIndex &cell) const;
    void applyFilter();
    void showStatus();
    void showRow();
    void followSelection();

    GuiContext &m_context;
    QVector<QToolButton *> m_kinds;
    QToolButton *m_chip;
    QToolButton *m_moment;
    Timestamp m_momentFrom;
    Timestamp m_momentUntil;
    DeviceId m_momentDevice;
    QComboBox *m_span;
    QLineEdit *m_text;
    QToolButton *m_follow;
    QLabel *m_status;
    QTableView *m_table;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    FieldView *m_fields;
    QLabel *m_sentence;
    QWidget *m_details;
    QTimer m_delay;
};

} // namespace reveille
