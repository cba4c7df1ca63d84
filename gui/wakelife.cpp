// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/wakelife.h"

#include "gui/theme.h"
#include "models/sentences.h"

#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace reveille {

using namespace Qt::StringLiterals;

WakeLife::WakeLife(GuiContext &context, QWidget *parent)
    : QWidget(parent), m_context(context), m_title(new QLabel(this)), m_error(new QLabel(this)),
      m_steps(new QTreeWidget(this)), m_attempts(new QTreeWidget(this)),
      m_cancel(new QPushButton(tr("Ca&ncel the wake-up"), this))
{
    m_title->setWordWrap(true);
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_error->setWordWrap(true);
    m_error->hide();
    m_steps->setAccessibleName(tr("Steps of the wake-up"));
    m_steps->setHeaderLabels({tr("Step"), tr("Time"), tr("After")});
    m_steps->setRootIsDecorated(false);
    m_attempts->setAccessibleName(tr("Attempts"));
    m_attempts->setHeaderLabels({tr("Attempt"), tr("Time"), tr("Route"), tr("Outcome")});
    m_attempts->setRootIsDecorated(false);
    m_steps->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_attempts->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    for (int step = 0; step <= int(WakeStep::Delivered); ++step) {
        auto *row = new QTreeWidgetItem(m_steps, {Sentences::wakeStep(WakeStep(step)), u"–"_s, QString()});
        row->setTextAlignment(2, Qt::AlignRight | Qt::AlignVCenter);
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_title);
    layout->addWidget(m_steps, 2);
    layout->addWidget(m_attempts, 1);
    layout->addWidget(m_error);
    layout->addWidget(m_cancel, 0, Qt::AlignLeft);

    connect(m_cancel, &QPushButton::clicked, this, &WakeLife::cancel);
    connect(context.host, &ServerHost::changed, this, &WakeLife::take);
}

std::optional<WakeState> WakeLife::state() const
{
    return m_wake ? std::optional(m_wake->state) : std::nullopt;
}

void WakeLife::setWake(const WakeId &id)
{
    m_id = id;
    m_wake.reset();
    m_error->hide();
    m_cancel->setEnabled(true);
    m_title->setText(tr("%1 is under way.").arg(id.text()));
    const auto heard = m_heard.constFind(id);
    if (heard != m_heard.constEnd())
        show(*heard);
    else if (const WakeUp *known = m_context.wakes->wakeUp(id))
        show(*known);
    m_heard.clear();
}

void WakeLife::take(const ServerChanges &changes)
{
    for (const WakeUp &wake : changes.wakes) {
        if (m_id.isEmpty())
            m_heard.insert(wake.id, wake);
        else if (wake.id == m_id)
            show(wake);
    }
}

void WakeLife::show(const WakeUp &wake)
{
    m_wake = wake;
    const QString state = Sentences::wakeState(wake.state);
    m_title->setText(wake.outcome.isEmpty() ? tr("%1: %2").arg(wake.id.text(), state)
                                            : tr("%1: %2 (%3)").arg(wake.id.text(), state, Sentences::outcome(wake.outcome)));
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, theme::toneColor(theme::toneOf(wake.state), palette()));
    m_title->setPalette(colors);
    m_cancel->setEnabled(!isTerminal(wake.state));
    showSteps(wake);
    showAttempts(wake);
}

void WakeLife::showSteps(const WakeUp &wake)
{
    const Timestamp start = wake.stepTimes.value(0);
    for (int step = 0; step < m_steps->topLevelItemCount(); ++step) {
        const Timestamp at = wake.stepTimes.value(step);
        QTreeWidgetItem *row = m_steps->topLevelItem(step);
        row->setText(1, at.isSet() ? m_context.times.clock(at) : u"–"_s);
        row->setText(2, at.isSet() ? TimeDisplay::duration(at - start) : QString());
        QFont font = m_steps->font();
        font.setBold(at.isSet() && step == int(wake.furthest));
        row->setFont(0, font);
        row->setForeground(0, theme::toneColor(at.isSet() ? theme::Tone::Neutral : theme::Tone::Quiet, palette()));
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
        row->setText(0, QString::number(attempt.number));
        row->setText(1, m_context.times.clock(attempt.sentAt));
        row->setText(2, Sentences::wakeRoute(attempt.route));
        row->setText(3, Sentences::outcome(attempt.outcome));
    }
}

void WakeLife::cancel()
{
    m_cancel->setEnabled(false);
    m_context.host->cancelWake(m_id).then(this, [this, id = m_id](const Result<Done> &done) {
        if (id != m_id || done)
            return;
        m_error->setText(Sentences::error(done.error()));
        m_error->show();
        m_cancel->setEnabled(m_wake && !isTerminal(m_wake->state));
    });
}

} // namespace reveille
