// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/rowspage.h"

#include "gui/emptystate.h"
#include "gui/rowtable.h"
#include "gui/statemark.h"
#include "models/roles.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
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
    if (m_settings)
        m_settings->setValue(m_columnsKey, m_table->horizontalHeader()->saveState());
    delete m_stack; // the view goes before its model does
}

void RowsPage::setUpTable(const QString &name)
{
    setUpRows(m_table, &m_sorted, name);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    QHeaderView *header = m_table->horizontalHeader();
    header->setSectionsMovable(true);
    header->setSectionResizeMode(QHeaderView::ResizeToContents);
    setCopyKey(m_table, [this] { copyRows(); });
}

void RowsPage::offerColumns(const QVector<int> &hidden)
{
    QHeaderView *header = m_table->horizontalHeader();
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    for (const int column : hidden)
        header->hideSection(column);
    connect(header, &QWidget::customContextMenuRequested, this, [this, header](const QPoint &at) {
        QMenu menu(this);
        for (int column = 1; column < header->count(); ++column) {
            QAction *shown = menu.addAction(m_sorted.headerData(column, Qt::Horizontal).toString());
            shown->setCheckable(true);
            shown->setChecked(!header->isSectionHidden(column));
            connect(shown, &QAction::toggled, header, [header, column](bool on) { header->setSectionHidden(column, !on); });
        }
        menu.exec(header->mapToGlobal(at));
    });
}

void RowsPage::keepColumns(QSettings &settings, const QString &key)
{
    m_settings = &settings;
    m_columnsKey = key;
    m_table->horizontalHeader()->restoreState(settings.value(key).toByteArray());
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

void RowsPage::setContentAbove(const QVector<QPushButton *> &buttons)
{
    m_sentence->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    auto *foot = new QHBoxLayout;
    foot->setSpacing(theme::grid);
    foot->addWidget(m_sentence, 1);
    for (QPushButton *button : buttons)
        foot->addWidget(button, 0, Qt::AlignTop);
    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::grid);
    layout->addWidget(m_table, 1);
    layout->addLayout(foot);
    setContent(content);
}

void RowsPage::offerSorting()
{
    m_table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    m_table->setSortingEnabled(true);
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
    if (const QModelIndex index = m_sorted.mapFromSource(m_sorted.sourceModel()->index(row, 0)); index.isValid())
        m_table->setCurrentIndex(index);
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
    return reveille::rowsAsText(*m_table, separator, onlySelected, [this](const QModelIndex &cell) { return copied(cell); });
}

void RowsPage::copyRows()
{
    reveille::copyRows(*m_table, [this](const QModelIndex &cell) { return copied(cell); });
}

void RowsPage::copySentence()
{
    QGuiApplication::clipboard()->setText(sentence());
}

} // namespace reveille
