// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/trigger.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QSpinBox;

namespace reveille {

class FormField;
class TargetField;

/// The fields of a push. What is wrong stands beneath the field it concerns. GUI thread.
class ComposerForm : public QWidget
{
    Q_OBJECT
public:
    explicit ComposerForm(QWidget *parent = nullptr);

    void setTarget(const PublicUserId &user, const DeviceId &device);
    void setTargetHint(const QString &text); ///< who that is, "alice's phone"
    void focusBody();

    /// What the fields say, with `values` for their variables (Trigger::request); a wrong target is marked, an empty one or
    /// one with an unfilled variable only when `sending`.
    Result<PushRequest> request(bool sending, const VariableValues &values = {});
    /// The same to be kept. What its variables stand for by default goes along; its name does not.
    Trigger trigger() const;
    void setTrigger(const Trigger &trigger);
    void setDefaults(const VariableValues &defaults) { m_defaults = defaults; }
    /// An error of the server beside the field it concerns; false where it concerns none.
    bool showError(const Error &error);

    TargetField *target() const { return m_target; }
    QPlainTextEdit *body() const { return m_body; }
    QLineEdit *application() const { return m_application; }
    QComboBox *contentType() const { return m_contentType; }
    QSpinBox *ttl() const { return m_ttl; }
    QComboBox *when() const { return m_when; }
    QComboBox *priority() const { return m_priority; }
    QComboBox *choice() const { return m_choice; } ///< data: int of DeviceChoice
    QComboBox *sirMode() const { return m_sirMode; }
    QCheckBox *confirm() const { return m_confirm; }
    QString targetError() const;

Q_SIGNALS:
    void changed();

private:
    void fillChoices();
    void clearErrors();
    void showHints();

    TargetField *m_target;
    QLineEdit *m_application;
    QComboBox *m_contentType;
    QPlainTextEdit *m_body;
    QSpinBox *m_ttl;
    QComboBox *m_priority;
    QComboBox *m_when;
    QComboBox *m_choice;
    QComboBox *m_sirMode;
    QCheckBox *m_confirm;
    FormField *m_targetField;
    FormField *m_contentTypeField;
    FormField *m_bodyField;
    FormField *m_ttlField;
    VariableValues m_defaults;
};

} // namespace reveille
