// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/wakelife.h"

#include "gui/checktree.h"
#include "gui/fieldview.h"
#include "gui/statemark.h"
#include "gui/theme.h"
#include "gui/wakerepeat.h"
#include "models/plaintip.h"
#include "models/sentences.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QTabWidget>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

enum AttemptColumn : int { Number, SentAt, Route, Outcome, Carrier };

void prepare(QTreeWidget *tree, const QString &name, const QStringList &headers)
{
    tree->setAccessibleName(name);
    tree->setHeaderLabels(headers);
    tree->setRootIsDecorated(false);
    tree->setAlternatingRowColors(true);
    tree->setUniformRowHeights(true);
    tree->setItemDelegate(new RowDelegate(tree));
    tree->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
}

} // namespace

WakeLife::WakeLife(GuiContext &context, QWidget *parent)
    : QWidget(parent), m_context(context), m_title(new QLabel(this)), m_error(new QLabel(this)),
      m_tabs(new QTabWidget(this)), m_story(new QSplitter), m_steps(new QTreeWidget), m_attempts(new QTreeWidget),
      m_checks(new CheckTree), m_sir(new FieldView), m_cancel(new QPushButton(tr("Ca&ncel the wake-up"))),
      m_repeat(new QPushButton(theme::icon(u"wake"_s), tr("&Repeat"))), m_repeatOver(new QPushButton(tr("&Over another bearer")))
{
    m_title->setWordWrap(true);
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_title->setAccessibleName(tr("State of the wake-up"));
    m_error->setWordWrap(true);
    m_error->hide();
    prepare(m_steps, tr("Steps of the wake-up"), {tr("Step"), tr("Time"), tr("After the start"), tr("This step")});
    prepare(m_attempts, tr("Attempts"), {tr("Attempt"), tr("Time"), tr("Route"), tr("Outcome"), tr("Message id")});
    m_steps->headerItem()->setTextAlignment(2, Qt::AlignRight | Qt::AlignVCenter);
    m_steps->headerItem()->setTextAlignment(3, Qt::AlignRight | Qt::AlignVCenter);
    m_steps->header()->setStretchLastSection(false);
    for (int step = 0; step <= int(WakeStep::Delivered); ++step) {
        auto *row = new QTreeWidgetItem(m_steps, {Sentences::wakeStep(WakeStep(step)), u"–"_s, QString(), QString()});
        row->setTextAlignment(2, Qt::AlignRight | Qt::AlignVCenter);
        row->setTextAlignment(3, Qt::AlignRight | Qt::AlignVCenter);
    }
    m_story->addWidget(m_steps);
    m_story->addWidget(m_attempts);
    m_story->setChildrenCollapsible(false);
    m_story->setStretchFactor(0, 1);
    m_story->setStretchFactor(1, 1);
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_story, tr("&Steps"));
    m_tabs->addTab(m_checks, tr("Wh&y this route"));
    m_tabs->addTab(m_sir, tr("S&IR"));

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::grid / 2);
    layout->addWidget(m_title);
    layout->addWidget(m_tabs, 1);
    layout->addWidget(m_error);
    layout->addWidget(makeButtons());

    connect(context.host, &ServerHost::changed, this, &WakeLife::take);
    connect(m_attempts, &QTreeWidget::currentItemChanged, this, &WakeLife::showChecks);
    connect(&m_second, &QTimer::timeout, this, &WakeLife::showTitle);
    m_second.setInterval(1000);
}

QWidget *WakeLife::makeButtons()
{
    m_repeatOver->setMenu(new QMenu(m_repeatOver));
    m_repeat->setToolTip(tr("Start a new wake-up with the same order (Ctrl+R)"));
    m_repeatOver->setToolTip(tr("The same order over another bearer; one under way is moved there (Ctrl+Shift+R)"));
    m_cancel->setToolTip(tr("Stop trying (Ctrl+Backspace)"));
    for (QPushButton *button : {m_repeat, m_repeatOver, m_cancel}) {
        button->setAutoDefault(false);
        button->setEnabled(false);
    }
    auto *row = new QWidget(this);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_repeat);
    layout->addWidget(m_repeatOver);
    layout->addWidget(m_cancel);
    layout->addStretch();
    connect(m_cancel, &QPushButton::clicked, this, &WakeLife::cancel);
    connect(m_repeat, &QPushButton::clicked, this, [this] { repeat({}); });
    connect(m_repeatOver->menu(), &QMenu::aboutToShow, this, [this] {
        if (m_wake)
            fillRepeatMenu(m_context, m_repeatOver->menu(), *m_wake, [this](const QString &bearer) { repeat(bearer); });
    });
    return row;
}

std::optional<WakeState> WakeLife::state() const
{
    return m_wake ? std::optional(m_wake->state) : std::nullopt;
}

QString WakeLife::title() const
{
    return m_title->text();
}

void WakeLife::setWake(const WakeId &id)
{
    if (id == m_id && m_wake)
        return;
    m_id = id;
    m_wake.reset();
    m_attempts->setCurrentItem(nullptr);
    m_error->hide();
    m_cancel->setEnabled(!id.isEmpty());
    m_title->setText(tr("%1 is under way.").arg(id.text()));
    // What came before the answer is in the list already; what comes later is heard.
    if (const WakeUp *known = m_context.wakes->wakeUp(id))
        show(*known);
}

void WakeLife::take(const ServerChanges &changes)
{
    for (const WakeUp &wake : changes.wakes) {
        if (wake.id == m_id)
            show(wake);
    }
}

void WakeLife::show(const WakeUp &wake)
{
    m_wake = wake;
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, theme::toneColor(theme::toneOf(wake.state), palette()));
    m_title->setPalette(colors);
    const bool over = isTerminal(wake.state);
    m_cancel->setEnabled(!over);
    m_repeat->setEnabled(over); // while it goes on, a second one would only join it
    m_repeatOver->setEnabled(true);
    over ? m_second.stop() : m_second.start();
    showTitle();
    showSteps(wake);
    showAttempts(wake);
    showChecks();
    m_sir->setMessage(u"sir"_s, wake.sir);
    m_tabs->setTabEnabled(m_tabs->indexOf(m_sir), !wake.sir.isEmpty());
}

void WakeLife::showTitle()
{
    if (!m_wake)
        return;
    const QString state = Sentences::wakeState(m_wake->state);
    QString text = m_wake->outcome.isEmpty()
        ? tr("%1: %2").arg(m_wake->id.text(), state)
        : tr("%1: %2 (%3)").arg(m_wake->id.text(), state, Sentences::outcome(m_wake->outcome));
    const Timestamp now{QDateTime::currentMSecsSinceEpoch()};
    if (!isTerminal(m_wake->state) && m_wake->nextAttemptAt > now)
        text += u" · "_s + tr("next attempt %1").arg(TimeDisplay::relative(m_wake->nextAttemptAt, now));
    if (m_title->text() != text)
        m_title->setText(text);
}

void WakeLife::showSteps(const WakeUp &wake)
{
    const Timestamp start = wake.stepTimes.value(0);
    Timestamp before = start;
    for (int step = 0; step < m_steps->topLevelItemCount(); ++step) {
        const Timestamp at = wake.stepTimes.value(step);
        QTreeWidgetItem *row = m_steps->topLevelItem(step);
        row->setText(1, at.isSet() ? m_context.times.clock(at) : u"–"_s);
        row->setText(2, at.isSet() ? TimeDisplay::duration(at - start) : QString());
        row->setText(3, at.isSet() && step > 0 ? TimeDisplay::duration(at - before) : QString());
        if (at.isSet())
            before = at;
        QFont font = m_steps->font();
        font.setBold(at.isSet() && step == int(wake.furthest));
        row->setFont(0, font);
        row->setForeground(0, at.isSet() ? palette().color(QPalette::Text) : theme::toneColor(theme::Tone::Quiet, palette()));
    }
}

void WakeLife::showAttempts(const WakeUp &wake)
{
    while (m_attempts->topLevelItemCount() > wake.attempts.size())
        delete m_attempts->takeTopLevelItem(m_attempts->topLevelItemCount() - 1);
    for (int index = 0; index < wake.attempts.size(); ++index) {
        const WakeAttempt &attempt = wake.attempts[index];
        QTreeWidgetItem *row = m_attempts->topLevelItem(index);
        if (!row)
            row = new QTreeWidgetItem(m_attempts);
        row->setText(Number, QString::number(attempt.number));
        row->setText(SentAt, m_context.times.clock(attempt.sentAt));
        row->setText(Route, tr("%1 by %2", "route by bearer").arg(Sentences::wakeRoute(attempt.route), attempt.bearer));
        row->setText(Outcome, Sentences::outcome(attempt.outcome));
        row->setText(Carrier, attempt.carrierId);
        for (const int column : {int(Route), int(Outcome), int(Carrier)})
            row->setToolTip(column, plainTip(row->text(column)));
    }
    m_attempts->setColumnHidden(Carrier, std::none_of(wake.attempts.begin(), wake.attempts.end(), [](const WakeAttempt &attempt) {
        return !attempt.carrierId.isEmpty();
    }));
}

void WakeLife::showChecks()
{
    QVector<Check> checks;
    if (m_wake) {
        const int chosen = m_attempts->indexOfTopLevelItem(m_attempts->currentItem());
        if (chosen >= 0 && chosen < m_wake->attempts.size())
            checks = m_wake->attempts[chosen].checks;
        else if (!m_wake->checks.isEmpty())
            checks = m_wake->checks;
        else if (!m_wake->attempts.isEmpty())
            checks = m_wake->attempts.last().checks;
    }
    m_checks->setChecks(checks);
    m_tabs->setTabEnabled(m_tabs->indexOf(m_checks), !checks.isEmpty());
}

void WakeLife::cancel()
{
    m_cancel->setEnabled(false);
    m_context.host->cancelWake(m_id).then(this, [this, id = m_id](const Result<Done> &done) {
        if (id != m_id || done)
            return;
        showError(done.error());
        m_cancel->setEnabled(m_wake && !isTerminal(m_wake->state));
    });
}

void WakeLife::repeat(const QString &bearer)
{
    if (!m_wake)
        return;
    m_error->hide();
    m_context.host->repeatWake(m_id, bearer).then(this, [this, id = m_id](const Result<WakeId> &started) {
        if (id != m_id)
            return;
        if (!started)
            return showError(started.error());
        setWake(*started);
        Q_EMIT repeated(*started);
    });
}

void WakeLife::showError(const Error &error)
{
    m_error->setText(Sentences::error(error));
    m_error->show();
}

void WakeLife::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_story->setOrientation(height() > 16 * theme::rowHeight ? Qt::Vertical : Qt::Horizontal);
}

} // namespace reveille
