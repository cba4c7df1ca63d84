// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/bearerspage.h"

#include "gui/csv.h"
#include "gui/emptystate.h"
#include "gui/statemark.h"
#include "models/bearermodel.h"
#include "models/roles.h"
#include "models/sentences.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace reveille {

BearersPage::BearersPage(GuiContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_table(new QTableView)
    , m_sentence(new QLabel)
    , m_test(new QPushButton(theme::icon(QStringLiteral("probe")), tr("&Test this bearer")))
    , m_empty(new EmptyState)
    , m_stack(new QStackedWidget)
{
    m_sorted.setSourceModel(context.bearers);
    m_sorted.setSortRole(Role::Sort);
    m_table->setModel(&m_sorted);
    m_table->setAccessibleName(tr("Bearers"));
    m_table->setItemDelegate(new RowDelegate(m_table));
    m_table->setItemDelegateForColumn(BearerColumn::Health, new StateDelegate(StateDelegate::Of::Bearer, m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setAlternatingRowColors(true);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(std::max(theme::rowHeight, fontMetrics().height() + 8));
    QHeaderView *header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setSectionsMovable(true);
    header->setSectionResizeMode(QHeaderView::ResizeToContents);
    header->setSectionResizeMode(BearerColumn::Test, QHeaderView::Stretch);
    header->setSortIndicator(-1, Qt::AscendingOrder); // as the model has them until somebody sorts
    m_table->setSortingEnabled(true);
    m_table->setWhatsThis(tr("A row for every way to wake: whether it works, whom it talks to, and what it did. A test asks the "
                             "carrier whether it is there; no device is woken by it."));
    m_sentence->setWordWrap(true);
    m_sentence->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_sentence->setAccessibleName(tr("The chosen bearer"));
    m_test->setToolTip(tr("Ask the carrier whether it is there; nobody is woken"));

    auto *foot = new QHBoxLayout;
    foot->setSpacing(2 * theme::grid);
    foot->addWidget(m_sentence, 1);
    foot->addWidget(m_test, 0, Qt::AlignTop);
    auto *page = new QWidget;
    auto *inner = new QVBoxLayout(page);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->setSpacing(theme::grid);
    inner->addWidget(m_table, 1);
    inner->addLayout(foot);
    m_empty->setTexts(tr("No bearer is configured"),
                      tr("A bearer is a way to wake a device that cannot be reached over the network: SMS over an SMSC, a WSP push in a "
                         "UDP datagram, SIP, HTTP. Each has a section [bearer.NAME] in the configuration; default.conf shows one of "
                         "every kind. They appear here once the server runs."));
    m_stack->addWidget(page);
    m_stack->addWidget(m_empty);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::grid, theme::grid, theme::grid, theme::grid);
    layout->addWidget(m_stack);

    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &BearersPage::showChosen);
    connect(m_table, &QWidget::customContextMenuRequested, this, &BearersPage::openMenu);
    connect(m_table, &QTableView::activated, this, &BearersPage::test);
    connect(m_test, &QPushButton::clicked, this, &BearersPage::test);
    connect(&m_sorted, &QAbstractItemModel::dataChanged, this, &BearersPage::showChosen);
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&m_sorted, signal, this, &BearersPage::showEmpty);
    connect(&m_sorted, &QAbstractItemModel::modelReset, this, &BearersPage::showEmpty);
    auto *copy = new QAction(tr("Copy rows"), m_table);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    connect(copy, &QAction::triggered, this, &BearersPage::copyRows);
    m_table->addAction(copy);
    showEmpty();
}

BearersPage::~BearersPage()
{
    delete m_stack; // the view goes before its model does
}

void BearersPage::showEmpty()
{
    m_stack->setCurrentIndex(m_sorted.rowCount() == 0 ? 1 : 0);
    if (!m_table->currentIndex().isValid() && m_sorted.rowCount() > 0)
        m_table->setCurrentIndex(m_sorted.index(0, 0));
    showChosen();
}

const BearerSnapshot *BearersPage::chosen() const
{
    return m_context.bearers->bearerAt(m_sorted.mapToSource(m_table->currentIndex()).row());
}

void BearersPage::chooseBearer(const QString &name)
{
    const int row = m_context.bearers->rowOf(name);
    if (row >= 0)
        m_table->setCurrentIndex(m_sorted.mapFromSource(m_context.bearers->index(row, 0)));
}

void BearersPage::showChosen()
{
    const BearerSnapshot *bearer = chosen();
    m_sentence->setVisible(bearer != nullptr);
    m_test->setEnabled(bearer != nullptr);
    if (!bearer)
        return;
    QString text = Sentences::bearer(*bearer);
    if (const auto test = m_context.bearers->testOf(bearer->facts.name)) {
        m_test->setEnabled(!test->running);
        text += u' ' + (test->running ? tr("It is being tested…")
                                      : tr("Tested at %1: %2.").arg(m_context.times.clock(test->at), Sentences::bearerTest(test->result)));
    }
    if (m_sentence->text() != text)
        m_sentence->setText(text);
}

QString BearersPage::sentence() const
{
    return m_sentence->text();
}

void BearersPage::test()
{
    const BearerSnapshot *bearer = chosen();
    if (!bearer || !m_test->isEnabled())
        return;
    const QString name = bearer->facts.name;
    m_context.bearers->setTest(name, {true, {}, {}});
    Q_EMIT testWanted(name);
}

void BearersPage::showTest(const QString &name, const Result<BearerTest> &result)
{
    BearerTest test = result.valueOr({});
    if (!result)
        test.code = result.error().code;
    m_context.bearers->setTest(name, {false, test, Timestamp{QDateTime::currentMSecsSinceEpoch()}});
}

QString BearersPage::rowsAsText(QChar separator, bool onlySelected) const
{
    const QHeaderView *header = m_table->horizontalHeader();
    const auto line = [&](const auto &cell) {
        QStringList cells;
        for (int place = 0; place < header->count(); ++place)
            cells.append(csvCell(cell(header->logicalIndex(place)).toString(), separator));
        return cells.join(separator);
    };
    QStringList lines{line([&](int column) { return m_sorted.headerData(column, Qt::Horizontal); })};
    for (int row = 0; row < m_sorted.rowCount(); ++row) {
        if (!onlySelected || m_table->selectionModel()->isRowSelected(row))
            lines.append(line([&](int column) { return m_sorted.index(row, column).data(); }));
    }
    return lines.join(u'\n') + u'\n';
}

void BearersPage::copyRows()
{
    QGuiApplication::clipboard()->setText(rowsAsText(u'\t', m_table->selectionModel()->hasSelection()));
}

void BearersPage::copySentence()
{
    QGuiApplication::clipboard()->setText(sentence());
}

void BearersPage::openMenu(const QPoint &at)
{
    QMenu menu(this);
    QAction *tests = menu.addAction(tr("&Test this bearer"));
    tests->setEnabled(m_test->isEnabled());
    connect(tests, &QAction::triggered, this, &BearersPage::test);
    menu.addSeparator();
    connect(menu.addAction(tr("&Copy rows")), &QAction::triggered, this, &BearersPage::copyRows);
    connect(menu.addAction(tr("Copy as &sentences")), &QAction::triggered, this, &BearersPage::copySentence);
    menu.exec(m_table->viewport()->mapToGlobal(at));
}

} // namespace reveille
