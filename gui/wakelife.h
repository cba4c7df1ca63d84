// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/context.h"

#include <QHash>
#include <QWidget>

#include <optional>

class QLabel;
class QPushButton;
class QTreeWidget;

namespace reveille {

/// The life of one wake-up as it goes: every step with its time and how long after the start it was reached, and each
/// attempt. GUI thread.
class WakeLife : public QWidget
{
    Q_OBJECT
public:
    explicit WakeLife(GuiContext &context, QWidget *parent = nullptr);

    void setWake(const WakeId &id);
    const WakeId &wakeId() const { return m_id; }
    std::optional<WakeState> state() const; ///< as last reported
    QTreeWidget *steps() const { return m_steps; }
    QPushButton *cancelButton() const { return m_cancel; }

private:
    void take(const ServerChanges &changes);
    void show(const WakeUp &wake);
    void showSteps(const WakeUp &wake);
    void showAttempts(const WakeUp &wake);
    void cancel();

    GuiContext &m_context;
    QLabel *m_title;
    QLabel *m_error;
    QTreeWidget *m_steps;
    QTreeWidget *m_attempts;
    QPushButton *m_cancel;
    WakeId m_id;
    std::optional<WakeUp> m_wake;
    QHash<WakeId, WakeUp> m_heard; ///< newest of those seen before the id was known
};

} // namespace reveille
