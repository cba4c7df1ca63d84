// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/context.h"

#include <QWidget>

class QLabel;
class QTreeWidget;
class QTreeWidgetItem;

namespace reveille {

/// Who would get a push, over what, and why or why not: one row a device, its checks beneath it, in the order asked
/// (users.md idea 5). GUI thread.
class ExplanationView : public QWidget
{
    Q_OBJECT
public:
    explicit ExplanationView(GuiContext &context, QWidget *parent = nullptr);

    void setExplanation(const Explanation &explanation);
    void setNotice(const QString &text); ///< instead of an explanation: why there is none
    QString headline() const;
    QTreeWidget *tree() const { return m_tree; }

private:
    /// What becomes of it at this device: why it does not get it, and what would change that.
    QString answerFor(const DeviceExplanation &device) const;
    QString detailOf(const DeviceExplanation &device) const;
    void addChecks(QTreeWidgetItem *row, const DeviceExplanation &device) const;

    GuiContext &m_context;
    QLabel *m_headline;
    QTreeWidget *m_tree;
    QStringList m_shown; ///< what the rows say; the same again changes nothing
};

} // namespace reveille
