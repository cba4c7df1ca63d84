// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/pushespage.h"

#include "gui/cancelpushes.h"
#include "gui/chiprow.h"
#include "gui/csv.h"
#include "gui/emptystate.h"
#include "gui/initiatorbox.h"
#include "gui/pushdetail.h"
#include "gui/rowtable.h"
#include "gui/selection.h"
#include "gui/statemark.h"
#include "models/roles.h"
#include "models/sentences.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QSplitter>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace reveille {

namespace {

constexpr int afterTyping = 250; ///< ms until the store is searched
constexpr int mostChosen = 1000; ///< looked at and cancelled at once

} // namespace

PushesPage::PushesPage(GuiContext &context, QWidget *parent) : PushesPage(context, new PushHistoryModel, parent) {}

PushesPage::PushesPage(GuiContext &context, PushHistoryModel *model, QWidget *parent)
    : RowsPage(model, tr("Pushes"), parent)
    , m_context(context)
    , m_model(model)
    , m_detail(new PushDetail(context, *model))
    , m_chips(new ChipRow({tr("All"), tr("Under way"), tr("Delivered"), tr("Failed")}, tr("Show pushes: %1")))
    , m_initiator(new InitiatorBox(context))
    , m_text(new QLineEdit)
    , m_status(new QLabel)
    , m_older(new QPushButton(tr("Read &older")))
    , m_cancel(new QPushButton(tr("&Cancel chosen…")))
    , m_emptyAction(emptyState()->addAction(tr("Send push")))
    , m_splitter(new QSplitter)
{
    model->setParent(this);
    model->setDeviceNames([this](const DeviceId &id) { return m_context.subscribers->deviceLabel(id); });
    arrangeColumns();
    table()->setSelectionMode(QAbstractItemView::ExtendedSelection);
    table()->setFrameShape(QFrame::NoFrame);
    setDeleteKey(table(), [this] { cancelSelected(); });
    keepPlace(table());
    table()->setWhatsThis(tr("A row for every push there was, newest first: how it stands, whom it is for, who sent it. Older ones are "
                             "read as you scroll on."));
    m_detail->setMinimumWidth(44 * theme::grid);
    m_splitter->addWidget(table());
    m_splitter->addWidget(m_detail);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 2);
    m_splitter->setSizes({760, 480});
    m_splitter->setChildrenCollapsible(false);
    auto *around = static_cast<QVBoxLayout *>(layout());
    around->setSpacing(theme::grid);
    around->insertWidget(0, makeBar());
    around->addWidget(makeFoot());

    connect(table(), &QTableView::activated, this, &PushesPage::inspectWanted);
    connect(table(), &QTableView::clicked, this, &PushesPage::selectChosen); // also the row that had been the current one
    connect(table()->selectionModel(), &QItemSelectionModel::selectionChanged, this, &PushesPage::showStatus);
    connect(table()->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        if (table()->hasFocus() && !m_moving)
            selectChosen();
    });
    for (const auto signal : {&QAbstractItemModel::rowsAboutToBeInserted, &QAbstractItemModel::rowsAboutToBeRemoved})
        connect(m_model, signal, this, [this] { m_moving = true; });
    connect(m_model, &PushHistoryModel::statusChanged, this, &PushesPage::showStatus);
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&sorted(), signal, this, &PushesPage::showStatus);
    connect(&sorted(), &QAbstractItemModel::modelReset, this, &PushesPage::showStatus);
    connect(m_emptyAction, &QPushButton::clicked, this, [this] {
        if (!m_model->error().is(""))
            m_model->reload();
        else if (isFiltered())
            clearFilters();
        else
            Q_EMIT sendWanted();
    });
    connect(context.selection, &Selection::changed, this, [this] { choosePush(m_context.selection->push()); });
    connect(context.host, &ServerHost::changed, this, [this](const ServerChanges &changes) {
        m_model->apply(changes);
        if (m_attached)
            m_initiator->note(changes.pushes);
        showStatus();
    });
    connect(context.host, &ServerHost::stateChanged, this, [this](ServerHost::State state) {
        m_attached = false;
        if (state == ServerHost::State::Running)
            attach();
        showStatus();
    });
    connect(m_initiator, &InitiatorBox::named, model, &PushHistoryModel::setInitiatorNames);
    connect(m_detail, &PushDetail::deviceWanted, this, [this](const PublicUserId &user, const DeviceId &device) {
        m_context.selection->selectPush(user, device, m_detail->pushId());
    });
    connect(m_detail, &PushDetail::actionWanted, this, [this](QAction *action) {
        selectChosen();
        action->trigger();
    });
    connect(m_detail, &PushDetail::wakeWanted, context.selection, &Selection::selectWake);
    m_typing.setSingleShot(true);
    m_typing.setInterval(afterTyping);
    connect(&m_typing, &QTimer::timeout, this, &PushesPage::applyFilters);
    m_second.setInterval(1000);
    connect(&m_second, &QTimer::timeout, this, [this] {
        if (!isVisible())
            return;
        table()->viewport()->update();
        showChosen();
    });
    m_second.start();
    setContent(m_splitter);
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(m_model, signal, this, [this] { m_moving = false; });
    keepColumns(*context.settings, QStringLiteral("columns/pushes"));
    showStatus();
}

PushesPage::~PushesPage()
{
    m_model->setSource(nullptr);
}

void PushesPage::arrangeColumns()
{
    table()->setItemDelegateForColumn(PushHistoryModel::State, new StateDelegate(StateDelegate::Of::Push, table()));
    QHeaderView *header = table()->horizontalHeader();
    // Widths stand still while states move.
    header->setSectionResizeMode(QHeaderView::Interactive);
    header->setStretchLastSection(true);
    const int em = fontMetrics().horizontalAdvance(u'0');
    for (const auto &[column, width] :
         {std::pair(int(PushHistoryModel::Accepted), 14), {PushHistoryModel::State, 17}, {PushHistoryModel::Done, 8},
          {PushHistoryModel::To, 34}, {PushHistoryModel::Initiator, 14}, {PushHistoryModel::Application, 16},
          {PushHistoryModel::ContentType, 17}, {PushHistoryModel::Size, 8}, {PushHistoryModel::Left, 10}, {PushHistoryModel::Id, 14}})
        header->resizeSection(column, width * em);
    offerColumns();
}

QWidget *PushesPage::makeBar()
{
    auto *bar = new QWidget;
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(theme::grid / 2);
    connect(m_chips, &ChipRow::clicked, this, &PushesPage::applyFilters);
    row->addWidget(m_chips);
    m_chips->chip(Failed)->setToolTip(tr("Expired, cancelled, replaced, undeliverable"));
    m_chips->chip(UnderWay)->setToolTip(tr("Accepted, waiting, waking, being sent"));
    row->addStretch();
    connect(m_initiator, &QComboBox::activated, this, &PushesPage::applyFilters);
    row->addWidget(m_initiator);
    m_text->setPlaceholderText(tr("User, number, device, id, application…"));
    m_text->setAccessibleName(tr("Search the pushes"));
    m_text->setToolTip(tr("Pushes with this in their id, user, target, application or reference"));
    m_text->setClearButtonEnabled(true);
    m_text->setMinimumWidth(30 * theme::grid);
    connect(m_text, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
    connect(m_text, &QLineEdit::returnPressed, this, &PushesPage::applyFilters);
    row->addWidget(m_text);
    return bar;
}

QWidget *PushesPage::makeFoot()
{
    auto *foot = new QWidget;
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(theme::grid);
    m_status->setAccessibleName(tr("How many pushes are shown"));
    m_status->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_status->setMinimumWidth(1);
    auto *save = new QPushButton(tr("E&xport…"));
    save->setToolTip(tr("Write the rows shown as CSV"));
    m_older->setToolTip(tr("Read the next older pushes; scrolling to the end does it too"));
    m_cancel->setToolTip(tr("Nobody gets the chosen pushes (Delete)"));
    row->addWidget(m_status, 1);
    row->addWidget(m_older);
    row->addWidget(save);
    row->addWidget(m_cancel);
    connect(m_older, &QPushButton::clicked, this, [this] { m_model->fetchMore({}); });
    connect(save, &QPushButton::clicked, this, &PushesPage::exportCsv);
    connect(m_cancel, &QPushButton::clicked, this, &PushesPage::cancelSelected);
    return foot;
}

void PushesPage::setActions(const QList<QAction *> &actions)
{
    m_detail->setActions(actions);
}

void PushesPage::showEvent(QShowEvent *event)
{
    RowsPage::showEvent(event);
    attach();
}

/// From the first look on; a server that starts again is read again.
void PushesPage::attach()
{
    if (m_attached || !isVisible() || m_context.host->state() != ServerHost::State::Running)
        return;
    m_attached = true;
    setTimeDisplay();
    m_initiator->read();
    m_model->setSource([this](const PushQuery &query, const PushHistoryModel::Answer &answer) {
        m_context.host->pushes(query).then(this, [answer](const Result<PushPage> &page) { answer(page); });
    });
}

void PushesPage::setTimeDisplay()
{
    m_model->setTimeDisplay(m_context.times);
}

void PushesPage::applyFilters()
{
    m_typing.stop();
    m_told.clear();
    PushQuery query;
    switch (Chip(m_chips->chosen())) {
    case All: break;
    case UnderWay: query.group = PushGroup::UnderWay; break;
    case Delivered: query.group = PushGroup::Delivered; break;
    case Failed: query.group = PushGroup::Failed; break;
    }
    query.initiator = m_initiator->chosen();
    query.text = m_text->text().trimmed();
    m_model->setQuery(query);
    showStatus();
}

void PushesPage::clearFilters()
{
    m_chips->choose(All);
    m_initiator->setCurrentIndex(0);
    m_text->clear();
    applyFilters();
}

bool PushesPage::isFiltered() const
{
    const PushQuery &query = m_model->query();
    return query.group || query.initiator || !query.text.isEmpty();
}

QComboBox *PushesPage::initiatorBox() const
{
    return m_initiator;
}

QString PushesPage::status() const
{
    return m_status->text();
}

void PushesPage::showStatus()
{
    const int rows = m_model->rowCount();
    QStringList parts;
    if (!m_told.isEmpty())
        parts.append(m_told);
    if (rows > 0)
        parts.append(tr("%Ln push(es) shown, newest first.", nullptr, rows));
    if (!m_model->error().is(""))
        parts.append(tr("The rest could not be read: %1").arg(Sentences::error(m_model->error())));
    else if (m_model->isReading())
        parts.append(tr("Reading older ones…"));
    else if (m_model->isCut())
        parts.append(tr("There are older ones; use the filters to find them."));
    else if (rows > 0)
        parts.append(m_model->isWhole() ? tr("There are no others.") : tr("Scroll on for older ones."));
    m_status->setText(parts.join(u' '));
    m_older->setVisible(m_model->canFetchMore({}));
    showCancel();
    showEmptyTexts();
}

void PushesPage::showCancel()
{
    const QVector<ListedPush> chosen = selected();
    const auto open = std::count_if(chosen.begin(), chosen.end(), [](const ListedPush &item) { return !isTerminal(item.push.state); });
    m_cancel->setEnabled(open > 0 && m_context.host->state() == ServerHost::State::Running);
    m_cancel->setText(open > 1 ? tr("&Cancel %Ln pushes…", nullptr, int(open)) : tr("&Cancel chosen…"));
}

void PushesPage::showEmptyTexts()
{
    if (m_model->rowCount() > 0)
        return;
    const bool serves = m_context.host->state() == ServerHost::State::Running;
    m_emptyAction->setVisible(serves);
    if (!m_model->error().is("")) {
        emptyState()->setTexts(tr("The pushes could not be read"), Sentences::error(m_model->error()));
        m_emptyAction->setText(tr("Try again"));
    } else if (!serves) {
        emptyState()->setTexts(tr("No pushes to show"), tr("The server does not run. What it was given stands here once it serves."));
    } else if (m_model->isReading()) {
        emptyState()->setTexts(tr("Searching…"), tr("Older and older pushes are looked at."));
        m_emptyAction->setVisible(false);
    } else if (isFiltered()) {
        emptyState()->setTexts(tr("No push fits these filters"), tr("Take a filter away to see more."));
        m_emptyAction->setText(tr("Show all pushes"));
    } else {
        emptyState()->setTexts(tr("No push yet"), tr("Every push that an application server or you hand to the server stands here: how it is, at "
                                                     "which devices, and why."));
        m_emptyAction->setText(tr("Send push"));
    }
}

void PushesPage::showChosen()
{
    const ListedPush *item = m_model->pushAt(chosenRow());
    m_detail->setVisible(item != nullptr);
    showCancel();
    if (item)
        m_detail->show(*item);
    else
        m_detail->clear();
}

void PushesPage::selectChosen()
{
    const ListedPush *item = m_model->pushAt(chosenRow());
    if (!item || m_following)
        return;
    const QScopedValueRollback guard(m_following, true);
    const Push &push = item->push;
    m_context.selection->selectPush(push.user, push.deliveries.size() == 1 ? push.deliveries.first().device : DeviceId(), push.id);
}

void PushesPage::choosePush(const PushId &id)
{
    if (m_following || id.isEmpty())
        return;
    const QScopedValueRollback guard(m_following, true);
    chooseRow(m_model->rowOf(id));
}

/// By ranges: very many may be chosen at once.
QVector<ListedPush> PushesPage::selected() const
{
    QVector<ListedPush> pushes;
    for (const QItemSelectionRange &range : table()->selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom() && pushes.size() < mostChosen; ++row) {
            const PushId id(table()->model()->index(row, 0).data(Role::PushId).toString());
            if (const ListedPush *item = m_model->pushAt(m_model->rowOf(id)))
                pushes.append(*item);
        }
    }
    return pushes;
}

void PushesPage::cancelSelected()
{
    QVector<ListedPush> pushes = selected();
    pushes.removeIf([](const ListedPush &item) { return isTerminal(item.push.state); });
    if (!m_cancel->isEnabled() || !confirmCancel(this, *m_context.settings, pushes))
        return;
    QVector<PushId> ids;
    for (const ListedPush &item : std::as_const(pushes))
        ids.append(item.push.id);
    cancelPushes(this, *m_context.host, ids, [this](const QString &told) {
        m_told = told;
        showStatus();
    });
}

void PushesPage::openMenu(const QPoint &at)
{
    selectChosen();
    Q_EMIT menuWanted(table()->viewport()->mapToGlobal(at));
}

/// What is shortened on the screen is whole in a copy.
QVariant PushesPage::copied(const QModelIndex &cell) const
{
    const QVariant whole = cell.data(Role::Raw);
    return whole.isValid() ? whole : cell.data();
}

void PushesPage::exportCsv()
{
    saveCsv(this, tr("Export the pushes shown"), QStringLiteral("pushes.csv"), rowsAsText(u',', false));
}

} // namespace reveille
