// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/clientrequester.h"
#include "domain/ipaddress.h"

#include <QObject>
#include <QTimer>

namespace reveille {

/// An address and port to compare with others.
QByteArray mappedAddress(const IpAddress &address, quint16 port);

/// Keeps one flow open and notices when it no longer is (RFC 5626 section 4.4): STUN or OPTIONS on UDP,
/// double CRLF or OPTIONS on TCP, at a random point between 80 and 100 % of the interval. Lives in its
/// client's thread.
class ClientKeepAlive : public QObject {
    Q_OBJECT
public:
    explicit ClientKeepAlive(ClientRequester &requester, QObject *parent = nullptr);

    /// `user` is the address of record for OPTIONS. Starts anew for another flow; the same flow only takes
    /// the interval. `mapped` is the address the registrar saw, empty where it did not tell.
    void start(ClientFlow *flow, KeepAliveKind kind, Milliseconds interval, const PublicUserId &user,
               const QByteArray &mapped);
    void stop();
    void takeStun(const QByteArray &datagram);
    void takePong();

    static constexpr Milliseconds pongTime{10000};      ///< RFC 5626 section 4.4.1
    static constexpr Milliseconds stunFirstRepeat{500}; ///< doubled each time
    static constexpr int stunSends = 5;                 ///< fewer than RFC 8489's 7, to know after 15.5 s

Q_SIGNALS:
    void lost();
    /// The registrar sees another address than before: the pinhole is a new one (RFC 5626 section 4.4.2).
    void mappedAddressChanged();

private:
    void send();
    void sendOptions();
    void missed();
    void answered();

    ClientRequester &m_requester;
    QPointer<ClientFlow> m_flow;
    KeepAliveKind m_kind = KeepAliveKind::None;
    Milliseconds m_interval{0};
    PublicUserId m_user;
    QTimer m_next, m_wait;
    QByteArray m_stunTransaction, m_mapped;
    int m_sends = 0;
};

} // namespace reveille
