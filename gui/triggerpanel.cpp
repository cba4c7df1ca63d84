// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/triggerpanel.h"

#include "gui/emptystate.h"
#include "gui/theme.h"
#include "gui/triggerpreview.h"
#include "gui/triggersender.h"
#include "gui/triggertree.h"
#include "models/roles.h"
#include "models/sentences.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace reveille {

using namespace Qt::StringLiterals;

TriggerPanel::TriggerPanel(GuiContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_model(context.triggers->model())
    , m_found(new QSortFilterProxyModel)
    , m_sender(new TriggerSender(context, this))
    , m_buttons(new QHBoxLayout)
    , m_search(new QLineEdit)
    , m_tree(new TriggerTree)
    , m_preview(new TriggerPreview(context))
    , m_notice(new QLabel)
    , m_restore(new QPushButton(tr("&Bring it back")))
    , m_empty(new EmptyState)
    , m_nothingFound(new EmptyState)
    , m_stack(new QStackedWidget)
{
    setObjectName(u"triggerPanel"_s);
    m_found->setSourceModel(&m_model);
    m_found->setRecursiveFilteringEnabled(true);
    m_found->setAutoAcceptChildRows(true); // of a folder that is found
    m_found->setFilterRole(Role::Sort);
    m_found->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_tree->setModel(m_found.get());
    m_tree->header()->setSectionResizeMode(TriggerLibraryModel::Name, QHeaderView::Stretch);
    const int em = fontMetrics().horizontalAdvance(u'0');
    m_tree->header()->resizeSection(TriggerLibraryModel::To, 24 * em);
    m_tree->header()->resizeSection(TriggerLibraryModel::When, 22 * em);

    auto *splitter = new QSplitter;
    splitter->addWidget(m_tree);
    splitter->addWidget(m_preview);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setSizes({740, 500});
    splitter->setChildrenCollapsible(false);
    makeEmptyStates();
    m_stack->addWidget(splitter);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_nothingFound);
    m_notice->setWordWrap(true);
    m_notice->setTextFormat(Qt::PlainText);
    m_notice->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_notice->setAccessibleName(tr("Notice"));
    auto *below = new QHBoxLayout;
    below->addWidget(m_notice, 1);
    below->addWidget(m_restore);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::grid, theme::grid, theme::grid, theme::grid);
    layout->setSpacing(theme::grid);
    layout->addWidget(makeBar());
    layout->addWidget(m_stack, 1);
    layout->addLayout(below);
    say({});

    connect(m_tree, &TriggerTree::sendWanted, this, &TriggerPanel::send);
    connect(m_tree, &TriggerTree::openWanted, this, &TriggerPanel::open);
    connect(m_tree, &TriggerTree::removeWanted, this, &TriggerPanel::remove);
    connect(m_tree, &TriggerTree::restoreWanted, this, &TriggerPanel::restore);
    connect(m_tree, &TriggerTree::duplicateWanted, this, &TriggerPanel::duplicate);
    connect(m_tree, &TriggerTree::shiftWanted, this, &TriggerPanel::shift);
    connect(m_tree, &QTreeView::doubleClicked, this, &TriggerPanel::open);
    connect(m_tree, &QWidget::customContextMenuRequested, this,
            [this](const QPoint &at) { Q_EMIT menuWanted(m_tree->viewport()->mapToGlobal(at)); });
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        m_preview->show(hasTrigger() ? chosen() : 0);
        Q_EMIT chosenChanged();
    });
    connect(m_preview, &TriggerPreview::pushWanted, this, &TriggerPanel::pushWanted);
    connect(m_restore, &QPushButton::clicked, this, &TriggerPanel::restore);
    connectLibrary();
    m_tree->expandAll();
    showState();
    showTrouble();
}

TriggerPanel::~TriggerPanel()
{
    delete m_stack; // the view goes before its model does
}

void TriggerPanel::connectLibrary()
{
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(m_found.get(), signal, this, &TriggerPanel::showState);
    connect(m_found.get(), &QAbstractItemModel::modelReset, this, &TriggerPanel::showState);
    connect(&m_model, &TriggerLibraryModel::changed, this, &TriggerPanel::chosenChanged);
    connect(&m_model, &TriggerLibraryModel::refused, this, &TriggerPanel::complain);
    connect(m_context.triggers, &TriggerLibrary::troubleChanged, this, &TriggerPanel::showTrouble);
    connect(m_sender, &TriggerSender::sent, this, [this](quint64 id, const PushId &push) {
        const Trigger *trigger = m_model.trigger(id);
        say({});
        m_preview->follow(trigger ? trigger->name : QString(), push);
    });
    connect(m_sender, &TriggerSender::failed, this, [this](quint64 id, const Error &error) {
        const Trigger *trigger = m_model.trigger(id);
        m_preview->setNotice(tr("%1 was not sent. %2").arg(trigger ? trigger->name : QString(), Sentences::error(error)));
    });
}

QWidget *TriggerPanel::makeBar()
{
    auto *bar = new QWidget;
    auto *layout = new QHBoxLayout(bar);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::grid / 2);
    m_buttons->setSpacing(theme::grid / 2);
    layout->addLayout(m_buttons);
    layout->addStretch();
    m_search->setPlaceholderText(tr("Search triggers"));
    m_search->setAccessibleName(tr("Search the triggers by name, target and text"));
    m_search->setClearButtonEnabled(true);
    m_search->setMaximumWidth(220);
    connect(m_search, &QLineEdit::textChanged, this, &TriggerPanel::search);
    connect(m_search, &QLineEdit::returnPressed, this, [this] { m_tree->setFocus(); });
    layout->addWidget(m_search);
    return bar;
}

void TriggerPanel::setActions(const QVector<QAction *> &actions)
{
    for (QAction *action : actions) {
        auto *button = new QToolButton;
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
        m_buttons->addWidget(button);
    }
}

void TriggerPanel::makeEmptyStates()
{
    m_empty->setTexts(tr("No trigger is saved yet"),
                      tr("A push that you send again and again stands here under a name: write it, save it with Ctrl+S, and F6 sends it. "
                         "{{user}}, {{device}} and variables of your own are filled in when it is sent."));
    connect(m_empty->addAction(tr("Write a push")), &QPushButton::clicked, this, &TriggerPanel::composeWanted);
    connect(m_empty->addAction(tr("Add examples")), &QPushButton::clicked, this, &TriggerPanel::addExamples);
    connect(m_empty->addAction(tr("Import…")), &QPushButton::clicked, this, &TriggerPanel::importFile);
    m_nothingFound->setTexts(tr("Nothing matches"), tr("No trigger has these words in its name, its target or its text."));
    connect(m_nothingFound->addAction(tr("Show all")), &QPushButton::clicked, m_search, &QLineEdit::clear);
}

void TriggerPanel::search()
{
    m_found->setFilterFixedString(m_search->text().trimmed());
    const bool searching = !m_search->text().trimmed().isEmpty();
    m_tree->setDragEnabled(!searching); // places among hidden rows are no places
    if (searching)
        m_tree->expandAll();
    if (!m_tree->currentIndex().isValid() && m_found->rowCount() > 0)
        m_tree->setCurrentIndex(m_found->index(0, 0));
    showState();
}

void TriggerPanel::focusSearch()
{
    m_search->setFocus();
    m_search->selectAll();
}

QModelIndex TriggerPanel::chosenIndex() const
{
    return m_found->mapToSource(m_tree->currentIndex().siblingAtColumn(0));
}

TriggerPanel::Id TriggerPanel::chosen() const
{
    return m_model.idOf(chosenIndex());
}

bool TriggerPanel::hasTrigger() const
{
    return m_model.trigger(chosenIndex());
}

void TriggerPanel::choose(Id id)
{
    const QModelIndex source = m_model.indexOf(id);
    if (source.isValid() && !m_found->mapFromSource(source).isValid())
        m_search->clear();
    const QModelIndex index = m_found->mapFromSource(source);
    if (!index.isValid())
        return;
    m_tree->setCurrentIndex(index);
    m_tree->scrollTo(index);
}

QString TriggerPanel::notice() const
{
    return m_notice->text();
}

void TriggerPanel::say(const QString &text, bool restorable)
{
    // What is wrong with the library stays in sight until it is put right.
    QStringList parts{text};
    if (m_context.triggers->trouble().lasts())
        parts.append(trouble());
    parts.removeAll(QString());
    m_notice->setText(parts.join(u' '));
    m_notice->setVisible(!parts.isEmpty());
    m_restore->setVisible(restorable);
}

void TriggerPanel::complain(const Error &error)
{
    say(Sentences::error(error));
}

void TriggerPanel::showState()
{
    const bool empty = m_model.isEmpty();
    m_stack->setCurrentIndex(empty ? 1 : m_found->rowCount() == 0 ? 2 : 0);
    m_search->setEnabled(!empty);
    m_preview->show(hasTrigger() ? chosen() : 0);
    Q_EMIT chosenChanged();
}

void TriggerPanel::showTrouble()
{
    say(m_context.triggers->trouble().lasts() ? QString() : trouble());
}

QString TriggerPanel::trouble() const
{
    const TriggerLibrary::Trouble &trouble = m_context.triggers->trouble();
    const QString why = Sentences::error(trouble.error);
    const QString kept = QFileInfo(trouble.keptAs).fileName();
    switch (trouble.kind) {
    case TriggerLibrary::Trouble::Kind::None: break;
    case TriggerLibrary::Trouble::Kind::Damaged:
        return tr("The trigger library could not be read: %1 Its file is kept as %2; this one begins anew.").arg(why, kept);
    case TriggerLibrary::Trouble::Kind::Changed:
        return tr("Another program changed the trigger library. What it wrote is kept as %1; import it to have both.").arg(kept);
    case TriggerLibrary::Trouble::Kind::Locked:
        return tr("The trigger library can neither be read nor put aside, so nothing is saved: %1").arg(why);
    case TriggerLibrary::Trouble::Kind::Unsaved: return tr("The trigger library could not be saved: %1").arg(why);
    }
    return {};
}

} // namespace reveille
