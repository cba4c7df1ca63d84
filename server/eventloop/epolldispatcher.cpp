// SPDX-License-Identifier: GPL-3.0-or-later
#include "eventloop/epolldispatcher.h"

#include <QCoreApplication>

#include <limits>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace reveille {

EpollDispatcher::EpollDispatcher(QObject *parent)
    : QAbstractEventDispatcher(parent), m_wakeUpDescriptor(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
    if (m_wakeUpDescriptor < 0 || !m_watches.isValid())
        qFatal("EpollDispatcher: out of descriptors");
}

EpollDispatcher::~EpollDispatcher()
{
    ::close(m_wakeUpDescriptor);
}

bool EpollDispatcher::processEvents(QEventLoop::ProcessEventsFlags flags)
{
    m_isInterrupted = false;
    Q_EMIT awake();
    // What is posted from here on calls wakeUp().
    QCoreApplication::sendPostedEvents();
    if (m_isInterrupted)
        return false;

    const int timeout = timeToWait(flags);
    if (timeout != 0)
        Q_EMIT aboutToBlock();
    const bool socketsToo = !(flags & QEventLoop::ExcludeSocketNotifiers);
    const bool isWoken = socketsToo ? m_watches.wait(timeout, m_wakeUpDescriptor) : waitForWakeUp(timeout);
    if (timeout != 0)
        Q_EMIT awake();
    int handled = int(isWoken);
    if (isWoken)
        drainWakeUp();
    if (socketsToo)
        handled += m_watches.dispatch();
    if (!(flags & QEventLoop::X11ExcludeTimers))
        handled += m_timers.fire();
    return handled > 0;
}

int EpollDispatcher::timeToWait(QEventLoop::ProcessEventsFlags flags) const
{
    if (!(flags & QEventLoop::WaitForMoreEvents) || m_isInterrupted)
        return 0;
    if (flags & QEventLoop::X11ExcludeTimers)
        return -1;
    const auto next = m_timers.untilNext();
    return next ? int(std::min<qint64>(next->count(), std::numeric_limits<int>::max())) : -1;
}

bool EpollDispatcher::waitForWakeUp(int timeout) const
{
    pollfd item{m_wakeUpDescriptor, POLLIN, 0};
    return ::poll(&item, 1, timeout) > 0;
}

void EpollDispatcher::drainWakeUp()
{
    quint64 count = 0;
    (void)!::read(m_wakeUpDescriptor, &count, sizeof count);
    m_isWoken = false;
}

void EpollDispatcher::registerSocketNotifier(QSocketNotifier *notifier)
{
    m_watches.add(notifier);
}

void EpollDispatcher::unregisterSocketNotifier(QSocketNotifier *notifier)
{
    m_watches.remove(notifier);
}

void EpollDispatcher::registerTimer(int timerId, qint64 interval, Qt::TimerType timerType, QObject *object)
{
    m_timers.add(timerId, std::chrono::milliseconds(interval), timerType, object);
}

bool EpollDispatcher::unregisterTimer(int timerId)
{
    return m_timers.remove(timerId);
}

bool EpollDispatcher::unregisterTimers(QObject *object)
{
    return m_timers.removeAllOf(object);
}

QList<QAbstractEventDispatcher::TimerInfo> EpollDispatcher::registeredTimers(QObject *object) const
{
    return m_timers.of(object);
}

int EpollDispatcher::remainingTime(int timerId)
{
    return m_timers.remaining(timerId);
}

void EpollDispatcher::wakeUp()
{
    if (m_isWoken.exchange(true))
        return;
    const quint64 one = 1;
    (void)!::write(m_wakeUpDescriptor, &one, sizeof one);
}

void EpollDispatcher::interrupt()
{
    m_isInterrupted = true;
    wakeUp();
}

} // namespace reveille
