// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/clientevent.h"
#include "client/simulation/simulationtimers.h"

#include <QVector>

#include <sys/resource.h>
#include <unistd.h>

namespace reveille {

/// Time that moves only when told to, and the timers on it.
class FakeSimulationTime : public SimulationClock {
public:
    Timestamp now() const override { return Timestamp{1'795'000'000'000} + m_elapsed; }
    Milliseconds monotonic() const override { return m_elapsed; }

    SimulationTimers &timers() { return m_timers; }
    /// Every timer that comes due on the way fires at its own moment.
    void advance(Milliseconds by)
    {
        const Milliseconds end = m_elapsed + by;
        while (m_timers.nextDue() && *m_timers.nextDue() <= end) {
            m_elapsed = std::max(m_elapsed, *m_timers.nextDue());
            m_timers.run();
        }
        m_elapsed = end;
    }

    /// It is later, and no timer has had its turn yet.
    void pass(Milliseconds by) { m_elapsed += by; }

private:
    Milliseconds m_elapsed{0};
    SimulationTimers m_timers{*this};
};

/// As long as it lives the process gets no new descriptor.
class NoDescriptors {
public:
    NoDescriptors()
    {
        ::getrlimit(RLIMIT_NOFILE, &m_before);
        const int next = ::dup(STDIN_FILENO);
        ::close(next);
        const rlimit none{rlim_t(next), m_before.rlim_max};
        ::setrlimit(RLIMIT_NOFILE, &none);
    }
    ~NoDescriptors() { ::setrlimit(RLIMIT_NOFILE, &m_before); }
    NoDescriptors(const NoDescriptors &) = delete;
    NoDescriptors &operator=(const NoDescriptors &) = delete;

private:
    rlimit m_before{};
};

/// What a simulator told.
struct ToldEvents {
    QVector<ClientEvent> all;

    template <typename Simulator>
    explicit ToldEvents(Simulator &simulator)
    {
        QObject::connect(&simulator, &Simulator::happened, &simulator,
                         [this](const ClientEvent &event) { all.append(event); });
    }
    int count(QStringView code) const { return int(of(code).size()); }
    QVector<QJsonObject> of(QStringView code) const
    {
        QVector<QJsonObject> found;
        for (const ClientEvent &event : all) {
            if (event.code == code)
                found.append(event.fields);
        }
        return found;
    }
    QJsonObject last(QStringView code) const
    {
        const QVector<QJsonObject> found = of(code);
        return found.isEmpty() ? QJsonObject() : found.last();
    }
};

} // namespace reveille
