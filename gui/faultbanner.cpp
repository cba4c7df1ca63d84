// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/faultbanner.h"

#include "gui/theme.h"
#include "models/faultmodel.h"
#include "models/plaintip.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace reveille {

namespace {

/// The same in light and dark: white on it has a contrast of 6.5:1.
constexpr auto looks = "#faultBanner { background: #b3261e; border: 0; }"
                       "#faultBanner QLabel { color: #ffffff; }"
                       "#faultBanner QPushButton { color: #ffffff; background: transparent; border: 1px solid #ffffff;"
                       " border-radius: 3px; padding: 3px 12px; }"
                       "#faultBanner QPushButton:hover { background: #8c1d18; }"
                       "#faultBanner QPushButton:pressed { background: #601410; }"
                       "#faultBanner QPushButton:focus { border: 2px solid #ffffff; padding: 2px 11px; }";

} // namespace

FaultBanner::FaultBanner(FaultModel &faults, QWidget *parent)
    : QFrame(parent)
    , m_faults(faults)
    , m_count(new QLabel)
    , m_what(new QLabel)
    , m_show(new QPushButton(tr("Show")))
    , m_end(new QPushButton(tr("End all")))
{
    setObjectName(QStringLiteral("faultBanner"));
    setAccessibleName(tr("Injected faults"));
    setStyleSheet(QString::fromLatin1(looks));
    QFont bold = m_count->font();
    bold.setBold(true);
    m_count->setFont(bold);
    m_what->setMinimumWidth(1);
    m_what->setTextFormat(Qt::PlainText);
    m_what->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_show->setToolTip(tr("Show what is struck, and how often it was"));
    m_end->setToolTip(tr("End every fault; what they hold back goes on its way at once"));
    m_end->setAccessibleName(tr("End all faults"));
    m_show->setAccessibleName(tr("Show the faults"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(2 * theme::grid, theme::grid / 2, theme::grid, theme::grid / 2);
    layout->setSpacing(theme::grid);
    layout->addWidget(m_count);
    layout->addWidget(m_what, 1);
    layout->addWidget(m_show);
    layout->addWidget(m_end);
    connect(m_show, &QPushButton::clicked, this, &FaultBanner::showWanted);
    connect(m_end, &QPushButton::clicked, this, &FaultBanner::endAllWanted);
    connect(&faults, &FaultModel::changed, this, &FaultBanner::refresh);
    refresh();
}

QString FaultBanner::text() const
{
    return m_count->text() + u' ' + m_whole;
}

bool FaultBanner::isNeeded() const
{
    return m_needed;
}

void FaultBanner::refresh()
{
    const int count = m_faults.rowCount();
    m_count->setText(tr("%Ln injected fault(s) in force", nullptr, count));
    const FaultRule *first = nullptr; // the next to end
    for (int row = 0; row < count; ++row) {
        const FaultRule *rule = m_faults.faultAt(row);
        if (!first || rule->until < first->until)
            first = rule;
    }
    QString what;
    if (first && count == 1)
        what = tr("%1 · ends in %2").arg(m_faults.sentence(*first), m_faults.left(*first));
    else if (first)
        what = tr("%1, and others · the next ends in %2").arg(m_faults.sentence(*first), m_faults.left(*first));
    if (what != m_whole) {
        m_whole = what;
        QStringList all;
        for (int row = 0; row < count && row < 10; ++row) // as many as a tool tip holds
            all.append(tr("%1 · ends in %2").arg(m_faults.sentence(*m_faults.faultAt(row)), m_faults.left(*m_faults.faultAt(row))));
        m_what->setToolTip(plainTip(all.join(u'\n')));
        elide();
    }
    if (const bool needed = count > 0; needed != m_needed) {
        m_needed = needed;
        setAccessibleDescription(text());
        Q_EMIT neededChanged(needed);
        if (needed) {
            QAccessibleEvent alert(this, QAccessible::Alert);
            QAccessible::updateAccessibility(&alert);
        }
    }
}

void FaultBanner::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    elide();
}

void FaultBanner::elide()
{
    m_what->setText(m_what->fontMetrics().elidedText(m_whole, Qt::ElideMiddle, std::max(1, m_what->width())));
}

} // namespace reveille
