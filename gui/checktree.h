// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/explanation.h"

#include <QTreeWidget>

namespace reveille {

/// Questions that were asked and their answers, in order; what a failed one can be changed by stands in its tool tip.
/// GUI thread.
class CheckTree : public QTreeWidget
{
    Q_OBJECT
public:
    explicit CheckTree(QWidget *parent = nullptr);
    void setChecks(const QVector<Check> &checks);

private:
    QVector<Check> m_checks;
};

} // namespace reveille
