// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "eventloop/epollwatches.h"
#include "eventloop/eventtimers.h"

#include <QAbstractEventDispatcher>

#include <atomic>

namespace reveille {

/// An event dispatcher for threads with very many sockets. Qt's own asks poll(2) about every one of them each time it
/// waits; this one keeps them in an epoll set (epoll(7)), so that a packet costs the same whether there are ten
/// connections or ten thousand. Linux only; stands alone.
///
/// Set before the thread runs (QThread::setEventDispatcher) or, for the main thread of a QCoreApplication, before the
/// application is made. wakeUp() and interrupt() from any thread, the rest on its own.
class EpollDispatcher : public QAbstractEventDispatcher
{
    Q_OBJECT
public:
    explicit EpollDispatcher(QObject *parent = nullptr);
    ~EpollDispatcher() override;

    bool processEvents(QEventLoop::ProcessEventsFlags flags) override;
    void registerSocketNotifier(QSocketNotifier *notifier) override;
    void unregisterSocketNotifier(QSocketNotifier *notifier) override;
    void registerTimer(int timerId, qint64 interval, Qt::TimerType timerType, QObject *object) override;
    bool unregisterTimer(int timerId) override;
    bool unregisterTimers(QObject *object) override;
    QList<TimerInfo> registeredTimers(QObject *object) const override;
    int remainingTime(int timerId) override;
    void wakeUp() override;
    void interrupt() override;

private:
    int timeToWait(QEventLoop::ProcessEventsFlags flags) const;
    bool waitForWakeUp(int timeout) const;
    void drainWakeUp();

    EpollWatches m_watches;
    EventTimers m_timers;
    int m_wakeUpDescriptor = -1;
    std::atomic<bool> m_isWoken{false};
    std::atomic<bool> m_isInterrupted{false};
};

} // namespace reveille
