// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/devicepage.h"

#include "gui/connectionspage.h"
#include "gui/elidedlabel.h"
#include "gui/lifelineview.h"
#include "gui/messagespage.h"
#include "gui/overviewpage.h"
#include "gui/queuepage.h"
#include "gui/rowtable.h"
#include "gui/selection.h"
#include "gui/statemark.h"
#include "gui/wakespanel.h"
#include "models/faultmodel.h"
#include "models/plaintip.h"
#include "models/roles.h"
#include "models/sentences.h"
#include "models/verdict.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace reveille {

namespace {

QTableView *makeTable(QAbstractItemModel *model, const QString &name, StateDelegate::Of of, int stateColumn, int stretched)
{
    auto *table = new QTableView;
    setUpRows(table, model, name);
    table->setItemDelegateForColumn(stateColumn, new StateDelegate(of, table));
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setFrameShape(QFrame::NoFrame);
    QHeaderView *header = table->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::ResizeToContents);
    header->setSectionResizeMode(stretched, QHeaderView::Stretch);
    return table;
}

} // namespace

DevicePage::DevicePage(GuiContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_title(new ElidedLabel)
    , m_ids(new QLabel)
    , m_state(new StateLabel)
    , m_verdict(new QLabel)
    , m_fault(new QLabel)
    , m_lifeline(new LifelineView(context))
    , m_tabs(new QTabWidget)
    , m_overview(new OverviewPage(context))
    , m_connections(new ConnectionsPage(context))
    , m_queue(new QueuePage(context))
    , m_wakes(new WakesPanel(context, m_deviceWakes, WakesPanel::Of::OneDevice))
    , m_messages(new MessagesPage(context))
{
    QFont large = m_title->font();
    large.setPointSizeF(large.pointSizeF() * 1.4);
    large.setBold(true);
    m_title->setFont(large);
    m_title->setLeastWidth(20 * theme::grid);
    m_ids->setForegroundRole(QPalette::PlaceholderText);
    m_ids->setWordWrap(true);
    m_ids->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    QFont sentence = m_verdict->font();
    sentence.setPointSizeF(sentence.pointSizeF() * 1.15);
    m_verdict->setFont(sentence);
    m_verdict->setWordWrap(true);
    m_verdict->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_verdict->setAccessibleName(tr("Verdict"));
    m_fault->setObjectName(QStringLiteral("deviceFault"));
    m_fault->setWordWrap(true);
    m_fault->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_fault->setAccessibleName(tr("Injected faults"));
    m_fault->hide();

    auto *send = new QPushButton(theme::icon(QStringLiteral("push")), tr("Send push"));
    send->setToolTip(tr("Write a push for this device (Ctrl+N)"));
    connect(send, &QPushButton::clicked, this, &DevicePage::sendWanted);
    auto *wake = new QPushButton(theme::icon(QStringLiteral("wake")), tr("Wake…"));
    wake->setToolTip(tr("Wake this device by hand (Ctrl+W)"));
    connect(wake, &QPushButton::clicked, this, &DevicePage::wakeWanted);
    auto *edit = new QPushButton(tr("Edit…"));
    edit->setToolTip(tr("Change what is provisioned for this device (F2)"));
    connect(edit, &QPushButton::clicked, this, &DevicePage::editWanted);

    auto *first = new QHBoxLayout;
    first->addWidget(m_title);
    first->addSpacing(theme::grid);
    first->addWidget(m_state);
    first->addStretch();
    first->addWidget(send);
    first->addWidget(wake);
    first->addWidget(edit);

    m_pushes = makeTable(&m_devicePushes, tr("Pushes of this device"), StateDelegate::Of::Push, PushColumn::State,
                         PushColumn::Deliveries);
    m_pushes->setColumnHidden(PushColumn::To, true);
    m_pushes->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_pushes, &QWidget::customContextMenuRequested, this,
            [this](const QPoint &at) { Q_EMIT pushMenuWanted(m_pushes->viewport()->mapToGlobal(at)); });
    m_tabs->addTab(m_overview, tr("&Overview"));
    m_tabs->addTab(m_connections, tr("&Connections"));
    m_tabs->addTab(m_pushes, tr("&Pushes"));
    m_tabs->addTab(m_queue, tr("Wai&ting"));
    m_tabs->addTab(m_wakes, tr("Wake-&ups"));
    m_tabs->addTab(m_messages, tr("&Messages"));
    m_tabs->setDocumentMode(true);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * theme::grid, 2 * theme::grid, 2 * theme::grid, 0);
    layout->setSpacing(theme::grid);
    layout->addLayout(first);
    layout->addWidget(m_ids);
    layout->addWidget(m_verdict);
    layout->addWidget(m_fault);
    layout->addWidget(m_lifeline);
    layout->addWidget(m_tabs, 1);

    const auto names = [this](const DeviceId &id) { return m_context.subscribers->deviceLabel(id); };
    m_devicePushes.setNames(names);
    m_deviceWakes.setNames(names);
    connect(context.host, &ServerHost::changed, this, [this](const ServerChanges &changes) {
        m_devicePushes.apply(changes);
        m_deviceWakes.apply(changes);
    });
    connect(&m_lifeline->model(), &LifelineModel::changed, m_connections,
            [this] { m_connections->showTotals(m_lifeline->model().history()); });
    connect(context.subscribers, &SubscriberModel::deviceChanged, this, [this](const DeviceId &id) {
        if (id == m_device)
            refresh();
    });
    connect(m_pushes->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &row) {
        if (const Push *push = m_devicePushes.pushAt(row.row()))
            m_context.selection->selectPush(push->user, m_device, push->id);
    });
    connect(m_queue, &QueuePage::countChanged, this, [this](int waiting) {
        m_tabs->setTabText(m_tabs->indexOf(m_queue), waiting == 0 ? tr("Wai&ting") : tr("Wai&ting (%L1)").arg(waiting));
    });
    connect(context.faults, &FaultModel::changed, this, &DevicePage::showFaults);
    connect(m_queue, &QueuePage::openWanted, this, &DevicePage::showPush);
    connect(m_queue, &QueuePage::sendWanted, this, &DevicePage::sendWanted);
    connect(m_wakes, &WakesPanel::wakeWanted, this, &DevicePage::wakeWanted);
    m_second.setInterval(1000);
    connect(&m_second, &QTimer::timeout, this, &DevicePage::refresh);
    m_second.start();
}

DevicePage::~DevicePage()
{
    delete m_tabs; // the views go before their models do
}

void DevicePage::showDevice(const DeviceId &id)
{
    if (m_device != id) {
        m_device = id;
        m_devicePushes.setDevice(id);
        m_deviceWakes.setDevice(id);
    }
    m_lifeline->showDevice(id);
    m_messages->showDevice(id);
    m_queue->showDevice(id);
    showFaults();
    refresh();
}

QString DevicePage::faultText() const
{
    return m_fault->text();
}

void DevicePage::showFaults()
{
    QStringList texts;
    for (int row = 0; row < m_context.faults->rowCount(); ++row) {
        const FaultRule &rule = *m_context.faults->faultAt(row);
        if (rule.device == m_device && !m_device.isEmpty())
            texts.append(tr("Injected fault: %1 · ends in %2").arg(m_context.faults->sentence(rule), m_context.faults->left(rule)));
    }
    const QString text = texts.join(u'\n');
    if (m_fault->text() == text)
        return;
    m_fault->setText(text);
    const QColor color = theme::toneColor(theme::Tone::Bad, palette());
    m_fault->setStyleSheet(QStringLiteral("#deviceFault { border: 0; border-left: 4px solid %1; padding-left: 6px; color: %1; }").arg(color.name()));
    m_fault->setVisible(!text.isEmpty());
}

void DevicePage::showQueue()
{
    m_tabs->setCurrentWidget(m_queue);
    m_queue->table()->setFocus();
}

void DevicePage::showPush(const PushId &id)
{
    m_tabs->setCurrentWidget(m_pushes);
    const int row = m_devicePushes.rowOf(id);
    if (row < 0) {
        const Push *push = m_queue->model().pushAt(m_queue->model().rowOf(id));
        if (push) // older than what the list holds: the journal has it
            m_context.selection->selectPush(push->user, m_device, id);
        return;
    }
    m_pushes->setCurrentIndex(m_devicePushes.index(row, 0));
    m_pushes->scrollTo(m_pushes->currentIndex());
    m_pushes->setFocus();
}

QString DevicePage::verdictText() const
{
    return m_verdict->text();
}

void DevicePage::refresh()
{
    if (!isVisible() && m_title->text().isEmpty() && m_device.isEmpty())
        return;
    const std::optional<DeviceSnapshot> snapshot = m_context.subscribers->device(m_device);
    if (!snapshot)
        return;
    const Timestamp now{QDateTime::currentMSecsSinceEpoch()};
    m_devicePushes.setTimeDisplay(m_context.times);
    m_deviceWakes.setTimeDisplay(m_context.times);
    const Device &device = snapshot->device;
    m_title->setText(m_context.subscribers->deviceLabel(m_device));
    QStringList ids{device.user.toString(), Sentences::shortened(device.id.toString())};
    if (!device.msisdn.isEmpty())
        ids.append(device.msisdn.toString());
    if (device.clientPort.isSet())
        ids.append(tr("port %1").arg(device.clientPort.number()));
    m_ids->setText(ids.join(QStringLiteral(" · ")));
    m_ids->setToolTip(plainTip(device.id.toString()));
    m_state->setState(snapshot->liveness.state(), snapshot->liveness.reason(), !snapshot->connections.isEmpty(),
                      Sentences::evidence(snapshot->liveness.evidence(), now));
    const LearnedNetwork *network = nullptr;
    if (!snapshot->connections.isEmpty()) {
        const ConnectionFacts &facts = snapshot->connections.first().facts;
        network = m_context.networks->networkOf(facts.peer, facts.transport);
    }
    const QString verdict = Sentences::verdict(verdictOf(*snapshot, now, network), now);
    if (m_verdict->text() != verdict)
        m_verdict->setText(verdict);
    m_overview->show(*snapshot, now);
    m_connections->show(*snapshot, now);
}

} // namespace reveille
