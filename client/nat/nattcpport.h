// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/nat/nattcpmapping.h"

#include <QPointer>
#include <QTcpServer>

#include <map>

namespace reveille {

/// One TCP port of the NAT: each connection a device opens to it is one to the server. A mapping that moves
/// to another outside port is lost to both ends, as no server knows the connection from there. Thread of the
/// simulation.
class NatTcpPort : public QObject {
    Q_OBJECT
public:
    NatTcpPort(NatCore &core, NatPort port, QObject *parent = nullptr);
    ~NatTcpPort() override;

    /// Error listen-failed (about = the endpoint and why).
    Result<Done> listen();
    const NatPort &port() const { return m_port; } ///< with the port that was taken
    QVector<NatMapping> mappings() const;
    void reschedule();
    /// The mappings meant are gone, because of: forgotten, rebound. How many.
    int lose(const NatSelection &selection, const char *reason);

private:
    void accept();

    NatCore &m_core;
    NatPort m_port;
    QTcpServer m_server;
    std::map<quint64, std::unique_ptr<NatTcpMapping>> m_mappings; ///< those that are lost among them
};

} // namespace reveille
