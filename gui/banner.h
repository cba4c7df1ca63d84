// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace reveille {

/// What failed, why, and what to do, in place at the top of the window; never a modal box. GUI thread.
class Banner : public QFrame
{
    Q_OBJECT
public:
    explicit Banner(QWidget *parent = nullptr);

    /// Replaces what was shown, actions included.
    void showMessage(const QString &what, const QString &advice);
    QPushButton *addAction(const QString &text);
    void dismiss();

private:
    QLabel *m_text;
    QHBoxLayout *m_layout;
    QList<QPushButton *> m_actions;
};

} // namespace reveille
