// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/context.h"

#include <QWidget>

class QLabel;
class QTreeWidget;

namespace reveille {

/// A user: how many devices, in which states, one line a device that opens it. GUI thread.
class UserPage : public QWidget
{
    Q_OBJECT
public:
    explicit UserPage(GuiContext &context, QWidget *parent = nullptr);
    void showUser(const PublicUserId &id);

Q_SIGNALS:
    void sendWanted();
    void editWanted();
    void addDeviceWanted();

private:
    void refresh();

    GuiContext &m_context;
    PublicUserId m_user;
    QLabel *m_title;
    QLabel *m_summary;
    QTreeWidget *m_devices;
};

} // namespace reveille
