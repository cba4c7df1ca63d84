// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/savetriggerdialog.h"

#include "gui/formfield.h"
#include "models/sentences.h"
#include "models/triggerjson.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>

namespace reveille {

using namespace Qt::StringLiterals;

SaveTriggerDialog::SaveTriggerDialog(TriggerLibraryModel &model, const Trigger &trigger, Id loaded, QWidget *parent)
    : QDialog(parent), m_model(model), m_trigger(trigger), m_name(new QLineEdit), m_folder(new QComboBox)
{
    setObjectName(u"saveTriggerDialog"_s);
    setWindowTitle(tr("Save as a trigger"));
    setMinimumWidth(420);
    m_name->setMaxLength(int(TriggerJson::longestName));
    m_folder->addItem(tr("(no folder)"), Id(0));
    for (const auto &[id, path] : model.folders())
        m_folder->addItem(path, id);
    auto *layout = new QFormLayout(this);
    m_nameField = FormField::add(layout, tr("&Name"), m_name);
    FormField::add(layout, tr("&Folder"), m_folder);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel);
    m_save = buttons->button(QDialogButtonBox::Save);
    layout->addRow(buttons);
    if (const Trigger *known = model.trigger(loaded)) {
        m_name->setText(known->name);
        m_trigger.sent = known->sent;
        const Id folder = model.idOf(model.folderOf(model.indexOf(loaded)));
        m_folder->setCurrentIndex(std::max(0, m_folder->findData(folder)));
    }
    connect(m_name, &QLineEdit::textChanged, this, &SaveTriggerDialog::check);
    connect(m_folder, &QComboBox::currentIndexChanged, this, &SaveTriggerDialog::check);
    connect(buttons, &QDialogButtonBox::accepted, this, &SaveTriggerDialog::save);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_name->selectAll();
    m_name->setFocus();
    check();
}

QString SaveTriggerDialog::nameError() const
{
    return m_nameField->error();
}

SaveTriggerDialog::Id SaveTriggerDialog::taken() const
{
    return m_model.find(m_name->text().trimmed(), m_model.indexOf(m_folder->currentData().value<Id>()));
}

void SaveTriggerDialog::check()
{
    const bool replaces = taken() != 0;
    m_nameField->setError({});
    m_nameField->setHint(replaces ? tr("A trigger of this name is there; it is replaced.") : QString());
    m_save->setText(replaces ? tr("&Replace") : tr("&Save"));
}

void SaveTriggerDialog::save()
{
    m_trigger.name = m_name->text().trimmed();
    const Id other = taken();
    if (const Trigger *replaced = m_model.trigger(other)) {
        m_trigger.sent = replaced->sent; // {{counter}} goes on
        const Result<Done> done = m_model.setTrigger(other, m_trigger);
        if (!done)
            return m_nameField->setError(Sentences::error(done.error()));
        m_saved = other;
    } else {
        const Result<Id> id = m_model.add(TriggerItem::of(m_trigger), m_model.indexOf(m_folder->currentData().value<Id>()));
        if (!id)
            return m_nameField->setError(Sentences::error(id.error()));
        m_saved = *id;
    }
    accept();
}

} // namespace reveille
