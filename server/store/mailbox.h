// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <functional>
#include <mutex>
#include <vector>

namespace reveille {

/// What other threads have for the thread of this object: actions, run there in the order they were posted.
/// One event wakes it up for any number of them.
class Mailbox : public QObject {
    Q_OBJECT
public:
    using Action = std::function<void()>;

    /// Any thread.
    void post(Action action);
    /// Runs what is there now. The object's thread.
    void drain();

protected:
    void customEvent(QEvent *event) override;

private:
    std::mutex m_mutex;
    std::vector<Action> m_actions;
};

} // namespace reveille
