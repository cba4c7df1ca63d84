// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/wakemany.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QTreeWidget;

namespace reveille {

/// Asks before many devices are woken: how many, over what, how many cannot and why; then shows how it goes and what
/// came of it, in the same place. GUI thread.
class WakeManyDialog : public QDialog
{
    Q_OBJECT
public:
    /// `context` outlives it.
    WakeManyDialog(GuiContext &context, const QVector<DeviceId> &devices, QWidget *parent = nullptr);

    WakeMany &work() { return m_work; }
    QString headline() const;
    QTreeWidget *groups() const { return m_groups; }
    QPushButton *goButton() const { return m_go; }
    QPushButton *stopButton() const { return m_stop; }
    QComboBox *bearer() const { return m_bearer; }
    QCheckBox *alsoReachable() const { return m_alsoReachable; }
    QString summary() const; ///< headline and groups as text, for the clipboard

private:
    QWidget *makeForm();
    void look();
    void refresh();
    void showHeadline();
    void showGroups();
    void showButtons();

    GuiContext &m_context;
    WakeMany m_work;
    QComboBox *m_bearer;
    QComboBox *m_mode;
    QCheckBox *m_empty;
    QCheckBox *m_alsoReachable;
    QLabel *m_headline;
    QLabel *m_note;
    QProgressBar *m_progress;
    QTreeWidget *m_groups;
    QWidget *m_form;
    QPushButton *m_go;
    QPushButton *m_stop;
};

} // namespace reveille
