// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/messagespage.h"

#include "gui/emptystate.h"
#include "gui/fieldview.h"
#include "gui/rowtable.h"
#include "gui/statemark.h"
#include "models/roles.h"
#include "models/storejournalsource.h"

#include <QHeaderView>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace reveille {

namespace {

/// Only rows that hold what was on the wire.
class WithBytes : public QSortFilterProxyModel
{
public:
    explicit WithBytes(JournalModel &journal) : m_journal(journal) { setSourceModel(&journal); }

protected:
    bool filterAcceptsRow(int row, const QModelIndex &) const override
    {
        const JournalEntry *entry = m_journal.entryAt(row);
        return entry && !entry->bytes.isEmpty();
    }

private:
    JournalModel &m_journal;
};

} // namespace

MessagesPage::MessagesPage(GuiContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_withBytes(new WithBytes(m_model))
    , m_table(new QTableView)
    , m_fields(new FieldView)
    , m_empty(new EmptyState)
    , m_stack(new QStackedWidget)
{
    setUpRows(m_table, m_withBytes.get(), tr("Messages of this device"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setFrameShape(QFrame::NoFrame);
    QHeaderView *header = m_table->horizontalHeader();
    header->setStretchLastSection(true);
    for (const int column : {int(JournalColumn::Kind), int(JournalColumn::Who), int(JournalColumn::What)})
        m_table->setColumnHidden(column, true);
    const int em = fontMetrics().horizontalAdvance(u'0');
    header->resizeSection(JournalColumn::Time, 14 * em);
    header->resizeSection(JournalColumn::Event, 20 * em);
    m_empty->setTexts(tr("No message yet"),
                      tr("What goes to this device and comes from it stands here, byte by byte: pushes and their answers, wake-ups, "
                         "refused registrations."));
    auto *splitter = new QSplitter;
    splitter->addWidget(m_table);
    splitter->addWidget(m_fields);
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 3);
    splitter->setSizes({360, 540});
    splitter->setChildrenCollapsible(false);
    m_stack->addWidget(splitter);
    m_stack->addWidget(m_empty);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    setMinimumWidth(1); // the bytes want much room; the window is not to grow for them

    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &MessagesPage::showRow);
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(m_withBytes.get(), signal, this, &MessagesPage::showEmpty);
    connect(m_withBytes.get(), &QAbstractItemModel::modelReset, this, &MessagesPage::showEmpty);
    connect(&m_model, &JournalModel::statusChanged, this, [this] {
        // A page without a row to show asks for the next one; a view at its end does so by itself.
        if (!m_model.isReading() && m_withBytes->rowCount() == 0 && m_model.canFetchMore({}) && isVisible())
            QMetaObject::invokeMethod(this, [this] { m_model.fetchMore({}); }, Qt::QueuedConnection);
    });
    connect(context.host, &ServerHost::changed, this, [this](const ServerChanges &changes) {
        if (!m_stale)
            m_model.apply(changes);
    });
    connect(context.host, &ServerHost::stateChanged, this, [this](ServerHost::State state) {
        if (state == ServerHost::State::Running)
            attachJournal();
    });
    if (context.host->state() == ServerHost::State::Running)
        attachJournal();
    showEmpty();
}

MessagesPage::~MessagesPage()
{
    m_model.setSource(nullptr);
    delete m_stack; // the view goes before its models do
}

void MessagesPage::attachJournal()
{
    m_model.setSource(nullptr);
    m_source = std::make_unique<StoreJournalSource>(m_context.host->databaseFile());
    m_stale = true;
    if (isVisible())
        showDevice(m_device);
}

void MessagesPage::showDevice(const DeviceId &id)
{
    m_stale = m_stale || m_device != id;
    m_device = id;
    m_model.setTimeDisplay(m_context.times);
    if (!isVisible() || !m_stale || id.isEmpty())
        return;
    m_stale = false;
    JournalFilter filter;
    filter.device = id.toString();
    m_model.setFilter(filter);
    m_model.setSource(m_source.get());
    showEmpty();
}

void MessagesPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    showDevice(m_device);
}

QByteArray MessagesPage::octets() const
{
    return m_fields->octets();
}

void MessagesPage::showRow()
{
    const JournalEntry *entry = m_model.entryAt(m_withBytes->mapToSource(m_table->currentIndex()).row());
    m_fields->setMessage(entry ? entry->bytesFormat : QString(), entry ? entry->bytes : QByteArray());
}

void MessagesPage::showEmpty()
{
    m_stack->setCurrentIndex(m_withBytes->rowCount() == 0 ? 1 : 0);
    if (!m_table->currentIndex().isValid() && m_withBytes->rowCount() > 0)
        m_table->setCurrentIndex(m_withBytes->index(0, 0));
}

} // namespace reveille
