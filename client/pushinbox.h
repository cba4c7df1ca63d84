// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/wakepolicy.h"

#include <QByteArray>
#include <QSet>
#include <QString>
#include <QVector>

#include <deque>
#include <functional>

namespace reveille {

/// One push as it came, over whatever link.
struct ReceivedPush {
    QString id; ///< the server's push id; empty from a server that does not send it
    QString contentType;
    QString contentEncoding; ///< the body as it came is in this coding; empty: in none
    QString application;
    QString session; ///< session identifier of the application instance, datagrams only
    QByteArray body;
    QString over;           ///< "wsp" for a datagram to a client port; empty: over the link to the server
    QString peer;           ///< who sent that datagram
    bool duplicate = false; ///< delivered before, confirmed again
    int answered = 200;     ///< SIP status, or what corresponds to it
};

/// What a device knows about the pushes it got, shared by its links: a push that comes again over another
/// link is confirmed and marked, not taken twice. Any one thread.
class PushInbox {
public:
    explicit PushInbox(SirRecipient owner = {})
        : m_owner(std::move(owner))
    {
    }
    /// Whom SIRs must mean to be meant for this device.
    const SirRecipient &owner() const { return m_owner; }

    /// Pushes are answered with this SIP status; 0 = taken.
    void setRefusal(int status) { m_refusal = status; }
    int refusal() const { return m_refusal; }
    /// Fills in `duplicate` and `answered`, remembers the id of a push that is taken. The same id for another
    /// session is another push.
    void take(ReceivedPush &push);

    /// What take() remembers, oldest first: a digest for each push.
    QVector<QByteArray> known() const { return {m_order.begin(), m_order.end()}; }
    /// What was remembered in another life.
    void restore(const QVector<QByteArray> &known);
    /// Called from within take() when a push was remembered, which is before anybody hears of it or it is answered.
    void setKeeper(std::function<void()> keeper) { m_keeper = std::move(keeper); }

    static constexpr int maxPushes = 1024; ///< ids remembered
    static constexpr int keySize = 16;     ///< octets of a digest

private:
    SirRecipient m_owner;
    int m_refusal = 0;
    void remember(const QByteArray &key);

    QSet<QByteArray> m_known;
    std::deque<QByteArray> m_order;
    std::function<void()> m_keeper;
};

} // namespace reveille
