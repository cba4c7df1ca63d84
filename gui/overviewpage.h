// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/context.h"

#include <QScrollArea>

class QFormLayout;
class QLabel;

namespace reveille {

/// The facts of a device as a form: times, evidence, identity, what it takes, how it is woken. GUI thread.
class OverviewPage : public QScrollArea
{
    Q_OBJECT
public:
    explicit OverviewPage(const GuiContext &context, QWidget *parent = nullptr);
    void show(const DeviceSnapshot &snapshot, Timestamp now);
    QString preferences() const; ///< what stands for what its owner wants of it
    QString returned() const; ///< what stands for the information that came back
    QString webPush() const;  ///< what stands for where application servers push to it

private:
    QLabel *addRow(const QString &name);

    const GuiContext &m_context;
    QFormLayout *m_form;
    QLabel *m_evidence, *m_registered, *m_packet, *m_proof, *m_pending, *m_id, *m_gruu, *m_number, *m_routes, *m_rule,
        *m_capabilities, *m_preferences, *m_subscriptions, *m_webPush, *m_returned, *m_created;
};

} // namespace reveille
