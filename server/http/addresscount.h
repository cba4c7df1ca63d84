// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QHostAddress>
#include <QObject>

namespace reveille {

/// How many connections each peer's address has. An IPv6 network of 64 bits counts as one address, as it takes one owner to
/// have it (RFC 6177). Server thread.
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
