// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/wakepreviewpane.h"

#include "gui/checktree.h"
#include "gui/fieldview.h"
#include "gui/theme.h"
#include "models/sentences.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QSplitter>
#include <QVBoxLayout>

namespace reveille {

using namespace Qt::StringLiterals;

WakePreviewPane::WakePreviewPane(QWidget *parent)
    : QWidget(parent), m_headline(new QLabel(this)), m_bar(new QProgressBar), m_budget(new QLabel),
      m_budgetRow(new QWidget(this)), m_note(new QLabel(this)), m_checks(new CheckTree), m_fields(new FieldView)
{
    for (QLabel *label : {m_headline, m_budget, m_note}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_bar->setTextVisible(false);
    m_bar->setFixedSize(16 * theme::grid, theme::grid);
    m_bar->setAccessibleName(tr("How much of one message it takes"));
    m_budget->setAccessibleName(tr("Size"));
    auto *budget = new QHBoxLayout(m_budgetRow);
    budget->setContentsMargins(0, 0, 0, 0);
    budget->addWidget(m_bar);
    budget->addWidget(m_budget, 1);
    m_budgetRow->hide();
    m_fields->setAccessibleName(tr("Octets that would be sent"));

    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(m_checks);
    splitter->addWidget(m_fields);
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 3);
    splitter->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_headline);
    layout->addWidget(m_budgetRow);
    layout->addWidget(splitter, 1);
    layout->addWidget(m_note);
}

QString WakePreviewPane::headline() const
{
    return m_headline->text();
}

QByteArray WakePreviewPane::octets() const
{
    return m_fields->octets();
}

QString WakePreviewPane::budget() const
{
    return m_budget->text();
}

void WakePreviewPane::showBudget(const WakeBudget &budget)
{
    const QString text = Sentences::wakeBudget(budget);
    m_budgetRow->setVisible(!text.isEmpty());
    m_budget->setText(text);
    if (text.isEmpty())
        return;
    m_bar->setRange(0, budget.limit);
    m_bar->setValue(std::min(budget.octets, budget.limit));
    QPalette colors = palette();
    const theme::Tone tone = budget.parts > 1 ? theme::Tone::Doubt : theme::Tone::Good;
    colors.setColor(QPalette::Highlight, theme::toneColor(tone, palette()));
    m_bar->setPalette(colors);
    colors = palette();
    if (budget.parts > 1)
        colors.setColor(QPalette::WindowText, theme::toneColor(tone, palette()));
    m_budget->setPalette(colors);
}

void WakePreviewPane::setNotice(const QString &text)
{
    showBudget({});
    m_headline->setText(text);
    m_note->clear();
    m_checks->setChecks({});
    m_fields->setMessage({}, {});
}

void WakePreviewPane::setPreview(const WakePreview &preview)
{
    m_checks->setChecks(preview.checks);
    showBudget(preview.bearer.isEmpty() ? WakeBudget() : preview.budget);
    if (preview.bearer.isEmpty()) {
        m_headline->setText(tr("No wake-up route can be used; the checks say why."));
        m_note->clear();
        m_fields->setMessage({}, {});
        return;
    }
    QStringList parts{tr("By %1 over the bearer “%2”.").arg(Sentences::wakeRoute(preview.route), preview.bearer)};
    const int octets = int(preview.wireBytes.size());
    if (preview.sirBytes.isEmpty()) {
        parts.append(tr("An empty message of %n octet(s).", nullptr, octets));
    } else {
        const int recipients = int(preview.plan.recipients.size());
        parts.append(tr("%n octet(s) on the wire, %1 of them the SIR.", nullptr, octets).arg(preview.sirBytes.size()));
        parts.append(tr("Mode: %1, to %n device(s);", nullptr, recipients).arg(Sentences::sirMode(preview.plan.mode)) + u' '
                     + (preview.plan.identityInside ? tr("the device is named inside.")
                                                    : tr("no device is named inside.")));
    }
    m_headline->setText(parts.join(u' '));
    const bool renewed = preview.sir.version >= 2 && !preview.sirBytes.isEmpty();
    m_note->setText(renewed ? tr("Time, nonce and signature are made anew at the moment of sending.") : QString());
    m_fields->setMessage(preview.wireFormat, preview.wireBytes);
}

} // namespace reveille
