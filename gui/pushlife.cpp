// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/pushlife.h"

#include "gui/deliverytree.h"
#include "gui/theme.h"
#include "models/sentences.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace reveille {

PushLife::PushLife(GuiContext &context, QWidget *parent)
    : QWidget(parent), m_context(context), m_title(new QLabel(this)), m_error(new QLabel(this)),
      m_tree(new DeliveryTree(context, DeliveryTree::Steps::Shown, this)), m_cancel(new QPushButton(tr("&Cancel the push"), this)),
      m_another(new QPushButton(tr("Write &another"), this))
{
    m_title->setWordWrap(true);
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_error->setWordWrap(true);
    m_error->hide();
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_another);
    buttons->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_title);
    layout->addWidget(m_tree, 1);
    layout->addWidget(m_error);
    layout->addLayout(buttons);

    connect(m_cancel, &QPushButton::clicked, this, &PushLife::cancel);
    connect(m_another, &QPushButton::clicked, this, &PushLife::composeWanted);
    connect(context.host, &ServerHost::changed, this, &PushLife::take);
}

std::optional<PushState> PushLife::state() const
{
    return m_push ? std::optional(m_push->state) : std::nullopt;
}

void PushLife::expect()
{
    m_expecting = true;
    m_heard.clear();
}

void PushLife::setPush(const PushId &id)
{
    m_id = id;
    m_expecting = false;
    m_push.reset();
    m_tree->clear();
    m_error->hide();
    m_cancel->setEnabled(true);
    m_title->setText(tr("%1 is accepted.").arg(id.text()));
    for (const Push &push : m_heard.take(id))
        show(push);
    m_heard.clear();
    if (!m_push) {
        if (const Push *known = m_context.pushes->push(id))
            show(*known);
    }
}

void PushLife::take(const ServerChanges &changes)
{
    for (const Push &push : changes.pushes) {
        if (m_expecting)
            m_heard[push.id].append(push);
        if (!m_id.isEmpty() && push.id == m_id)
            show(push);
    }
}

void PushLife::show(const Push &push)
{
    m_push = push;
    const Timestamp at = push.finishedAt.isSet() ? push.finishedAt : push.acceptedAt;
    m_title->setText(tr("%1: %2 (%3)").arg(push.id.text(), Sentences::pushState(push.state), m_context.times.clock(at)));
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, theme::toneColor(theme::toneOf(push.state), palette()));
    m_title->setPalette(colors);
    m_cancel->setEnabled(!isTerminal(push.state));
    m_tree->showDeliveries(push);
}

void PushLife::cancel()
{
    m_cancel->setEnabled(false);
    m_context.host->cancelPush(m_id).then(this, [this, id = m_id](const Result<Done> &done) {
        if (id != m_id || done)
            return;
        m_error->setText(Sentences::error(done.error()));
        m_error->show();
        m_cancel->setEnabled(m_push && !isTerminal(m_push->state));
    });
}

} // namespace reveille
