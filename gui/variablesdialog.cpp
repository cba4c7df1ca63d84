// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/variablesdialog.h"

#include "gui/theme.h"
#include "models/triggerjson.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestPreview = 600; ///< characters

} // namespace

VariablesDialog::VariablesDialog(const Trigger &trigger, const VariableValues &known, bool all, QWidget *parent)
    : QDialog(parent), m_trigger(trigger), m_known(known), m_preview(new QLabel), m_keep(new QCheckBox(tr("&Keep these values as defaults")))
{
    setObjectName(u"variablesDialog"_s);
    setWindowTitle(trigger.name.isEmpty() ? tr("Fill in the variables") : tr("Fill in the variables of %1").arg(trigger.name));
    QStringList names = all ? trigger.variables() : trigger.unfilled(known);
    names.removeIf([&](const QString &name) { return known.contains(name); });
    auto *fields = new QWidget;
    auto *form = new QFormLayout(fields);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    for (const QString &name : names) {
        auto *editor = new QLineEdit(trigger.defaults.value(name));
        editor->setMaxLength(int(TriggerJson::longestValue));
        editor->setAccessibleName(name);
        connect(editor, &QLineEdit::textChanged, this, &VariablesDialog::showPreview);
        form->addRow(name, editor);
        m_editors.insert(name, editor);
        if (m_editors.size() == 1)
            editor->setFocus();
    }
    if (names.isEmpty())
        form->addRow(new QLabel(tr("It has no variables to fill in.")));
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(fields);
    scroll->setMinimumHeight(std::min(fields->sizeHint().height(), 40 * theme::grid));
    m_preview->setWordWrap(true);
    m_preview->setTextFormat(Qt::PlainText);
    m_preview->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_preview->setForegroundRole(QPalette::PlaceholderText);
    m_preview->setAccessibleName(tr("What will be sent"));
    m_keep->setVisible(!names.isEmpty());
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    QPushButton *send = buttons->addButton(tr("&Send"), QDialogButtonBox::AcceptRole);
    send->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(theme::grid);
    layout->addWidget(scroll, 1);
    layout->addWidget(m_preview);
    layout->addWidget(m_keep);
    layout->addWidget(buttons);
    showPreview();
    resize(460, minimumSizeHint().height());
}

VariableValues VariablesDialog::written() const
{
    VariableValues values;
    for (auto editor = m_editors.cbegin(); editor != m_editors.cend(); ++editor)
        values.insert(editor.key(), editor.value()->text());
    return values;
}

VariableValues VariablesDialog::values() const
{
    VariableValues values = m_known;
    values.insert(written());
    return values;
}

bool VariablesDialog::keeps() const
{
    return m_keep->isChecked();
}

QString VariablesDialog::preview() const
{
    return m_preview->text();
}

void VariablesDialog::showPreview()
{
    const VariableValues all = m_trigger.valuesWith(values());
    m_preview->setText(tr("To %1:\n%2").arg(Variables::filled(m_trigger.to, all),
                                           Variables::filled(m_trigger.body, all).left(longestPreview)));
}

} // namespace reveille
