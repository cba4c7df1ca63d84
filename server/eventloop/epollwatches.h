// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QSocketNotifier>

#include <array>
#include <vector>

namespace reveille {

/// The socket notifiers of one thread in one epoll set (epoll(7), level-triggered): what it costs to wait does not
/// depend on how many descriptors there are. On its dispatcher's thread.
///
/// A descriptor that epoll does not take (a regular file) counts as always ready, as it does for poll(2).
class EpollWatches
{
public:
    EpollWatches();
    ~EpollWatches();
    Q_DISABLE_COPY_MOVE(EpollWatches)

    bool isValid() const { return m_epoll >= 0; }
    void add(QSocketNotifier *notifier);
    void remove(QSocketNotifier *notifier);
    /// Waits for at most `timeout` milliseconds (-1: without end) until something is ready or `wakeUpDescriptor`, which
    /// is watched beside the notifiers, can be read. True when the latter can.
    bool wait(int timeout, int wakeUpDescriptor);
    /// Tells the notifiers found ready by wait(). How many.
    int dispatch();
    bool hasAlwaysReady() const { return m_alwaysReady > 0; }

    static constexpr int maxEvents = 256; ///< taken from the kernel at once; the rest comes next time

private:
    struct Watch {
        std::array<QSocketNotifier *, 3> notifiers{}; ///< by QSocketNotifier::Type
        quint32 events = 0;                           ///< what the notifiers want
        quint32 asked = 0;                            ///< what epoll was asked for
        bool isAlwaysReady = false;
        bool isChanged = false; ///< in m_changed
    };
    struct Ready {
        int descriptor;
        quint32 events;
    };
    void update(int descriptor, Watch &watch);
    void ask(int descriptor, Watch &watch);

    int m_epoll = -1;
    int m_wakeUp = -1;
    int m_alwaysReady = 0;
    QHash<int, Watch> m_watches;
    std::vector<Ready> m_ready;
    std::vector<int> m_changed; ///< watched for other events than epoll was asked for: told before it is waited for
};

} // namespace reveille
