// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/wakepolicy.h"

#include <QByteArray>
#include <QSet>
#include <QString>
#include <QVector>

#include <array>
#include <deque>

namespace reveille {

/// One push as it came, over whatever link.
struct ReceivedPush {
    QString id; ///< the server's push id; empty from a server that does not send it
    QString contentType;
    QString contentEncoding; ///< the body as it came is in this coding; empty: in none
    QString application;
    QString session; ///< session identifier of the application instance, datagrams only
    QByteArray body;
    bool confirm = false;   ///< the server wants to hear when its application has it
    QString over;           ///< "wsp" for a datagram to a client port; empty: over the link to the server
    QString peer;           ///< who sent that datagram
    bool duplicate = false; ///< delivered before, confirmed again
    int answered = 200;     ///< SIP status, or what corresponds to it

    /// Taken, and to be known again when it comes once more.
    bool isNew() const { return !id.isEmpty() && !duplicate && answered == 200; }
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

    /// How a push came. Each way has a memory of its own, so that nobody who can only send datagrams makes the device
    /// forget what came over a link.
    enum class Way : quint8 {
        Link,
        Datagram, ///< to a port of the device: nothing proves who sent it
    };
    /// Fills in `duplicate` and `answered`, remembers the id of a push that is taken; it is known on every way. The same
    /// id for another session is another push. Whoever calls this tells of the push, keeps known() where the push
    /// isNew(), and confirms it, in this order: then one who is killed in between gets it again and tells it.
    void take(ReceivedPush &push, Way way = Way::Link);

    /// What take() remembers of a way, oldest first: a digest for each push.
    QVector<QByteArray> known(Way way = Way::Link) const;
    /// What was remembered in another life.
    void restore(const QVector<QByteArray> &known, Way way = Way::Link);

    static constexpr int maxPushes = 1024;         ///< ids remembered of those that came over a link
    static constexpr int maxDatagramPushes = 256;  ///< of those that came by datagram
    static constexpr int keySize = 16;             ///< octets of a digest

private:
    struct Known {
        QSet<QByteArray> keys;
        std::deque<QByteArray> order;
    };
    Known &knownOf(Way way) { return m_known[size_t(way)]; }
    void remember(const QByteArray &key, Way way);

    SirRecipient m_owner;
    int m_refusal = 0;
    std::array<Known, 2> m_known; ///< by way
};

} // namespace reveille
