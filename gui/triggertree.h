// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTreeView>

namespace reveille {

/// The tree of the trigger library with its own keys, which go before those of the window: Ctrl+Enter sends (with Shift it
/// asks for every variable first), Enter opens, F2 renames, Delete removes, Ctrl+Z brings back, Ctrl+D duplicates, Alt with
/// the arrows moves up and down. GUI thread.
class TriggerTree : public QTreeView
{
    Q_OBJECT
public:
    explicit TriggerTree(QWidget *parent = nullptr);

Q_SIGNALS:
    void sendWanted(bool ask);
    void openWanted();
    void removeWanted();
    void restoreWanted();
    void duplicateWanted();
    void shiftWanted(int rows); ///< -1 up, 1 down

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    enum class Order { None, Send, SendAsking, Open, Rename, Remove, Restore, Duplicate, Up, Down };
    static Order orderOf(const QKeyEvent *event);
};

} // namespace reveille
