// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/connectionspage.h"

#include "domain/devicehistory.h"
#include "gui/emptystate.h"
#include "gui/rowtable.h"
#include "gui/statemark.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace reveille {

ConnectionsPage::ConnectionsPage(GuiContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_totals(new QLabel)
    , m_table(new QTableView)
    , m_empty(new EmptyState)
    , m_stack(new QStackedWidget)
{
    m_totals->setForegroundRole(QPalette::PlaceholderText);
    m_totals->setContentsMargins(theme::grid, theme::grid / 2, theme::grid, 0);
    m_totals->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_totals->setMinimumWidth(1);
    m_totals->hide();
    setUpRows(m_table, &m_model, tr("Connections"));
    m_table->setItemDelegateForColumn(ConnectionModel::State, new StateDelegate(StateDelegate::Of::Liveness, m_table));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    QHeaderView *header = m_table->horizontalHeader();
    header->setSectionsMovable(true);
    header->setSectionResizeMode(QHeaderView::ResizeToContents);
    header->setStretchLastSection(true); // the sentence has its whole width, by scrolling if need be
    m_table->setWhatsThis(tr("One row a path between the server and this device, of every kind. A grey row is a path that is gone "
                             "and kept for its history. Hover over a state to read why it is so."));
    m_empty->setTexts(tr("No connection"),
                      tr("The device has no path to the server, and none is remembered. Wake it, or let it register."));
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::grid / 2);
    layout->addWidget(m_totals);
    layout->addWidget(m_stack, 1);
    connect(m_table, &QWidget::customContextMenuRequested, this, &ConnectionsPage::openMenu);
    connect(m_table, &QTableView::activated, this, [this] { Q_EMIT journalWanted(currentPeer()); });
    auto *copy = new QAction(tr("Copy the connection"), m_table);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    connect(copy, &QAction::triggered, this, &ConnectionsPage::copyRow);
    m_table->addAction(copy);
}

ConnectionsPage::~ConnectionsPage()
{
    delete m_stack; // the view goes before its model does
}

void ConnectionsPage::show(const DeviceSnapshot &snapshot, Timestamp now)
{
    m_model.setTimeDisplay(m_context.times);
    m_model.show(snapshot.connections, now);
    const bool anyInstance = std::any_of(snapshot.connections.begin(), snapshot.connections.end(), [](const ConnectionSnapshot &one) {
        return !one.facts.session.isEmpty() || !one.facts.application.isEmpty();
    });
    m_table->setColumnHidden(ConnectionModel::Instance, !anyInstance);
    m_stack->setCurrentWidget(snapshot.connections.isEmpty() ? static_cast<QWidget *>(m_empty) : m_table);
}

void ConnectionsPage::showTotals(const DeviceHistory &history)
{
    QStringList parts;
    if (history.probesLost > 0)
        parts.append(tr("%Ln probe(s) lost", nullptr, int(history.probesLost)));
    if (history.addressChanges > 0)
        parts.append(tr("%Ln address change(s)", nullptr, int(history.addressChanges)));
    if (history.pushesMissed > 0)
        parts.append(tr("%Ln push(es) missed", nullptr, int(history.pushesMissed)));
    if (history.wakes > 0)
        parts.append(tr("%Ln wake-up message(s)", nullptr, int(history.wakes)));
    m_totals->setText(tr("Since the server started: %1").arg(parts.join(QStringLiteral(" · "))));
    m_totals->setVisible(!parts.isEmpty());
}

QString ConnectionsPage::totals() const
{
    return m_totals->isHidden() ? QString() : m_totals->text();
}

QString ConnectionsPage::currentPeer() const
{
    const ConnectionSnapshot *connection = m_model.connectionAt(m_table->currentIndex().row());
    return connection ? connection->facts.peer : QString();
}

void ConnectionsPage::copyRow()
{
    if (const QString text = m_model.text(m_table->currentIndex().row()); !text.isEmpty())
        QGuiApplication::clipboard()->setText(text);
}

void ConnectionsPage::openMenu(const QPoint &at)
{
    const QModelIndex index = m_table->indexAt(at);
    if (!index.isValid())
        return;
    m_table->setCurrentIndex(index);
    const QString peer = currentPeer();
    QMenu menu(this);
    connect(menu.addAction(tr("Show its &journal")), &QAction::triggered, this, [this, peer] { Q_EMIT journalWanted(peer); });
    connect(menu.addAction(theme::icon(QStringLiteral("probe")), tr("&Probe now")), &QAction::triggered, this, &ConnectionsPage::probeWanted);
    connect(menu.addAction(tr("&Copy")), &QAction::triggered, this, &ConnectionsPage::copyRow);
    menu.addSeparator();
    connect(menu.addAction(tr("De&register")), &QAction::triggered, this, &ConnectionsPage::deregisterWanted);
    menu.exec(m_table->viewport()->mapToGlobal(at));
}

} // namespace reveille
