// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/lifelineview.h"

#include "gui/elidedlabel.h"
#include "gui/lifelinelegend.h"
#include "gui/lifelinestrip.h"
#include "gui/statemark.h"
#include "models/sentences.h"
#include "models/storejournalsource.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QScopedValueRollback>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWidgetAction>

namespace reveille {

namespace {

constexpr Milliseconds minutes(int count)
{
    return Milliseconds(qint64(count) * 60000);
}

} // namespace

LifelineView::LifelineView(GuiContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_strip(new LifelineStrip(m_model))
    , m_table(new QTableView)
    , m_stack(new QStackedWidget)
    , m_range(new ElidedLabel)
{
    auto *bar = new QHBoxLayout;
    bar->setSpacing(theme::grid / 2);
    m_range->setForegroundRole(QPalette::PlaceholderText);
    bar->addWidget(m_range, 1);
    const auto add = [bar](QToolButton *button) { bar->addWidget(button); };
    addSpan(tr("10 min"), tr("Show the last ten minutes"), minutes(10));
    addSpan(tr("1 h"), tr("Show the last hour"), minutes(60));
    addSpan(tr("1 day"), tr("Show the last day"), minutes(24 * 60));
    for (const auto &[button, span] : std::as_const(m_spans))
        add(button);
    m_follow = addButton(tr("Now"), tr("Keep the present at the right end (End)"));
    m_follow->setCheckable(true);
    m_follow->setChecked(true);
    add(m_follow);
    QToolButton *less = addButton(QStringLiteral("+"), tr("Show less time, larger (+)"));
    less->setAccessibleName(tr("Zoom in"));
    QToolButton *more = addButton(QStringLiteral("−"), tr("Show more time, smaller (−)"));
    more->setAccessibleName(tr("Zoom out"));
    add(less);
    add(more);
    m_asTable = addButton(tr("Table"), tr("Show the same as a table (Ctrl+T)"));
    m_asTable->setCheckable(true);
    add(m_asTable);
    QToolButton *legend = addButton(QStringLiteral("?"), tr("What the bands and marks mean"));
    legend->setAccessibleName(tr("Legend"));
    auto *menu = new QMenu(legend);
    auto *explained = new QWidgetAction(menu);
    explained->setDefaultWidget(new LifelineLegend);
    menu->addAction(explained);
    menu->addSeparator();
    connect(menu->addAction(tr("Copy as &text")), &QAction::triggered, this, &LifelineView::copyText);
    connect(legend, &QToolButton::clicked, menu, [legend, menu] { menu->popup(legend->mapToGlobal(QPoint(0, legend->height()))); });
    add(legend);

    m_table->setModel(&m_model);
    m_table->setAccessibleName(tr("Lifeline as a table"));
    m_table->setItemDelegate(new RowDelegate(m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setAlternatingRowColors(true);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(std::max(theme::rowHeight, fontMetrics().height() + 8));
    QHeaderView *header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    const int em = fontMetrics().horizontalAdvance(u'0');
    header->resizeSection(LifelineModel::Time, 26 * em);
    header->resizeSection(LifelineModel::What, 34 * em);
    header->setSectionResizeMode(LifelineModel::Subject, QHeaderView::Stretch);
    m_table->setMinimumHeight(0);
    m_stack->addWidget(m_strip);
    m_stack->addWidget(m_table);
    layOut();

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::grid / 2);
    layout->addLayout(bar);
    layout->addWidget(m_stack);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);

    connect(less, &QToolButton::clicked, m_strip, &LifelineStrip::zoomIn);
    connect(more, &QToolButton::clicked, m_strip, &LifelineStrip::zoomOut);
    connect(m_follow, &QToolButton::clicked, this, [this](bool on) {
        if (on)
            m_strip->follow();
        else
            m_strip->pan(Milliseconds(-1));
    });
    connect(m_asTable, &QToolButton::toggled, this, &LifelineView::showTable);
    connect(m_strip, &LifelineStrip::rangeChanged, this, &LifelineView::showRange);
    connect(&m_model, &LifelineModel::changed, this, &LifelineView::showRange);
    connect(m_strip, &LifelineStrip::momentChosen, this, &LifelineView::momentChosen);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex &index) {
        if (const HistoryMark *mark = m_model.markAt(index.row()))
            Q_EMIT momentChosen(mark->at - Milliseconds(1000), mark->at + Milliseconds(1000));
    });
    m_historyDelay.setSingleShot(true);
    m_historyDelay.setInterval(250);
    connect(&m_historyDelay, &QTimer::timeout, this, &LifelineView::askHistory);
    connect(context.host, &ServerHost::changed, this, [this](const ServerChanges &changes) {
        m_model.apply(changes);
        const auto mine = [this](const auto &rows, auto idOf) {
            return std::any_of(rows.begin(), rows.end(), [&](const auto &row) { return idOf(row) == m_model.device(); });
        };
        if (mine(changes.devices, [](const DeviceSnapshot &row) { return row.device.id; })
            || mine(changes.journal, [](const JournalEntry &row) { return row.device; })) {
            if (!m_historyDelay.isActive())
                m_historyDelay.start();
        }
    });
    connect(context.host, &ServerHost::stateChanged, this, [this](ServerHost::State state) {
        if (state == ServerHost::State::Running)
            attachJournal();
    });
    if (context.host->state() == ServerHost::State::Running)
        attachJournal();
    showRange();
}

LifelineView::~LifelineView()
{
    m_model.setSource(nullptr);
    delete m_stack; // the views go before the model does
}

QToolButton *LifelineView::addButton(const QString &text, const QString &tip)
{
    auto *button = new QToolButton;
    button->setText(text);
    button->setToolTip(tip);
    button->setAutoRaise(true);
    return button;
}

void LifelineView::addSpan(const QString &text, const QString &tip, Milliseconds span)
{
    QToolButton *button = addButton(text, tip);
    button->setCheckable(true);
    button->setAccessibleName(tip);
    connect(button, &QToolButton::clicked, this, [this, span] {
        m_strip->setSpan(span);
        m_strip->follow();
    });
    m_spans.append({button, span});
}

void LifelineView::attachJournal()
{
    m_model.setSource(nullptr);
    m_source = std::make_unique<StoreJournalSource>(m_context.host->databaseFile());
    m_model.setSource(m_source.get());
    m_model.want(m_strip->from());
}

void LifelineView::showDevice(const DeviceId &id)
{
    m_strip->setTimeDisplay(m_context.times);
    m_model.setTimeDisplay(m_context.times);
    if (m_model.device() == id)
        return;
    m_model.setDevice(id);
    if (const auto snapshot = m_context.subscribers->device(id)) {
        ServerChanges known;
        known.devices = {*snapshot};
        m_model.apply(known);
    }
    m_model.want(m_strip->from());
    askHistory();
}

void LifelineView::askHistory()
{
    if (m_model.device().isEmpty())
        return;
    m_context.host->history(m_model.device()).then(this, [this](const Result<DeviceHistory> &history) {
        if (history)
            m_model.setHistory(*history); // of another device by now: the model sees that
    });
}

bool LifelineView::showsTable() const
{
    return m_stack->currentWidget() == m_table;
}

void LifelineView::showTable(bool table)
{
    if (table == showsTable())
        return;
    m_stack->setCurrentWidget(table ? static_cast<QWidget *>(m_table) : m_strip);
    layOut();
    m_asTable->setChecked(table);
    Q_EMIT tableShown(table);
}

void LifelineView::copyText()
{
    QGuiApplication::clipboard()->setText(m_model.text(m_strip->from(), m_strip->until()));
}

void LifelineView::showRange()
{
    for (const auto &[button, span] : std::as_const(m_spans))
        button->setChecked(m_strip->isFollowing() && m_strip->span() == span);
    m_follow->setChecked(m_strip->isFollowing());
    const QString summary = m_strip->summary();
    m_range->setText(summary);
    m_range->setAccessibleName(summary);
}

void LifelineView::layOut()
{
    const int strip = m_strip->sizeHint().height();
    m_stack->setFixedHeight(showsTable() ? std::max(140, strip * 2) : strip);
}

void LifelineView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    layOut(); // a larger font comes with another size
    showRange();
}

} // namespace reveille
