// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QDialog>
#include <QVector>

class QLineEdit;
class QListWidget;

namespace reveille {

/// Every command by name (Ctrl+K): type a part of it, Return runs it. GUI thread.
class CommandPalette : public QDialog
{
    Q_OBJECT
public:
    CommandPalette(const QVector<QAction *> &actions, QWidget *parent);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void search(const QString &text);
    void run();

    QVector<QAction *> m_actions;
    QLineEdit *m_text;
    QListWidget *m_list;
};

} // namespace reveille
