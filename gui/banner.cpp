// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/banner.h"

#include "gui/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace reveille {

Banner::Banner(QWidget *parent) : QFrame(parent), m_text(new QLabel), m_layout(new QHBoxLayout(this))
{
    setObjectName(QStringLiteral("banner"));
    setFrameShape(QFrame::StyledPanel);
    setAccessibleName(tr("Message"));
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_layout->setContentsMargins(2 * theme::grid, theme::grid, theme::grid, theme::grid);
    m_layout->addWidget(m_text, 1);
    auto *close = new QPushButton(tr("Dismiss"));
    m_layout->addWidget(close);
    connect(close, &QPushButton::clicked, this, &Banner::dismiss);
    hide();
}

void Banner::showMessage(const QString &what, const QString &advice)
{
    qDeleteAll(m_actions);
    m_actions.clear();
    const QColor color = theme::toneColor(theme::Tone::Bad, palette());
    setStyleSheet(QStringLiteral("#banner { border: 0; border-left: 4px solid %1; background: palette(base); }").arg(color.name()));
    m_text->setText(advice.isEmpty() ? what : what + u'\n' + advice);
    setAccessibleDescription(m_text->text());
    show();
}

QPushButton *Banner::addAction(const QString &text)
{
    auto *button = new QPushButton(text);
    m_layout->insertWidget(1 + int(m_actions.size()), button);
    m_actions.append(button);
    return button;
}

void Banner::dismiss()
{
    hide();
}

} // namespace reveille
