// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/commandpalette.h"

#include "gui/theme.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

namespace reveille {

namespace {

QString plainText(const QAction *action)
{
    return action->text().remove(u'&');
}

} // namespace

CommandPalette::CommandPalette(const QVector<QAction *> &actions, QWidget *parent)
    : QDialog(parent, Qt::Popup), m_actions(actions), m_text(new QLineEdit), m_list(new QListWidget)
{
    setAccessibleName(tr("Command palette"));
    m_text->setPlaceholderText(tr("Type a command…"));
    m_text->setAccessibleName(tr("Command"));
    m_list->setAccessibleName(tr("Commands"));
    m_list->setFocusPolicy(Qt::NoFocus);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::grid, theme::grid, theme::grid, theme::grid);
    layout->addWidget(m_text);
    layout->addWidget(m_list);
    resize(460, 380);
    m_text->installEventFilter(this);
    connect(m_text, &QLineEdit::textChanged, this, &CommandPalette::search);
    connect(m_text, &QLineEdit::returnPressed, this, &CommandPalette::run);
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::run);
    search({});
    if (parent)
        move(parent->mapToGlobal(QPoint((parent->width() - width()) / 2, 80)));
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Down || key == Qt::Key_Up) {
            const int step = key == Qt::Key_Down ? 1 : -1;
            m_list->setCurrentRow(std::clamp(m_list->currentRow() + step, 0, m_list->count() - 1));
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

void CommandPalette::search(const QString &text)
{
    m_list->clear();
    const QStringList words = text.split(u' ', Qt::SkipEmptyParts);
    for (QAction *action : std::as_const(m_actions)) {
        const QString name = plainText(action);
        const QString sought = name + u' ' + action->statusTip();
        const bool matches = std::all_of(words.begin(), words.end(),
                                         [&](const QString &word) { return sought.contains(word, Qt::CaseInsensitive); });
        if (!matches || !action->isEnabled())
            continue;
        const QString key = action->shortcut().toString(QKeySequence::NativeText);
        auto *item = new QListWidgetItem(action->icon(), key.isEmpty() ? name : name + QStringLiteral("    ") + key, m_list);
        item->setToolTip(action->statusTip());
        item->setData(Qt::UserRole, QVariant::fromValue<QObject *>(action));
    }
    m_list->setCurrentRow(0);
}

void CommandPalette::run()
{
    const QListWidgetItem *item = m_list->currentItem();
    if (!item)
        return;
    auto *action = qobject_cast<QAction *>(item->data(Qt::UserRole).value<QObject *>());
    accept();
    action->trigger();
}

} // namespace reveille
