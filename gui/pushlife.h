// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/context.h"

#include <QHash>
#include <QWidget>

class QLabel;
class QPushButton;

namespace reveille {

class DeliveryTree;

/// The life of one push as it goes: a row for each delivery, beneath it every state it was seen in, with the time.
/// GUI thread.
class PushLife : public QWidget
{
    Q_OBJECT
public:
    explicit PushLife(GuiContext &context, QWidget *parent = nullptr);

    /// A push is about to be sent; what the host reports from here on may be about it.
    void expect();
    void setPush(const PushId &id);
    const PushId &pushId() const { return m_id; }
    /// State of the push as last reported; nothing while nothing was.
    std::optional<PushState> state() const;
    DeliveryTree *tree() const { return m_tree; }
    QPushButton *cancelButton() const { return m_cancel; }

Q_SIGNALS:
    void composeWanted(); ///< back to the form for another push

private:
    void take(const ServerChanges &changes);
    void show(const Push &push);
    void cancel();

    GuiContext &m_context;
    QLabel *m_title;
    QLabel *m_error;
    DeliveryTree *m_tree;
    QPushButton *m_cancel;
    QPushButton *m_another;
    PushId m_id;
    std::optional<Push> m_push;
    bool m_expecting = false;
    QHash<PushId, QVector<Push>> m_heard; ///< while the id is not known yet
};

} // namespace reveille
