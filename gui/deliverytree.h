// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/context.h"

#include <QHash>
#include <QTreeWidget>

namespace reveille {

/// What becomes of one push at each of its devices, as it goes; where it is wanted, beneath each every state it was seen
/// in, with the time. GUI thread.
class DeliveryTree : public QTreeWidget
{
    Q_OBJECT
public:
    enum class Steps { Hidden, Shown };
    enum Column { Device, State, Since, Why, Attempts, Wake, ColumnCount };
    DeliveryTree(GuiContext &context, Steps steps, QWidget *parent = nullptr);

    /// Another push begins with clear().
    void showDeliveries(const Push &push);
    void clear();
    DeviceId chosenDevice() const; ///< empty where nothing is chosen
    WakeId chosenWake() const;     ///< that it waits for, or waited for

private:
    void showDelivery(const Delivery &delivery);

    GuiContext &m_context;
    const Steps m_steps;
    QHash<DeviceId, QTreeWidgetItem *> m_items;
    QVector<Delivery> m_shown;
};

} // namespace reveille
