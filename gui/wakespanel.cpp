// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/wakespanel.h"

#include "gui/chiprow.h"
#include "gui/emptystate.h"
#include "gui/rowtable.h"
#include "gui/selection.h"
#include "gui/statemark.h"
#include "gui/wakelife.h"
#include "models/roles.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace reveille {

/// By state and by words in any column; the order stays that of the model, newest first.
class WakesPanel::Filter : public QSortFilterProxyModel
{
public:
    enum Chip : int { All, Active, Failed };

    explicit Filter(WakeListModel &model) : m_wakes(model) { setSourceModel(&model); }
    void set(int chip, const QString &text)
    {
        m_chip = chip;
        m_words = text.split(u' ', Qt::SkipEmptyParts);
        invalidateFilter();
    }
    bool isOn() const { return m_chip != All || !m_words.isEmpty(); }

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override
    {
        const WakeUp *wake = m_wakes.wakeAt(row);
        if (!wake || (m_chip == Active && isTerminal(wake->state))
            || (m_chip == Failed && wake->state != WakeState::Exhausted && wake->state != WakeState::Refused))
            return false;
        if (m_words.isEmpty())
            return true;
        QString text = wake->id.text() + u' ' + wake->device.toString() + u' ' + wake->user.toString();
        for (int column = 0; column < WakeColumn::Count; ++column)
            text += u' ' + m_wakes.index(row, column, parent).data().toString();
        return std::all_of(m_words.begin(), m_words.end(),
                           [&](const QString &word) { return text.contains(word, Qt::CaseInsensitive); });
    }

private:
    WakeListModel &m_wakes;
    int m_chip = All;
    QStringList m_words;
};

WakesPanel::WakesPanel(GuiContext &context, WakeListModel &model, Of of, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_model(model)
    , m_of(of)
    , m_filter(new Filter(model))
    , m_chips(new ChipRow({tr("All"), tr("Under way"), tr("Failed")}, tr("Show wake-ups: %1")))
    , m_text(new QLineEdit)
    , m_table(new QTableView)
    , m_life(new WakeLife(context))
    , m_empty(new EmptyState)
    , m_stack(new QStackedWidget)
{
    setUpRows(m_table, m_filter.get(), of == Of::OneDevice ? tr("Wake-ups of this device") : tr("Wake-ups"));
    m_table->setItemDelegateForColumn(WakeColumn::State, new StateDelegate(StateDelegate::Of::Wake, m_table));
    m_table->setItemDelegateForColumn(WakeColumn::Step, new StepDelegate(m_table));
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    QHeaderView *header = m_table->horizontalHeader();
    header->setSectionsMovable(true);
    header->setStretchLastSection(true);
    // Widths stand still while states move.
    const int em = fontMetrics().horizontalAdvance(u'0');
    for (const auto &[column, width] : {std::pair(int(WakeColumn::Started), 13), {WakeColumn::State, 24}, {WakeColumn::Step, 27},
                                        {WakeColumn::Device, 18}, {WakeColumn::Reason, 17}, {WakeColumn::Bearer, 10},
                                        {WakeColumn::Sir, 18}, {WakeColumn::Attempts, 9}, {WakeColumn::Receipt, 21},
                                        {WakeColumn::Elapsed, 8}})
        header->resizeSection(column, width * em);
    m_table->setColumnHidden(WakeColumn::Device, of == Of::OneDevice);
    if (of == Of::Everybody)
        header->moveSection(header->visualIndex(WakeColumn::Device), 1);

    m_life->hide();
    auto *splitter = new QSplitter;
    splitter->addWidget(m_table);
    splitter->addWidget(m_life);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({600, 600});
    splitter->setChildrenCollapsible(false);
    m_life->setMinimumWidth(40 * theme::grid);
    m_stack->addWidget(splitter);
    m_stack->addWidget(m_empty);
    connect(m_empty->addAction(tr("Wake…")), &QPushButton::clicked, this, &WakesPanel::wakeWanted);
    const int margin = of == Of::Everybody ? theme::grid : 0;
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(margin, theme::grid, margin, margin);
    layout->setSpacing(theme::grid);
    layout->addWidget(makeBar());
    layout->addWidget(m_stack, 1);

    setCopyKey(m_table, [this] { copyRows(); });
    keepPlace(m_table);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &WakesPanel::showCurrent);
    connect(m_table, &QTableView::activated, this, &WakesPanel::inspectWanted);
    connect(m_table, &QWidget::customContextMenuRequested, this,
            [this](const QPoint &at) { Q_EMIT menuWanted(m_table->viewport()->mapToGlobal(at)); });
    connect(m_life, &WakeLife::repeated, this, &WakesPanel::chooseWake);
    connect(context.selection, &Selection::changed, this, &WakesPanel::followSelection);
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(m_filter.get(), signal, this, &WakesPanel::showEmpty);
    connect(m_filter.get(), &QAbstractItemModel::modelReset, this, [this] {
        showCurrent();
        showEmpty();
        followSelection();
    });
    m_second.setInterval(1000);
    connect(&m_second, &QTimer::timeout, m_table->viewport(), qOverload<>(&QWidget::update));
    m_second.start();
    showEmpty();
}

WakesPanel::~WakesPanel()
{
    delete m_stack; // the view goes before its models do
}

QWidget *WakesPanel::makeBar()
{
    auto *bar = new QWidget;
    auto *layout = new QHBoxLayout(bar);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::grid / 2);
    const auto apply = [this] {
        m_filter->set(m_chips->chosen(), m_text->text());
        showEmpty();
    };
    connect(m_chips, &ChipRow::clicked, this, apply);
    layout->addWidget(m_chips);
    layout->addStretch();
    m_text->setPlaceholderText(tr("Filter wake-ups"));
    m_text->setAccessibleName(tr("Filter the wake-ups by text"));
    m_text->setClearButtonEnabled(true);
    m_text->setMaximumWidth(220);
    connect(m_text, &QLineEdit::textChanged, this, apply);
    layout->addWidget(m_text);
    return bar;
}

const WakeUp *WakesPanel::current() const
{
    return m_model.wakeAt(m_filter->mapToSource(m_table->currentIndex()).row());
}

void WakesPanel::showCurrent()
{
    const WakeUp *wake = current();
    m_life->setVisible(wake != nullptr);
    if (!wake)
        return;
    m_life->setWake(wake->id);
    if (m_following)
        return;
    const QScopedValueRollback guard(m_following, true);
    m_context.selection->selectWake(wake->user, wake->device, wake->id);
}

void WakesPanel::chooseWake(const WakeId &id)
{
    const int row = m_model.rowOf(id);
    const QModelIndex index = row < 0 ? QModelIndex() : m_filter->mapFromSource(m_model.index(row, 0));
    if (index.isValid()) {
        m_table->setCurrentIndex(index);
        m_table->scrollTo(index);
    }
}

void WakesPanel::followSelection()
{
    if (m_following)
        return;
    const QScopedValueRollback guard(m_following, true);
    const WakeId &wake = m_context.selection->wake();
    if (!wake.isEmpty()) {
        chooseWake(wake);
    } else {
        m_table->clearSelection();
        m_table->setCurrentIndex({});
    }
}

void WakesPanel::showEmpty()
{
    const bool filtered = m_filter->isOn();
    m_empty->setTexts(filtered ? tr("No wake-up fits these filters") : tr("No wake-up yet"),
                      filtered ? tr("Take a filter away to see more.")
                               : tr("When a push finds a device gone, or somebody wakes one by hand, the wake-up stands here: "
                                    "each attempt, what the carrier said, and how far it came."));
    m_stack->setCurrentIndex(m_filter->rowCount() == 0 ? 1 : 0);
}

/// What is shortened on the screen is whole in a copy.
void WakesPanel::copyRows()
{
    reveille::copyRows(*m_table, [](const QModelIndex &cell) {
        const bool whole = cell.column() == WakeColumn::Started || cell.column() == WakeColumn::Id;
        return cell.data(whole ? int(Qt::ToolTipRole) : int(Qt::DisplayRole));
    });
}

} // namespace reveille
