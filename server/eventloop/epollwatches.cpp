// SPDX-License-Identifier: GPL-3.0-or-later
#include "eventloop/epollwatches.h"

#include <QCoreApplication>
#include <QEvent>
#include <QPointer>

#include <cerrno>
#include <sys/epoll.h>
#include <unistd.h>

namespace reveille {

namespace {

constexpr std::array<quint32, 3> wanted{EPOLLIN, EPOLLOUT, EPOLLPRI};
/// What makes a notifier of each type fire: an error or a hang-up concerns them all.
constexpr std::array<quint32, 3> telling{EPOLLIN | EPOLLHUP | EPOLLERR, EPOLLOUT | EPOLLHUP | EPOLLERR,
                                         EPOLLPRI | EPOLLHUP | EPOLLERR};

} // namespace

EpollWatches::EpollWatches() : m_epoll(::epoll_create1(EPOLL_CLOEXEC))
{
    if (m_epoll < 0)
        qErrnoWarning("epoll_create1 failed");
}

EpollWatches::~EpollWatches()
{
    if (m_epoll >= 0)
        ::close(m_epoll);
}

void EpollWatches::add(QSocketNotifier *notifier)
{
    const int descriptor = int(notifier->socket());
    Watch &watch = m_watches[descriptor];
    QSocketNotifier *&place = watch.notifiers[size_t(notifier->type())];
    if (place && place != notifier)
        qWarning("EpollDispatcher: two notifiers of one type for descriptor %d", descriptor);
    place = notifier;
    update(descriptor, watch);
}

void EpollWatches::remove(QSocketNotifier *notifier)
{
    const int descriptor = int(notifier->socket());
    const auto found = m_watches.find(descriptor);
    if (found == m_watches.end() || found->notifiers[size_t(notifier->type())] != notifier)
        return;
    found->notifiers[size_t(notifier->type())] = nullptr;
    update(descriptor, *found);
    if (found->events == 0) {
        m_alwaysReady -= int(found->isAlwaysReady);
        m_watches.erase(found);
    }
}

void EpollWatches::update(int descriptor, Watch &watch)
{
    watch.events = 0;
    for (size_t type = 0; type < wanted.size(); ++type)
        watch.events |= watch.notifiers[type] ? wanted[type] : 0;
    if (watch.isAlwaysReady || watch.events == watch.asked)
        return;
    // A socket wants to write, and has written, many times between two waits.
    if (watch.events == 0 || watch.asked == 0)
        ask(descriptor, watch);
    else if (!std::exchange(watch.isChanged, true))
        m_changed.push_back(descriptor);
}

void EpollWatches::ask(int descriptor, Watch &watch)
{
    const quint32 before = std::exchange(watch.asked, watch.events);
    epoll_event event{};
    event.events = watch.events;
    event.data.fd = descriptor;
    int done = ::epoll_ctl(m_epoll, watch.events == 0 ? EPOLL_CTL_DEL : before == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, descriptor, &event);
    // The number was closed and opened anew behind our back, with or without its watch gone.
    if (done < 0 && errno == ENOENT && watch.events != 0)
        done = ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, descriptor, &event);
    else if (done < 0 && errno == EEXIST)
        done = ::epoll_ctl(m_epoll, EPOLL_CTL_MOD, descriptor, &event);
    if (done < 0 && errno == EPERM) {
        watch.isAlwaysReady = true;
        ++m_alwaysReady;
    } else if (done < 0 && watch.events != 0) {
        qErrnoWarning("EpollDispatcher: descriptor %d cannot be watched", descriptor);
    }
}

bool EpollWatches::wait(int timeout, int wakeUpDescriptor)
{
    if (m_wakeUp != wakeUpDescriptor) {
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.fd = wakeUpDescriptor;
        ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, wakeUpDescriptor, &event);
        m_wakeUp = wakeUpDescriptor;
    }
    for (const int descriptor : m_changed) {
        const auto watch = m_watches.find(descriptor);
        if (watch != m_watches.end() && std::exchange(watch->isChanged, false) && watch->events != watch->asked)
            ask(descriptor, *watch);
    }
    m_changed.clear();
    std::array<epoll_event, maxEvents> events;
    const int count = ::epoll_wait(m_epoll, events.data(), maxEvents, hasAlwaysReady() ? 0 : timeout);
    if (count < 0 && errno != EINTR)
        qErrnoWarning("epoll_wait failed");
    bool isWoken = false;
    m_ready.clear();
    for (int i = 0; i < count; ++i) {
        const epoll_event &event = events[size_t(i)];
        if (event.data.fd == wakeUpDescriptor)
            isWoken = true;
        else
            m_ready.push_back({event.data.fd, event.events});
    }
    if (hasAlwaysReady()) {
        for (auto watch = m_watches.cbegin(); watch != m_watches.cend(); ++watch) {
            if (watch->isAlwaysReady)
                m_ready.push_back({watch.key(), watch->events});
        }
    }
    return isWoken;
}

int EpollWatches::dispatch()
{
    int told = 0;
    // A receiver may add and remove notifiers, or run an event loop of its own, which waits and dispatches again.
    const std::vector<Ready> ready = std::exchange(m_ready, {});
    for (const Ready &item : ready) {
        for (size_t type = 0; type < telling.size(); ++type) {
            const auto watch = m_watches.constFind(item.descriptor);
            if (watch == m_watches.cend())
                break;
            QSocketNotifier *notifier = watch->notifiers[type];
            if (!notifier || (item.events & telling[type]) == 0)
                continue;
            QEvent event(QEvent::SockAct);
            QCoreApplication::sendEvent(notifier, &event);
            ++told;
        }
    }
    return told;
}

} // namespace reveille
