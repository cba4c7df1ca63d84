// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/snapshots.h"

#include <QWidget>

class QLabel;
class QProgressBar;

namespace reveille {

class CheckTree;
class FieldView;

/// What a wake-up would send: the route and why this one, and the exact octets with their fields. GUI thread.
class WakePreviewPane : public QWidget
{
    Q_OBJECT
public:
    explicit WakePreviewPane(QWidget *parent = nullptr);

    void setPreview(const WakePreview &preview);
    void setNotice(const QString &text); ///< instead of a preview: why there is none
    QString headline() const;
    QByteArray octets() const;           ///< those shown
    QString budget() const;              ///< "96 of 140 octets: fits into one message"
    CheckTree *checks() const { return m_checks; }

private:
    void showBudget(const WakeBudget &budget);

    QLabel *m_headline;
    QProgressBar *m_bar;
    QLabel *m_budget;
    QWidget *m_budgetRow;
    QLabel *m_note;
    CheckTree *m_checks;
    FieldView *m_fields;
};

} // namespace reveille
