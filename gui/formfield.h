// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QFormLayout;
class QLabel;

namespace reveille {

/// An editor with room beneath it for what is wrong with its value. GUI thread.
class FormField : public QWidget
{
    Q_OBJECT
public:
    /// Takes `editor`; `name` is what screen readers call it.
    FormField(QWidget *editor, const QString &name, QWidget *parent = nullptr);
    /// Makes one and puts it into `form` with a label in front whose & key leads to the editor.
    static FormField *add(QFormLayout *form, const QString &label, QWidget *editor);

    QWidget *editor() const { return m_editor; }
    void setError(const QString &text); ///< empty: nothing is wrong
    QString error() const;
    void setHint(const QString &text);  ///< shown where no error is

private:
    void show();

    QWidget *m_editor;
    QLabel *m_note;
    QString m_error;
    QString m_hint;
};

} // namespace reveille
