// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/formfield.h"

#include "gui/theme.h"

#include <QFormLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace reveille {

FormField::FormField(QWidget *editor, const QString &name, QWidget *parent)
    : QWidget(parent), m_editor(editor), m_note(new QLabel(this))
{
    m_note->setWordWrap(true);
    m_note->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_note->hide();
    m_editor->setAccessibleName(name);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(m_editor);
    layout->addWidget(m_note);
    setFocusProxy(m_editor);
}

FormField *FormField::add(QFormLayout *form, const QString &label, QWidget *editor)
{
    QString name = label;
    auto *field = new FormField(editor, name.remove(u'&'), form->parentWidget());
    form->addRow(label, field);
    if (auto *buddy = qobject_cast<QLabel *>(form->labelForField(field))) {
        buddy->setBuddy(editor);
        buddy->setContentsMargins(0, 0, 2, 0); // the letter of the key is drawn without kerning, which is wider
    }
    return field;
}

void FormField::setError(const QString &text)
{
    if (text == m_error)
        return;
    m_error = text;
    show();
}

QString FormField::error() const
{
    return m_error;
}

void FormField::setHint(const QString &text)
{
    if (text == m_hint)
        return;
    m_hint = text;
    show();
}

void FormField::show()
{
    QPalette palette = this->palette();
    const theme::Tone tone = m_error.isEmpty() ? theme::Tone::Quiet : theme::Tone::Bad;
    palette.setColor(QPalette::WindowText, theme::toneColor(tone, palette));
    m_note->setPalette(palette);
    m_note->setText(m_error.isEmpty() ? m_hint : m_error);
    m_note->setVisible(!m_note->text().isEmpty());
    m_editor->setAccessibleDescription(m_note->text());
}

} // namespace reveille
