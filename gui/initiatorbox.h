// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/context.h"

#include <QComboBox>
#include <QSet>

#include <optional>

namespace reveille {

/// Whose pushes are shown: of everybody, of staff or of one initiator, a bounded number of which are offered. GUI thread.
class InitiatorBox : public QComboBox
{
    Q_OBJECT
public:
    explicit InitiatorBox(GuiContext &context, QWidget *parent = nullptr);

    void read(); ///< which there are
    /// Those nobody told of: made since, or addresses of Web Push.
    void note(const QVector<Push> &pushes);
    std::optional<InitiatorId> chosen() const; ///< none = everybody; an empty one is staff

Q_SIGNALS:
    void named(const QHash<reveille::InitiatorId, QString> &names);

private:
    void fill();

    GuiContext &m_context;
    QHash<InitiatorId, QString> m_names; ///< of the server
    QSet<InitiatorId> m_seen;            ///< also those that are no more, and Web Push
};

} // namespace reveille
