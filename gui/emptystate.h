// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QPushButton>
#include <QWidget>

class QHBoxLayout;

namespace reveille {

/// What belongs in an empty view, and the action that fills it (console.md). GUI thread.
class EmptyState : public QWidget
{
    Q_OBJECT
public:
    explicit EmptyState(QWidget *parent = nullptr);
    void setTexts(const QString &title, const QString &explanation);
    QPushButton *addAction(const QString &text);

private:
    QLabel *m_title;
    QLabel *m_explanation;
    QHBoxLayout *m_actions;
};

} // namespace reveille
