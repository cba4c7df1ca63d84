// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/trigger.h"

#include <QDialog>

class QCheckBox;
class QLabel;
class QLineEdit;

namespace reveille {

/// Asks what the variables of a trigger stand for before it is sent, with the filled text beneath. GUI thread.
class VariablesDialog : public QDialog
{
    Q_OBJECT
public:
    /// `known` is what needs nobody to fill it in. Asks for what is unfilled, or for all but the known with `all`.
    VariablesDialog(const Trigger &trigger, const VariableValues &known, bool all, QWidget *parent = nullptr);

    VariableValues values() const; ///< the known and what was written
    VariableValues written() const;
    bool keeps() const; ///< what was written is to be the default from now on
    QLineEdit *editor(const QString &name) const { return m_editors.value(name); }
    QString preview() const;
    QCheckBox *keepBox() const { return m_keep; }

private:
    void showPreview();

    const Trigger m_trigger;
    const VariableValues m_known;
    QMap<QString, QLineEdit *> m_editors;
    QLabel *m_preview;
    QCheckBox *m_keep;
};

} // namespace reveille
