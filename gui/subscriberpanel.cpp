// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/subscriberpanel.h"

#include "gui/chiprow.h"
#include "gui/elidedlabel.h"
#include "gui/emptystate.h"
#include "gui/selection.h"
#include "gui/statemark.h"
#include "models/roles.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QScopedValueRollback>
#include <QSet>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

namespace reveille {

SubscriberPanel::SubscriberPanel(GuiContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_search(new QLineEdit)
    , m_chips(new ChipRow({tr("All"), tr("Lost"), tr("Waking"), tr("Pending")}, tr("Show: %1")))
    , m_counts(new ElidedLabel)
    , m_tree(new QTreeView)
    , m_stack(new QStackedWidget)
    , m_nothingThere(new EmptyState)
    , m_nothingFound(new EmptyState)
{
    m_search->setPlaceholderText(tr("Search users, devices, numbers, ids…"));
    m_search->setClearButtonEnabled(true);
    m_search->setAccessibleName(tr("Search subscribers"));
    m_search->setToolTip(tr("Words are sought in every identifier. \"quoted\" = exact, user: device: number: address: "
                            "state: pending: look in one place only. (Ctrl+F)"));

    auto *chips = new QHBoxLayout;
    chips->setSpacing(theme::grid / 2);
    connect(m_chips, &ChipRow::clicked, this, &SubscriberPanel::applyFilter);
    chips->addWidget(m_chips);
    m_counts->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_counts->setForegroundRole(QPalette::PlaceholderText);
    m_counts->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // what the chips leave
    chips->addWidget(m_counts, 1);

    m_tree->setModel(context.subscribers);
    m_tree->setUniformRowHeights(true);
    m_tree->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_tree->setAccessibleName(tr("Subscribers"));
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    m_tree->setItemDelegate(new RowDelegate(m_tree));
    auto *states = new StateDelegate(StateDelegate::Of::Liveness, m_tree);
    states->setMostCharacters(14); // the names matter more than why a device is lost
    m_tree->setItemDelegateForColumn(SubscriberColumn::State, states);
    m_tree->setTextElideMode(Qt::ElideMiddle);
    QHeaderView *header = m_tree->header();
    header->setStretchLastSection(false);
    header->setResizeContentsPrecision(0); // what is visible decides, not a million rows
    header->setSectionsMovable(true);
    for (int column = 0; column < SubscriberColumn::Count; ++column)
        m_tree->setColumnHidden(column, column != SubscriberColumn::Name && column != SubscriberColumn::State
                                            && column != SubscriberColumn::LastPacket);
    header->setSectionResizeMode(SubscriberColumn::Name, QHeaderView::Stretch);
    header->setSectionResizeMode(SubscriberColumn::State, QHeaderView::ResizeToContents);
    header->setSectionResizeMode(SubscriberColumn::LastPacket, QHeaderView::ResizeToContents);
    header->setSectionResizeMode(SubscriberColumn::Pending, QHeaderView::ResizeToContents);
    header->setContextMenuPolicy(Qt::ActionsContextMenu);
    for (int column = 1; column < SubscriberColumn::Count; ++column) {
        auto *shown = new QAction(context.subscribers->headerData(column, Qt::Horizontal).toString(), header);
        shown->setCheckable(true);
        shown->setChecked(!m_tree->isColumnHidden(column));
        connect(shown, &QAction::toggled, m_tree, [this, column](bool on) { m_tree->setColumnHidden(column, !on); });
        header->addAction(shown);
    }

    m_nothingThere->setTexts(tr("No subscribers yet"),
                             tr("Users appear here when their devices register, or when you add them."));
    connect(m_nothingThere->addAction(tr("Add user…")), &QPushButton::clicked, this, &SubscriberPanel::addUserWanted);
    connect(m_nothingThere->addAction(tr("Play the demo")), &QPushButton::clicked, this, &SubscriberPanel::demoWanted);
    m_nothingFound->setTexts(tr("Nothing matches"), tr("No user and no device fits what you search for."));
    connect(m_nothingFound->addAction(tr("Show all")), &QPushButton::clicked, this, [this] {
        m_search->clear();
        m_chips->choose(0);
        applyFilter();
    });
    m_stack->addWidget(m_tree);
    m_stack->addWidget(m_nothingThere);
    m_stack->addWidget(m_nothingFound);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::grid, theme::grid, theme::grid, theme::grid);
    layout->setSpacing(theme::grid);
    layout->addWidget(m_search);
    layout->addLayout(chips);
    layout->addWidget(m_stack, 1);

    m_searchDelay.setSingleShot(true);
    m_searchDelay.setInterval(120);
    connect(&m_searchDelay, &QTimer::timeout, this, &SubscriberPanel::applyFilter);
    connect(m_search, &QLineEdit::textChanged, &m_searchDelay, qOverload<>(&QTimer::start));
    connect(m_search, &QLineEdit::returnPressed, this, [this] {
        applyFilter();
        m_tree->setFocus();
        if (!m_tree->currentIndex().isValid() && m_context.subscribers->rowCount() > 0)
            m_tree->setCurrentIndex(m_context.subscribers->index(0, 0));
    });
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, &SubscriberPanel::choose);
    connect(m_tree, &QTreeView::customContextMenuRequested, this,
            [this](const QPoint &at) { Q_EMIT menuWanted(m_tree->viewport()->mapToGlobal(at)); });
    connect(m_tree, &QTreeView::activated, this, &SubscriberPanel::activated);
    connect(context.subscribers, &SubscriberModel::countsChanged, this, &SubscriberPanel::showCounts);
    connect(context.subscribers, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex &above, int first, int last) {
        // A handful of users is shown opened, a crowd closed.
        if (!above.isValid() && m_context.subscribers->totalUsers() <= 20) {
            for (int row = first; row <= last; ++row)
                m_tree->expand(m_context.subscribers->index(row, 0));
        } else if (above.isValid() && !above.parent().isValid() && m_context.subscribers->totalUsers() <= 20) {
            m_tree->expand(above);
        }
    });
    connect(context.selection, &Selection::changed, this, &SubscriberPanel::followSelection);
    auto *ages = new QTimer(this); // "heard 12 s ago" moves on by itself
    ages->setInterval(1000);
    connect(ages, &QTimer::timeout, m_tree, [this] { m_tree->viewport()->update(); });
    ages->start();
    showCounts();
}

void SubscriberPanel::focusSearch()
{
    m_search->setFocus();
    m_search->selectAll();
}

QVector<DeviceId> SubscriberPanel::selectedDevices() const
{
    QVector<DeviceId> devices;
    QSet<DeviceId> seen;
    for (const QModelIndex &index : m_tree->selectionModel()->selectedRows()) {
        const DeviceId id = m_context.subscribers->deviceOf(index);
        if (id.isEmpty() || seen.contains(id))
            continue;
        seen.insert(id);
        devices.append(id);
    }
    return devices;
}

QVector<DeviceId> SubscriberPanel::devicesToWake() const
{
    QVector<DeviceId> devices;
    QSet<DeviceId> seen;
    const auto add = [&](const DeviceId &id) {
        if (!id.isEmpty() && !seen.contains(id)) {
            seen.insert(id);
            devices.append(id);
        }
    };
    for (const QModelIndex &index : m_tree->selectionModel()->selectedRows()) {
        if (m_context.subscribers->kindOf(index) != NodeKind::User) {
            add(m_context.subscribers->deviceOf(index));
            continue;
        }
        for (const DeviceId &id : m_context.subscribers->devicesOf(m_context.subscribers->userOf(index)))
            add(id);
    }
    return devices;
}

QVector<PublicUserId> SubscriberPanel::selectedUsers() const
{
    QVector<PublicUserId> users;
    QSet<PublicUserId> seen;
    for (const QModelIndex &index : m_tree->selectionModel()->selectedRows()) {
        const PublicUserId id = m_context.subscribers->userOf(index);
        if (!m_context.subscribers->deviceOf(index).isEmpty() || id.isEmpty() || seen.contains(id))
            continue;
        seen.insert(id);
        users.append(id);
    }
    return users;
}

void SubscriberPanel::applyFilter()
{
    m_searchDelay.stop();
    m_context.subscribers->setFilter(SubscriberFilter::parse(m_search->text(), SubscriberFilter::Chip(m_chips->chosen())));
    showCounts();
}

void SubscriberPanel::showCounts()
{
    const SubscriberModel &model = *m_context.subscribers;
    const bool filtered = !model.filter().isEmpty();
    if (model.totalUsers() == 0)
        m_counts->clear();
    else if (filtered)
        m_counts->setText(model.isSearching() ? tr("searching… %L1 found").arg(model.matchedUsers())
                                              : tr("%L1 of %L2").arg(model.matchedUsers()).arg(model.totalUsers()));
    else
        m_counts->setText(tr("%Ln user(s)", nullptr, int(model.totalUsers())));
    const bool empty = model.totalUsers() == 0;
    const bool nothingFound = !empty && filtered && !model.isSearching() && model.matchedUsers() == 0;
    m_stack->setCurrentWidget(empty ? static_cast<QWidget *>(m_nothingThere) : nothingFound ? m_nothingFound : static_cast<QWidget *>(m_tree));
}

void SubscriberPanel::choose(const QModelIndex &index)
{
    if (m_following || !index.isValid())
        return;
    const QScopedValueRollback guard(m_following, true);
    const DeviceId device = m_context.subscribers->deviceOf(index);
    const PublicUserId user = m_context.subscribers->userOf(index);
    if (device.isEmpty())
        m_context.selection->selectUser(user);
    else
        m_context.selection->selectDevice(user, device);
}

void SubscriberPanel::followSelection()
{
    if (m_following)
        return;
    const QScopedValueRollback guard(m_following, true);
    const Selection &selection = *m_context.selection;
    if (selection.isEmpty()) {
        m_tree->clearSelection();
        m_tree->setCurrentIndex({});
        return;
    }
    QModelIndex index;
    if (!selection.device().isEmpty() && m_context.subscribers->reveal(selection.device()))
        index = m_context.subscribers->indexOf(selection.device());
    else if (m_context.subscribers->reveal(selection.user()))
        index = m_context.subscribers->indexOf(selection.user());
    if (index.isValid()) {
        m_tree->setCurrentIndex(index);
        m_tree->scrollTo(index);
    }
}

} // namespace reveille
