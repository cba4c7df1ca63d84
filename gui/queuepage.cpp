// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/queuepage.h"

#include "gui/cancelpushes.h"
#include "gui/emptystate.h"
#include "gui/rowtable.h"
#include "gui/statemark.h"
#include "models/roles.h"

#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QTableView>

#include <utility>

namespace reveille {

QueuePage::QueuePage(GuiContext &context, QWidget *parent) : QueuePage(context, new QueueModel, parent) {}

QueuePage::QueuePage(GuiContext &context, QueueModel *model, QWidget *parent)
    : RowsPage(model, tr("Pushes that wait for this device"), parent), m_context(context), m_model(model),
      m_cancel(new QPushButton(tr("&Cancel chosen…"))), m_open(new QPushButton(tr("Sho&w push")))
{
    model->setParent(this);
    table()->setItemDelegateForColumn(QueueModel::State, new StateDelegate(StateDelegate::Of::Push, table()));
    table()->setSelectionMode(QAbstractItemView::ExtendedSelection);
    table()->setFrameShape(QFrame::NoFrame);
    table()->horizontalHeader()->setStretchLastSection(true);
    table()->horizontalHeader()->moveSection(QueueModel::Place, 0);
    setDeleteKey(table(), [this] { cancelSelected(); });
    sentenceLabel()->setAccessibleName(tr("What came of it"));
    m_cancel->setToolTip(tr("Nobody gets the chosen pushes (Delete)"));
    m_open->setToolTip(tr("Show the chosen push among all pushes of the device (Enter)"));
    connect(emptyState()->addAction(tr("Send push")), &QPushButton::clicked, this, &QueuePage::sendWanted);
    connect(m_cancel, &QPushButton::clicked, this, &QueuePage::cancelSelected);
    connect(m_open, &QPushButton::clicked, this, &QueuePage::open);
    connect(table(), &QTableView::activated, this, &QueuePage::open);
    connect(table()->selectionModel(), &QItemSelectionModel::selectionChanged, this, &QueuePage::showChosen);
    connect(context.host, &ServerHost::changed, this, [this](const ServerChanges &changes) {
        m_model->apply(changes);
        if (m_model->isUnsure())
            arrange();
        count();
    });
    connect(context.host, &ServerHost::stateChanged, this, [this](ServerHost::State state) {
        if (state == ServerHost::State::Running)
            read();
        showChosen();
    });
    m_second.setInterval(1000);
    connect(&m_second, &QTimer::timeout, table()->viewport(), qOverload<>(&QWidget::update));
    m_second.start();
    setContentAbove({m_open, m_cancel});
}

void QueuePage::showDevice(const DeviceId &id)
{
    m_model->setTimeDisplay(m_context.times);
    if (id == m_model->device())
        return;
    m_told.clear();
    m_model->setDevice(id);
    read();
    count();
}

void QueuePage::read()
{
    if (m_model->device().isEmpty() || m_context.host->state() != ServerHost::State::Running)
        return;
    m_context.host->queue(m_model->device()).then(this, [this, question = ++m_question](const Result<QVector<Push>> &queue) {
        if (question != m_question || !queue)
            return;
        m_model->setQueue(*queue);
        count();
        showChosen();
    });
}

void QueuePage::arrange()
{
    if (m_arranging)
        return;
    m_arranging = true;
    m_context.host->queue(m_model->device()).then(this, [this, question = m_question](const Result<QVector<Push>> &queue) {
        m_arranging = false;
        if (question == m_question && queue)
            m_model->arrange(*queue);
    });
}

void QueuePage::count()
{
    emptyState()->setTexts(m_told.isEmpty() ? tr("Nothing waits for this device") : m_told,
                           tr("A push that cannot be delivered at once waits here, the most urgent first, until the device is back, "
                              "the push runs out or you cancel it."));
    // What is first to come to an empty list is chosen, so that the keys mean something.
    const int rows = m_model->rowCount();
    if (std::exchange(m_last, rows) == 0 && rows > 0 && !table()->selectionModel()->hasSelection())
        table()->selectRow(0);
    Q_EMIT countChanged(rows);
}

QVector<PushId> QueuePage::selected() const
{
    QVector<PushId> ids;
    for (const QModelIndex &index : table()->selectionModel()->selectedRows())
        ids.append(PushId(index.data(Role::PushId).toString()));
    return ids;
}

void QueuePage::showChosen()
{
    const bool serves = m_context.host->state() == ServerHost::State::Running;
    const int chosen = int(selected().size());
    m_cancel->setEnabled(serves && chosen > 0);
    m_cancel->setText(chosen > 1 ? tr("&Cancel %Ln pushes…", nullptr, chosen) : tr("&Cancel chosen…"));
    m_open->setEnabled(chosen == 1);
    QStringList told;
    if (!m_told.isEmpty())
        told.append(m_told);
    else if (m_model->isCut())
        told.append(tr("The first %L1 are shown.").arg(QueueModel::rowLimit));
    if (chosen == 1) {
        // What its column has no room for.
        const QModelIndex why = m_model->index(m_model->rowOf(selected().first()), QueueModel::Why);
        if (const QString text = why.data().toString(); !text.isEmpty())
            told.append(tr("The chosen one: %1.").arg(text));
    }
    setSentence(told.join(u' '));
}

void QueuePage::openMenu(const QPoint &at)
{
    QMenu menu(this);
    QAction *opens = menu.addAction(tr("Sho&w push"));
    opens->setEnabled(m_open->isEnabled());
    connect(opens, &QAction::triggered, this, &QueuePage::open);
    QAction *cancels = menu.addAction(m_cancel->text());
    cancels->setEnabled(m_cancel->isEnabled());
    connect(cancels, &QAction::triggered, this, &QueuePage::cancelSelected);
    menu.addSeparator();
    connect(menu.addAction(tr("Copy &rows")), &QAction::triggered, this, &QueuePage::copyRows);
    menu.exec(table()->viewport()->mapToGlobal(at));
}

void QueuePage::open()
{
    if (const QVector<PushId> ids = selected(); ids.size() == 1)
        Q_EMIT openWanted(ids.first());
}

void QueuePage::cancelSelected()
{
    const QVector<PushId> ids = selected();
    if (ids.isEmpty() || !m_cancel->isEnabled())
        return;
    QVector<ListedPush> pushes;
    for (const PushId &id : ids) {
        if (const Push *push = m_model->pushAt(m_model->rowOf(id)))
            pushes.append(listed(*push));
    }
    if (confirmCancel(this, *m_context.settings, pushes))
        cancel(ids);
}

void QueuePage::cancel(const QVector<PushId> &pushes)
{
    cancelPushes(this, *m_context.host, pushes, [this](const QString &told) {
        m_told = told;
        count();
        showChosen();
    });
}

} // namespace reveille
