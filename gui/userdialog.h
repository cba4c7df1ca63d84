// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/context.h"

#include <QDialog>

class QLabel;
class QComboBox;
class QLineEdit;
class QPushButton;

namespace reveille {

class FormField;

/// Adds a user, or changes the name, the password and the wake rule of one. Closes once the server has it. GUI thread.
class UserDialog : public QDialog
{
    Q_OBJECT
public:
    /// An empty `user` adds one. `context` outlives it.
    UserDialog(GuiContext &context, const PublicUserId &user, QWidget *parent = nullptr);

    QLineEdit *id() const { return m_id; }
    QLineEdit *name() const { return m_name; }
    QLineEdit *password() const { return m_password; }
    QComboBox *wakeRule() const { return m_rule; } ///< data: int of WakeRule
    QString idError() const;
    QString notice() const; ///< what went wrong and concerns no field

public Q_SLOTS:
    void save();

private:
    void check();
    void showError(const Error &error);

    GuiContext &m_context;
    const bool m_adds;
    QLineEdit *m_id;
    QLineEdit *m_name;
    QLineEdit *m_password;
    QComboBox *m_rule;
    WakeRule m_knownRule = WakeRule::Inherit; ///< when the dialog opened
    FormField *m_idField;
    FormField *m_passwordField;
    QLabel *m_notice;
    QPushButton *m_save;
};

} // namespace reveille
