// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/pushlife.h"

#include "gui/theme.h"
#include "models/plaintip.h"
#include "models/sentences.h"

#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace reveille {

using namespace Qt::StringLiterals;

namespace {

constexpr int deviceColumn = 0;
constexpr int stateColumn = 1;
constexpr int sinceColumn = 2;
constexpr int whyColumn = 3;
constexpr int attemptsColumn = 4;
constexpr int stateRole = Qt::UserRole + 1;

} // namespace

PushLife::PushLife(GuiContext &context, QWidget *parent)
    : QWidget(parent), m_context(context), m_title(new QLabel(this)), m_error(new QLabel(this)),
      m_tree(new QTreeWidget(this)), m_cancel(new QPushButton(tr("&Cancel the push"), this)),
      m_another(new QPushButton(tr("Write &another"), this))
{
    m_title->setWordWrap(true);
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_error->setWordWrap(true);
    m_error->hide();
    m_tree->setAccessibleName(tr("Life of the push"));
    m_tree->setHeaderLabels({tr("Device"), tr("State"), tr("Since"), tr("Why"), tr("Attempts")});
    m_tree->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
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
    m_rows.clear();
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
    for (const Delivery &delivery : push.deliveries)
        showDelivery(delivery);
}

void PushLife::showDelivery(const Delivery &delivery)
{
    QTreeWidgetItem *&row = m_rows[delivery.device];
    if (!row) {
        row = new QTreeWidgetItem(m_tree);
        row->setText(deviceColumn, m_context.subscribers->deviceLabel(delivery.device));
        row->setToolTip(deviceColumn, plainTip(delivery.device.toString()));
        row->setData(stateColumn, stateRole, -1);
        row->setExpanded(true);
    }
    const QString state = Sentences::pushState(delivery.state);
    const QString since = m_context.times.clock(delivery.changedAt);
    const QString why = Sentences::outcome(delivery.reason);
    const QColor color = theme::toneColor(theme::toneOf(delivery.state), palette());
    if (row->data(stateColumn, stateRole).toInt() != int(delivery.state)) {
        auto *line = new QTreeWidgetItem(row, {QString(), state, since, why});
        line->setForeground(stateColumn, color);
        row->setData(stateColumn, stateRole, int(delivery.state));
    }
    row->setText(stateColumn, state);
    row->setForeground(stateColumn, color);
    row->setText(sinceColumn, since);
    row->setText(whyColumn, why);
    row->setText(attemptsColumn, QString::number(delivery.attempts));
    row->setTextAlignment(attemptsColumn, Qt::AlignRight | Qt::AlignVCenter);
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
