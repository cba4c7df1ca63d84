// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/triggerlibrarymodel.h"

#include <QDialog>

class QComboBox;
class QLineEdit;
class QPushButton;

namespace reveille {

class FormField;

/// Keeps a trigger in the library under a name, in a folder; a name that is taken there means to replace. GUI thread.
class SaveTriggerDialog : public QDialog
{
    Q_OBJECT
public:
    using Id = TriggerLibraryModel::Id;
    /// `loaded` is the trigger it came from, whose name and folder are offered; 0 = none. `model` outlives it.
    SaveTriggerDialog(TriggerLibraryModel &model, const Trigger &trigger, Id loaded, QWidget *parent = nullptr);

    QLineEdit *name() const { return m_name; }
    QComboBox *folder() const { return m_folder; } ///< data: Id, 0 = the top
    QPushButton *saveButton() const { return m_save; }
    QString nameError() const;
    Id saved() const { return m_saved; } ///< after it was accepted

public Q_SLOTS:
    void save();

private:
    Id taken() const;
    void check();

    TriggerLibraryModel &m_model;
    Trigger m_trigger;
    Id m_saved = 0;
    QLineEdit *m_name;
    QComboBox *m_folder;
    FormField *m_nameField;
    QPushButton *m_save;
};

} // namespace reveille
