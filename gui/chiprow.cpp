// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/chiprow.h"

#include "gui/theme.h"

#include <QHBoxLayout>
#include <QToolButton>

namespace reveille {

ChipRow::ChipRow(const QStringList &names, const QString &spoken, QWidget *parent) : QWidget(parent)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(theme::grid / 2);
    for (const QString &name : names) {
        auto *chip = new QToolButton;
        chip->setText(name);
        chip->setProperty("chip", true);
        chip->setCheckable(true);
        chip->setAutoExclusive(true);
        chip->setChecked(m_chips.isEmpty());
        chip->setAccessibleName(spoken.arg(name));
        connect(chip, &QToolButton::clicked, this, &ChipRow::clicked);
        row->addWidget(chip);
        m_chips.append(chip);
    }
}

int ChipRow::chosen() const
{
    int number = 0;
    while (number < m_chips.size() - 1 && !m_chips[number]->isChecked())
        ++number;
    return number;
}

void ChipRow::choose(int number)
{
    m_chips[number]->setChecked(true);
}

} // namespace reveille
