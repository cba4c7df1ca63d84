// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/timestamp.h"

#include <QByteArray>
#include <QDeadlineTimer>
#include <QObject>
#include <QTimer>

#include <functional>
#include <map>

namespace reveille {

/// Sends what stays unanswered again and again, ever more seldom, until it is told of an answer or gives up:
/// what SIP over UDP (RFC 3261 section 17.1.2) and CoAP (RFC 7252 section 4.2) have in common. One timer for
/// all of it. Lives in its client's thread.
class Retransmitter : public QObject {
    Q_OBJECT
public:
    struct Plan {
        Milliseconds first{500}; ///< before it is sent a second time; each later wait is twice the one before
        Milliseconds longest{0}; ///< wait; 0: no bound
        Milliseconds giveUp{32000};
        int mostSends = 0;   ///< 0: until it gives up; otherwise it also does one wait after the last
        bool repeats = true; ///< false: sent once, as over TCP
    };
    /// Puts it on the wire; false where nobody is there to take it any more, which ends it.
    using Send = std::function<bool()>;
    using GaveUp = std::function<void()>;

    explicit Retransmitter(QObject *parent = nullptr);

    /// Sends at once. `gaveUp` is called once, later, unless it is stopped before. `key` is the caller's; one
    /// that is under way already is replaced.
    void start(const QByteArray &key, const Plan &plan, Send send, GaveUp gaveUp);
    /// It was answered.
    void stop(const QByteArray &key);
    /// It has arrived, and the answer takes a while: no more repeats, the time to give up stays.
    void hold(const QByteArray &key);
    /// The same, but it goes on, with this wait from the next one on.
    void slowDown(const QByteArray &key, Milliseconds wait);
    /// Everything, without a call.
    void stopAll();
    bool isRunning() const { return !m_open.empty(); }

private:
    struct Sending {
        Plan plan;
        Send send;
        GaveUp gaveUp;
        Milliseconds wait{0};
        int sends = 1;
        QDeadlineTimer repeat, end;
    };
    bool goesOn(Sending &sending) const;
    void tick();
    void schedule();

    std::map<QByteArray, Sending> m_open;
    QTimer m_timer;
};

} // namespace reveille
