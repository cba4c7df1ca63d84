// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/rowspage.h"

#include "gui/csv.h"
#include "gui/emptystate.h"
#include "gui/statemark.h"
#include "models/roles.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace reveille {

RowsPage::RowsPage(QAbstractItemModel *model, const QString &name, QWidget *parent)
    : QWidget(parent)
    , m_table(new QTableView)
    , m_sentence(new QLabel)
    , m_empty(new EmptyState)
    , m_stack(new QStackedWidget(this))
{
    m_sorted.setSourceModel(model);
    m_sorted.setSortRole(Role::Sort);
    setUpTable(name);
    m_sentence->setWordWrap(true);
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::grid, theme::grid, theme::grid, theme::grid);
    layout->addWidget(m_stack);
}

RowsPage::~RowsPage()
{
    delete m_stack; // the view goes before its model does
}

void RowsPage::setUpTable(const QString &name)
{
    m_table->setModel(&m_sorted);
    m_table->setAccessibleName(name);
    m_table->setItemDelegate(new RowDelegate(m_table));
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
    auto *copy = new QAction(tr("Copy rows"), m_table);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    connect(copy, &QAction::triggered, this, &RowsPage::copyRows);
    m_table->addAction(copy);
}

void RowsPage::setContent(QWidget *content)
{
    m_stack->addWidget(content);
    m_stack->addWidget(m_empty);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &RowsPage::showChosen);
    connect(m_table, &QWidget::customContextMenuRequested, this, &RowsPage::openMenu);
    connect(&m_sorted, &QAbstractItemModel::dataChanged, this, &RowsPage::showChosen);
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(m_sorted.sourceModel(), signal, this, &RowsPage::showEmpty);
    connect(&m_sorted, &QAbstractItemModel::modelReset, this, &RowsPage::showEmpty);
    showEmpty();
}

void RowsPage::showEmpty()
{
    m_stack->setCurrentIndex(m_sorted.sourceModel()->rowCount() == 0 ? 1 : 0);
    if (!m_table->currentIndex().isValid() && m_sorted.rowCount() > 0)
        m_table->setCurrentIndex(m_sorted.index(0, 0));
    showChosen();
}

int RowsPage::chosenRow() const
{
    return m_sorted.mapToSource(m_table->currentIndex()).row();
}

void RowsPage::chooseRow(int row)
{
    m_table->setCurrentIndex(m_sorted.mapFromSource(m_sorted.sourceModel()->index(row, 0)));
}

QString RowsPage::sentence() const
{
    return m_sentence->text();
}

/// Only when it is another: a selection in it stays.
void RowsPage::setSentence(const QString &text)
{
    if (m_sentence->text() != text)
        m_sentence->setText(text);
}

QString RowsPage::rowsAsText(QChar separator, bool onlySelected) const
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

void RowsPage::copyRows()
{
    QGuiApplication::clipboard()->setText(rowsAsText(u'\t', m_table->selectionModel()->hasSelection()));
}

void RowsPage::copySentence()
{
    QGuiApplication::clipboard()->setText(sentence());
}

} // namespace reveille
