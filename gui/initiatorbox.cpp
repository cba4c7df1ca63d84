// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/initiatorbox.h"

#include "gui/theme.h"

#include <algorithm>

namespace reveille {

namespace {

constexpr int mostOffered = 200;

} // namespace

InitiatorBox::InitiatorBox(GuiContext &context, QWidget *parent) : QComboBox(parent), m_context(context)
{
    setAccessibleName(tr("Show pushes of this initiator"));
    setToolTip(tr("Of which application server"));
    setSizeAdjustPolicy(QComboBox::AdjustToContents);
    setMaximumWidth(32 * theme::grid);
    fill();
}

void InitiatorBox::read()
{
    m_context.host->initiators().then(this, [this](const Result<QVector<Initiator>> &all) {
        if (!all)
            return;
        m_names.clear();
        for (const Initiator &initiator : *all)
            m_names.insert(initiator.id, initiator.name);
        Q_EMIT named(m_names);
        fill();
    });
}

void InitiatorBox::note(const QVector<Push> &pushes)
{
    const qsizetype before = m_seen.size();
    for (const Push &push : pushes) {
        if (const InitiatorId &id = push.request.initiator; !id.isEmpty() && !m_names.contains(id) && m_seen.size() < mostOffered)
            m_seen.insert(id);
    }
    if (m_seen.size() > before)
        read();
}

std::optional<InitiatorId> InitiatorBox::chosen() const
{
    const QVariant id = currentData();
    return id.isValid() ? std::optional(InitiatorId(id.toString())) : std::nullopt;
}

void InitiatorBox::fill()
{
    const QVariant chosen = currentData();
    QVector<std::pair<QString, QString>> names; // shown, id
    for (auto it = m_names.cbegin(); it != m_names.cend() && names.size() < mostOffered; ++it)
        names.append({it.value(), it.key().text()});
    for (const InitiatorId &id : std::as_const(m_seen)) {
        if (!m_names.contains(id))
            names.append({id.text(), id.text()});
    }
    std::sort(names.begin(), names.end());
    clear();
    addItem(tr("All initiators"));
    addItem(tr("Staff"), QString());
    for (const auto &[name, id] : std::as_const(names))
        addItem(name, id);
    setCurrentIndex(chosen.isValid() ? std::max(0, findData(chosen)) : 0);
}

} // namespace reveille
