// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QHostAddress>
#include <QObject>

namespace reveille {

/// Whoever has an address: itself, or the IPv6 network of 64 bits it is in, as it takes one owner to have that (RFC 6177). A
/// mapped IPv4 address is that one.
QHostAddress ownerOf(const QHostAddress &address);

/// How many connections each peer's address has. What has one owner counts as one address. Server
/// thread.
class AddressCount : public QObject {
    Q_OBJECT
public:
    /// `most` of one address; 0 = no limit.
    explicit AddressCount(int most, QObject *parent = nullptr);

    bool hasRoom(const QHostAddress &address) const;
    /// Counted until `connection` is destroyed.
    void add(const QHostAddress &address, QObject *connection);
    qsizetype addresses() const { return m_counts.size(); }

private:
    const int m_most;
    QHash<QHostAddress, int> m_counts;
};

} // namespace reveille
