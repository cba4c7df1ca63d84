// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/emptystate.h"

#include "gui/theme.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace reveille {

EmptyState::EmptyState(QWidget *parent)
    : QWidget(parent), m_title(new QLabel), m_explanation(new QLabel), m_actions(new QHBoxLayout)
{
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_title->setAlignment(Qt::AlignCenter);
    m_title->setWordWrap(true);
    m_explanation->setAlignment(Qt::AlignCenter);
    m_explanation->setWordWrap(true);
    m_explanation->setForegroundRole(QPalette::PlaceholderText);
    m_actions->addStretch();
    m_actions->addStretch();

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(3 * theme::grid, 2 * theme::grid, 3 * theme::grid, 2 * theme::grid);
    layout->setSpacing(theme::grid);
    layout->addStretch();
    layout->addWidget(m_title);
    layout->addWidget(m_explanation);
    layout->addLayout(m_actions);
    layout->addStretch();
}

void EmptyState::setTexts(const QString &title, const QString &explanation)
{
    m_title->setText(title);
    m_explanation->setText(explanation);
    m_explanation->setVisible(!explanation.isEmpty());
}

QPushButton *EmptyState::addAction(const QString &text)
{
    auto *button = new QPushButton(text);
    m_actions->insertWidget(m_actions->count() - 1, button);
    return button;
}

} // namespace reveille
