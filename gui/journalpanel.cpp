// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/journalpanel.h"

#include "gui/csv.h"
#include "gui/emptystate.h"
#include "gui/fieldview.h"
#include "gui/rowtable.h"
#include "gui/selection.h"
#include "gui/statemark.h"
#include "models/roles.h"
#include "models/sentences.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace reveille {

namespace {

constexpr JournalKind kinds[] = {JournalKind::Sir, JournalKind::Wake, JournalKind::Push, JournalKind::Connection,
                                 JournalKind::Trigger};

} // namespace

JournalPanel::JournalPanel(GuiContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_chip(new QToolButton)
    , m_moment(new QToolButton)
    , m_span(new QComboBox)
    , m_text(new QLineEdit)
    , m_follow(new QToolButton)
    , m_status(new QLabel)
    , m_table(new QTableView)
    , m_stack(new QStackedWidget)
    , m_empty(new EmptyState)
    , m_fields(new FieldView)
    , m_sentence(new QLabel)
    , m_details(new QWidget)
{
    auto *bar = new QHBoxLayout;
    bar->setSpacing(theme::grid / 2);
    for (const JournalKind kind : kinds) {
        auto *chip = new QToolButton;
        chip->setText(Sentences::journalKind(kind));
        chip->setProperty("chip", true);
        chip->setCheckable(true);
        chip->setAccessibleName(tr("Show only: %1").arg(chip->text()));
        connect(chip, &QToolButton::toggled, this, &JournalPanel::applyFilter);
        bar->addWidget(chip);
        m_kinds.append(chip);
    }
    m_chip->setProperty("chip", true);
    m_chip->setToolTip(tr("Show everything again"));
    connect(m_chip, &QToolButton::clicked, context.selection, &Selection::clear);
    bar->addWidget(m_chip);
    m_moment->setProperty("chip", true);
    m_moment->setToolTip(tr("Show every time again"));
    m_moment->setAccessibleName(m_moment->toolTip());
    m_moment->hide();
    connect(m_moment, &QToolButton::clicked, this, [this] { showMoment({}, {}); });
    bar->addWidget(m_moment);
    bar->addStretch();

    m_span->setAccessibleName(tr("Time range"));
    m_span->addItem(tr("any time"), 0);
    m_span->addItem(tr("last 5 minutes"), 5);
    m_span->addItem(tr("last hour"), 60);
    m_span->addItem(tr("last day"), 24 * 60);
    m_text->setPlaceholderText(tr("Filter by text"));
    m_text->setAccessibleName(tr("Filter the journal by text"));
    m_text->setClearButtonEnabled(true);
    m_text->setMaximumWidth(220);
    m_text->setMinimumWidth(80);
    m_follow->setCheckable(true);
    m_follow->setChecked(true);
    m_follow->setIcon(theme::icon(QStringLiteral("follow")));
    m_follow->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_follow->setText(tr("Follow"));
    m_follow->setToolTip(tr("Show new rows as they come (Ctrl+L)"));
    m_status->setForegroundRole(QPalette::PlaceholderText);
    m_status->setMinimumWidth(1);
    bar->addWidget(m_status);
    bar->addWidget(m_span);
    bar->addWidget(m_text);
    bar->addWidget(m_follow);

    setUpRows(m_table, context.journal, tr("Journal"));
    QHeaderView *header = m_table->horizontalHeader();
    header->setSectionsMovable(true);
    header->setStretchLastSection(true);
    const int widths[] = {110, 96, 150, 140, 190, 200};
    for (int column = 0; column < JournalColumn::Count; ++column)
        header->resizeSection(column, widths[column]);

    m_empty->setTexts(tr("Nothing in the journal"),
                      tr("Registrations, losses, wake-ups, SIRs and pushes are written down here as they happen."));
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);

    m_sentence->setWordWrap(true);
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto *detailsLayout = new QVBoxLayout(m_details);
    detailsLayout->setContentsMargins(theme::grid, 0, 0, 0);
    detailsLayout->addWidget(m_sentence);
    detailsLayout->addWidget(m_fields, 1);
    m_details->hide();

    auto *splitter = new QSplitter;
    splitter->setObjectName(QStringLiteral("journalSplitter"));
    splitter->addWidget(m_stack);
    splitter->addWidget(m_details);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setChildrenCollapsible(false);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::grid, theme::grid, theme::grid, theme::grid);
    layout->setSpacing(theme::grid);
    layout->addLayout(bar);
    layout->addWidget(splitter, 1);

    m_delay.setSingleShot(true);
    m_delay.setInterval(200);
    connect(&m_delay, &QTimer::timeout, this, &JournalPanel::applyFilter);
    connect(m_text, &QLineEdit::textChanged, &m_delay, qOverload<>(&QTimer::start));
    connect(m_span, &QComboBox::currentIndexChanged, this, &JournalPanel::applyFilter);
    connect(m_follow, &QToolButton::toggled, context.journal, &JournalModel::setFollowing);
    connect(context.journal, &JournalModel::statusChanged, this, &JournalPanel::showStatus);
    connect(context.journal, &QAbstractItemModel::rowsInserted, this, &JournalPanel::showStatus);
    connect(context.journal, &QAbstractItemModel::rowsRemoved, this, &JournalPanel::showStatus);
    connect(context.journal, &QAbstractItemModel::modelReset, this, &JournalPanel::showStatus);
    connect(context.selection, &Selection::changed, this, &JournalPanel::followSelection);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &JournalPanel::showRow);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex &index) {
        const JournalEntry *entry = m_context.journal->entryAt(index.row());
        if (entry && !entry->device.isEmpty())
            m_context.selection->selectDevice(entry->user, entry->device);
    });
    followSelection();
    showStatus();
}

void JournalPanel::followSelection()
{
    const Selection &selection = *m_context.selection;
    m_chip->setVisible(!selection.isEmpty());
    const QString name = selection.device().isEmpty() ? selection.user().toString()
                                                      : m_context.subscribers->deviceLabel(selection.device());
    m_chip->setText(name + QStringLiteral("  ✕"));
    m_chip->setAccessibleName(tr("Only %1; press to show everything").arg(name));
    if (m_momentFrom.isSet() && m_momentDevice != selection.device())
        showMoment({}, {});
    else
        applyFilter();
}

void JournalPanel::showMoment(Timestamp from, Timestamp until)
{
    m_momentFrom = from;
    m_momentUntil = until;
    m_momentDevice = m_context.selection->device();
    m_moment->setVisible(from.isSet());
    m_span->setEnabled(!from.isSet());
    const QString text = tr("%1 to %2").arg(m_context.times.clock(from).left(8), m_context.times.clock(until).left(8));
    m_moment->setText(text + QStringLiteral("  ✕"));
    m_moment->setAccessibleName(tr("Only %1; press to show every time").arg(text));
    applyFilter();
}

void JournalPanel::showText(const QString &text)
{
    m_text->setText(text);
    applyFilter();
}

void JournalPanel::applyFilter()
{
    m_delay.stop();
    JournalFilter filter;
    for (int i = 0; i < m_kinds.size(); ++i) {
        if (m_kinds[i]->isChecked())
            filter.kinds.append(kinds[i]);
    }
    const Selection &selection = *m_context.selection;
    filter.user = selection.device().isEmpty() ? selection.user().toString() : QString();
    filter.device = selection.device().toString();
    filter.push = selection.push().text();
    filter.wake = selection.wake().text();
    filter.text = m_text->text().trimmed();
    const int minutes = m_span->currentData().toInt();
    if (minutes > 0)
        filter.from = Timestamp{QDateTime::currentMSecsSinceEpoch()} - Milliseconds(minutes * 60000LL);
    if (m_momentFrom.isSet()) {
        filter.from = m_momentFrom;
        filter.until = m_momentUntil;
    }
    m_context.journal->setFilter(filter);
    showStatus();
}

void JournalPanel::showStatus()
{
    const JournalModel &model = *m_context.journal;
    QString text;
    if (*model.failure().code)
        text = Sentences::error(model.failure());
    else if (model.isReading())
        text = tr("reading…");
    else if (!model.isFollowing() && model.heldBack() > 0)
        text = tr("%Ln new row(s)", nullptr, int(model.heldBack()));
    else if (model.isFull())
        text = tr("newest %L1 rows").arg(model.rowLimit());
    m_status->setText(text);
    const bool empty = model.rowCount() == 0 && !model.isReading();
    m_empty->setTexts(model.filter().isEmpty() ? tr("Nothing in the journal") : tr("Nothing fits these filters"),
                      model.filter().isEmpty()
                          ? tr("Registrations, losses, wake-ups, SIRs and pushes are written down here as they happen.")
                          : tr("Take a filter away to see more."));
    m_stack->setCurrentIndex(empty ? 1 : 0);
    if (m_follow->isChecked() != model.isFollowing())
        m_follow->setChecked(model.isFollowing());
}

void JournalPanel::showRow()
{
    const JournalEntry *entry = m_context.journal->entryAt(m_table->currentIndex().row());
    m_details->setVisible(entry != nullptr);
    if (!entry)
        return;
    QString text = QStringLiteral("<b>%1</b> · %2<br>%3")
                       .arg(Sentences::event(entry->event).toHtmlEscaped(),
                            m_context.times.dateTime(entry->time), Sentences::journal(*entry).toHtmlEscaped());
    if (entry->bytes.isEmpty()) {
        text += QStringLiteral("<table cellspacing='0' cellpadding='2'>");
        for (const auto &[name, value] : entry->fields) {
            if (!value.isEmpty())
                text += QStringLiteral("<tr><td>%1&nbsp;&nbsp;</td><td>%2</td></tr>")
                            .arg(Sentences::fieldName(name).toHtmlEscaped(), value.toHtmlEscaped());
        }
        text += QStringLiteral("</table>");
    }
    m_sentence->setText(text);
    m_sentence->setAlignment(Qt::AlignTop);
    m_fields->setVisible(!entry->bytes.isEmpty());
    if (!entry->bytes.isEmpty())
        m_fields->setMessage(entry->bytesFormat, entry->bytes);
}

void JournalPanel::setFollowing(bool on)
{
    m_follow->setChecked(on);
}

QString JournalPanel::rowsAsText(QChar separator, bool onlySelected) const
{
    return reveille::rowsAsText(*m_table, separator, onlySelected, [this](const QModelIndex &cell) { return copied(cell); });
}

void JournalPanel::copyRows()
{
    reveille::copyRows(*m_table, [this](const QModelIndex &cell) { return copied(cell); });
}

/// With the day, which the screen leaves out.
QVariant JournalPanel::copied(const QModelIndex &cell) const
{
    return cell.column() == JournalColumn::Time ? m_context.times.dateTime(m_context.journal->entryAt(cell.row())->time) : cell.data();
}

void JournalPanel::exportCsv()
{
    saveCsv(this, tr("Export the journal rows shown"), QStringLiteral("journal.csv"), rowsAsText(u',', false));
}

} // namespace reveille
