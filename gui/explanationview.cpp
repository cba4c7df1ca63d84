// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/explanationview.h"

#include "gui/theme.h"
#include "gui/wrapdelegate.h"
#include "models/plaintip.h"
#include "models/sentences.h"

#include <QHeaderView>
#include <QLabel>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

QString markOf(Check::Outcome outcome)
{
    switch (outcome) {
    case Check::Outcome::Passed: return u"✓"_s;
    case Check::Outcome::Failed: return u"✕"_s;
    case Check::Outcome::NotAsked: return u"–"_s;
    }
    return {};
}

/// A device that was chosen may have refused it since.
bool getsIt(const DeviceExplanation &device)
{
    return device.chosen && !device.failed();
}

} // namespace

ExplanationView::ExplanationView(GuiContext &context, QWidget *parent)
    : QWidget(parent), m_context(context), m_headline(new QLabel(this)), m_tree(new QTreeWidget(this))
{
    m_headline->setWordWrap(true);
    m_headline->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_tree->setAccessibleName(tr("Who will get it, and why"));
    m_tree->setHeaderLabels({tr("Device"), tr("What will happen")});
    m_tree->setColumnCount(2);
    m_tree->setItemDelegate(new WrapDelegate(m_tree));
    m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_tree->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    m_tree->header()->setStretchLastSection(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_headline);
    layout->addWidget(m_tree, 1);
}

QString ExplanationView::headline() const
{
    return m_headline->text();
}

void ExplanationView::setNotice(const QString &text)
{
    m_headline->setText(text);
    m_tree->clear();
    m_shown.clear();
}

/// What the console knows beyond the verdict: the connection or the first way to wake it.
QString ExplanationView::detailOf(const DeviceExplanation &device) const
{
    const std::optional<DeviceSnapshot> snapshot = m_context.subscribers->device(device.device);
    if (snapshot && device.path == DeliveryPath::Direct && !snapshot->connections.isEmpty()) {
        const ConnectionFacts &facts = snapshot->connections.first().facts;
        return tr("It is %1 %2.", "a connection, its path and peer").arg(Sentences::path(facts.kind, facts.transport), facts.peer);
    }
    if (snapshot && device.path == DeliveryPath::Wake && !snapshot->readyRoutes.isEmpty())
        return tr("The first way is %1.").arg(Sentences::wakeRoute(snapshot->readyRoutes.first()));
    return {};
}

QString ExplanationView::answerFor(const DeviceExplanation &device) const
{
    const QString detail = detailOf(device);
    const QString verdict = Sentences::verdict(device);
    return detail.isEmpty() ? verdict : verdict + u' ' + detail;
}

void ExplanationView::setExplanation(const Explanation &explanation)
{
    QStringList shown;
    int chosen = 0;
    for (const DeviceExplanation &device : explanation.devices) {
        chosen += getsIt(device) ? 1 : 0;
        shown.append(m_context.subscribers->deviceLabel(device.device) + u'\n' + answerFor(device));
        for (const Check &check : device.checks)
            shown.append(Sentences::check(check));
    }
    const int all = int(explanation.devices.size());
    m_headline->setText(all == 0 ? tr("Nobody gets it: the user has no device.")
                                 : tr("%1 of %n device(s) get it.", nullptr, all).arg(chosen));
    if (shown == m_shown)
        return;
    m_shown = shown;

    QSet<QString> open;
    for (int row = 0; row < m_tree->topLevelItemCount(); ++row) {
        if (m_tree->topLevelItem(row)->isExpanded())
            open.insert(m_tree->topLevelItem(row)->toolTip(0));
    }
    m_tree->clear();
    for (const DeviceExplanation &device : explanation.devices) {
        auto *row = new QTreeWidgetItem(m_tree, {m_context.subscribers->deviceLabel(device.device), answerFor(device)});
        row->setToolTip(0, plainTip(device.device.toString()));
        row->setToolTip(1, plainTip(row->text(1)));
        row->setForeground(1, theme::toneColor(getsIt(device) ? theme::Tone::Good : theme::Tone::Bad, palette()));
        addChecks(row, device);
        row->setExpanded(open.contains(row->toolTip(0)));
    }
}

void ExplanationView::addChecks(QTreeWidgetItem *row, const DeviceExplanation &device) const
{
    for (const Check &check : device.checks) {
        auto *line = new QTreeWidgetItem(row, {markOf(check.outcome), Sentences::check(check)});
        line->setTextAlignment(0, Qt::AlignRight | Qt::AlignVCenter);
        if (check.outcome == Check::Outcome::Failed || qstrcmp(check.question, "fault-injected") == 0) {
            QFont bold = m_tree->font();
            bold.setBold(true);
            line->setFont(1, bold);
            line->setForeground(1, theme::toneColor(theme::Tone::Bad, palette()));
        }
        if (*check.setting)
            line->setToolTip(1, tr("To change it: %1.").arg(Sentences::setting(check.setting)));
    }
}

} // namespace reveille
