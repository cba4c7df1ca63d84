// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/networkspage.h"

#include "gui/confirmation.h"
#include "gui/csv.h"
#include "gui/emptystate.h"
#include "gui/samplechart.h"
#include "gui/statemark.h"
#include "models/networkmodel.h"
#include "models/roles.h"
#include "models/sentences.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace reveille {

namespace {

/// A bar behind the number: how far an estimate can be trusted.
class ConfidenceDelegate : public RowDelegate
{
public:
    using RowDelegate::RowDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        RowDelegate::paint(painter, option, index);
        const int percent = std::clamp(index.data(Role::Raw).toInt(), 0, 100);
        const bool selected = option.state.testFlag(QStyle::State_Selected);
        const theme::Tone tone = percent >= 70 ? theme::Tone::Good : percent >= 40 ? theme::Tone::Doubt : theme::Tone::Bad;
        const int words = option.fontMetrics.horizontalAdvance(QStringLiteral("100 %")) + theme::grid;
        const QRect space = option.rect.adjusted(4, 0, -words, 0);
        const QRectF bar(space.left(), space.center().y() - 2.5, space.width(), 6);
        painter->save();
        painter->fillRect(bar, option.palette.color(QPalette::Mid));
        painter->fillRect(QRectF(bar.topLeft(), QSizeF(bar.width() * percent / 100, bar.height())),
                          selected ? option.palette.color(QPalette::HighlightedText) : theme::toneColor(tone, option.palette));
        painter->restore();
    }
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        return RowDelegate::sizeHint(option, index) + QSize(72, 0);
    }
};

} // namespace

NetworksPage::NetworksPage(GuiContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_filter(new QLineEdit)
    , m_table(new QTableView)
    , m_sentence(new QLabel)
    , m_chart(new SampleChart)
    , m_forget(new QPushButton(tr("Forget what was learned…")))
    , m_detail(new QWidget)
    , m_empty(new EmptyState)
    , m_stack(new QStackedWidget)
{
    m_sorted.setSourceModel(context.networks);
    m_sorted.setSortRole(Role::Sort);
    m_sorted.setFilterKeyColumn(-1);
    m_sorted.setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_filter->setPlaceholderText(tr("Filter by network or transport"));
    m_filter->setAccessibleName(tr("Filter the learned networks"));
    m_filter->setClearButtonEnabled(true);
    m_table->setModel(&m_sorted);
    m_table->setAccessibleName(tr("Learned networks"));
    m_table->setItemDelegate(new RowDelegate(m_table));
    m_table->setItemDelegateForColumn(NetworkModel::Confidence, new ConfidenceDelegate(m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setAlternatingRowColors(true);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(NetworkModel::Prefix, Qt::AscendingOrder);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(std::max(theme::rowHeight, fontMetrics().height() + 8));
    QHeaderView *header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setSectionsMovable(true);
    header->setSectionResizeMode(QHeaderView::ResizeToContents);
    header->setStretchLastSection(true);
    m_table->setWhatsThis(tr("A row for every network and transport: how long its firewalls keep a quiet path open, as far as it was "
                             "learned, and how often clients there are told to show that they are there."));
    m_sentence->setWordWrap(true);
    m_sentence->setMinimumWidth(30 * theme::grid);
    m_sentence->setAlignment(Qt::AlignTop);
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_sentence->setAccessibleName(tr("What was learned"));
    m_forget->setToolTip(tr("Start learning this network anew"));

    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_forget);
    buttons->addStretch();
    auto *detail = new QVBoxLayout(m_detail);
    detail->setContentsMargins(theme::grid, 0, 0, 0);
    detail->setSpacing(theme::grid);
    detail->addWidget(m_sentence);
    detail->addWidget(m_chart);
    detail->addLayout(buttons);
    detail->addStretch();
    auto *left = new QWidget;
    auto *leftLayout = new QVBoxLayout(left);
    leftLayout->setContentsMargins(0, 0, 0, 0);
    leftLayout->setSpacing(theme::grid);
    leftLayout->addWidget(m_filter);
    leftLayout->addWidget(m_table, 1);
    auto *splitter = new QSplitter;
    splitter->addWidget(left);
    splitter->addWidget(m_detail);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setSizes({800, 440});
    splitter->setChildrenCollapsible(false);

    m_empty->setTexts(tr("No network has been learned yet"),
                      tr("While devices are connected, the server finds out how long the firewalls between keep a quiet path open: a "
                         "device's own test path stays silent for a while and is then tried, and so is traffic that was due anyway. "
                         "Live paths are never risked. Connect a device from outside and leave it alone; learning is switched by "
                         "learn in the section [liveness] of the configuration."));
    m_stack->addWidget(splitter);
    m_stack->addWidget(m_empty);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::grid, theme::grid, theme::grid, theme::grid);
    layout->addWidget(m_stack);

    connect(m_filter, &QLineEdit::textChanged, &m_sorted, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &NetworksPage::showChosen);
    connect(&m_sorted, &QAbstractItemModel::dataChanged, this, &NetworksPage::showChosen);
    connect(m_table, &QWidget::customContextMenuRequested, this, &NetworksPage::openMenu);
    connect(m_forget, &QPushButton::clicked, this, &NetworksPage::forget);
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(context.networks, signal, this, &NetworksPage::showEmpty);
    auto *copy = new QAction(tr("Copy rows"), m_table);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    connect(copy, &QAction::triggered, this, &NetworksPage::copyRows);
    m_table->addAction(copy);
    showEmpty();
}

NetworksPage::~NetworksPage()
{
    delete m_stack; // the view goes before its model does
}

void NetworksPage::showEmpty()
{
    m_stack->setCurrentIndex(m_context.networks->rowCount() == 0 ? 1 : 0);
    if (!m_table->currentIndex().isValid() && m_sorted.rowCount() > 0)
        m_table->setCurrentIndex(m_sorted.index(0, 0));
    showChosen();
}

const LearnedNetwork *NetworksPage::chosen() const
{
    return m_context.networks->networkAt(m_sorted.mapToSource(m_table->currentIndex()).row());
}

void NetworksPage::chooseNetwork(const IpNetwork &prefix, PathTransport transport)
{
    const int row = m_context.networks->rowOf(prefix, transport);
    if (row < 0)
        return;
    m_filter->clear();
    m_table->setCurrentIndex(m_sorted.mapFromSource(m_context.networks->index(row, 0)));
}

void NetworksPage::showChosen()
{
    const LearnedNetwork *network = chosen();
    m_detail->setVisible(network != nullptr);
    if (!network)
        return;
    const QString sentence = Sentences::network(*network);
    if (m_sentence->text() != sentence)
        m_sentence->setText(sentence);
    m_chart->setNetwork(*network);
}

QString NetworksPage::sentence() const
{
    return m_sentence->text();
}

QString NetworksPage::rowsAsText(QChar separator, bool onlySelected) const
{
    QStringList lines;
    QStringList cells;
    for (int column = 0; column < NetworkModel::ColumnCount; ++column)
        cells.append(csvCell(m_sorted.headerData(column, Qt::Horizontal).toString(), separator));
    lines.append(cells.join(separator));
    for (int row = 0; row < m_sorted.rowCount(); ++row) {
        if (onlySelected && !m_table->selectionModel()->isRowSelected(row))
            continue;
        cells.clear();
        for (int column = 0; column < NetworkModel::ColumnCount; ++column)
            cells.append(csvCell(m_sorted.index(row, column).data().toString(), separator));
        lines.append(cells.join(separator));
    }
    return lines.join(u'\n') + u'\n';
}

void NetworksPage::copyRows()
{
    QGuiApplication::clipboard()->setText(rowsAsText(u'\t', m_table->selectionModel()->hasSelection()));
}

void NetworksPage::exportCsv()
{
    saveCsv(this, tr("Export the learned networks"), QStringLiteral("networks.csv"), rowsAsText(u',', false));
}

void NetworksPage::openMenu(const QPoint &at)
{
    QMenu menu(this);
    connect(menu.addAction(tr("&Copy rows")), &QAction::triggered, this, &NetworksPage::copyRows);
    connect(menu.addAction(tr("&Export as CSV…")), &QAction::triggered, this, &NetworksPage::exportCsv);
    menu.addSeparator();
    QAction *forgets = menu.addAction(tr("&Forget what was learned…"));
    forgets->setEnabled(chosen() != nullptr);
    connect(forgets, &QAction::triggered, this, &NetworksPage::forget);
    menu.exec(m_table->viewport()->mapToGlobal(at));
}

void NetworksPage::forget()
{
    if (!chosen())
        return;
    const NetworkKey network = chosen()->key(); // the row may move while the question stands
    const QString name = tr("%1 over %2").arg(network.prefix.toString(), Sentences::pathTransport(network.transport));
    if (!confirm(this, *m_context.settings, QStringLiteral("forgetNetwork"), tr("Forget what was learned of %1?").arg(name),
                 tr("Learning starts anew. Until it has a result, clients there are told the fixed interval or none."), tr("Forget")))
        return;
    m_context.host->forgetNetwork(network.prefix, network.transport).then(this, [this, name](const Result<Done> &result) {
        if (!result)
            Q_EMIT failed(tr("What was learned of %1 could not be forgotten.").arg(name), result.error());
    });
}

} // namespace reveille
