// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/theme.h"
#include "gui/triggerpanel.h"
#include "gui/triggerpreview.h"
#include "gui/triggersender.h"
#include "gui/triggertree.h"
#include "models/sentences.h"
#include "models/triggerjson.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QLineEdit>
#include <QSortFilterProxyModel>

#include <algorithm>

namespace reveille {

using namespace Qt::StringLiterals;

/// What can be done with the triggers; how they are shown is in triggerpanel.cpp.

void TriggerPanel::send(bool ask)
{
    if (m_context.host->state() != ServerHost::State::Running)
        return m_preview->setNotice(tr("The server is not running."));
    m_sender->send(chosen(), ask);
}

void TriggerPanel::open()
{
    if (hasTrigger())
        Q_EMIT openWanted(chosen());
    else if (m_tree->currentIndex().isValid())
        m_tree->setExpanded(m_tree->currentIndex(), !m_tree->isExpanded(m_tree->currentIndex()));
}

void TriggerPanel::addFolder()
{
    const Result<Id> id = m_model.add(TriggerItem::ofFolder(tr("New folder")), m_model.folderOf(chosenIndex()));
    if (!id)
        return complain(id.error());
    choose(*id);
    rename();
}

void TriggerPanel::rename()
{
    if (!m_tree->currentIndex().isValid())
        return;
    m_tree->setFocus();
    m_tree->edit(m_tree->currentIndex().siblingAtColumn(TriggerLibraryModel::Name));
}

void TriggerPanel::duplicate()
{
    const Result<Id> id = m_model.duplicate(chosen());
    if (!id)
        return complain(id.error());
    choose(*id);
}

void TriggerPanel::remove()
{
    const QModelIndex index = chosenIndex();
    if (!index.isValid())
        return;
    const TriggerItem item = m_model.item(index);
    m_model.remove(chosen());
    say(item.isFolder && item.count() > 1 ? tr("%1 and what was in it were deleted.").arg(item.name()) : tr("%1 was deleted.").arg(item.name()), true);
}

void TriggerPanel::restore()
{
    if (const Id id = m_model.restore()) {
        say({});
        choose(id);
        m_tree->setFocus();
    }
}

void TriggerPanel::moveToFolder()
{
    if (!chosenIndex().isValid())
        return;
    const Id moved = chosen();
    auto *dialog = new QDialog(this);
    dialog->setObjectName(u"moveTriggerDialog"_s);
    dialog->setWindowTitle(tr("Move to a folder"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    auto *folder = new QComboBox; // by id: folders may have the same name
    folder->addItem(tr("(no folder)"), Id(0));
    for (const auto &[id, path] : m_model.folders())
        folder->addItem(path, id);
    const Id now = m_model.idOf(chosenIndex().parent());
    folder->setCurrentIndex(std::max(0, folder->findData(now)));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    auto *layout = new QFormLayout(dialog);
    layout->addRow(tr("&Folder"), folder);
    layout->addRow(buttons);
    connect(buttons, &QDialogButtonBox::accepted, dialog, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    connect(dialog, &QDialog::accepted, this, [this, moved, folder] {
        const Id to = folder->currentData().value<Id>();
        const QModelIndex above = m_model.indexOf(to);
        if (to != 0 && !above.isValid()) // deleted meanwhile
            return complain({"trigger-gone", folder->currentText()});
        if (const Result<Done> done = m_model.move(moved, above, -1); !done)
            return complain(done.error());
        choose(moved);
    });
    dialog->open();
}

void TriggerPanel::shift(int rows)
{
    const QModelIndex index = chosenIndex();
    const int to = index.row() + rows;
    if (!index.isValid() || to < 0 || to >= m_model.rowCount(index.parent()))
        return;
    const Id moved = chosen();
    const Result<Done> done = m_model.move(moved, index.parent(), rows > 0 ? to + 1 : to);
    if (!done)
        complain(done.error());
}

void TriggerPanel::addExamples()
{
    Trigger hello;
    hello.name = tr("Hello");
    hello.to = u"{{user}}"_s;
    hello.body = tr("Hello from Reveille, number {{counter}}");
    Trigger mail;
    mail.name = tr("New mail");
    mail.to = u"{{user}}"_s;
    mail.contentType = u"application/json"_s;
    mail.body = u"{\"type\": \"mail\", \"from\": \"{{from}}\", \"at\": \"{{time}}\", \"id\": \"{{uuid}}\"}"_s;
    mail.priority = PushPriority::High;
    mail.defaults = {{u"from"_s, u"bob"_s}};
    Trigger code;
    code.name = tr("One-time code, this device, now or never");
    code.to = u"{{device}}"_s;
    code.body = tr("Your code is {{code}}");
    code.when = PushWhen::Now;
    code.ttl = Milliseconds(0);
    const Result<Id> id = m_model.add(
        TriggerItem::ofFolder(tr("Examples"), {TriggerItem::of(hello), TriggerItem::of(mail), TriggerItem::of(code)}), {});
    if (!id)
        return complain(id.error());
    m_tree->expandAll();
    choose(m_model.idOf(m_model.index(0, 0, m_model.indexOf(*id))));
    m_tree->setFocus();
}

Result<Done> TriggerPanel::importFrom(const QString &path)
{
    const Result<QVector<TriggerItem>> items = TriggerLibrary::readFile(path);
    if (!items)
        return items.error();
    const Result<Done> added = m_model.addAll(*items, {});
    if (!added)
        return added;
    int count = 0;
    for (const TriggerItem &item : *items)
        count += item.count();
    say(tr("%Ln trigger(s) and folders imported.", nullptr, count));
    m_tree->expandAll();
    if (!items->isEmpty())
        choose(m_model.idOf(m_model.index(m_model.rowCount() - int(items->size()), 0)));
    return added;
}

Result<Done> TriggerPanel::exportTo(const QString &path, bool all) const
{
    const QModelIndex index = all ? QModelIndex() : chosenIndex();
    const QVector<TriggerItem> items = index.isValid() ? QVector<TriggerItem>{m_model.item(index)} : m_model.items();
    return TriggerLibrary::writeFile(path, TriggerJson::write(items, true));
}

void TriggerPanel::importFile()
{
    const QString path = QFileDialog::getOpenFileName(this, tr("Import triggers"), {}, tr("Trigger files (*.json);;All files (*)"));
    if (path.isEmpty())
        return;
    if (const Result<Done> done = importFrom(path); !done)
        say(tr("Nothing was imported. %1").arg(Sentences::error(done.error())));
}

void TriggerPanel::exportFile(bool all)
{
    const QModelIndex index = all ? QModelIndex() : chosenIndex();
    const QString name = index.isValid() ? m_model.item(index).name() : tr("triggers");
    QString file = name;
    std::replace_if(file.begin(), file.end(), [](QChar c) { return !c.isLetterOrNumber() && c != u'-' && c != u' '; }, u'_');
    const QString title = index.isValid() ? tr("Export “%1”").arg(name) : tr("Export all triggers");
    const QString path = QFileDialog::getSaveFileName(this, title, file + u".json"_s, tr("Trigger files (*.json)"));
    if (path.isEmpty())
        return;
    const Result<Done> done = exportTo(path, all);
    say(done ? tr("Written to %1.").arg(path) : Sentences::error(done.error()));
}

} // namespace reveille
