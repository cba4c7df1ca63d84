// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/checktree.h"

#include "gui/statemark.h"
#include "gui/theme.h"
#include "models/plaintip.h"
#include "models/sentences.h"

#include <QHeaderView>

namespace reveille {

CheckTree::CheckTree(QWidget *parent) : QTreeWidget(parent)
{
    setAccessibleName(tr("Why this route"));
    setHeaderLabels({tr("Why this route"), tr("Answer")});
    setRootIsDecorated(false);
    setAlternatingRowColors(true);
    setUniformRowHeights(true);
    setItemDelegate(new RowDelegate(this));
    header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
}

void CheckTree::setChecks(const QVector<Check> &checks)
{
    if (checks == m_checks && topLevelItemCount() == checks.size())
        return;
    m_checks = checks;
    clear();
    for (const Check &check : checks) {
        auto *row = new QTreeWidgetItem(this, {Sentences::question(check.question)});
        QString answer;
        theme::Tone tone = theme::Tone::Quiet;
        switch (check.outcome) {
        case Check::Outcome::Passed:
            answer = tr("yes");
            tone = theme::Tone::Good;
            break;
        case Check::Outcome::Failed:
            answer = tr("no");
            tone = theme::Tone::Bad;
            break;
        case Check::Outcome::NotAsked: answer = tr("not asked"); break;
        }
        const bool isFault = qstrcmp(check.question, "fault-injected") == 0;
        if (isFault) {
            answer = tr("yes");
            tone = theme::Tone::Bad;
        }
        const QString value = isFault ? Sentences::faultValue(check.value) : check.value;
        row->setText(1, check.value.isEmpty() ? answer : tr("%1 (%2)").arg(answer, value));
        row->setForeground(1, theme::toneColor(tone, palette()));
        row->setToolTip(1, *check.setting ? tr("To change it: %1.").arg(Sentences::setting(check.setting)) : plainTip(row->text(1)));
    }
}

} // namespace reveille
